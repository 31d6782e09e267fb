"""Slack has bad days, and a test can plan one: errors, rate limits, dropped connections, slow answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from .limits import Limits
from .records import Call, Json
from .surfaces import Surfaces

When = Callable[[Json], bool]
Planned = TypeVar("Planned", "Gate", "Drop")


def always(_args: Json) -> bool:
    return True


@dataclass
class Failure:
    """The next calls of a method get this answer; `status` 500 and above has no JSON at all."""

    method: str
    error: str
    retry_after: int | None
    status: int | None
    times: int
    when: When


@dataclass
class Drop:
    """The next call of a method never hears back, whether or not it took effect."""

    method: str
    after_effect: bool
    when: When


@dataclass
class Gate:
    """The next call of a method waits here until the test opens the gate."""

    method: str
    when: When
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    _opened: asyncio.Event = field(default_factory=asyncio.Event)

    def set(self) -> None:
        self._opened.set()

    def open(self) -> None:
        """The same as `set`, in the words of a gate."""
        self.set()

    def is_set(self) -> bool:
        return self._opened.is_set()

    async def wait(self) -> None:
        """What the waiting call does; the test awaits `reached` to know that it is there."""
        self.reached.set()
        await self._opened.wait()


class Faults(Surfaces):
    """Planned failures, and the record of every call."""

    rate_limits = True

    def __init__(self, clock: Callable[[], float], scopes: Iterable[str] = (), **facts: Any) -> None:
        super().__init__(clock, scopes, **facts)
        self.limits = Limits(self.now)
        self.calls: list[Call] = []
        self._failures: list[Failure] = []
        self._drops: list[Drop] = []
        self._gates: list[Gate] = []
        self._waiting: list[Gate] = []

    def calls_to(self, method: str) -> list[Call]:
        """Every call of one method in order; "response_url" stands for all response_urls."""
        return [call for call in self.calls if call.method == method]

    def fail_next(
        self,
        method: str,
        error: str = "ratelimited",
        *,
        retry_after: int | None = None,
        status: int | None = None,
        times: int = 1,
        when: When = always,
    ) -> None:
        """Plan an error: "ratelimited" is a 429 with Retry-After, a status of 500 or more has no JSON."""
        self._failures.append(Failure(method, error, retry_after, status, times, when))

    def drop_next(self, method: str, after_effect: bool, when: When = always) -> None:
        """Plan a broken connection, before or after the call did what it does."""
        self._drops.append(Drop(method, after_effect, when))

    def slow_next(self, method: str, *, when: When = always) -> Gate:
        """Plan a slow answer: the call waits, without effect yet, until `gate.set()`."""
        self._gates.append(Gate(method, when))
        return self._gates[-1]

    def take_gate(self, method: str, args: Json) -> Gate | None:
        gate = _take(self._gates, method, args)
        if gate is not None:
            self._waiting.append(gate)
        return gate

    def take_drop(self, method: str, args: Json) -> Drop | None:
        return _take(self._drops, method, args)

    def take_failure(self, method: str, args: Json) -> Failure | None:
        failure = next((it for it in self._failures if it.method == method and it.when(args)), None)
        if failure is not None:
            failure.times -= 1
            if failure.times <= 0:
                self._failures.remove(failure)
        return failure

    def open_gates(self) -> None:
        """Let everything go that still waits, so that the server can stop."""
        for gate in self._waiting:
            gate.set()


def _take(planned: list[Planned], method: str, args: Json) -> Planned | None:
    found = next((it for it in planned if it.method == method and it.when(args)), None)
    if found is not None:
        planned.remove(found)
    return found
