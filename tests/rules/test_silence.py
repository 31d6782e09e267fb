"""What the silent could change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.silence import break_even


def test_the_worked_example_holds():
    assert break_even(42, 0.3) == pytest.approx(-18)


@pytest.mark.parametrize(("score", "rate"), [(80, 0.9), (-80, 0.9), (10, 1)])
def test_where_no_silence_could_turn_the_score_nothing_is_said(score, rate):
    assert break_even(score, rate) is None


@given(score=st.floats(-100, 100), rate=st.floats(0, 0.999))
def test_with_the_silent_at_that_score_the_whole_is_zero(score, rate):
    found = break_even(score, rate)
    if found is not None:
        assert rate * score + (1 - rate) * found == pytest.approx(0, abs=1e-6)
