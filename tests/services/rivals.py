"""Somebody who comes second, and begins before the first is through."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from storage.database import Database, Transaction
from tests.replicas.pair import are_waiting
from tests.waiting import until


async def second(database: Database, work: Callable[[Transaction], Awaitable[Any]]) -> asyncio.Task[Any]:
    """In a transaction of its own, and waiting. On SQLite it does not begin before the first has ended."""

    async def working() -> Any:
        async with database.transaction() as tx:
            return await work(tx)

    task = asyncio.create_task(working())
    if not database.is_sqlite:
        await until(lambda: are_waiting(database, 1), "the second to wait for the first")
    return task
