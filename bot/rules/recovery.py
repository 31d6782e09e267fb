"""Recovery: how people feel some weeks after somebody looked after their answer, and how many feel better."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

from bot.rules.scoring import FEW, Category, category

AFTER_DAYS = 21  # from the day on which it was resolved
SHORTEST, LONGEST = 1, 365
WAITED_FOR = timedelta(days=14)  # what stands in the way for longer keeps the question back for good
UPWARDS = (Category.DETRACTOR, Category.PASSIVE, Category.PROMOTER)
Moves: TypeAlias = Mapping[tuple[Category, Category], int]


@dataclass(frozen=True)
class Recovered:
    """How many of those who were no promoters are in a better category now. `percent` None: too few to say."""

    better: int
    of: int
    percent: int | None


def moves(scores: Iterable[tuple[int, int]]) -> Moves:
    """Count people by the category they were in and the one they are in now, from both scores of each."""
    return Counter((category(before), category(now)) for before, now in scores)


def recovered(moved: Moves) -> Recovered:
    """A promoter cannot get better, so promoters are left out."""
    unhappy = {each: count for each, count in moved.items() if each[0] is not Category.PROMOTER}
    better = sum(count for (before, now), count in unhappy.items() if UPWARDS.index(now) > UPWARDS.index(before))
    of = sum(unhappy.values())
    return Recovered(better, of, None if of < FEW else (200 * better + of) // (2 * of))
