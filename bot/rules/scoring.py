"""
From scores to Net Promoter Score: categories, the score, and the range chance alone would leave it in.

The range is the adjusted Wald interval of B. Rocks, "Interval Estimation for the Net Promoter Score",
The American Statistician 2016 (arXiv 1601.07235): three made-up answers, one quarter each a promoter and a detractor,
are added before the usual formula. It covers the true score about 95 times in 100 from five answers on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import NormalDist

LOWEST, HIGHEST = 0, 10
PASSIVE_FROM, PROMOTER_FROM = 7, 9
FEW, ENOUGH = 10, 30  # under FEW answers no score is shown, under ENOUGH it is called "few answers"
MADE_UP, MADE_UP_EACH = 3, 0.75  # Rocks' added answers, and how many of them are promoters (and detractors)
CONFIDENCE = 0.95


class Category(StrEnum):
    PROMOTER = "promoter"
    PASSIVE = "passive"
    DETRACTOR = "detractor"


@dataclass(frozen=True)
class Tally:
    """How many answers fell into each category."""

    promoters: int = 0
    passives: int = 0
    detractors: int = 0

    @property
    def responses(self) -> int:
        return self.promoters + self.passives + self.detractors


@dataclass(frozen=True)
class Nps:
    """Points from -100 to 100; `low` and `high` are the 95 % range, and always hold `value`."""

    value: float
    low: float
    high: float
    responses: int


@dataclass(frozen=True)
class Adjusted:
    """The centre and standard error of the adjusted score, as shares from -1 to 1."""

    centre: float
    error: float


def valid_score(value: object) -> int:
    """Accept an integer from 0 to 10 and nothing that merely looks like one. Raises ValueError."""
    if type(value) is not int or not LOWEST <= value <= HIGHEST:
        raise ValueError(f"a score is a whole number from {LOWEST} to {HIGHEST}")
    return value


def category(score: int) -> Category:
    if score >= PROMOTER_FROM:
        return Category.PROMOTER
    return Category.PASSIVE if score >= PASSIVE_FROM else Category.DETRACTOR


def tally(histogram: Mapping[int, int]) -> Tally:
    """Count answers by category, from answers by score: {0: 2, 7: 5} -> 0 promoters, 5 passives, 2 detractors."""
    counts = dict.fromkeys(Category, 0)
    for score, responses in histogram.items():
        counts[category(score)] += responses
    return Tally(counts[Category.PROMOTER], counts[Category.PASSIVE], counts[Category.DETRACTOR])


def nps(answers: Tally, *, confidence: float = CONFIDENCE) -> Nps | None:
    """The score and its range in points; None without answers, which is not the same as 0."""
    if not answers.responses:
        return None
    value = (answers.promoters - answers.detractors) / answers.responses
    return ranged(value, adjusted(answers), confidence=confidence, responses=answers.responses)


def ranged(value: float, around: Adjusted, *, confidence: float = CONFIDENCE, responses: int) -> Nps:
    """A score, as a share from -1 to 1, with the range around its adjusted centre."""
    reach = z_for(confidence) * around.error
    low, high = max(around.centre - reach, -1), min(around.centre + reach, 1)
    # Near the ends the adjusted range can miss the plain score; a range beside a score it does not hold helps nobody.
    return Nps(100 * value, 100 * min(low, value), 100 * max(high, value), responses)


def adjusted(answers: Tally) -> Adjusted:
    """The score with Rocks' three made-up answers, and its standard error."""
    return adjusted_worth(answers.promoters, answers.detractors, answers.responses)


def adjusted_worth(promoters: float, detractors: float, responses: float) -> Adjusted:
    """The same of answers that are worth more or fewer than they are, so that none of the three need be whole."""
    everything = responses + MADE_UP
    happy, unhappy = (promoters + MADE_UP_EACH) / everything, (detractors + MADE_UP_EACH) / everything
    centre = happy - unhappy
    return Adjusted(centre, sqrt((happy + unhappy - centre**2) / everything))


def z_for(confidence: float) -> float:
    """The two-sided normal quantile: 1.96 for 95 %."""
    return NormalDist().inv_cdf((1 + confidence) / 2)


def points(answers: Tally) -> int:
    """The score as a person reads it: rounded half away from zero, exactly. Wants at least one answer."""
    balance, responses = answers.promoters - answers.detractors, answers.responses
    size = (200 * abs(balance) + responses) // (2 * responses)
    return size if balance >= 0 else -size


def rounded(value: float) -> int:
    """A figure in points as a person reads it: half away from zero."""
    size = int(abs(value) + 0.5)
    return size if value >= 0 else -size
