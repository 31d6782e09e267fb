"""What goes to a connection's thread and what is run on the spot: nobody waits for it, and nothing is left behind."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

from storage.database import Database
from tests.waiting import until

ADD = text("INSERT INTO lanes (name, free_at) VALUES (:name, '2026-11-21 10:00:00')")
NAMES = text("SELECT name FROM lanes ORDER BY name")


@pytest.fixture
async def ours(sqlite_url: str) -> AsyncIterator[Database]:
    database = Database(sqlite_url)
    yield database
    await database.close()


@pytest.fixture
async def theirs(sqlite_url: str) -> AsyncIterator[Database]:
    """Another process's: it shares the file and no queue."""
    database = Database(sqlite_url)
    yield database
    await database.close()


async def add(database: Database, *names: str) -> None:
    async with database.transaction() as tx:
        for name in names:
            await tx.execute(ADD, {"name": name})


async def names(database: Database) -> list[str]:
    async with database.reading() as tx:
        return list((await tx.scalars(NAMES)).all())


def begins(database: Database) -> list[str]:
    seen: list[str] = []
    event.listen(database.engine.sync_engine, "begin", lambda _: seen.append("begun"))
    return seen


async def test_a_writer_who_waits_for_another_process_holds_nobody_up_here(ours: Database, theirs: Database):
    async with theirs.transaction() as tx:
        await tx.execute(ADD, {"name": "theirs"})
        begun = begins(ours)
        waiting = asyncio.create_task(add(ours, "ours"))
        await until(lambda: begun, "the second writer to begin")
        assert await names(ours) == []
    await waiting
    assert await names(ours) == ["ours", "theirs"]


async def test_a_writer_who_gave_up_waiting_leaves_no_transaction_open(ours: Database, theirs: Database):
    async with theirs.transaction() as tx:
        await tx.execute(ADD, {"name": "theirs"})
        begun = begins(ours)
        waiting = asyncio.create_task(add(ours, "given up"))
        await until(lambda: begun, "the second writer to begin")
        waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await add(theirs, "and theirs")
    await add(ours, "ours")
    assert await names(ours) == ["and theirs", "ours", "theirs"]


async def test_a_statement_that_failed_takes_its_transaction_with_it(ours: Database):
    await add(ours, "there")
    with pytest.raises(IntegrityError):
        await add(ours, "with it", "there")
    assert await names(ours) == ["there"]


async def test_a_look_is_of_one_moment(ours: Database, theirs: Database):
    async with ours.reading() as tx:
        before = (await tx.scalars(NAMES)).all()
        await add(theirs, "meanwhile")
        assert (await tx.scalars(NAMES)).all() == before
    assert await names(ours) == ["meanwhile"]
