"""Why customers leave: the reasons offered, and how they are counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.rules.scoring import FEW


class Reason(StrEnum):
    """In the order in which they are offered."""

    PRICE = "price"
    MISSING = "missing"
    QUALITY = "quality"
    SUPPORT = "support"
    SWITCHED = "switched"
    NOT_NEEDED = "not_needed"
    OTHER = "other"


@dataclass(frozen=True)
class Share:
    """How often a reason was chosen. `percent` None: of so few answers a percentage would say more than is known."""

    reason: Reason
    count: int
    percent: int | None


def shares(counts: Mapping[Reason, int]) -> Sequence[Share]:
    """What was chosen, the most frequent first; equals in the order in which they are offered."""
    total = sum(counts.values())
    chosen = sorted((reason for reason in Reason if counts.get(reason)), key=lambda reason: -counts[reason])
    return [Share(reason, counts[reason], _percent(counts[reason], total)) for reason in chosen]


def _percent(count: int, total: int) -> int | None:
    return None if total < FEW else (200 * count + total) // (2 * total)
