"""Work that goes on after an answer has left, which a shutdown waits for."""

import asyncio
from collections.abc import Coroutine
from typing import Any


class Tasks:
    """
    Work that goes on after an answer has left; `drain` waits for what is in hand.

    What is long and can be begun again by anybody is not waited for: `interrupt` ends it.
    """

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()
        self._long: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        self._begun(work)

    def start_long(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._begun(work)
        self._long.add(task)
        task.add_done_callback(self._long.discard)

    def interrupt(self) -> None:
        for task in self._long:
            task.cancel()

    def _begun(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def drain(self) -> None:
        while self._running:
            await asyncio.wait(set(self._running))
