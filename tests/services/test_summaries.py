"""What a digest tells is counted rightly: of nothing, of one answer, of thousands, and of a part of them."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import event, insert, update

from bot.rules.calendar import Calendar
from bot.rules.closing import ContactKind
from bot.rules.first_replies import Replies
from bot.rules.scoring import Tally
from bot.rules.trend import Verdict
from bot.rules.weekly import Week, week_before
from bot.services import falls, follow_ups, summaries, work
from bot.services.reports import Slice
from bot.services.summaries import Summary
from storage.database import Database, Transaction
from storage.models import Contact, FollowUp, Invitation, Response, Withholding
from tests.factories import BO, NORTHWIND, make_workspace
from tests.services.crowd import make_account

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday
WEEK = week_before(NOW, UTC)
RELATIONSHIP, SUPPORT = 1, 2
KINDS = {RELATIONSHIP: "relational", SUPPORT: "transactional"}
ALL = Slice()


async def give(
    tx: Transaction, scores: Mapping[int, int], *, survey: int = RELATIONSHIP, at: datetime, **columns: object
) -> list[int]:
    """So many people give these scores; returns the ids of the people."""
    count, common = sum(scores.values()), {"workspace_id": NORTHWIND, "survey_id": survey, "kind": KINDS[survey]}
    first = await tx.scalar(Contact.__table__.select().with_only_columns(Contact.id).order_by(Contact.id.desc())) or 0
    ids = [first + 1 + n for n in range(count)]
    met = {"workspace_id": NORTHWIND, "first_seen_at": at}
    people = [{**met, "id": i, "user_id": f"U{i}", "name": f"P {i}"} for i in ids]
    asked = {**common, "occasion": "x", "subject": "N", "language": "en", "state": "answered", "created_at": at,
             "send_at": at, "sent_at": at, "is_rehearsal": False, "was_overruled": False, "snoozes": 0}  # fmt: skip
    await tx.execute(insert(Contact), people)
    await tx.execute(insert(Invitation), [{**asked, "id": i, "contact_id": i} for i in ids])
    given = [score for score, n in scores.items() for _ in range(n)]
    rows = zip(ids, given, strict=True)
    usual = {"wants_reply": False, "is_late": False, "is_repeat": False, "is_rehearsal": False, "mode": "self"}
    answered = {**common, **usual, "scored_at": at, "answered_at": at, **columns}
    said = [{**answered, "id": i, "contact_id": i, "invitation_id": i, "score": score} for i, score in rows]
    await tx.execute(insert(Response), said)
    return ids


async def follow(tx: Transaction, response_id: int, *, opened_at: datetime, **columns: object) -> FollowUp:
    follow_up = FollowUp(
        workspace_id=NORTHWIND, survey_id=RELATIONSHIP, response_id=response_id, first_score=2, causes="low_score",
        state="open", opened_at=opened_at, reply_due_at=opened_at + timedelta(days=1), **columns,
    )  # fmt: skip
    tx.add(follow_up)
    await tx.flush()
    return follow_up


async def gathered(database: Database, within: Slice = ALL, week: Week = WEEK) -> Summary:
    async with database.reading() as tx:
        return await summaries.gather(tx, NORTHWIND, within, week, Calendar())


def ago(**period: float) -> datetime:
    return NOW - timedelta(**period)


@pytest.fixture(autouse=True)
async def _here(database: Database) -> None:
    async with database.transaction() as tx:
        await make_workspace(tx, now=ago(days=400))


async def test_of_nothing_there_is_no_news(database: Database):
    found = await gathered(database)
    assert not found.has_news
    assert found.replies == Replies()
    assert found.best is found.worst is None


async def test_of_one_answer_there_is_a_count_and_no_change(database: Database):
    async with database.transaction() as tx:
        await give(tx, {9: 1}, at=ago(days=2), comment="Lovely.")
    found = await gathered(database)
    assert found.has_news
    assert found.relational.new == Tally(1)
    assert found.relational.standing.change is None
    assert found.relational.name == "relationship"
    assert (found.best.comment, found.best.score, found.worst) == ("Lovely.", 9, None)


async def test_of_thousands_it_is_told_with_as_many_statements_as_of_one(database: Database):
    async def statements() -> int:
        seen: list[str] = []
        sync = database.engine.sync_engine
        event.listen(sync, "before_cursor_execute", note := lambda *call: seen.append(call[2]))
        await gathered(database)
        event.remove(sync, "before_cursor_execute", note)
        return len(seen)

    async with database.transaction() as tx:
        await give(tx, {9: 40}, at=ago(days=2))
        await give(tx, {0: 40}, at=ago(days=120))
    few = await statements()
    async with database.transaction() as tx:
        await give(tx, {10: 2600, 8: 1350, 3: 1050}, at=ago(days=3), comment="Again and again.")
        await give(tx, {10: 2000, 8: 1500, 3: 1500}, at=ago(days=120))
    assert await statements() == few
    found = await gathered(database)
    assert found.relational.new == Tally(2640, 1350, 1050)
    assert found.relational.standing.change.verdict is Verdict.HIGHER


async def test_rehearsals_repeats_and_what_was_told_in_meetings_are_no_new_answers(database: Database):
    async with database.transaction() as tx:
        for odd in ({"is_rehearsal": True}, {"is_repeat": True}, {"mode": "interviewer"}):
            await give(tx, {2: 1}, at=ago(days=2), comment="Not this.", **odd)
    found = await gathered(database)
    assert found.relational.new == Tally()
    assert not found.has_news


async def test_kinds_of_surveys_stand_apart(database: Database):
    async with database.transaction() as tx:
        await give(tx, {10: 3}, at=ago(days=2))
        await give(tx, {0: 2}, survey=SUPPORT, at=ago(days=2))
    found = await gathered(database)
    assert (found.relational.new, found.transactional.new) == (Tally(3), Tally(0, 0, 2))
    only = await gathered(database, Slice((SUPPORT,)))
    assert (only.relational, only.transactional.new) == (None, Tally(0, 0, 2))


async def test_an_answer_of_the_next_week_is_left_to_the_next_digest(database: Database):
    async with database.transaction() as tx:
        await give(tx, {10: 1}, at=ago(hours=1))
        await give(tx, {10: 1}, at=ago(days=7))
    assert (await gathered(database)).relational.new == Tally(1)
    assert (await gathered(database, week=week_before(NOW + timedelta(days=7), UTC))).relational.new == Tally(1)


async def test_who_waits_longest_comes_first_and_what_is_resolved_is_not_waited_for(database: Database):
    async with database.transaction() as tx:
        ids = await give(tx, {2: 5}, at=ago(days=4))
        for n, response_id in enumerate(ids):
            await follow(tx, response_id, opened_at=ago(days=4 - n / 100))
        await make_account(tx, "Beta GmbH", [ids[0]], now=NOW, owner_id=BO)
        found = await follow_ups.of_response(tx, ids[1])
        await work.contacted(tx, found, ContactKind.CALL, note=None, by=BO, now=ago(days=2, hours=12))
        await tx.execute(update(FollowUp).where(FollowUp.response_id == ids[2]).values(state="resolved"))
        await tx.execute(update(FollowUp).where(FollowUp.response_id == ids[3]).values(is_rehearsal=True))
    found = await gathered(database)
    assert [(each.person, each.company, each.follow_up.claimed_by) for each in found.waiting] == [
        (f"P {ids[0]}", "Beta GmbH", None),
        (f"P {ids[1]}", None, BO),
    ]
    assert found.waiting_count == 3
    assert found.overdue == 2  # the other was called
    assert found.replies.same_day == 0
    assert found.replies.counted == 4


async def test_only_the_accounts_of_one_owner_or_segment_are_told_of(database: Database):
    async with database.transaction() as tx:
        ids = await give(tx, {2: 3}, at=ago(days=4), comment="Hm.")
        await make_account(tx, "Beta", [ids[0]], now=NOW, owner_id=BO, segment="smb")
        await make_account(tx, "Gamma", [ids[1]], now=NOW, segment="big fish")
        for response_id in ids:
            await follow(tx, response_id, opened_at=ago(days=4))
            withheld = {"survey_id": RELATIONSHIP, "contact_id": response_id, "withheld_at": ago(days=3)}
            tx.add(Withholding(workspace_id=NORTHWIND, because="recontact", **withheld))
    for within, count in {ALL: 3, Slice(owner_ids=(BO,)): 1, Slice(segments=("smb", "big fish")): 2}.items():
        found = await gathered(database, within)
        assert found.relational.new.responses == found.waiting_count == found.withheld["recontact"] == count
    assert (await gathered(database, Slice(owner_ids=(BO,), segments=("big fish",)))).has_news is False


# falls


async def watched(database: Database, *, at: datetime = NOW, within: Slice = ALL) -> list[int]:
    """The surveys of which it is said that they fell."""
    async with database.transaction() as tx:
        return [each.survey_id for each in await falls.watch(tx, NORTHWIND, within, now=at)]


async def test_a_fall_is_found_in_its_survey_only_and_is_told_by_every_digest_of_that_week(database: Database):
    async with database.transaction() as tx:
        await give(tx, {10: 40, 3: 10}, at=ago(days=30))
        await give(tx, {10: 10, 3: 40}, at=ago(days=2))
        await give(tx, {10: 40, 3: 10}, survey=SUPPORT, at=ago(days=30))
        await give(tx, {10: 40, 3: 10}, survey=SUPPORT, at=ago(days=2))
    assert await watched(database, within=Slice((SUPPORT,))) == []
    assert await watched(database) == [RELATIONSHIP]
    assert await watched(database, at=NOW + timedelta(days=6)) == [RELATIONSHIP]
    assert await watched(database, at=NOW + timedelta(days=8)) == []
    assert await watched(database, at=NOW + timedelta(days=27)) == []


@pytest.mark.parametrize("odd", [{"is_rehearsal": True}, {"mode": "interviewer"}])
async def test_what_does_not_count_in_the_score_is_no_fall(database: Database, odd):
    async with database.transaction() as tx:
        await give(tx, {10: 60}, at=ago(days=30))
        await give(tx, {0: 60}, at=ago(days=2), **odd)
    assert await watched(database) == []


async def test_repeats_after_an_interaction_are_no_fall(database: Database):
    async with database.transaction() as tx:
        await give(tx, {10: 60}, survey=SUPPORT, at=ago(days=30))
        await give(tx, {0: 60}, survey=SUPPORT, at=ago(days=2), is_repeat=True)
    assert await watched(database) == []


async def test_two_digests_at_the_same_moment_find_one_fall(database: Database):
    async with database.transaction() as tx:
        await give(tx, {10: 60}, at=ago(days=30))
        await give(tx, {0: 60}, at=ago(days=2))

    async def look() -> int:
        async with database.transaction() as tx:
            [fall] = await falls.watch(tx, NORTHWIND, ALL, now=NOW)
            return fall.id

    assert len(set(await asyncio.gather(*(look() for _ in range(4))))) == 1


async def test_weeks_of_chance_are_told_as_they_are(database: Database):
    chance = Random(3)
    given = {score: chance.randint(0, 9) for score in range(11)}
    async with database.transaction() as tx:
        await give(tx, given, at=ago(days=1))
    new = (await gathered(database)).relational.new
    assert new == Tally(given[9] + given[10], given[7] + given[8], sum(given[n] for n in range(7)))
