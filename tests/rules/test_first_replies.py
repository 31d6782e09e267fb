"""How soon somebody was looked after: in working time, and without leaving out those who still wait."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.calendar import Calendar, Window
from bot.rules.first_replies import (
    Heard,
    Replies,
    first_replies,
    working_day_ends,
)
from tests.rules.test_calendar import INSTANTS, WINDOWS, ZONES

BERLIN = Calendar(ZoneInfo("Europe/Berlin"), is_holiday=lambda day: day == date(2026, 12, 25))
CALENDARS = st.builds(Calendar, ZONES, WINDOWS)
NOW = datetime(2026, 12, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN.zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-24T10:00", "2026-11-24T12:30", 2.5),
        ("2026-11-24T16:00", "2026-11-25T10:00", 2),
        ("2026-11-27T16:30", "2026-11-30T09:30", 1),  # over a weekend
        ("2026-11-28T03:00", "2026-11-29T20:00", 0),
        ("2026-12-24T16:00", "2026-12-28T10:00", 2),  # over Christmas
        ("2026-10-23T16:00", "2026-10-26T10:00", 2),  # clocks change on a Sunday
        ("2026-11-24T08:00", "2026-11-24T20:00", 8),
        ("2026-11-24T12:00", "2026-11-24T10:00", 0),
    ],
)
def test_only_working_hours_count(start, end, hours):
    assert BERLIN.worked(berlin(start), berlin(end)) == hours * HOUR


@given(CALENDARS, INSTANTS, st.timedeltas(timedelta(), timedelta(days=10)), st.timedeltas(timedelta(), timedelta(10)))
def test_working_time_adds_up_and_is_never_longer_than_time(calendar, start, one, two):
    middle, end = start + one, start + one + two
    whole = calendar.worked(start, end)
    assert whole == calendar.worked(start, middle) + calendar.worked(middle, end)
    assert timedelta() <= whole <= end - start


@given(CALENDARS, INSTANTS)
def test_a_working_day_ends_after_it_ran(calendar, now):
    assert working_day_ends(calendar, now) > now


def test_who_still_waits_counts_as_waiting_longer_than_everybody():
    soon = Heard(berlin("2026-11-24T10:00"), berlin("2026-11-24T11:00"))
    late = Heard(berlin("2026-11-24T10:00"), berlin("2026-11-25T10:00"))
    never = Heard(berlin("2026-11-24T10:00"))
    assert first_replies([soon], BERLIN, now=NOW) == Replies(HOUR, 1, 1)
    assert first_replies([soon, late, never], BERLIN, now=NOW) == Replies(8 * HOUR, 1, 3)
    assert first_replies([soon, never], BERLIN, now=NOW) == Replies(None, 1, 2)


def test_whose_working_day_is_not_over_is_not_counted_yet():
    fresh = Heard(berlin("2026-11-24T10:00"))
    assert first_replies([fresh], BERLIN, now=berlin("2026-11-24T16:59")) == Replies()
    assert first_replies([fresh], BERLIN, now=berlin("2026-11-24T17:00")) == Replies(None, 0, 1)


@pytest.mark.parametrize(("replied", "is_same"), [("2026-11-30T16:59", 1), ("2026-12-01T09:00", 0)])
def test_what_comes_on_a_weekend_has_until_the_end_of_monday(replied, is_same):
    [one] = [Heard(berlin("2026-11-28T12:00"), berlin(replied))]
    assert first_replies([one], BERLIN, now=NOW).same_day == is_same


def test_without_a_working_day_nobody_waits_for_ever_to_be_told():
    never = Calendar(window=Window(9, 17, frozenset({0})), is_holiday=lambda _: True)
    assert never.worked(NOW, NOW + timedelta(days=4000)) == timedelta()
    assert first_replies([Heard(NOW)], never, now=NOW + timedelta(days=30)) == Replies()
