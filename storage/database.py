"""
Transactions, and every difference between SQLite and Postgres.

A writing transaction on SQLite begins IMMEDIATE, since a deferred one that turns to writing fails at once when another
writer was faster; writers of one process queue in order instead of polling the file for its lock. What a statement was
given is hidden from errors: it may be somebody's comment.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext
from functools import cache
from typing import Any, TypeAlias, TypeVar, cast

from sqlalchemy import Table, event, inspect, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, ORMExecuteState, Session
from sqlalchemy.sql.dml import ReturningInsert

from storage import sqlite as sqlite_connection

Transaction: TypeAlias = AsyncSession
Found = TypeVar("Found")


class Rows(Session):
    """A row is what it was when it was last read: a query reads it afresh, an UPDATE leaves it alone."""


@event.listens_for(Rows, "do_orm_execute")
def _as_read(state: ORMExecuteState) -> None:
    options = {"populate_existing": True} if state.is_select else {"synchronize_session": False}
    state.update_execution_options(**options)


# Below Slack's three seconds, so that a blocked click still gets an answer.
BUSY_TIMEOUT_MS = 2000
READING = {"reading": True}


class Database:
    """One engine; `transaction()` writes, `reading()` only looks."""

    def __init__(self, url: str) -> None:
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(url) if self.is_sqlite else _postgres_engine(url)
        self._reading = self.engine.execution_options(**READING)  # the same connections
        self._turn = asyncio.Lock() if self.is_sqlite else nullcontext()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Committed when the block ends, rolled back when it raises."""
        async with self._turn, _session(self.engine) as session, session.begin():
            yield session

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        """A consistent look that waits for no writer."""
        async with _session(self._reading) as session:
            yield session

    async def is_reachable(self) -> bool:
        try:
            async with self.reading() as tx:
                await tx.execute(text("SELECT 1"))
        except Exception:  # noqa: BLE001 - whatever it is, the answer is no
            return False
        return True

    async def wipe(self) -> None:
        """Leave nothing erased in SQLite's log either. Postgres overwrites it in its own time (VACUUM)."""
        if self.is_sqlite:
            async with self.engine.connect() as connection:
                raw = await connection.get_raw_connection()
                await raw.driver_connection.rollback()  # type: ignore[union-attr] # a checkpoint wants no transaction
                await raw.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]

    async def close(self) -> None:
        await self.engine.dispose()


def _session(engine: AsyncEngine) -> AsyncSession:
    return AsyncSession(engine, expire_on_commit=False, sync_session_class=Rows)


def is_sqlite(tx: Transaction) -> bool:
    return tx.get_bind().dialect.name == "sqlite"


async def once(tx: Transaction, key: tuple[str, ...], look: Callable[[], Awaitable[Found]]) -> Found:
    """What a look finds; in a transaction that only reads, what it found before, since many ask for the same."""
    if not tx.get_bind().get_execution_options().get("reading", False):
        return await look()
    known: dict[tuple[str, ...], Any] = tx.info.setdefault("known", {})
    if key not in known:
        known[key] = await look()
    found: Found = known[key]
    return found


def insert(tx: Transaction, table: type[DeclarativeBase]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ON CONFLICT, in this database's dialect."""
    return _insert_in_sqlite(table) if is_sqlite(tx) else _insert_in_postgres(table)


async def add(tx: Transaction, row: Any) -> None:
    """Add a row, which learns its id."""
    row.id = await tx.scalar(_with_its_key(insert(tx, type(row))), values_of(row))


async def keep(tx: Transaction, row: DeclarativeBase) -> bool:
    """Add a row unless one with its key is there; False then, whoever was faster."""
    return (await tx.scalar(_unless_there(insert(tx, type(row))), values_of(row))) is not None


def values_of(row: DeclarativeBase) -> dict[str, object]:
    """A new row's values by column; what the database fills in is left out."""
    values = ((name, getattr(row, name)) for name in _columns(type(row)))
    return {name: value for name, value in values if value is not None}


# A statement is made once and kept with what it was compiled to: to make one anew costs more than to run it.
@cache
def _insert_in_sqlite(table: type[DeclarativeBase]) -> sqlite.Insert:
    return sqlite.insert(cast("Table", inspect(table).local_table))


@cache
def _insert_in_postgres(table: type[DeclarativeBase]) -> postgresql.Insert:
    return postgresql.insert(cast("Table", inspect(table).local_table))


@cache
def _columns(table: type[DeclarativeBase]) -> tuple[str, ...]:
    return tuple(column.key for column in inspect(table).columns)


@cache
def _with_its_key(query: sqlite.Insert | postgresql.Insert) -> ReturningInsert[Any]:
    return query.returning(*query.table.primary_key)


@cache
def _unless_there(query: sqlite.Insert | postgresql.Insert) -> ReturningInsert[Any]:
    return query.on_conflict_do_nothing().returning(*query.table.primary_key)


def _postgres_engine(url: str) -> AsyncEngine:
    return create_async_engine(url, pool_size=10, max_overflow=10, pool_pre_ping=True, hide_parameters=True)


def _sqlite_engine(url: str) -> AsyncEngine:
    options = {"async_creator_fn": sqlite_connection.connect}
    engine = create_async_engine(url, pool_size=8, max_overflow=8, hide_parameters=True, connect_args=options)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # an acknowledged click survives a power cut
        "foreign_keys=ON",
        "secure_delete=ON",  # what is erased is overwritten, not only forgotten
        f"busy_timeout={BUSY_TIMEOUT_MS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.connection.driver_connection.begin(sqlite_connection.READ if reading else sqlite_connection.WRITE)
