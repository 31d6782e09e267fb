"""A file of answers holds those of its scope, each once, says which are in the score, and names nobody it must not."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from sqlalchemy import delete, insert, select, update

from bot.rules.answer_files import AnswerLine, Format
from bot.rules.periods import Period
from bot.rules.scoring import tally
from bot.rules.wanted import Filter, Wanted
from bot.services import answer_files, reports, responses
from bot.services.answer_files import AnswerFile
from bot.services.responses import Choice
from bot.services.scopes import Scope
from bot.services.surveys import SurveyKind
from bot.writing import write
from storage.database import Database, Transaction
from storage.models import Contact, Invitation, Reading, Response
from storage.responses import supersede
from storage.slices import Slice
from tests.factories import NORTHWIND, make_workspace
from tests.services.crowd import make_account

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)  # a Tuesday
RELATIONSHIP, SUPPORT = 1, 2
KINDS = {RELATIONSHIP: "relational", SUPPORT: "transactional"}
WEEK = Period("last 7 days", NOW - timedelta(days=7), NOW, NOW - timedelta(days=14))
YEAR = Period("last 365 days", NOW - timedelta(days=365), NOW, NOW - timedelta(days=730))
ODD = 'Ana "=cmd|calc", the\n1st of Őrmező, Ωμέγα, Ἀθῆναι, Иван, נועה, ليلى, नमस्ते, 山田, 한국, ไทย'


@pytest.fixture(autouse=True)
async def _here(database: Database) -> None:
    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW - timedelta(days=900))


async def give(
    tx: Transaction, person: int, score: int, *, at: datetime, survey: int = RELATIONSHIP, **said: object
) -> int:
    """One answer; whoever is not known yet is from then on. Returns its id."""
    if await tx.get(Contact, person) is None:
        met = {"workspace_id": NORTHWIND, "user_id": f"U{person:04}", "name": f"Person {person}", "first_seen_at": at}
        await tx.execute(insert(Contact), [{**met, "id": person}])
    common = {"workspace_id": NORTHWIND, "survey_id": survey, "contact_id": person, "kind": KINDS[survey]}
    place = {name: said.pop(name) for name in ("occasion_label", "channel_id", "trigger") if name in said}
    asked = {"occasion": f"ask:{at}", "subject": "N", "language": "de", "state": "answered", "created_at": at}
    asked |= {"send_at": at, "sent_at": at, "is_rehearsal": False, "was_overruled": False, "snoozes": 0, **place}
    asked_id = (await tx.execute(insert(Invitation).returning(Invitation.id), {**common, **asked})).scalar_one()
    told = {"score": score, "scored_at": at, "answered_at": at, "wants_reply": False, "is_late": False}
    told |= {"is_repeat": False, "is_rehearsal": False, "invitation_id": asked_id, **said}
    answer_id: int = (await tx.execute(insert(Response).returning(Response.id), {**common, **told})).scalar_one()
    await supersede(tx, [person])
    return answer_id


def a_scope(*filters: str, period: Period | None = YEAR, kind: str = "relational", **within: object) -> Scope:
    chosen = tuple(Filter(*each.split(":")) for each in filters)
    return Scope(Wanted("export", filters=chosen), SurveyKind(kind), Slice(**within), period)


async def of_scope(database: Database, scope: Scope) -> AnswerFile:
    async with database.reading() as tx:
        return await answer_files.of_scope(tx, NORTHWIND, scope, now=NOW)


async def lines(database: Database, scope: Scope | None = None) -> Sequence[AnswerLine]:
    file, place, found = await of_scope(database, scope or a_scope()), answer_files.FIRST, []
    while place is not None:
        async with database.reading() as tx:
            page = await answer_files.page(tx, file, place)
        found += page.lines
        place = page.next
    return found


async def test_a_line_says_all_that_is_known_of_an_answer(database: Database):
    async with database.transaction() as tx:
        answer = await give(
            tx, 7, 6, at=NOW, survey=SUPPORT, comment=ODD, solved="partly", wants_reply=True, is_late=True,
            occasion_label="Tuesday's export problem", channel_id="C0HELP", trigger="reaction",
        )  # fmt: skip
        await make_account(tx, "Beta GmbH", [7], now=NOW, segment="enterprise", owner_id="U0BO")
        await tx.execute(update(Contact).values(name=ODD, role="CTO"))
        keys = ("price", "speed", "taken-out-since")
        await tx.execute(insert(Reading), [{"response_id": answer, "themes": keys, "folded": ODD.casefold()}])
    [line] = await lines(database)
    assert line == AnswerLine(
        id=answer, date=NOW, survey="support", kind="transactional", score=6, category="detractor", comment=ODD,
        solved="partly", wants_reply=True, themes=("Price", "Speed"), user_id="U0007", name=ODD, role="CTO",
        account="Beta GmbH", segment="enterprise", owner_id="U0BO", trigger="reaction",
        occasion="Tuesday's export problem",
        channel_id="C0HELP", language="de", mode="self", is_late=True, is_repeat=False, counted=True,
        not_counted_because=None, privacy="named",
    )  # fmt: skip


@pytest.mark.parametrize("within", [{}, {"segments": ("enterprise",)}, {"survey_ids": (RELATIONSHIP, SUPPORT)}])
async def test_those_that_are_counted_are_the_number(database: Database, within: dict[str, tuple[object, ...]]):
    async with database.transaction() as tx:
        for n in range(60):
            at = NOW - timedelta(days=3 * (n % 37), minutes=n)
            await give(tx, n % 23, n % 11, at=at, mode="interviewer" if n % 7 == 0 else "self")
            await give(tx, n % 23, 10 - n % 11, at=at, survey=SUPPORT, is_repeat=n % 3 == 0)
        await give(tx, 1, 0, at=NOW + timedelta(days=1))
        await make_account(tx, "Beta", range(11), now=NOW, segment="enterprise")
    found = await lines(database, a_scope(**within))
    for kind in (SurveyKind.RELATIONAL, SurveyKind.TRANSACTIONAL):
        counted = [each.score for each in found if each.counted and each.kind == kind]
        assert counted
        async with database.reading() as tx:
            when = {"since": YEAR.since, "before": YEAR.until}
            number = await reports.tally_between(tx, NORTHWIND, kind, within=Slice(**within), **when)
        assert tally({score: counted.count(score) for score in range(11)}) == number


async def test_what_is_not_counted_says_why(database: Database):
    async with database.transaction() as tx:
        await give(tx, 1, 3, at=NOW - timedelta(days=40))
        await give(tx, 1, 9, at=NOW - timedelta(days=4))
        await give(tx, 1, 8, at=NOW, mode="interviewer", recorded_by="U0BO")
        await give(tx, 2, 5, at=NOW, survey=SUPPORT, is_repeat=True)
        await give(tx, 3, 4, at=NOW, survey=SUPPORT, mode="volunteered")
    because = [(each.score, each.counted, each.not_counted_because) for each in await lines(database)]
    assert because == [
        (3, False, "later_answer"),
        (9, True, None),
        (8, False, "told_to_colleague"),
        (5, False, "repeat"),
        (4, False, "volunteered"),
    ]
    assert [each.counted for each in await lines(database, a_scope(period=WEEK))] == [True, False, False, False]


async def test_rehearsals_other_kinds_and_other_times_are_not_in_it(database: Database):
    async with database.transaction() as tx:
        await give(tx, 1, 9, at=NOW, is_rehearsal=True)
        await give(tx, 2, 9, at=NOW + timedelta(seconds=1))
        await give(tx, 3, 9, at=YEAR.since)
        await give(tx, 4, 9, at=NOW)
        felt = await give(tx, 5, 9, at=NOW)
        await tx.execute(update(Response).where(Response.id == felt).values(kind="recovery"))
    assert [each.user_id for each in await lines(database)] == ["U0004"]


@pytest.mark.parametrize(
    ("scope", "people"),
    [
        (a_scope("kind:relationship"), [1, 2]),
        (a_scope("survey:support", kind="transactional", survey_ids=(SUPPORT,)), [3, 4]),
        (a_scope("segment:enterprise", segments=("enterprise",)), [1, 3]),
        (a_scope("owner:U0BO", owner_ids=("U0BO",)), [1, 3]),
        (a_scope("channel:C0HELP", channel_ids=("C0HELP",)), [4]),
        (a_scope(), [1, 2, 3, 4]),
    ],
)
async def test_a_file_can_be_narrowed(database: Database, scope: Scope, people: list[int]):
    async with database.transaction() as tx:
        for person, survey in ((1, RELATIONSHIP), (2, RELATIONSHIP), (3, SUPPORT), (4, SUPPORT)):
            place = {"channel_id": "C0HELP"} if person == 4 else {}
            await give(tx, person, 9, at=NOW - timedelta(minutes=9 - person), survey=survey, **place)
        await make_account(tx, "Beta", [1, 3], now=NOW, segment="enterprise", owner_id="U0BO")
    assert [each.user_id for each in await lines(database, scope)] == [f"U{person:04}" for person in people]


async def test_without_a_period_it_is_the_one_of_the_number(database: Database):
    async with database.transaction() as tx:
        for n in range(9):
            await give(tx, n, 9, at=NOW - timedelta(days=n))
        await give(tx, 9, 9, at=NOW - timedelta(days=200))
    assert len(await lines(database, a_scope(period=None))) == 10
    async with database.transaction() as tx:
        await give(tx, 10, 9, at=NOW - timedelta(days=80))
    assert len(await lines(database, a_scope(period=None))) == 10
    assert len(await lines(database)) == 11


async def test_every_answer_is_in_it_once_however_many_pages_there_are(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(answer_files, "PAGE", 3)
    async with database.transaction() as tx:
        for n in range(20):
            confidential = {"privacy": "confidential"} if n % 3 == 0 else {}
            await give(tx, n % 5, n % 11, at=NOW - timedelta(days=2 + n // 4), survey=1 + n % 2, **confidential)
    found = await lines(database)
    assert len(found) == 20
    ids = [each.id for each in found if each.id]
    assert len(set(ids)) == len(ids) == 13
    stored = sorted(n % 11 for n in range(20))
    assert sorted(each.score for each in found) == stored


async def test_a_confidential_answer_has_a_day_and_nothing_that_leads_to_a_name(database: Database):
    at = datetime(2026, 11, 20, 15, 42, tzinfo=UTC)
    async with database.transaction() as tx:
        await give(tx, 1, 3, at=at - timedelta(days=30), survey=SUPPORT)
        await give(tx, 1, 2, at=at, survey=SUPPORT, privacy="confidential", comment="Slow", is_repeat=True,
                   occasion_label="your order", channel_id="C0HELP")  # fmt: skip
        await make_account(tx, "Beta GmbH", [1], now=NOW, segment="enterprise", owner_id="U0BO")
    named, line = await lines(database)
    assert named.user_id == "U0001"
    known = {name: value for name, value in line._asdict().items() if value is not None}
    assert known == {
        "date": date(2026, 11, 20), "survey": "support", "kind": "transactional", "score": 2, "comment": "Slow",
        "category": "detractor", "wants_reply": False, "themes": (), "mode": "self", "counted": False,
        "privacy": "confidential",
    }  # fmt: skip
    assert not isinstance(line.date, datetime)


async def test_confidential_answers_stand_apart_and_in_no_order_of_their_day(database: Database):
    async with database.transaction() as tx:
        for n, score in enumerate((9, 2, 5)):
            at = datetime(2026, 11, 20, 9 + n, tzinfo=UTC)
            await give(tx, n, score, at=at, privacy="confidential")
            await give(tx, 10 + n, score, at=at + timedelta(minutes=1))
    assert [(each.user_id, each.score) for each in await lines(database)] == [
        *(("U0010", 9), ("U0011", 2), ("U0012", 5)),
        *((None, 2), (None, 5), (None, 9)),
    ]


async def test_what_colleagues_were_not_told_yet_is_not_in_it(database: Database):
    async with database.transaction() as tx:
        await give(tx, 1, 2, at=NOW - timedelta(hours=1), privacy="confidential")
        await give(tx, 2, 3, at=NOW - timedelta(days=1), privacy="confidential")
    assert [each.score for each in await lines(database)] == [3]


async def test_what_somebody_said_in_confidence_shows_nowhere_in_what_they_said_by_name(database: Database):
    days = [NOW - timedelta(days=n) for n in (20, 10, 5)]
    async with database.transaction() as tx:
        await give(tx, 1, 9, at=days[0])
        await give(tx, 1, 2, at=days[1], privacy="confidential")
    asked = [await make_asked(database, n, privacy) for n, privacy in enumerate(("confidential", "named", "named"))]
    for invitation, at in zip(asked, days, strict=True):
        async with database.transaction() as tx:
            choice = Choice(invitation.id, "U0001", 3, at, f"click:{at}")
            await responses.record_score(tx, NORTHWIND, choice, now=at)
    found = [(each.kind, each.privacy, each.counted, each.is_repeat) for each in await lines(database)]
    assert found == [
        ("relational", "named", True, False),
        ("relational", "confidential", True, None),
        ("transactional", "named", True, False),
        ("transactional", "named", False, True),
        ("transactional", "confidential", True, None),
    ]


async def make_asked(database: Database, number: int, privacy: str) -> Invitation:
    async with database.transaction() as tx:
        times = {"created_at": WEEK.before_since, "send_at": WEEK.before_since, "sent_at": WEEK.before_since}
        asked = Invitation(
            workspace_id=NORTHWIND, survey_id=SUPPORT, contact_id=1, occasion=f"o{number}", kind="transactional",
            subject="N", language="en", state="sent", expires_at=NOW + timedelta(days=9), privacy=privacy, **times,
        )  # fmt: skip
        tx.add(asked)
        await tx.flush()
        return asked


async def test_a_file_about_some_accounts_has_no_confidential_answer(database: Database):
    async with database.transaction() as tx:
        await give(tx, 1, 2, at=NOW - timedelta(days=3), privacy="confidential")
        await make_account(tx, "Beta GmbH", [1], now=NOW, segment="enterprise")
    assert await lines(database, a_scope("segment:enterprise", segments=("enterprise",))) == []


async def test_whoever_is_erased_between_two_pages_is_not_on_the_second(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(answer_files, "PAGE", 2)
    async with database.transaction() as tx:
        for n in range(4):
            await give(tx, n, n, at=NOW - timedelta(minutes=9 - n))
    file = await of_scope(database, a_scope())
    async with database.reading() as tx:
        first = await answer_files.page(tx, file, answer_files.FIRST)
    async with database.transaction() as tx:
        await tx.execute(delete(Response).where(Response.contact_id == 2))
    async with database.reading() as tx:
        second = await answer_files.page(tx, file, first.next)
    assert [each.user_id for each in (*first.lines, *second.lines)] == ["U0000", "U0001", "U0003"]


async def test_a_file_is_written_as_its_pages_come(database: Database):
    async with database.transaction() as tx:
        await give(tx, 1, 9, at=NOW, comment=ODD)
        await give(tx, 2, 3, at=NOW)
    paper = BytesIO()
    assert await write(database, await of_scope(database, a_scope()), Format.JSONL, paper) == 2
    assert paper.getvalue().decode().count("\n") == 2
    async with database.reading() as tx:
        assert len((await tx.scalars(select(Response))).all()) == 2
