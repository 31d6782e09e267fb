"""Has the score really moved? The difference of two groups of answers, and whether chance alone would explain it."""

from dataclasses import dataclass
from enum import StrEnum
from math import hypot, sqrt
from statistics import NormalDist
from typing import TypeAlias

from bot.rules.scoring import CONFIDENCE, ENOUGH, Adjusted, Tally, adjusted, adjusted_worth, points, z_for

SIGNIFICANT = 0.05
Worths: TypeAlias = tuple[float | None, float | None]
PLAIN: Worths = (None, None)


class Verdict(StrEnum):
    TOO_FEW = "too_few"
    NO_CLEAR_CHANGE = "no_clear_change"
    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True)
class Difference:
    """After minus before, in points, both adjusted; `p` is two-sided."""

    value: float
    low: float
    high: float
    p: float


@dataclass(frozen=True)
class Change:
    """What may be said of two periods. `by` is the plain difference of the two scores as shown."""

    verdict: Verdict
    by: int


def difference(before: Tally, after: Tally, *, worths: Worths = PLAIN, confidence: float = CONFIDENCE) -> Difference:
    """
    Compare two groups that share no answer; each may be as small as it likes.

    `worths`: as how many independent answers each counts, where several come from one account.
    """
    first, second = _adjusted(before, worths[0]), _adjusted(after, worths[1])
    value, error = second.centre - first.centre, hypot(first.error, second.error)
    reach = z_for(confidence) * error
    p = 2 * NormalDist().cdf(-abs(value / error))
    return Difference(100 * value, 100 * (value - reach), 100 * (value + reach), p)


def detectable(before: Tally, after: Tally, *, worths: Worths = PLAIN) -> float:
    """
    The smallest true difference, in points, that groups like these show four times in five: 280·√(V₁/n₁ + V₂/n₂),
    V = p + d - (p - d)², where 2.80 is the normal quantile of the test at 5 % plus that of 80 %. Wants answers in both.
    `worths`: as in `difference`.
    """
    sizes = [worth or each.responses for each, worth in zip((before, after), worths, strict=True)]
    return 280 * sqrt(sum(_variance(each) / size for each, size in zip((before, after), sizes, strict=True)))


def change(before: Tally, after: Tally, *, worths: Worths = PLAIN) -> Change | None:
    """Say what may be said; None when there is nothing to compare with. `worths`: as in `difference`."""
    if not before.responses or not after.responses:
        return None
    by = points(after) - points(before)
    if min(before.responses, after.responses) < ENOUGH:
        return Change(Verdict.TOO_FEW, by)
    if difference(before, after, worths=worths).p >= SIGNIFICANT or by == 0:
        return Change(Verdict.NO_CLEAR_CHANGE, by)
    return Change(Verdict.HIGHER if by > 0 else Verdict.LOWER, by)


def _adjusted(answers: Tally, worth: float | None) -> Adjusted:
    if worth is None:
        return adjusted(answers)
    share = worth / answers.responses
    return adjusted_worth(answers.promoters * share, answers.detractors * share, worth)


def _variance(answers: Tally) -> float:
    """Of one answer, as +1, 0 or -1."""
    promoters, detractors = answers.promoters / answers.responses, answers.detractors / answers.responses
    return promoters + detractors - (promoters - detractors) ** 2
