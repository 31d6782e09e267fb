"""What was told in a review meeting is kept once, looked after as any answer, and counted apart."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.errors import InputRefused, Withheld
from bot.rules.scoring import Tally
from bot.services import asks, contacts, interviews, privacy, reports, responses, surveys
from bot.services.contacts import Facts
from storage.database import Database, Transaction
from storage.models import Contact, Delivery, FollowUp, Invitation, Response, ResponseRevision
from tests.factories import ANA, BO, NORTHWIND, a_choice, make_invitation, make_workspace
from tests.services.rivals import second

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
HELD_AT = NOW - timedelta(days=2)
ANA_RUIZ = Facts(ANA, "Ana Ruiz", "ana", "de", NORTHWIND)


@pytest.fixture(autouse=True)
async def _installed(database: Database) -> None:
    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW)


async def told(tx: Transaction, score: int = 3, **columns: object) -> Response:
    survey = await surveys.named(tx, NORTHWIND, str(columns.pop("survey", "relationship")))
    usual = {"person": ANA_RUIZ, "comment": "Too slow.", "recorded_by": BO, "held_at": HELD_AT, "key": "1"}
    return await interviews.record(tx, NORTHWIND, survey=survey, score=score, now=NOW, **(usual | columns))


async def rows(database: Database, table: type) -> list:
    async with database.reading() as tx:
        return list((await tx.scalars(select(table).order_by(table.id))).all())


async def test_it_is_an_answer_of_that_day_with_who_was_told_and_nothing_is_sent(database: Database):
    async with database.transaction() as tx:
        await told(tx, 9)
    [asked], [answer] = await rows(database, Invitation), await rows(database, Response)
    assert (asked.state, asked.sent_at, asked.trigger, asked.asked_by) == ("answered", HELD_AT, "colleague", BO)
    assert (answer.score, answer.comment, answer.mode, answer.recorded_by) == (9, "Too slow.", "interviewer", BO)
    assert answer.answered_at == HELD_AT
    assert await rows(database, Delivery) == await rows(database, FollowUp) == []


async def test_one_that_another_program_tells_is_by_nobody_in_person(database: Database):
    async with database.transaction() as tx:
        await told(tx, 9, recorded_by=None)
    [asked] = await rows(database, Invitation)
    assert (asked.trigger, asked.asked_by) == ("event", None)


async def test_an_unhappy_one_opens_a_follow_up_and_owes_an_alert(database: Database):
    async with database.transaction() as tx:
        answer = await told(tx, 3)
    [follow_up], [*_, owed] = await rows(database, FollowUp), await rows(database, Delivery)
    assert (follow_up.response_id, follow_up.first_score, follow_up.causes) == (answer.id, 3, "low_score")
    assert (owed.kind, owed.due_at) == ("alert", NOW)


async def test_the_same_key_is_kept_once_even_at_the_same_time(database: Database):
    async with database.transaction() as tx:
        first = await told(tx, 3)
        again = await second(database, lambda tx: told(tx, 8))
    await again
    async with database.transaction() as tx:
        assert (await told(tx, 9)).id == first.id
    assert [each.score for each in await rows(database, Response)] == [3]
    assert len(await rows(database, ResponseRevision)) == len(await rows(database, FollowUp)) == 1


async def test_the_person_counts_as_asked_on_that_day(database: Database):
    async with database.transaction() as tx:
        await told(tx, 9)
    with pytest.raises(Withheld) as no:
        async with database.transaction() as tx:
            await make_invitation(tx, now=NOW)
    assert (no.value.because, no.value.days_ago) == ("rest", 2)


async def test_it_is_in_no_score_and_no_response_rate_and_counted_beside_them(database: Database):
    async with database.transaction() as tx:
        await told(tx, 3)
        await told(tx, 10, key="2", held_at=HELD_AT - timedelta(days=1))
        asked = await make_invitation(tx, now=NOW, person="U0KIM", survey="relationship")
        await responses.record_score(tx, NORTHWIND, a_choice(asked, 9, NOW, by="U0KIM"), now=NOW)
        await make_invitation(tx, now=NOW, person="U0EVE", survey="relationship")
    async with database.transaction() as tx:
        await tx.execute(update(Invitation).where(Invitation.state == "sent").values(state="expired"))
    async with database.reading() as tx:
        report = await reports.overview(tx, NORTHWIND, now=NOW + timedelta(hours=1))
    assert report.relational.score.answers == Tally(promoters=1)
    assert report.relational.score.rate == 0.5
    assert report.told.answers == Tally(detractors=1)  # the latest of each person
    assert report.relational.before == report.transactional.answers == Tally()


async def test_an_opted_out_person_may_tell_a_colleague_something(database: Database):
    async with database.transaction() as tx:
        contact = await contacts.meet(tx, NORTHWIND, ANA_RUIZ, now=NOW)
        await contacts.opt_out(tx, contact, now=NOW)
        await told(tx, 2)
    [contact] = await rows(database, Contact)
    assert contact.opted_out_at == NOW
    assert {each.kind for each in await rows(database, Delivery)} == {"alert", "nudge", "escalation"}


@pytest.mark.parametrize(
    ("wrong", "field", "because"),
    [
        ({"held_at": NOW + timedelta(seconds=1)}, "held_on", "held_in_future"),
        ({"survey": "support"}, "survey", "survey_not_relational"),
        ({"survey": "not-renewed"}, "survey", "survey_not_relational"),
    ],
)
async def test_what_cannot_have_been_told_is_refused(database: Database, wrong, field, because):
    with pytest.raises(InputRefused) as no:
        async with database.transaction() as tx:
            await told(tx, **wrong)
    assert (no.value.field, no.value.because) == (field, because)
    assert await rows(database, Response) == []


async def test_a_score_is_a_whole_number_from_0_to_10(database: Database):
    with pytest.raises(ValueError, match="from 0 to 10"):
        async with database.transaction() as tx:
            await told(tx, 11)


async def test_erasing_the_person_takes_it_and_erasing_the_colleague_their_id_only(database: Database):
    async with database.transaction() as tx:
        await told(tx, 3)
        await privacy.erase(tx, NORTHWIND, BO, now=NOW)
    [answer], [asked] = await rows(database, Response), await rows(database, Invitation)
    assert (answer.recorded_by, answer.mode, asked.asked_by) == (None, "interviewer", None)
    async with database.transaction() as tx:
        await privacy.erase(tx, NORTHWIND, ANA, now=NOW)
    assert await rows(database, Response) == await rows(database, FollowUp) == await rows(database, Contact) == []


async def test_why_asked_says_the_last_time_was_such_a_meeting(database: Database):
    async with database.transaction() as tx:
        await told(tx, 9)
        contact = await contacts.by_user(tx, NORTHWIND, ANA)
        [last] = await asks.latest(tx, contact, limit=5)
    assert last.occasion == "interview:1"
