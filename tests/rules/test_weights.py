"""The score of the money: what an answer weighs, and how many equal answers they are worth together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.scoring import Tally, nps
from bot.rules.weights import Weights, weighed, weighted_nps
from tests.rules.tables import rows

CASES = rows("weighted_cases.csv")
SCORES = st.integers(0, 10)
WEIGHED = st.lists(st.tuples(SCORES, st.floats(0.01, 1e9)), min_size=1, max_size=60)
TO_FOUR_DECIMALS = 0.00005 + 1e-9


def answers_of(case):
    """ "10x100 9x50" -> a ten that weighs 100, a nine that weighs 50."""
    return [(int(score), float(weight)) for score, weight in (each.split("x") for each in case["answers"].split())]


@pytest.mark.parametrize("case", CASES, ids=range(1, len(CASES) + 1))
def test_score_range_and_worth_are_those_of_the_worked_cases(case):
    weights = weighed(answers_of(case))
    found = weighted_nps(weights)
    expected = [float(case[column]) for column in ("nps", "low", "high", "worth")]
    assert [found.value, found.low, found.high, weights.worth] == pytest.approx(expected, abs=TO_FOUR_DECIMALS)
    assert found.responses == int(case["responses"])


def test_there_are_four_worked_cases():
    assert len(CASES) == 4


def test_where_nothing_weighs_anything_there_is_no_score():
    assert weighted_nps(Weights()) is None
    assert weighted_nps(weighed([(10, 0), (3, 0)])) is None


def test_answers_without_a_weight_are_counted_apart_and_move_nothing():
    with_unknown, without = weighed([(10, 5), (3, 0), (0, 0)]), weighed([(10, 5)])
    assert (with_unknown.responses, with_unknown.unknown) == (1, 2)
    assert weighted_nps(with_unknown) == weighted_nps(without)


@pytest.mark.parametrize(("count", "is_enough"), [(9, False), (10, True)])
def test_nothing_is_shown_under_a_worth_of_ten_answers(count, is_enough):
    assert weighed([(10, 7)] * count).is_enough is is_enough


def test_one_account_that_pays_nearly_everything_is_worth_little_more_than_one_answer():
    weights = weighed([(10, 1_000_000), *[(0, 1)] * 99])
    assert 1 < weights.worth < 1.001
    assert not weights.is_enough


@given(st.lists(SCORES, min_size=1, max_size=60), st.floats(0.01, 1e9))
def test_equal_weights_are_no_weights(scores, weight):
    found = weighted_nps(weighed([(score, weight) for score in scores]))
    plain = nps(
        Tally(
            sum(each >= 9 for each in scores), sum(each in (7, 8) for each in scores), sum(each < 7 for each in scores)
        )
    )
    assert (found.value, found.low, found.high) == pytest.approx((plain.value, plain.low, plain.high), abs=1e-6)


@given(WEIGHED)
def test_the_range_holds_the_score_and_the_worth_never_exceeds_the_answers(answers):
    weights = weighed(answers)
    found = weighted_nps(weights)
    assert -100 <= found.low <= found.value <= found.high <= 100
    assert 1 - 1e-9 <= weights.worth <= len(answers) + 1e-9


@given(WEIGHED, st.floats(0.01, 1000))
def test_another_currency_changes_nothing(answers, rate):
    found = weighted_nps(weighed(answers))
    converted = weighted_nps(weighed([(score, weight * rate) for score, weight in answers]))
    assert (converted.value, converted.low, converted.high) == pytest.approx(
        (found.value, found.low, found.high), abs=1e-6
    )


@given(WEIGHED)
def test_promoters_and_detractors_exchanged_mirror_the_score(answers):
    mirror = {**dict.fromkeys(range(7), 10), 7: 7, 8: 8, 9: 0, 10: 0}
    found, mirrored = weighted_nps(weighed(answers)), weighted_nps(weighed([(mirror[s], w) for s, w in answers]))
    assert (mirrored.value, mirrored.low, mirrored.high) == pytest.approx(
        (-found.value, -found.high, -found.low), abs=1e-6
    )
