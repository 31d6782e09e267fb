"""Waiting for what another process will do: a condition, looked at again and again, and a deadline."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")
BETWEEN_LOOKS = 0.01


async def until(
    look: Callable[[], T | Awaitable[T]], what: str, *, within: float = 10.0, every: float = BETWEEN_LOOKS
) -> T:
    """Look until there is something to see, and return it; fails, naming `what`, when the time is over."""
    deadline = time.monotonic() + within
    while not (seen := await _seen(look)):
        assert time.monotonic() < deadline, f"waited {within} seconds for {what}"
        await asyncio.sleep(every)
    return seen


async def _seen(look: Callable[[], T | Awaitable[T]]) -> T:
    seen = look()
    return await seen if inspect.isawaitable(seen) else seen
