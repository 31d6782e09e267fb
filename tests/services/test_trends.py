"""A time line counts every answer once, in the month the team had when it was given."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event

from bot.errors import InputRefused
from bot.rules.scoring import Tally
from bot.rules.timeline import Step
from bot.rules.trend import Verdict
from bot.services import pictures, privacy, timeline_notes, trends, workspaces
from bot.services.surveys import SurveyKind
from bot.services.trends import Trend
from storage.database import Database
from storage.slices import Slice
from tests.factories import BO, NORTHWIND, make_workspace
from tests.services.history import Given, give

NOW = datetime(2025, 11, 18, 10, tzinfo=UTC)
TICK = timedelta(microseconds=1)


@pytest.fixture(autouse=True)
async def _here(database: Database) -> None:
    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW - timedelta(days=800))
        await workspaces.set_time_zone(tx, NORTHWIND, "Europe/London")


async def answers(database: Database, *given: Given, **columns: object) -> None:
    async with database.transaction() as tx:
        await give(tx, given, **columns)


async def looked(database: Database, kind: SurveyKind = SurveyKind.RELATIONAL, **period: datetime) -> Trend:
    async with database.reading() as tx:
        return await trends.trend(tx, NORTHWIND, kind, **{"until": NOW, **period})


def many(count: int, score: int, at: datetime, *, first: int = 1) -> list[Given]:
    return [Given(person, score, at) for person in range(first, first + count)]


def by_month(found: Trend) -> dict[str, Tally]:
    return {f"{point.span.first_on:%Y-%m}": point.answers for point in found.points if point.answers.responses}


async def test_without_answers_there_are_twelve_empty_months(database: Database):
    found = await looked(database)
    assert (found.is_empty, len(found.points), found.step, found.movement) == (True, 12, Step.MONTH, None)
    assert [point.is_open for point in found.points] == [False] * 11 + [True]


async def test_of_a_month_only_a_persons_latest_answer_counts_and_every_month_counts_them_anew(database: Database):
    many_others = many(60, 10, datetime(2025, 9, 3, tzinfo=UTC), first=100)
    many_others += many(60, 10, datetime(2025, 10, 3, tzinfo=UTC), first=100)
    september = [Given(1, 0, datetime(2025, 9, 5, tzinfo=UTC)), Given(1, 8, datetime(2025, 9, 20, tzinfo=UTC))]
    same_moment = [Given(1, 2, datetime(2025, 10, 7, tzinfo=UTC)), Given(1, 9, datetime(2025, 10, 7, tzinfo=UTC))]
    await answers(database, *many_others, *september, *same_moment)
    counted = {"2025-09": Tally(60, 1, 0), "2025-10": Tally(61, 0, 0)}
    assert by_month(await looked(database)) == counted
    async with database.reading() as tx:  # of some answers another may be a person's latest
        narrowed = await trends.trend(tx, NORTHWIND, within=Slice(survey_ids=(1,)), until=NOW)
    assert by_month(narrowed) == counted


async def test_months_begin_at_the_teams_midnight_also_where_the_clocks_change(database: Database):
    midnight = datetime(2025, 3, 31, 23, tzinfo=UTC)  # of the first of April in London, which is an hour ahead by then
    winter = datetime(2025, 11, 1, tzinfo=UTC)
    march = [*many(40, 10, midnight - TICK), *many(40, 10, datetime(2025, 3, 30, 1, 30, tzinfo=UTC), first=50)]
    april = [*many(40, 3, midnight), *many(40, 3, datetime(2025, 4, 30, 22, 59, tzinfo=UTC), first=50)]
    await answers(database, *march, *april, *many(41, 7, winter - TICK), *many(42, 7, winter))
    assert by_month(await looked(database)) == {
        "2025-03": Tally(80), "2025-04": Tally(0, 0, 80), "2025-10": Tally(0, 41), "2025-11": Tally(0, 42),
    }  # fmt: skip


async def test_few_answers_a_month_are_told_by_quarter_and_a_person_once_a_quarter(database: Database):
    def at(month: int) -> datetime:
        return datetime(2025, month, 10, tzinfo=UTC)

    await answers(database, *many(20, 10, at(4)), *many(20, 0, at(5)), *many(12, 9, at(6), first=50))
    found = await looked(database)
    assert found.step is Step.QUARTER
    assert [str(point.span.first_on) for point in found.points] == [
        "2024-10-01", "2025-01-01", "2025-04-01", "2025-07-01", "2025-10-01",
    ]  # fmt: skip
    assert by_month(found) == {"2025-04": Tally(12, 0, 20)}


async def test_a_period_has_its_months_whole(database: Database):
    since = datetime(2025, 3, 31, 23, tzinfo=UTC) - TICK  # the first of April begins right after
    until = datetime(2025, 7, 31, 23, tzinfo=UTC) - TICK
    await answers(database, *many(30, 10, datetime(2025, 7, 31, 22, 59, tzinfo=UTC)), *many(30, 10, NOW))
    found = await looked(database, since=since, until=until)
    assert [point.span.first_on.month for point in found.points] == [4, 5, 6, 7]
    assert not any(point.is_open for point in found.points)
    assert by_month(found) == {"2025-07": Tally(30)}
    assert [point.span.first_on.month for point in (await looked(database, since=since + TICK)).points][:1] == [4]


async def test_kinds_rehearsals_meetings_and_repeats_are_kept_apart(database: Database):
    at = datetime(2025, 10, 7, tzinfo=UTC)
    await answers(database, *many(40, 10, at))
    await answers(database, *many(30, 0, at, first=100), is_rehearsal=True)
    await answers(database, *many(30, 0, at, first=200), mode="interviewer")
    await answers(database, *many(35, 0, at, first=300), kind="transactional")
    await answers(database, *many(35, 10, at, first=300), kind="transactional", is_repeat=True)
    assert by_month(await looked(database)) == {"2025-10": Tally(40)}
    assert by_month(await looked(database, SurveyKind.TRANSACTIONAL)) == {"2025-10": Tally(0, 0, 35)}


async def test_a_change_is_told_with_its_test(database: Database):
    first = [*many(60, 0, datetime(2025, 5, 5, tzinfo=UTC)), *many(30, 10, datetime(2025, 5, 5, tzinfo=UTC), first=90)]
    await answers(database, *first, *many(60, 10, datetime(2025, 11, 5, tzinfo=UTC)))
    told = (await looked(database)).movement
    assert told is not None
    assert (told.change.verdict, told.change.by) == (Verdict.HIGHER, 133)


async def test_one_statement_counts_all_points(database: Database):
    await answers(database, *many(60, 10, datetime(2025, 5, 5, tzinfo=UTC)))
    seen: list[str] = []
    event.listen(database.engine.sync_engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    await looked(database)
    assert len([statement for statement in seen if "FROM responses" in statement]) == 1


async def test_notes_stand_at_their_day_once_and_can_be_taken_away(database: Database):
    async with database.transaction() as tx:
        for _ in range(2):
            await timeline_notes.write(
                tx, NORTHWIND, noted_on=date(2025, 3, 1), words="launched onboarding", by=BO, now=NOW
            )
        await timeline_notes.write(tx, NORTHWIND, noted_on=date(2024, 3, 1), words="new prices", by=BO, now=NOW)
    [note] = (await looked(database)).notes
    assert (note.noted_on, note.words, note.written_by) == (date(2025, 3, 1), "launched onboarding", BO)
    async with database.transaction() as tx:
        await timeline_notes.remove(tx, "T0ELSE", note.id)
        assert [each.words for each in await timeline_notes.all_of(tx, NORTHWIND)] == [
            "launched onboarding", "new prices",
        ]  # fmt: skip
        await timeline_notes.remove(tx, NORTHWIND, note.id)
    assert (await looked(database)).notes == []


async def test_of_a_forgotten_colleague_the_note_stays_and_the_name_goes(database: Database):
    async with database.transaction() as tx:
        await timeline_notes.write(tx, NORTHWIND, noted_on=NOW.date(), words="new prices", by=BO, now=NOW)
        await privacy.erase(tx, NORTHWIND, BO, now=NOW)
        [note] = await timeline_notes.all_of(tx, NORTHWIND)
    assert (note.words, note.written_by) == ("new prices", None)


async def test_there_are_no_more_notes_than_a_window_holds(database: Database):
    async with database.transaction() as tx:
        for number in range(timeline_notes.MOST_NOTES):
            words = f"note {number}"
            await timeline_notes.write(tx, NORTHWIND, noted_on=NOW.date(), words=words, by=BO, now=NOW)
        with pytest.raises(InputRefused) as refused:
            await timeline_notes.write(tx, NORTHWIND, noted_on=NOW.date(), words="one more", by=BO, now=NOW)
    assert refused.value.because == "notes_many"


async def test_a_picture_is_remembered_by_what_it_shows_and_old_ones_are_forgotten(database: Database):
    async with database.transaction() as tx:
        for file_id in ("F1", "F2"):  # two at once
            await pictures.uploaded(tx, NORTHWIND, "trend:1", file_id=file_id, description="+43", now=NOW)
        found = await pictures.get(tx, NORTHWIND, "trend:1")
        assert (found.file_id if found else None) == "F1"
        later = NOW + pictures.KEPT + timedelta(days=1)
        await pictures.uploaded(tx, NORTHWIND, "trend:2", file_id="F3", description="+44", now=later)
        assert await pictures.get(tx, NORTHWIND, "trend:1") is None


@pytest.mark.parametrize(
    ("noted_on", "words", "because"),
    [
        (date(2025, 11, 19), "to come", "note_day"),
        (date(1999, 12, 31), "long ago", "note_day"),
        (date(2025, 11, 18), "", "note_length"),
        (date(2025, 11, 18), "x" * 81, "note_length"),
    ],
)
async def test_a_note_that_cannot_stand_there_is_declined(database: Database, noted_on, words, because):
    async with database.transaction() as tx:
        with pytest.raises(InputRefused) as refused:
            await timeline_notes.write(tx, NORTHWIND, noted_on=noted_on, words=words, by=BO, now=NOW)
    assert refused.value.because == because
