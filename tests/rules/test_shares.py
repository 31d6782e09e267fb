"""Wilson's range, against published values and by what must hold of any range."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.shares import wilson

# R. Newcombe, "Two-sided confidence intervals for the single proportion", Stat. in Medicine 1998, table I, method 3.
PUBLISHED = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
SOME = st.integers(0, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))).filter(lambda each: each[1])


@pytest.mark.parametrize(("hits", "n", "low", "high"), PUBLISHED)
def test_the_range_is_the_published_one(hits, n, low, high):
    share = wilson(hits, n)
    assert (round(share.low, 4), round(share.high, 4)) == (low, high)
    assert share.value == hits / n


@given(SOME)
def test_the_range_holds_the_share_and_stays_within_none_and_all(some):
    share = wilson(*some)
    assert 0 <= share.low <= share.value <= share.high <= 1


@given(SOME)
def test_those_who_did_and_those_who_did_not_mirror_each_other(some):
    hits, n = some
    share, rest = wilson(hits, n), wilson(n - hits, n)
    assert share.low == pytest.approx(1 - rest.high)
    assert share.high == pytest.approx(1 - rest.low)


@given(SOME)
def test_more_of_the_same_is_surer_and_more_confidence_is_wider(some):
    hits, n = some
    share, more, surer = wilson(hits, n), wilson(4 * hits, 4 * n), wilson(hits, n, confidence=0.99)
    assert more.high - more.low < share.high - share.low < surer.high - surer.low


def test_of_nothing_there_is_no_share():
    assert wilson(0, 0) is None


@pytest.mark.parametrize(("hits", "n"), [(2, 1), (-1, 5), (0, -1)])
def test_more_than_all_is_no_share(hits, n):
    with pytest.raises(ValueError, match="some of all"):
        wilson(hits, n)
