"""How fast a program may tell: a hundred events at once, and ten a second in the long run, in each process."""

BURST, PER_SECOND = 100.0, 10.0


class Pace:
    """A bucket for each source: every event takes one out, and time fills it again."""

    def __init__(self) -> None:
        self._left: dict[int, tuple[float, float]] = {}

    def allows(self, source_id: int, *, at: float) -> bool:
        """`at`: a time in seconds."""
        left, since = self._left.get(source_id, (BURST, at))
        left = min(BURST, left + max(0.0, at - since) * PER_SECOND)
        is_allowed = left >= 1
        self._left[source_id] = (left - is_allowed, at)
        return is_allowed
