"""
The score of the money: each account's yearly revenue, split evenly over its answers, says how much they weigh.

A few large accounts then speak for many answers, so they are worth fewer: Kish's effective size, (Σw)² / Σw²
(L. Kish, Survey Sampling, 1965), takes the place of the number of answers in the range.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.rules.scoring import CONFIDENCE, FEW, Category, Nps, adjusted_worth, category, ranged


@dataclass(frozen=True)
class Weights:
    """
    Sums of the weights of answers: all, squared, of promoters, of detractors. `unknown`: answers without a weight,
    of people of no account, or of one whose revenue nobody told.
    """

    responses: int = 0
    total: float = 0
    squares: float = 0
    promoters: float = 0
    detractors: float = 0
    unknown: int = 0

    @property
    def worth(self) -> float:
        """As many answers of equal weight would say as much; never more than there are."""
        return self.total**2 / self.squares if self.squares else 0

    @property
    def is_enough(self) -> bool:
        """Else one or two accounts would be the score, and none is shown."""
        return self.worth >= FEW


def weighed(answers: Iterable[tuple[int, float]]) -> Weights:
    """From each answer's score and weight; one that weighs nothing is unknown."""
    known, unknown = list[tuple[Category, float]](), 0
    for score, weight in answers:
        known += [(category(score), weight)] if weight > 0 else []
        unknown += weight <= 0
    return Weights(
        responses=len(known),
        total=sum(weight for _, weight in known),
        squares=sum(weight**2 for _, weight in known),
        promoters=sum(weight for group, weight in known if group is Category.PROMOTER),
        detractors=sum(weight for group, weight in known if group is Category.DETRACTOR),
        unknown=unknown,
    )


def weighted_nps(weights: Weights, *, confidence: float = CONFIDENCE) -> Nps | None:
    """The score and its range in points, however little it is worth; None where nothing weighs anything."""
    if not weights.squares:
        return None
    happy, unhappy, worth = weights.promoters / weights.total, weights.detractors / weights.total, weights.worth
    around = adjusted_worth(happy * worth, unhappy * worth, worth)
    return ranged(happy - unhappy, around, confidence=confidence, responses=weights.responses)
