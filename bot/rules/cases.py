"""Cases as another program tells them: opened, closed, reopened, in the order in which it happened, not was told."""

from collections.abc import Sequence
from enum import StrEnum
from itertools import groupby


class Step(StrEnum):
    OPENED = "case_opened"
    REOPENED = "case_reopened"
    CLOSED = "case_closed"


def is_open(steps: Sequence[Step]) -> bool:
    """By the latest step; a case nothing was told of is not open."""
    return bool(steps) and steps[-1] is not Step.CLOSED


def closings(steps: Sequence[Step]) -> int:
    """How often it was closed; told twice without a reopening between, it was closed once."""
    return sum(1 for is_closed, _ in groupby(steps, lambda step: step is Step.CLOSED) if is_closed)
