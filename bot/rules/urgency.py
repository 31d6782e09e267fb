"""Which answers somebody should look at: unhappy ones, unsolved ones, and people who asked for a reply."""

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum

from bot.rules.scoring import Category, category

COMMENT_GRACE = timedelta(minutes=5)  # how long an alert waits for the comment


class Solved(StrEnum):
    """The answer to "Did we solve it?"."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Cause(StrEnum):
    """Why a follow-up exists, weightiest first."""

    WANTS_REPLY = "wants_reply"
    UNSOLVED = "unsolved"
    LOW_SCORE = "low_score"
    ROUTED = "routed"  # a route asks for answers like this one, though nobody has to look at it


def causes(*, score: int, solved: Solved | None, wants_reply: bool) -> tuple[Cause, ...]:
    """All reasons to follow this answer up; empty when there is none."""
    found = {
        Cause.WANTS_REPLY: wants_reply,
        Cause.UNSOLVED: solved is Solved.NO,
        Cause.LOW_SCORE: category(score) is Category.DETRACTOR,
    }
    return tuple(cause for cause, holds in found.items() if holds)


def waits_for_somebody(why: Iterable[str]) -> bool:
    """Whether the person waits to hear from us; praise that a route asks for is only good to know."""
    return any(cause != Cause.ROUTED for cause in why)
