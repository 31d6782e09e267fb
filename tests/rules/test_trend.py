"""Whether the score has moved: never said without the test that chance alone would not explain it."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.scoring import Tally, points
from bot.rules.trend import SIGNIFICANT, Change, Verdict, change, difference
from tests.rules.tables import rows

CASES = rows("difference_cases.csv")
COUNTS = st.integers(0, 500)
TALLIES = st.builds(Tally, COUNTS, COUNTS, COUNTS)
TO_FOUR_DECIMALS = 0.00005 + 1e-9


def counted(case: Mapping[str, str], when: str) -> Tally:
    return Tally(*(int(case[f"{category}_{when}"]) for category in ("promoters", "passives", "detractors")))


@pytest.mark.parametrize("case", CASES, ids=range(1, len(CASES) + 1))
def test_difference_and_range_are_those_of_the_worked_cases(case):
    found = difference(counted(case, "before"), counted(case, "after"))
    expected = [float(case[column]) for column in ("difference", "low", "high")]
    assert [found.value, found.low, found.high] == pytest.approx(expected, abs=TO_FOUR_DECIMALS)
    assert found.p == pytest.approx(float(case["p"]), abs=5e-7)


def test_there_are_ten_worked_cases():
    assert len(CASES) == 10


def test_more_confidence_wants_a_wider_range_of_the_difference():
    before, after = Tally(50, 30, 20), Tally(58, 29, 13)
    usual, sure = difference(before, after), difference(before, after, confidence=0.99)
    assert sure.low < usual.low < usual.high < sure.high


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (Tally(50, 30, 20), Tally(50, 30, 20), Change(Verdict.NO_CLEAR_CHANGE, 0)),
        (Tally(50, 30, 20), Tally(58, 29, 13), Change(Verdict.NO_CLEAR_CHANGE, 15)),  # p = .163
        (Tally(100, 60, 40), Tally(116, 58, 26), Change(Verdict.HIGHER, 15)),  # p = .047
        (Tally(116, 58, 26), Tally(100, 60, 40), Change(Verdict.LOWER, -15)),
        (Tally(174, 78, 48), Tally(90, 60, 50), Change(Verdict.LOWER, -22)),
        (Tally(16, 9, 5), Tally(9, 10, 11), Change(Verdict.LOWER, -44)),  # shown as +37 and -7
    ],
)
def test_a_change_is_said_only_where_chance_would_not_explain_it(before, after, said):
    assert change(before, after) == said


@pytest.mark.parametrize(
    ("before", "after"),
    [(Tally(29, 0, 0), Tally(0, 0, 30)), (Tally(30, 0, 0), Tally(0, 0, 29)), (Tally(1, 0, 0), Tally(0, 0, 1))],
)
def test_under_thirty_answers_on_either_side_nothing_is_compared(before, after):
    assert change(before, after).verdict is Verdict.TOO_FEW


def test_thirty_answers_on_each_side_are_enough():
    assert change(Tally(30, 0, 0), Tally(0, 0, 30)) == Change(Verdict.LOWER, -200)


@pytest.mark.parametrize(
    ("before", "after"), [(Tally(), Tally(9, 0, 0)), (Tally(9, 0, 0), Tally()), (Tally(), Tally())]
)
def test_without_answers_on_one_side_there_is_nothing_to_compare(before, after):
    assert change(before, after) is None


@given(TALLIES, TALLIES)
def test_what_is_higher_one_way_is_lower_the_other_way(before, after):
    there, back = difference(before, after), difference(after, before)
    assert (back.value, back.low, back.high) == pytest.approx((-there.value, -there.high, -there.low))
    assert back.p == pytest.approx(there.p)


@given(TALLIES, TALLIES)
def test_a_change_is_never_claimed_at_p_of_five_percent_or_more(before, after):
    said = change(before, after)
    if said is not None and said.verdict in (Verdict.HIGHER, Verdict.LOWER):
        assert difference(before, after).p < SIGNIFICANT
        assert said.by == points(after) - points(before)
        assert said.verdict is (Verdict.HIGHER if said.by > 0 else Verdict.LOWER)


@given(TALLIES, TALLIES)
def test_a_difference_is_significant_exactly_when_its_range_leaves_zero_out(before, after):
    found = difference(before, after)
    if abs(found.p - SIGNIFICANT) > 1e-9:
        assert (found.p < SIGNIFICANT) == (found.low > 0 or found.high < 0)
