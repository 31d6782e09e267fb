"""Once a week at the same hour on the wall, whatever clocks do; and every moment is told of in exactly one week."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.weekly import Slot, days_of, week_before, week_until
from tests.rules.test_calendar import INSTANTS, ZONES

BERLIN, NEW_YORK, KOLKATA = map(ZoneInfo, ("Europe/Berlin", "America/New_York", "Asia/Kolkata"))
SLOTS = st.builds(Slot, st.integers(0, 6), st.integers(0, 23), ZONES)
WEEK, HOUR, INSTANT = timedelta(days=7), timedelta(hours=1), timedelta(microseconds=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("slot", "now", "due"),
    [
        (Slot(), "2026-11-22T12:00+00:00", "2026-11-23T09:00+00:00"),
        (Slot(), "2026-11-23T09:00+00:00", "2026-11-30T09:00+00:00"),
        (Slot(zone=BERLIN), "2026-03-27T12:00+00:00", "2026-03-30T07:00+00:00"),  # summer began on the 29th
        (Slot(zone=BERLIN), "2026-10-23T12:00+00:00", "2026-10-26T08:00+00:00"),  # and ended on the 25th
        (Slot(6, 2, BERLIN), "2026-03-27T12:00+00:00", "2026-03-29T01:00+00:00"),  # an hour nobody's clock shows: 3
        (Slot(6, 2, BERLIN), "2026-10-23T12:00+00:00", "2026-10-25T00:00+00:00"),  # shown twice: the first
        (Slot(4, 17, NEW_YORK), "2026-11-27T21:59+00:00", "2026-11-27T22:00+00:00"),
        (Slot(0, 0, KOLKATA), "2026-11-22T12:00+00:00", "2026-11-22T18:30+00:00"),
    ],
)
def test_it_is_due_at_its_hour_on_the_wall(slot, now, due):
    assert slot.next_after(at(now)) == at(due)
    assert slot.last_until(at(due)) == at(due)


@given(SLOTS, INSTANTS)
def test_there_is_one_before_and_one_after_and_none_between(slot, now):
    last, due = slot.last_until(now), slot.next_after(now)
    assert last <= now < due
    assert slot.next_after(last) == due
    assert WEEK - 2 * HOUR <= due - last <= WEEK + 2 * HOUR


@given(SLOTS, INSTANTS)
def test_it_is_the_day_and_hour_that_was_chosen_but_where_clocks_leap(slot, now):
    local = slot.next_after(now).astimezone(slot.zone)
    assert local.weekday() == slot.weekday
    assert local.hour - slot.hour in (0, 1)


@given(SLOTS, INSTANTS)
def test_weeks_that_follow_each_other_leave_nothing_out_and_tell_nothing_twice(slot, now):
    first, second = (week_before(each, slot.zone) for each in (slot.last_until(now), slot.next_after(now)))
    assert first.until == second.since
    assert first.until <= first.told_at


@given(ZONES, INSTANTS)
def test_seven_days_are_named_and_today_is_one_of_them_only_for_who_asks_now(zone, now):
    today = now.astimezone(zone).date()
    first, last = days_of(week_before(now, zone), zone)
    assert (last - first).days == 6
    assert last == today - timedelta(days=1)
    first, last = days_of(week_until(now + INSTANT, zone), zone)
    assert (last - first).days == 6
    assert last in (today, (now + INSTANT).astimezone(zone).date())
