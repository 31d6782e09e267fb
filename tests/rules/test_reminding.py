"""A reminder comes three of the person's own working days after the question, at the same time of day."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.reminding import is_reminder_due, on_weekdays, reminder_at

BERLIN, TOKYO, LOS_ANGELES = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo"), ZoneInfo("America/Los_Angeles")
ZONES = st.sampled_from([UTC, BERLIN, TOKYO, LOS_ANGELES])
MOMENTS = st.integers(0, 10 * 365 * 24 * 60).map(lambda minutes: at(1) + timedelta(minutes=minutes))


def at(day: int, hour: int = 10, *, month: int = 11, minute: int = 0) -> datetime:
    """In November 2026 the 2nd is a Monday."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sent", "zone", "due"),
    [
        pytest.param(at(2), UTC, at(5), id="Monday to Thursday"),
        pytest.param(at(4), UTC, at(9), id="Wednesday over the weekend to Monday"),
        pytest.param(at(6), UTC, at(11), id="Friday to Wednesday"),
        pytest.param(at(7), UTC, at(11), id="Saturday to Wednesday"),
        pytest.param(at(8), UTC, at(11), id="Sunday to Wednesday"),
        pytest.param(at(6, 16), TOKYO, at(10, 16), id="Friday in UTC, Saturday in Tokyo"),
        pytest.param(at(9, 3), LOS_ANGELES, at(12, 3), id="Monday in UTC, Sunday in Los Angeles"),
        pytest.param(at(23, 8, month=10), BERLIN, at(28, 9, month=10), id="the same hour when the clocks go back"),
    ],
)
def test_it_comes_three_working_days_later(sent, zone, due):
    assert reminder_at(sent, zone) == due


def test_a_holiday_is_no_working_day():
    holiday = at(4).date()
    assert reminder_at(at(2), UTC, is_working_day=lambda day: on_weekdays(day) and day != holiday) == at(6)


def test_where_nobody_ever_works_nobody_is_reminded():
    assert reminder_at(at(2), UTC, is_working_day=lambda _: False) is None
    assert not is_reminder_due(at(2), UTC, now=at(30), is_working_day=lambda _: False)


@pytest.mark.parametrize(
    ("now", "is_due"),
    [(at(5, 9, minute=59), False), (at(5), True), (at(6), True), (at(7), False), (at(8, 23), False), (at(9, 0), True)],
)
def test_late_it_still_waits_for_a_working_day(now, is_due):
    assert is_reminder_due(at(2), UTC, now=now) is is_due


@given(sent=MOMENTS, zone=ZONES)
def test_it_is_always_on_a_working_day_between_three_and_five_days_later(sent, zone):
    due = reminder_at(sent, zone)
    hour = timedelta(hours=1)  # the clocks may be put on or back
    assert on_weekdays(due.astimezone(zone).date())
    assert timedelta(days=3) - hour <= due - sent <= timedelta(days=5) + hour
