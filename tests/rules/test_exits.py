"""Reasons are counted, and a percentage is told only of enough answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.exits import Reason, Share, shares

COUNTS = st.dictionaries(st.sampled_from(Reason), st.integers(1, 500))


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({}, []),
        ({Reason.OTHER: 1}, [(Reason.OTHER, 1, None)]),
        ({Reason.OTHER: 4, Reason.PRICE: 5}, [(Reason.PRICE, 5, None), (Reason.OTHER, 4, None)]),
        ({Reason.OTHER: 5, Reason.PRICE: 5}, [(Reason.PRICE, 5, 50), (Reason.OTHER, 5, 50)]),
        ({Reason.QUALITY: 1, Reason.PRICE: 15}, [(Reason.PRICE, 15, 94), (Reason.QUALITY, 1, 6)]),
        ({Reason.QUALITY: 0, Reason.PRICE: 10}, [(Reason.PRICE, 10, 100)]),
    ],
)
def test_the_most_frequent_reason_comes_first_and_few_answers_get_no_percentages(counts, shown):
    assert shares(counts) == [Share(*each) for each in shown]


@given(COUNTS)
def test_no_answer_is_lost_or_counted_twice(counts):
    assert {share.reason: share.count for share in shares(counts)} == counts


@given(COUNTS)
def test_percentages_are_rounded_and_never_off_by_more(counts):
    total = sum(counts.values())
    for share in shares(counts):
        assert (share.percent is None) == (total < 10)
        assert share.percent is None or abs(share.percent - 100 * share.count / total) <= 0.5
