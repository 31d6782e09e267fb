"""Promises about when questions leave: by day, on working days, whatever the clocks do."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.calendar import SEARCHED, Blackout, Calendar, Window

BERLIN, NEW_YORK, KOLKATA, CHATHAM = map(
    ZoneInfo, ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Chatham")
)
ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Chatham", "Asia/Tehran", "Africa/Cairo",
     "America/Santiago", "Australia/Lord_Howe", "Pacific/Kiritimati", "America/Havana", "Asia/Beirut"]
).map(ZoneInfo)  # fmt: skip
INSTANTS = st.datetimes(datetime(2025, 1, 1), datetime(2032, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
WINDOWS = st.builds(
    lambda hours, days: Window(min(hours), max(hours), frozenset(days)),
    st.lists(st.integers(0, 24), min_size=2, max_size=2, unique=True),
    st.sets(st.integers(0, 6), min_size=1),
)
BLACKOUTS = st.lists(
    st.builds(
        lambda first, days: Blackout(first, first + timedelta(days=days)),
        st.dates(date(2025, 1, 1), date(2032, 12, 31)),
        st.integers(0, 40),
    ),
    max_size=3,
)
HOLIDAYS = st.sets(st.dates(date(2025, 1, 1), date(2032, 1, 1)))
MINUTES = st.integers(0, 59)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("zone", "wanted", "leaves"),
    [
        (BERLIN, "2026-11-25T10:00+01:00", "2026-11-25T10:00+01:00"),
        (BERLIN, "2026-11-25T08:59+01:00", "2026-11-25T09:00+01:00"),
        (BERLIN, "2026-11-25T17:00+01:00", "2026-11-26T09:00+01:00"),
        (BERLIN, "2026-11-27T18:00+01:00", "2026-11-30T09:00+01:00"),  # Friday evening
        (BERLIN, "2026-03-28T12:00+01:00", "2026-03-30T09:00+02:00"),  # over the night clocks go forward
        (NEW_YORK, "2026-10-31T12:00-04:00", "2026-11-02T09:00-05:00"),  # and back
        (KOLKATA, "2026-11-25T03:29+00:00", "2026-11-25T09:00+05:30"),
        (CHATHAM, "2026-11-27T20:15+00:00", "2026-11-30T09:00+13:45"),  # Saturday there already
    ],
)
def test_a_question_leaves_by_day_where_the_person_is(zone: ZoneInfo, wanted: str, leaves: str) -> None:
    assert Calendar(zone).next_open(at(wanted)) == at(leaves)


def test_a_holiday_and_a_blackout_are_passed_over() -> None:
    calendar = Calendar(
        BERLIN,
        is_holiday=lambda day: day == date(2026, 12, 25),
        blackouts=[Blackout(date(2026, 12, 28), date(2026, 12, 30))],
    )
    assert calendar.next_open(at("2026-12-24T17:30+01:00")) == at("2026-12-31T09:00+01:00")
    assert calendar.next_open(at("2026-12-24T17:30+01:00"), with_blackouts=False) == at("2026-12-28T09:00+01:00")


def test_the_minute_spreads_what_waited_for_the_morning() -> None:
    assert Calendar(BERLIN).next_open(at("2026-11-25T22:00+01:00"), minute=37) == at("2026-11-26T09:37+01:00")


def test_round_the_clock_is_possible() -> None:
    calendar = Calendar(BERLIN, Window(0, 24, frozenset(range(7))))
    assert calendar.next_open(at("2026-11-29T23:59+01:00")) == at("2026-11-29T23:59+01:00")


@given(INSTANTS, st.builds(Calendar, ZONES, WINDOWS, HOLIDAYS.map(lambda days: days.__contains__), BLACKOUTS), MINUTES)
def test_nobody_is_asked_at_night_or_on_a_day_off(now: datetime, calendar: Calendar, minute: int) -> None:
    window = calendar.window
    leaves = calendar.next_open(now, minute=minute)
    assert leaves >= now
    assert calendar.is_open(leaves)
    local = leaves.astimezone(calendar.zone)
    assert window.opens <= local.hour < window.closes
    assert local.weekday() in window.weekdays
    assert not calendar.is_holiday(local.date())
    assert not any(each.first_on <= local.date() <= each.last_on for each in calendar.blackouts)
    assert calendar.next_open(leaves, minute=minute) == leaves


def test_without_a_working_day_it_waits_instead_of_asking() -> None:
    calendar = Calendar(BERLIN, is_holiday=lambda _: True)
    now = at("2026-11-25T10:00+01:00")
    assert calendar.next_open(now) == now + timedelta(days=SEARCHED)
