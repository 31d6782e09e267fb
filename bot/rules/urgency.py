"""Which answers somebody should look at: unhappy ones, unsolved ones, and people who asked for a reply."""

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


def causes(*, score: int, solved: Solved | None, wants_reply: bool) -> tuple[Cause, ...]:
    """All reasons to follow this answer up; empty when there is none."""
    found = {
        Cause.WANTS_REPLY: wants_reply,
        Cause.UNSOLVED: solved is Solved.NO,
        Cause.LOW_SCORE: category(score) is Category.DETRACTOR,
    }
    return tuple(cause for cause, holds in found.items() if holds)
