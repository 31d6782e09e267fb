"""How long a message that did not leave waits before it is tried again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.retry import FIRST_WAIT, LONGEST_WAIT, wait

ATTEMPTS = st.integers(0, 10**9)


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(0, 5), (1, 5), (2, 10), (3, 20), (4, 40), (8, 640), (9, 900), (10, 900), (1000, 900)]
)
def test_the_wait_doubles_from_five_seconds_to_a_quarter_of_an_hour(attempts, seconds):
    assert wait(attempts) == timedelta(seconds=seconds)


@given(ATTEMPTS)
def test_the_wait_is_never_shorter_than_the_first_nor_longer_than_the_longest(attempts):
    assert FIRST_WAIT <= wait(attempts) <= LONGEST_WAIT


@given(ATTEMPTS)
def test_another_attempt_never_waits_less_than_the_one_before(attempts):
    assert wait(attempts) <= wait(attempts + 1)
