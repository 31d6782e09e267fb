"""Slack lets an app do only so much: one message a second in a channel, so many calls of a method a minute."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from typing import TYPE_CHECKING

from .records import SlackError

if TYPE_CHECKING:
    from collections.abc import Callable

CALLS_A_MINUTE = {2: 20, 3: 50, 4: 100}  # tier 1 and the special tiers are not limited here
MINUTE = 60.0
BETWEEN_POSTS = 1.0


class Limits:
    """Sliding windows by the fake's own clock; each refusal says when to come back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._calls: dict[str, deque[float]] = defaultdict(deque)
        self._posts: dict[str, float] = {}

    def call(self, method: str, tier: int | None) -> None:
        """Count one call; raises ratelimited when the minute is full."""
        if tier not in CALLS_A_MINUTE:
            return
        now, calls = self._clock(), self._calls[method]
        while calls and calls[0] <= now - MINUTE:
            calls.popleft()
        if len(calls) >= CALLS_A_MINUTE[tier]:
            raise ratelimited(calls[0] + MINUTE - now)
        calls.append(now)

    def post(self, channel: str) -> None:
        """Count one message in a channel; raises ratelimited within a second of the last."""
        now = self._clock()
        wait = self._posts.get(channel, float("-inf")) + BETWEEN_POSTS - now
        if wait > 0:
            raise ratelimited(wait)
        self._posts[channel] = now


def ratelimited(seconds: float) -> SlackError:
    return SlackError("ratelimited", retry_after=max(1, math.ceil(seconds)))
