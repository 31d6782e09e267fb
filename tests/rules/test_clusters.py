"""Several answers of one account: how much less they say than as many accounts, and what that does to the range."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.clusters import Clusters, clustered, clustered_nps, effect
from bot.rules.scoring import Tally, nps

COUNTS = st.integers(0, 12)
ACCOUNTS = st.lists(st.builds(Tally, COUNTS, COUNTS, COUNTS), min_size=1, max_size=40).filter(
    lambda accounts: any(each.responses for each in accounts)
)
ONE_EACH = st.lists(st.sampled_from([Tally(1, 0, 0), Tally(0, 1, 0), Tally(0, 0, 1)]), min_size=20, max_size=60)


def by_the_book(accounts):
    """max(1, Var / (V / n)), with Var = k / (k - 1) · Σ(S - θ·n)² / n² and V = p + d - (p - d)²."""
    known = [each for each in accounts if each.responses]
    size, k = sum(each.responses for each in known), len(known)
    happy, unhappy = sum(each.promoters for each in known) / size, sum(each.detractors for each in known) / size
    score = happy - unhappy
    plain = (happy + unhappy - score**2) / size
    drawn = sum((each.promoters - each.detractors - score * each.responses) ** 2 for each in known)
    return max(1, k / (k - 1) * drawn / size**2 / plain) if k > 1 and plain > 1e-12 else 1


@given(ACCOUNTS)
def test_the_effect_is_the_variance_of_accounts_over_that_of_answers(accounts):
    assert effect(clustered(accounts)) == pytest.approx(by_the_book(accounts))


def test_accounts_that_agree_within_themselves_are_worth_one_answer_each():
    accounts = [Tally(4, 0, 0)] * 30 + [Tally(0, 0, 4)] * 30
    found = clustered(accounts)
    assert effect(found) == pytest.approx(4 * 60 / 59)
    assert found.worth == pytest.approx(59)
    assert clustered_nps(found).high == pytest.approx(nps(Tally(30, 0, 30)).high, abs=0.5)


def test_accounts_that_are_mixed_like_everybody_lose_nothing():
    found = clustered([Tally(2, 1, 1)] * 25)
    assert (effect(found), found.worth) == (1, 100)
    assert clustered_nps(found) == nps(Tally(50, 25, 25))


def test_under_twenty_accounts_each_counts_as_one_answer_at_most():
    assert clustered([Tally(2, 1, 1)] * 19).worth == 19
    assert clustered([Tally(2, 1, 1)] * 20).worth == 80


def test_one_account_alone_is_one_answer_whatever_its_size():
    found = clustered([Tally(30, 5, 5)])
    assert found.worth == 1
    assert clustered_nps(found).value == nps(Tally(30, 5, 5)).value


@pytest.mark.parametrize(
    ("sizes", "are_crowded"), [([1, 1], False), ([2, 1], False), ([2, 2, 1], True), ([3, 1], True), ([], False)]
)
def test_more_than_one_and_a_half_answers_an_account_are_crowded(sizes, are_crowded):
    assert clustered([Tally(size, 0, 0) for size in sizes]).are_crowded is are_crowded


def test_without_answers_there_is_no_score():
    assert clustered_nps(Clusters()) is None
    assert clustered([Tally(), Tally()]) == Clusters()


@given(ONE_EACH)
def test_one_answer_of_each_account_is_worth_one_answer_but_for_the_one_that_the_mean_takes(accounts):
    found = clustered(accounts)
    is_mixed = len({each.promoters - each.detractors for each in accounts}) > 1
    assert found.worth == pytest.approx(len(accounts) - 1 if is_mixed else len(accounts))


@given(ACCOUNTS)
def test_the_range_holds_the_plain_score_and_is_never_narrower_than_the_plain_one(accounts):
    found, plain = clustered_nps(clustered(accounts)), nps(clustered(accounts).answers)
    assert -100 <= found.low <= found.value <= found.high <= 100
    assert (found.value, found.responses) == (plain.value, plain.responses)
    if found.low > -99 and found.high < 99:
        assert found.high - found.low >= plain.high - plain.low - 1e-9


@given(ACCOUNTS, st.randoms())
def test_the_order_of_accounts_changes_nothing(accounts, random):
    assert clustered(random.sample(accounts, len(accounts))) == clustered(accounts)
