"""Work that goes on after an answer has left, which a shutdown waits for."""

import asyncio
from collections.abc import Coroutine
from typing import Any


class Tasks:
    """Work that goes on after an answer has left; `drain` waits for what is in hand."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def drain(self) -> None:
        while self._running:
            await asyncio.wait(set(self._running))
