"""What was looked up, remembered for a while."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Memory(Generic[T]):
    """Values by key, each forgotten after a while."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._seconds, self._clock = seconds, clock
        self._kept: dict[str, tuple[float, T]] = {}

    def get(self, key: str, *, however_old: bool = False) -> T | None:
        at, value = self._kept.get(key, (float("-inf"), None))
        return value if however_old or self._clock() - at < self._seconds else None

    def put(self, key: str, value: T) -> None:
        if len(self._kept) > 10_000:  # noqa: PLR2004 - a bound, so that a busy year does not fill the memory
            self._kept.clear()
        self._kept[key] = (self._clock(), value)

    def drop(self, key: str) -> None:
        self._kept.pop(key, None)
