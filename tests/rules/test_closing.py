"""Promises about a follow-up's clock: it runs in the team's working hours only, whatever the wall clocks do."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.calendar import Blackout, Calendar, Window
from bot.rules.closing import clock

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]).map(
    ZoneInfo
)
INSTANTS = st.datetimes(datetime(2025, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
PERIODS = st.timedeltas(timedelta(0), timedelta(hours=40))
WINDOWS = st.builds(
    lambda hours, days: Window(min(hours), max(hours), frozenset(days)),
    st.lists(st.integers(5, 23), min_size=2, max_size=2, unique=True),
    st.sets(st.integers(0, 6), min_size=1),
)


def in_berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    ("opened", "nudge", "higher"),
    [
        ("2025-11-18 10:42", "2025-11-18 12:42", "2025-11-19 10:42"),  # a Tuesday
        ("2025-11-18 16:30", "2025-11-19 10:30", "2025-11-19 16:30"),
        ("2025-11-18 15:00", "2025-11-18 17:00", "2025-11-19 15:00"),
        ("2025-11-18 06:00", "2025-11-18 11:00", "2025-11-18 17:00"),
        ("2025-11-18 23:00", "2025-11-19 11:00", "2025-11-19 17:00"),
        ("2025-11-21 16:00", "2025-11-24 10:00", "2025-11-24 16:00"),  # over the weekend
        ("2025-11-22 12:00", "2025-11-24 11:00", "2025-11-24 17:00"),  # on a Saturday
        ("2025-12-24 16:00", "2025-12-29 10:00", "2025-12-29 16:00"),  # two holidays and a weekend
        ("2025-10-24 16:00", "2025-10-27 10:00", "2025-10-27 16:00"),  # clocks go back on the Sunday
        ("2026-03-27 16:00", "2026-03-30 10:00", "2026-03-30 16:00"),  # and forward
    ],
)
def test_a_clock_rests_at_night_on_weekends_and_on_holidays(opened: str, nudge: str, higher: str):
    team = Calendar(BERLIN, is_holiday={date(2025, 12, 25), date(2025, 12, 26)}.__contains__)
    set_ = clock(in_berlin(opened), team)
    assert (set_.nudge_at, set_.escalate_at) == (in_berlin(nudge), in_berlin(higher))
    assert set_.resolve_by == in_berlin(opened) + timedelta(days=7)


def test_days_without_questions_are_days_of_work():
    team = Calendar(BERLIN, blackouts=[Blackout(date(2025, 11, 1), date(2025, 11, 30))])
    assert clock(in_berlin("2025-11-18 10:42"), team).escalate_at == in_berlin("2025-11-19 10:42")


def test_a_team_that_never_works_is_waited_for_and_does_not_hang():
    team = Calendar(BERLIN, is_holiday=lambda _: True)
    opened = in_berlin("2025-11-18 10:42")
    assert clock(opened, team).nudge_at > opened + timedelta(days=365)
    assert team.worked(opened, opened + timedelta(days=30)) == timedelta(0)


@given(at=INSTANTS, period=PERIODS, zone=ZONES, window=WINDOWS)
def test_between_a_moment_and_so_much_work_later_lies_so_much_work(
    at: datetime, period: timedelta, zone: ZoneInfo, window: Window
):
    team = Calendar(zone, window)
    assert team.worked(at, team.after(at, period)) == period


@given(at=INSTANTS, periods=st.tuples(PERIODS, PERIODS), zone=ZONES, window=WINDOWS)
def test_more_work_ends_later(at: datetime, periods: tuple[timedelta, timedelta], zone: ZoneInfo, window: Window):
    team = Calendar(zone, window)
    assert at <= team.after(at, min(periods)) <= team.after(at, max(periods))


@given(at=INSTANTS, later=st.timedeltas(timedelta(0), timedelta(days=20)), zone=ZONES, window=WINDOWS)
def test_nobody_works_more_than_there_is_time(at: datetime, later: timedelta, zone: ZoneInfo, window: Window):
    team = Calendar(zone, window)
    assert timedelta(0) <= team.worked(at, at + later) <= later + timedelta(hours=1)  # an hour comes twice in autumn
