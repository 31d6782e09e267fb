"""A fall is said rarely, and never where chance alone would do it more than once in two hundred times."""

from collections import deque
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import falling
from bot.rules.falling import QUIET, RARE, has_fallen, is_quiet
from bot.rules.scoring import Tally, points
from bot.rules.trend import SIGNIFICANT, change, difference
from tests.rules.test_trend import CASES, TALLIES, counted

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SHAPE = [764, 72, 86, 71, 52, 140, 86, 137, 255, 162, 528]  # of a public set of 2,353 answers, by score
WEEKS, WORKSPACES = 104, 120


@pytest.mark.parametrize(
    ("before", "after", "is_one"),
    [
        (Tally(40, 10, 10), Tally(12, 10, 30), True),
        (Tally(12, 10, 30), Tally(40, 10, 10), False),  # it rose
        (Tally(116, 58, 26), Tally(100, 60, 40), False),  # p = .047: a change, but no alarm
        (Tally(29, 0, 0), Tally(0, 0, 300), False),  # too few before
        (Tally(300, 0, 0), Tally(0, 0, 29), False),  # too few after
        (Tally(30, 0, 0), Tally(0, 0, 30), True),
        (Tally(50, 30, 20), Tally(50, 30, 20), False),
    ],
)
def test_a_fall_is_said_of_enough_answers_and_of_what_is_rare_only(before, after, is_one):
    assert has_fallen(before, after) is is_one


@pytest.mark.parametrize("case", CASES, ids=range(1, len(CASES) + 1))
def test_the_worked_cases_are_falls_exactly_where_their_p_is_rare(case):
    before, after = counted(case, "before"), counted(case, "after")
    is_enough = min(before.responses, after.responses) >= 30
    is_rare = float(case["p"]) < RARE and float(case["difference"]) < 0
    assert has_fallen(before, after) is (is_enough and is_rare)


@given(TALLIES, TALLIES)
def test_what_is_called_a_fall_is_one(before, after):
    if has_fallen(before, after):
        assert points(after) < points(before)
        assert difference(before, after).p < RARE
        assert change(before, after).by < 0
        assert not has_fallen(after, before)


@given(st.timedeltas(timedelta(), timedelta(days=60)))
def test_after_an_alarm_it_is_quiet_for_four_weeks(period):
    assert is_quiet(NOW, now=NOW + period) is (period < QUIET)
    assert not is_quiet(None, now=NOW)


@pytest.mark.parametrize("a_week", [15, 60])
def test_two_years_in_which_nothing_changed_have_hardly_an_alarm(a_week, monkeypatch):
    def alarms() -> float:
        chance = Random(52)
        return sum(_alarms(chance, a_week) for _ in range(WORKSPACES)) / WORKSPACES

    assert alarms() < 0.4  # one in five years or more
    monkeypatch.setattr(falling, "RARE", SIGNIFICANT)
    assert alarms() > 1.5  # what would be usual elsewhere alarms every year


def test_a_real_fall_is_found_within_four_weeks():
    chance = Random(7)
    usual = [_week(chance, 60, SHAPE) for _ in range(4)]
    worse = [_week(chance, 60, [*(3 * each for each in SHAPE[:7]), *SHAPE[7:]]) for _ in range(4)]
    assert has_fallen(_sum(usual), _sum(worse))


def _alarms(chance: Random, a_week: int) -> int:
    """As many as a survey has in two years, looked at once a week."""
    weeks: deque[Tally] = deque(maxlen=8)
    found, last = 0, None
    for number in range(WEEKS):
        weeks.append(_week(chance, a_week, SHAPE))
        now = NOW + number * timedelta(days=7)
        if len(weeks) == 8 and not is_quiet(last, now=now):
            kept = list(weeks)
            if has_fallen(_sum(kept[:4]), _sum(kept[4:])):
                found, last = found + 1, now
    return found


def _week(chance: Random, answers: int, shape: list[int]) -> Tally:
    scores = chance.choices(range(11), shape, k=answers)
    promoters, detractors = sum(each >= 9 for each in scores), sum(each <= 6 for each in scores)
    return Tally(promoters, answers - promoters - detractors, detractors)


def _sum(weeks: list[Tally]) -> Tally:
    return Tally(*(sum(getattr(each, name) for each in weeks) for name in ("promoters", "passives", "detractors")))
