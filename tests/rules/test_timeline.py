"""Months and quarters lie side by side, and a change is told only of points that can be compared."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import timeline
from bot.rules.scoring import Tally
from bot.rules.timeline import MOST_POINTS, Point, Span, Step, borders, fitting_step, movement, spans
from bot.rules.trend import Verdict

LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
TODAY, NOW = date(2025, 11, 18), datetime(2025, 11, 18, 10, tzinfo=UTC)
DAYS = st.dates(date(2001, 1, 1), date(2100, 1, 1))
ZONES = st.sampled_from(["UTC", "Europe/London", "America/New_York", "Asia/Kathmandu", "Africa/Cairo", "Pacific/Apia"])


def months(*counts: int, open_last: bool = False) -> list[Point]:
    """So many promoters in each month of a year."""
    row = spans(date(2025, 1, 1), date(2025, 12, 1))[: len(counts)]
    last = len(counts) - 1
    return [
        Point(span, Tally(count), is_open=open_last and number == last)
        for number, (span, count) in enumerate(zip(row, counts, strict=True))
    ]


def test_twelve_months_end_with_this_one():
    row = spans(timeline.usual_first(TODAY), TODAY)
    assert (row[0].first_on, row[-1].first_on, len(row)) == (date(2024, 12, 1), date(2025, 11, 1), 12)


@pytest.mark.parametrize(
    ("first", "last", "step", "begins"),
    [
        (date(2025, 3, 31), date(2025, 4, 1), Step.MONTH, ["2025-03-01", "2025-04-01"]),
        (date(2024, 2, 29), date(2024, 2, 29), Step.MONTH, ["2024-02-01"]),
        (date(2024, 12, 1), date(2025, 4, 1), Step.QUARTER, ["2024-10-01", "2025-01-01", "2025-04-01"]),
        (date(2025, 12, 31), date(2026, 1, 1), Step.QUARTER, ["2025-10-01", "2026-01-01"]),
    ],
)
def test_a_span_is_there_for_every_month_or_quarter_that_is_touched(first, last, step, begins):
    assert [str(span.first_on) for span in spans(first, last, step)] == begins


@given(first=DAYS, days=st.integers(0, 3000), step=st.sampled_from(Step), zone=ZONES)
def test_spans_lie_side_by_side_in_every_zone_and_hold_every_day(first, days, step, zone):
    last = first + timedelta(days=days)
    row, where = spans(first, last, step), ZoneInfo(zone)
    assert len(row) <= MOST_POINTS
    assert all(one.next_on == other.first_on for one, other in pairwise(row))
    assert row[-1].first_on <= last < row[-1].next_on
    far = datetime(2200, 1, 1, tzinfo=UTC)
    edges = borders(row, zone=where, until=far)
    assert edges == sorted(set(edges))
    for span, edge in zip(row, edges, strict=False):  # the first instant of a month is in it, the one before is not
        assert (
            edge.astimezone(where).date() < span.first_on == (edge + timedelta(microseconds=1)).astimezone(where).date()
        )


def test_borders_follow_the_clock_on_the_wall():
    row = spans(date(2025, 3, 1), date(2025, 4, 30))
    edges = borders(row, zone=LONDON, until=NOW)
    tick = timedelta(microseconds=1)
    assert [edge + tick for edge in edges] == [
        datetime(2025, 3, 1, tzinfo=UTC),
        datetime(2025, 3, 31, 23, tzinfo=UTC),  # clocks went forward on the 30th
        datetime(2025, 4, 30, 23, tzinfo=UTC),
    ]


def test_nothing_after_the_moment_of_looking_is_in_the_last_span():
    assert borders(spans(TODAY, TODAY), zone=NEW_YORK, until=NOW)[-1] == NOW


@pytest.mark.parametrize(
    ("row", "step"),
    [
        (months(), Step.MONTH),
        (months(0, 0), Step.MONTH),
        (months(30, 30, 30), Step.MONTH),
        (months(29, 29, 30), Step.QUARTER),
        (months(29, 30), Step.MONTH),  # half is not most
        (months(0, 0, 0, 40), Step.MONTH),  # months without answers have no say
        (months(40, 5, open_last=True), Step.MONTH),
        (months(40, 5, 5), Step.QUARTER),
        (months(5, open_last=True), Step.QUARTER),
    ],
)
def test_quarters_are_taken_where_most_months_hold_few_answers(row, step):
    assert fitting_step(row) is step


@pytest.mark.parametrize(("count", "shown"), [(0, None), (9, None), (10, 100), (29, 100), (30, 100)])
def test_a_point_shows_a_score_from_ten_answers_on(count, shown):
    point = Point(Span(TODAY.replace(day=1)), Tally(count))
    assert point.shown == shown
    assert (point.score is None) is (shown is None)


def test_the_change_is_from_the_first_comparable_point_to_the_last():
    row = months(9, 0, 0, 0, 0)
    counts = [Tally(9), Tally(40, 30, 30), Tally(10, 10, 9), Tally(60, 30, 10), Tally(20, 0, 0)]
    row = [Point(point.span, answers) for point, answers in zip(row, counts, strict=True)]
    told = movement(row)
    assert told is not None
    assert (told.first, told.last) == (row[1], row[3])
    assert (told.change.verdict, told.change.by) == (Verdict.HIGHER, 40)


def test_without_two_comparable_points_no_change_is_told():
    assert movement(months(29, 400, 29)) is None
    assert movement([]) is None


@given(counts=st.lists(st.integers(0, 80), max_size=12))
def test_a_change_is_never_claimed_where_nothing_changed(counts):
    told = movement(months(*counts)) if counts else None
    assert told is None or told.change.verdict is Verdict.NO_CLEAR_CHANGE
