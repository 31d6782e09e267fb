"""Halts at the very same time, where the second has looked before the first is through."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.services import halts
from storage.database import Database
from tests.factories import BO, NORTHWIND, make_invitation
from tests.replicas.pair import are_waiting
from tests.waiting import until

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


@pytest.fixture
async def halted(database: Database) -> Database:
    async with database.transaction() as tx:
        await make_invitation(tx, now=NOW)
        await halts.halt(tx, NORTHWIND, by=BO, now=NOW)
    return database


async def lift(database: Database) -> int | None:
    async with database.transaction() as tx:
        return await halts.lift(tx, NORTHWIND, now=NOW)


async def test_an_undo_that_comes_second_hears_that_nothing_is_stopped(halted: Database):
    async with halted.transaction() as tx:
        assert await halts.lift(tx, NORTHWIND, now=NOW) == 1
        second = asyncio.create_task(lift(halted))
        await has_looked(halted)
    assert await second is None


async def has_looked(database: Database) -> None:
    """On SQLite a second writer does not begin before the first has ended."""
    if not database.is_sqlite:
        await until(lambda: are_waiting(database, 1), "the second to wait for the first")
