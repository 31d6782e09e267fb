"""A confidential answer is told on a later working morning, and what was told by now is known without asking each."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.rules.calendar import Calendar
from bot.rules.privacy import heard_until, next_morning

LONDON = Calendar(ZoneInfo("Europe/London"))
TOKYO = Calendar(ZoneInfo("Asia/Tokyo"), is_holiday=lambda day: day == date(2025, 11, 24))
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - bounds


@pytest.mark.parametrize(
    ("team", "given_at", "told_at"),
    [
        (LONDON, "2025-11-18T10:00", "2025-11-19T09:00"),  # a Tuesday
        (LONDON, "2025-11-18T00:30", "2025-11-19T09:00"),
        (LONDON, "2025-11-21T18:00", "2025-11-24T09:00"),  # a Friday evening
        (LONDON, "2025-11-23T12:00", "2025-11-24T09:00"),  # a Sunday
        (LONDON, "2025-07-01T10:00", "2025-07-02T08:00"),  # in summer
        (TOKYO, "2025-11-21T18:00", "2025-11-25T00:00"),  # Saturday there; Monday is a holiday
    ],
)
def test_it_is_told_as_work_begins_on_a_later_day(team: Calendar, given_at: str, told_at: str):
    at, told = (datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (given_at, told_at))
    assert next_morning(team, at) == told


@given(st.sampled_from([LONDON, TOKYO]), MOMENTS, st.timedeltas(timedelta(0), timedelta(days=6)))
@example(LONDON, datetime(2025, 11, 21, 18, tzinfo=UTC), timedelta(days=1))
def test_what_was_told_by_now_is_what_was_given_before_one_moment(team: Calendar, at: datetime, later: timedelta):
    now = at + later
    assert (next_morning(team, at) <= now) == (at < heard_until(team, now=now))
