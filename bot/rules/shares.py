"""
Shares: so many of so many, and the range chance alone would leave that in.

The range is the score interval of E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference",
Journal of the American Statistical Association 1927, without continuity correction: it stays within 0 and 1, and is
honest for few and for rare ones too.
"""

from dataclasses import dataclass
from math import sqrt

from bot.rules.scoring import CONFIDENCE, z_for


@dataclass(frozen=True)
class Share:
    """`hits` of `n`; `value`, `low` and `high` from 0 to 1, the range always holds the value."""

    hits: int
    n: int
    value: float
    low: float
    high: float


def wilson(hits: int, n: int, *, confidence: float = CONFIDENCE) -> Share | None:
    """The share with its range; None of nothing. Raises ValueError for more hits than there are."""
    if not 0 <= hits <= n:
        raise ValueError("a share is some of all")
    if not n:
        return None
    z, value = z_for(confidence), hits / n
    centre = (value + z**2 / (2 * n)) / (1 + z**2 / n)
    reach = z * sqrt(value * (1 - value) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    return Share(hits, n, value, max(0.0, min(value, centre - reach)), min(1.0, max(value, centre + reach)))
