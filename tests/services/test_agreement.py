"""The same words give the same number wherever it is looked at: on any history, alone or as a sum of groups."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.rules.answering import InvitationState
from bot.rules.groups import Group, total
from bot.rules.scoring import Tally, tally
from bot.rules.wanted import read, tokens
from bot.rules.weekly import Week
from bot.services import (
    account_answers,
    answer_files,
    calendars,
    coverage,
    reports,
    scopes,
    summaries,
    trends,
    workspaces,
)
from bot.services.answer_files import AnswerLine
from bot.services.dimensions import Asker
from bot.services.reports import Score
from bot.services.scopes import Scope
from bot.services.surveys import SurveyKind
from storage import breakdowns
from storage.database import Database, Transaction
from tests.services.test_counting import CHANNELS, KINDS, PEOPLE, TRIGGERS, Said, told

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)  # a Friday evening: all that was said in confidence was told
ME = "U0BO"


@dataclass(frozen=True)
class Spread(Said):
    """Said within the last nine months, and no more than a few on the same day."""

    @property
    def at(self) -> datetime:
        return NOW - timedelta(days=2 + 15 * self.minute)


COMMON = {
    "person": st.integers(0, PEOPLE - 1),
    "kind": KINDS,
    "minute": st.integers(0, 18),
    "is_second": st.booleans(),
    "privacy": st.sampled_from(["named", "named", "confidential"]),
    "channel": st.sampled_from(CHANNELS),
    "trigger": st.sampled_from(TRIGGERS),
    "mode": st.sampled_from(["self", "self", "self", "interviewer", "volunteered"]),
}
ANSWERS = st.builds(Spread, **COMMON, score=st.integers(0, 10), is_repeat=st.booleans())
OPEN = [state.value for state in InvitationState if state != InvitationState.ANSWERED]
QUESTIONS = st.builds(Spread, **COMMON, score=st.none(), state=st.sampled_from(OPEN))
FILTERS = st.sampled_from([
    "", "kind:interactions", "survey:relational-2", "survey:transactional-2 occasion:event", "segment:large",
    "segment:small", "account:small kind:interactions", "channel:<#C0ONE>", "occasion:event",
    "segment:large survey:relational-2",
])  # fmt: skip
MONTHS = st.sampled_from(["2026-10", "2026-09", "this month"])
TIMES = st.one_of(st.sampled_from(["", "last 60 days", "since 2026-05-01"]), MONTHS)
BETRAYED = [Spread(0, "relational", 2, 9), Spread(0, "relational", 1, 3, privacy="confidential")]
AFTER_ALL = [
    Spread(person, "transactional", minute, score, is_repeat=is_repeat, mode=mode)
    for person, minute, score, is_repeat, mode in (
        (0, 1, 9, False, "self"), (0, 0, 2, True, "self"), (1, 0, 3, False, "interviewer"),
        (2, 0, 1, False, "volunteered"), (3, 0, 8, False, "self"),
    )
]  # fmt: skip
SOME = settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])


async def scope_of(tx: Transaction, here: str, words: str) -> Scope:
    wanted = read(tokens(words), views=(), today=NOW.date())
    return await scopes.resolve(tx, Asker(here, ME, "score"), wanted, own=0, now=NOW)


async def number(tx: Transaction, here: str, scope: Scope) -> Score:
    """What `/nps` shows."""
    if scope.period:
        return (await reports.over(tx, here, scope.kind, within=scope.within, period=scope.period)).score
    return (await reports.standing(tx, here, scope.kind, within=scope.within, now=NOW)).score


@SOME
@given(st.lists(ANSWERS | QUESTIONS, max_size=16), FILTERS, TIMES)
@example(BETRAYED, "", "")
@example(AFTER_ALL, "kind:interactions", "last 60 days")
@example(BETRAYED, "segment:large", "last 60 days")
async def test_every_view_counts_the_answers_of_the_number(
    database: Database, history: Sequence[Said], filters: str, time: str
):
    async with database.transaction() as tx:
        here = await told(tx, history)
        scope = await scope_of(tx, here, f"{filters} {time}")
        since, before = scope.window(now=NOW)
        days = {"within": scope.within, "since": since, "before": before}
        found = await reports.tally_between(tx, here, scope.kind, **days)
        score, asked = await number(tx, here, scope), await coverage.coverage(tx, here, scope, now=NOW)
        assert score.is_widened or score.answers == found
        [left, right] = await reports.beside(tx, here, [scope, scope], now=NOW)
        assert left.answers == right.answers == found
        assert asked.answers == (await account_answers.by_account(tx, here, scope.kind, **days)).responses
        assert asked.answers == found.responses
        assert score.is_widened or score.rate == rate(asked)
        for dimension in ("survey", "occasion", *(["segment", "channel", "role"] if scope.within.tells_who else [])):
            assert await together(tx, here, dimension, scope) == found


@SOME
@given(st.lists(ANSWERS, max_size=16), FILTERS, TIMES)
async def test_groups_of_people_hold_all_who_gave_their_name(
    database: Database, history: Sequence[Said], filters: str, time: str
):
    async with database.transaction() as tx:
        here = await told(tx, history)
        scope = await scope_of(tx, here, f"{filters} {time}")
        since, before = scope.window(now=NOW)
        days = {"within": scope.within, "since": since, "before": before}
        sums = [await together(tx, here, each, scope) for each in ("segment", "owner", "account", "role", "channel")]
        money = await account_answers.by_revenue(tx, here, scope.kind, **days)
    assert len(set(sums)) == 1
    assert sums[0].responses == money.responses + money.unweighted


@SOME
@given(st.lists(ANSWERS, max_size=16), FILTERS, MONTHS)
async def test_a_month_is_the_same_number_in_the_trend(
    database: Database, history: Sequence[Said], filters: str, month: str
):
    async with database.transaction() as tx:
        here = await told(tx, history)
        await workspaces.set_time_zone(tx, here, "Asia/Kathmandu")
        scope = await scope_of(tx, here, f"{filters} {month}")
        line = await trends.trend(
            tx, here, scope.kind, within=scope.within, since=scope.period.since, until=scope.period.until
        )
        score = await number(tx, here, scope)
    in_quarters = len(line.points) == 1 and line.step != "month"
    assert in_quarters or [point.answers for point in line.points] == [score.answers]


@SOME
@given(st.lists(ANSWERS, max_size=16), FILTERS, TIMES)
@example(BETRAYED, "", "")
@example(AFTER_ALL, "kind:interactions", "last 60 days")
async def test_a_file_marks_the_answers_of_the_number(
    database: Database, history: Sequence[Said], filters: str, time: str
):
    async with database.transaction() as tx:
        here = await told(tx, history)
        scope = await scope_of(tx, here, f"{filters} {time}")
        score = await number(tx, here, scope)
        lines = await in_file(tx, here, scope)
    marked = Counter(each.score for each in lines if each.counted and each.kind == scope.kind)
    assert tally(marked) == score.answers


@SOME
@given(st.lists(ANSWERS, max_size=16), FILTERS)
@example(AFTER_ALL, "kind:interactions")
async def test_a_digest_and_home_tell_the_number(database: Database, history: Sequence[Said], filters: str):
    week = Week(NOW - timedelta(days=7), NOW, NOW)
    async with database.transaction() as tx:
        here = await told(tx, history)
        scope = await scope_of(tx, here, filters)
        calendar = await calendars.of_team(tx, here)
        digest = await summaries.gather(tx, here, scope.within, week, calendar)
        [of_kind] = [each for each in digest.kinds if each.standing.score.kind is scope.kind]
        assert of_kind.standing.score == await number(tx, here, scope)
        report = await reports.overview(tx, here, now=NOW)
        assert report.relational == await reports.standing(tx, here, SurveyKind.RELATIONAL, now=NOW)
        after = (await reports.standing(tx, here, SurveyKind.TRANSACTIONAL, now=NOW)).score
        assert report.transactional == replace(after, rate=None)  # its rate is not shown there


async def together(tx: Transaction, here: str, dimension: str, scope: Scope) -> Tally:
    """The sum of all groups, as the query gives them: those too that are too small to be shown."""
    since, before = scope.window(now=NOW)
    days = {"since": since, "before": before}
    groups = await breakdowns.answers(tx, here, dimension, kind=scope.kind, within=scope.within, **days)
    return total([Group(value, tally(found)) for value, found in groups.items()])


async def in_file(tx: Transaction, here: str, scope: Scope) -> Sequence[AnswerLine]:
    file, place, found = await answer_files.of_scope(tx, here, scope, now=NOW), answer_files.FIRST, []
    while place is not None:
        page = await answer_files.page(tx, file, place)
        found, place = [*found, *page.lines], page.next
    return found


def rate(asked: coverage.Coverage) -> float | None:
    return asked.of(InvitationState.ANSWERED) / asked.finished if asked.finished else None
