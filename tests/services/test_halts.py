"""Halts at the very same time, where the second has looked before the first is through."""

from datetime import UTC, datetime

import pytest

from bot.services import halts
from storage.database import Database, Transaction
from tests.factories import BO, NORTHWIND, make_invitation
from tests.services.rivals import second

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.fixture
async def halted(database: Database) -> Database:
    async with database.transaction() as tx:
        await make_invitation(tx, now=NOW)
        await halts.halt(tx, NORTHWIND, by=BO, now=NOW)
    return database


async def lift(tx: Transaction) -> int | None:
    return await halts.lift(tx, NORTHWIND, now=NOW)


async def test_an_undo_that_comes_second_hears_that_nothing_is_stopped(halted: Database):
    async with halted.transaction() as tx:
        assert await lift(tx) == 1
        lifting = await second(halted, lift)
    assert await lifting is None
