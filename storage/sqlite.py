"""
SQLite in few trips: where aiosqlite goes to its thread four times for a statement, this goes once, or not at all.

What may take a while goes there: BEGIN IMMEDIATE with the first statement, which may wait for another process; COMMIT,
which waits for the disk; everything in a transaction that only reads, since a report may be long. Statements between
BEGIN IMMEDIATE and COMMIT are short and wait for nobody. They cost less than the trip, and are run on the spot.
"""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any, Self, TypeVar

import aiosqlite

READ, WRITE = "BEGIN", "BEGIN IMMEDIATE"
T = TypeVar("T")


def connect(path: str, **options: Any) -> "Connection":
    """Await it, as aiosqlite's own. We say BEGIN ourselves, and one connection is used by one task at a time."""
    return Connection(lambda: sqlite3.connect(path, **options | {"isolation_level": None, "check_same_thread": False}))


class Connection(aiosqlite.Connection):
    """
    Begins when it is first asked something, and ends only what it began.

    What is run on the spot never meets what a cancelled caller left in the thread: SQLAlchemy lets go of a connection
    whose caller was cancelled, and it is closed by its own thread.
    """

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, iter_chunk_size=64)
        self._thread.daemon = True
        self._opening = ""  # how to begin, with the next statement
        self._is_used = False  # since it was committed or rolled back
        self._is_writing = False

    def begin(self, how: str) -> None:
        self._opening = how

    def cursor(self) -> "Cursor":  # type: ignore[override] # this one makes no trip to begin with
        return Cursor(self)

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """One piece of work, in a transaction if one was announced."""
        opening, self._opening, self._is_used = self._opening, "", True
        if self._is_writing:
            return work(self._conn)
        result: T = await self._execute(_begun, self._conn, opening, work)  # type: ignore[no-untyped-call]
        self._is_writing = opening == WRITE
        return result

    async def commit(self) -> None:
        if self._is_used:
            await super().commit()
        self._ended()

    async def rollback(self) -> None:
        if self._is_used:
            self._conn.rollback()
        self._ended()

    def _ended(self) -> None:
        self._opening, self._is_used, self._is_writing = "", False, False


def _begun(raw: sqlite3.Connection, opening: str, work: Callable[[sqlite3.Connection], T]) -> T:
    if opening:
        raw.execute(opening)
    return work(raw)


class Cursor:
    """What SQLAlchemy needs of one: a statement's rows come along with it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: Sequence[Any] = ()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Self:
        await self._connection.run(lambda raw: self._keep(raw.execute(sql, parameters)))
        return self

    async def executemany(self, sql: str, parameters: Sequence[Sequence[Any]]) -> Self:
        await self._connection.run(lambda raw: self._keep(raw.executemany(sql, parameters)))
        return self

    async def fetchall(self) -> Sequence[Any]:
        return self._rows

    async def close(self) -> None:
        """Nothing is held open."""

    def _keep(self, done: sqlite3.Cursor) -> None:
        self._rows, self.description = done.fetchall(), done.description
        self.rowcount, self.lastrowid = done.rowcount, done.lastrowid
