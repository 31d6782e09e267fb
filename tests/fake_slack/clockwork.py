"""Slack stamps everything with a time and an id, so here is the one clock and the one counter of a fake Slack."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Clockwork:
    """The time, unique increasing message timestamps, ids, and the list of rules the app broke."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.violations: list[str] = []
        self._last_microsecond = 0
        self._serial = itertools.count(1)

    def now(self) -> float:
        return self.clock()

    def next_ts(self) -> str:
        """A timestamp no message has had yet, later than all before, even while the clock stands still."""
        self._last_microsecond = max(int(self.now() * 1_000_000), self._last_microsecond + 1)
        return f"{self._last_microsecond // 1_000_000}.{self._last_microsecond % 1_000_000:06d}"

    def next_id(self, prefix: str) -> str:
        return f"{prefix}{next(self._serial):09d}"

    def next_hash(self) -> str:
        return f"{int(self.now())}.{self.next_id('h')}"

    def violation(self, sentence: str) -> None:
        """Remember a rule that the app broke, once for each time it did."""
        self.violations.append(sentence)
