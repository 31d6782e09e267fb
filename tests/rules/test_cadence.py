"""From which day on it is somebody's turn, and at which minute of it."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.cadence import Cadence, CheckIn, Lots, Member, draw_lots, due_on, moment, weekdays

START = date(2026, 11, 25)  # a Wednesday
SLOTS = weekdays(START, 30)
QUARTERLY = Cadence()
LOTS = st.builds(Lots, st.floats(0, 0.9999), st.floats(0, 0.9999))
ZONES = st.sampled_from([UTC, *map(ZoneInfo, ("Asia/Tokyo", "America/Los_Angeles", "Europe/Berlin"))])


def day(number: int) -> date:
    return START + timedelta(days=number)


ANA = Member(1, Lots(0, 0), UTC, first_seen_on=day(-400))


def due(member: Member, rhythm: Cadence | CheckIn = QUARTERLY) -> date | None:
    return due_on(member, rhythm, START, SLOTS)


DUE = [
    ("never asked, at their slot", ANA, day(0)),
    ("never asked, the last slot", replace(ANA, lots=Lots(0.9999, 0)), SLOTS[-1]),
    ("seen lately, after thirty days", replace(ANA, first_seen_on=day(-2)), day(28)),
    ("asked before, a quarter after", replace(ANA, last_same_on=day(-50)), day(40)),
    ("checked in with, a quarter after", replace(ANA, last_check_in_on=day(-10), last_same_on=day(-50)), day(80)),
    ("could not be asked, four weeks after", replace(ANA, last_tried_on=day(-1)), day(27)),
]


@pytest.mark.parametrize(("member", "expected"), [row[1:] for row in DUE], ids=[row[0] for row in DUE])
def test_when_somebody_is_due_again(member: Member, expected: date):
    assert due(member) == expected


CHECK_INS = [
    ("on the day after the account began", {"account_started_on": day(-3)}, day(11)),
    ("without an account after they were first seen", {"first_seen_on": day(2)}, day(16)),
    ("up to two weeks too late when it begins", {"account_started_on": day(-28)}, day(-14)),
    ("not later", {"account_started_on": day(-29)}, None),
    ("once", {"account_started_on": day(-3), "last_same_on": day(-1)}, None),
    ("also when it never left", {"account_started_on": day(-3), "last_tried_on": day(-1)}, None),
]


@pytest.mark.parametrize(("facts", "expected"), [row[1:] for row in CHECK_INS], ids=[row[0] for row in CHECK_INS])
def test_when_somebody_is_checked_in_with(facts: dict[str, date], expected: date | None):
    assert due(replace(ANA, **facts), CheckIn(14)) == expected


def test_while_check_ins_are_to_come_the_quarterly_question_waits():
    cadence = replace(QUARTERLY, check_ins_until_day=45)
    young = replace(ANA, account_started_on=day(-20))
    assert due(young, cadence) == day(-20 + 45 + 14 + 1)
    assert due(replace(young, last_check_in_on=day(-6)), cadence) == day(-6 + 90)
    assert due(replace(young, last_check_in_on=day(26)), cadence) == day(26 + 90)
    assert due(replace(ANA, account_started_on=day(-300)), cadence) == day(0)


@given(st.integers(1, 90))
def test_slots_are_weekdays_from_the_start_on(days: int):
    found = weekdays(START, days)
    assert all(START <= each < day(days) and each.weekday() < 5 for each in found)


@pytest.mark.parametrize("survey_id", [1, 2])
def test_ten_thousand_people_are_spread_evenly_over_the_days_and_the_minutes(survey_id: int):
    lots = [draw_lots("salt", survey_id, contact_id) for contact_id in range(10_000)]
    slots = Counter(due(replace(ANA, lots=each)) for each in lots)
    hours = Counter(moment(replace(ANA, lots=each), START).hour for each in lots)
    assert sorted(slots) == SLOTS
    assert sorted(hours) == list(range(9, 17))
    assert max(slots.values()) < 1.25 * 10_000 / len(SLOTS)
    assert min(slots.values()) > 0.75 * 10_000 / len(SLOTS)
    assert max(hours.values()) < 1.1 * 10_000 / 8


def test_lots_are_the_same_for_ever_and_others_for_another_survey_or_workspace():
    mine = draw_lots("salt", 1, 2)
    assert mine == draw_lots("salt", 1, 2)
    assert len({mine, draw_lots("salt", 2, 1), draw_lots("salt", 2, 2), draw_lots("pepper", 1, 2)}) == 4


@given(LOTS, ZONES, st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_the_moment_is_in_the_hours_in_which_questions_leave_where_they_live(lots: Lots, zone, on: date):
    at = moment(replace(ANA, lots=lots, zone=zone), on)
    assert at.date() == on
    assert time(9) <= at.time() < time(17)
    assert datetime.fromtimestamp(at.timestamp(), zone) == at
