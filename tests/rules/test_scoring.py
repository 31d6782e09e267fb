"""The honest number: what a score is, how it is counted, and the range chance alone would leave it in."""

from collections import Counter
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.scoring import (
    HIGHEST,
    LOWEST,
    Category,
    Tally,
    adjusted,
    category,
    nps,
    points,
    rounded,
    tally,
    valid_score,
)
from tests.rules.tables import rows

CASES = {case["case"]: case for case in rows("nps_cases.csv")}
SCORES = st.integers(LOWEST, HIGHEST)
COUNTS = st.integers(0, 2000)
TALLIES = st.builds(Tally, COUNTS, COUNTS, COUNTS).filter(lambda answers: answers.responses > 0)
TO_FOUR_DECIMALS = 0.00005 + 1e-9


def counted(case: Mapping[str, str]) -> Tally:
    return Tally(int(case["promoters"]), int(case["passives"]), int(case["detractors"]))


@pytest.mark.parametrize("case", [case for case in CASES.values() if case["nps"]], ids=lambda case: case["case"])
def test_score_and_range_are_those_of_the_worked_cases(case):
    found = nps(counted(case), confidence=float(case["confidence"]))
    expected = [float(case[column]) for column in ("nps", "low", "high")]
    assert [found.value, found.low, found.high] == pytest.approx(expected, abs=TO_FOUR_DECIMALS)
    assert found.responses == counted(case).responses


@pytest.mark.parametrize("case", [case for case in CASES.values() if case["nps"]], ids=lambda case: case["case"])
def test_centre_and_error_are_those_of_the_worked_cases(case):
    found = adjusted(counted(case))
    expected = [float(case["centre"]), float(case["error"])]
    assert [100 * found.centre, 100 * found.error] == pytest.approx(expected, abs=TO_FOUR_DECIMALS)


def test_there_are_thirty_three_worked_cases():
    assert len(CASES) == 33


def test_without_answers_there_is_no_score_and_that_is_not_zero():
    assert nps(Tally()) is None


@pytest.mark.parametrize("score", range(11))
def test_every_whole_number_from_0_to_10_is_a_score(score):
    assert valid_score(score) == score


@pytest.mark.parametrize("lookalike", [True, False, 7.5, 7.0, "7", "10 ", "", None, 11, -1, [7], b"7"], ids=repr)
def test_what_only_looks_like_a_score_is_refused(lookalike):
    with pytest.raises(ValueError, match="whole number from 0 to 10"):
        valid_score(lookalike)


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        *((score, Category.DETRACTOR) for score in range(7)),
        *((score, Category.PASSIVE) for score in (7, 8)),
        *((score, Category.PROMOTER) for score in (9, 10)),
    ],
)
def test_every_score_belongs_to_exactly_one_category(score, expected):
    assert category(score) is expected


def test_a_histogram_is_counted_by_category():
    assert tally({0: 2, 6: 1, 7: 5, 8: 1, 9: 3, 10: 4}) == Tally(promoters=7, passives=6, detractors=3)


def test_an_empty_histogram_counts_nobody():
    assert tally({}) == Tally()


def test_real_answers_that_form_no_bell_are_counted_right():
    counts = (764, 72, 86, 71, 52, 140, 86, 137, 255, 162, 528)
    answers = tally(dict(enumerate(counts)))
    assert answers == Tally(690, 392, 1271)
    assert nps(answers).value == pytest.approx(-24.6919, abs=TO_FOUR_DECIMALS)


def test_ten_two_seven_eight_six_is_minus_twenty_whatever_was_published():
    assert points(tally(Counter([10, 2, 7, 8, 6]))) == -20


def test_a_six_is_a_detractor_and_not_between_two_bands():
    assert points(tally({6: 1, 10: 1})) == 0


def test_a_passive_answer_moves_neither_side_but_counts_among_all():
    assert points(Tally(promoters=1, passives=8)) == 11


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        (Tally(4, 1, 3), 13),  # 12.5; Python's round says 12
        (Tally(3, 1, 4), -13),
        (Tally(1, 198, 1), 0),
        (Tally(1, 199, 0), 1),  # exactly one half
        (Tally(0, 199, 1), -1),
        (Tally(1, 200, 0), 0),
        (Tally(2, 0, 1), 33),
        (Tally(1, 0, 2), -33),
        (Tally(1, 0, 0), 100),
        (Tally(0, 0, 1), -100),
    ],
)
def test_points_are_rounded_half_away_from_zero(answers, shown):
    assert points(answers) == shown


@pytest.mark.parametrize(
    ("figure", "shown"), [(12.5, 13), (-12.5, -13), (0.49, 0), (-0.49, 0), (0.5, 1), (-0.5, -1), (33.1229, 33)]
)
def test_a_figure_is_rounded_half_away_from_zero(figure, shown):
    assert rounded(figure) == shown


@given(TALLIES)
def test_the_range_always_holds_the_score_and_never_leaves_the_scale(answers):
    found = nps(answers)
    assert -100 <= found.low <= found.value <= found.high <= 100


@given(TALLIES)
def test_swapping_promoters_and_detractors_mirrors_score_and_range(answers):
    found, mirrored = nps(answers), nps(Tally(answers.detractors, answers.passives, answers.promoters))
    assert (mirrored.value, mirrored.low, mirrored.high) == pytest.approx((-found.value, -found.high, -found.low))
    assert points(Tally(answers.detractors, answers.passives, answers.promoters)) == -points(answers)


@given(TALLIES)
def test_more_confidence_never_wants_a_narrower_range(answers):
    widths = [found.high - found.low for found in (nps(answers, confidence=each) for each in (0.9, 0.95, 0.99))]
    assert widths == sorted(widths)


@given(TALLIES)
def test_twice_as_many_of_the_same_answers_never_widen_the_range(answers):
    once, twice = nps(answers), nps(Tally(2 * answers.promoters, 2 * answers.passives, 2 * answers.detractors))
    assert twice.high - twice.low <= once.high - once.low + 1e-9


@given(st.lists(SCORES, min_size=1), st.randoms())
def test_the_order_of_answers_changes_nothing(scores, random):
    shuffled = random.sample(scores, len(scores))
    assert tally(Counter(shuffled)) == tally(Counter(scores))


@given(st.dictionaries(SCORES, st.integers(0, 100)))
def test_nobody_is_lost_between_the_categories(histogram):
    assert tally(histogram).responses == sum(histogram.values())


@given(TALLIES)
def test_the_score_as_shown_is_the_score_to_half_a_point(answers):
    assert abs(points(answers) - nps(answers).value) <= 0.5 + 1e-9
