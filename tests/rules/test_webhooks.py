"""When a message is tried again, and for how long."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.webhooks import LEASE, LONGEST_RETRY_AFTER, SWAY, TIMEOUT, WAITS, Answer, Trouble, next_wait

DOWN = Answer(status=500)


def test_tries_go_on_for_a_day_and_no_longer():
    assert timedelta(hours=23) < sum(WAITS, timedelta()) <= timedelta(hours=24)
    assert list(WAITS) == sorted(WAITS)


def test_after_the_last_try_it_is_given_up():
    assert next_wait(DOWN, attempts=len(WAITS), sway=0) == WAITS[-1]
    assert next_wait(DOWN, attempts=len(WAITS) + 1, sway=0) is None


@given(st.integers(1, len(WAITS)), st.floats(0, 1))
def test_a_wait_sways_but_a_little(attempts: int, sway: float):
    wait, whole = next_wait(DOWN, attempts=attempts, sway=sway), WAITS[attempts - 1]
    assert wait is not None
    assert whole * (1 - SWAY) <= wait <= whole


@pytest.mark.parametrize(
    ("status", "asked_for", "waits"),
    [
        (429, timedelta(minutes=10), timedelta(minutes=10)),
        (503, timedelta(minutes=10), timedelta(minutes=10)),
        (503, timedelta(seconds=1), WAITS[0]),
        (503, timedelta(days=7), LONGEST_RETRY_AFTER),
        (500, timedelta(minutes=10), WAITS[0]),
    ],
)
def test_who_says_when_to_come_back_is_not_asked_before(status: int, asked_for: timedelta, waits: timedelta):
    assert next_wait(Answer(status, retry_after=asked_for), attempts=1, sway=0) == waits


@pytest.mark.parametrize(("status", "is_taken"), [(200, True), (204, True), (299, True), (199, False), (300, False)])
def test_only_what_http_calls_a_success_is_one(status: int, is_taken: bool):
    assert Answer(status).is_taken is is_taken


def test_no_answer_at_all_is_none():
    assert not Answer(trouble=Trouble.TIMEOUT).is_taken
    assert not Answer(trouble=Trouble.TIMEOUT).is_gone


def test_a_lease_outlasts_the_slowest_answer():
    assert LEASE > 2 * TIMEOUT
