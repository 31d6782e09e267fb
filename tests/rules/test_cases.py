"""A case is open or not by what happened last, and is closed as often as it was opened again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.cases import Step, closings, is_open

OPENED, REOPENED, CLOSED = Step.OPENED, Step.REOPENED, Step.CLOSED


@pytest.mark.parametrize(
    ("steps", "open_", "count"),
    [
        ([], False, 0),
        ([OPENED], True, 0),
        ([CLOSED], False, 1),
        ([OPENED, CLOSED], False, 1),
        ([OPENED, CLOSED, CLOSED], False, 1),
        ([OPENED, CLOSED, REOPENED], True, 1),
        ([OPENED, CLOSED, OPENED, CLOSED], False, 2),
        ([CLOSED, REOPENED, REOPENED, CLOSED, REOPENED], True, 2),
    ],
)
def test_the_story_of_a_case(steps: list[Step], open_: bool, count: int):
    assert (is_open(steps), closings(steps)) == (open_, count)


@given(st.lists(st.sampled_from(Step)))
def test_telling_a_step_twice_changes_nothing(steps: list[Step]):
    twice = [step for step in steps for _ in range(2)]
    assert (is_open(twice), closings(twice)) == (is_open(steps), closings(steps))


@given(st.lists(st.sampled_from(Step)))
def test_closing_an_open_case_counts_one_more_and_a_closed_one_none(steps: list[Step]):
    was_closed = bool(steps) and not is_open(steps)
    assert closings([*steps, CLOSED]) == closings(steps) + (not was_closed)
