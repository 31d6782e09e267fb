"""
Rows a second and peak memory of writing a file of answers, a small one and a large one; each in a process of its own.

    python benchmarks/exports.py                         # --database postgres for the other one
    python benchmarks/exports.py --small 1000 --large 100000

The peer writes the table of answers as it is: `SELECT *` by the database's own driver, a thousand rows at a time, into
Python's `csv`. It joins nothing, and says neither whose an answer is nor whether it counts. Peak memory is the largest
resident set of the process, with everything it loads.
"""

import argparse
import asyncio
import csv
import multiprocessing
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import asyncpg
from sqlalchemy import insert, text

from bot.rules.answer_files import Format
from bot.rules.periods import Period
from bot.services import answer_files
from bot.services.scopes import Scope
from bot.writing import write
from storage.database import Database
from storage.models import Account, Contact, Invitation, Response
from tests import databases
from tests.factories import NORTHWIND, make_workspace

START = datetime(2020, 1, 1, tzinfo=UTC)
NOW = START + timedelta(days=2000)
COMPANIES, ANSWERS_EACH, BATCH, PAGE = 500, 3, 5_000, 1_000
ANSWERS = "SELECT * FROM responses"
EVERYTHING = Scope(period=Period("since 2019-12-31", START - timedelta(days=1), NOW, START - timedelta(days=2000)))
Rows = list[dict[str, Any]]


def people(first: int, last: int) -> Rows:
    usual = {"workspace_id": NORTHWIND, "first_seen_at": START, "role": "CTO"}
    return [
        {**usual, "id": n + 1, "user_id": f"U{n:09}", "name": f"Person {n}", "account_id": n % COMPANIES + 1}
        for n in range(first, last)
    ]


def asked(n: int) -> dict[str, Any]:
    at = START + timedelta(minutes=2 * n)
    whose = {"id": n + 1, "workspace_id": NORTHWIND, "survey_id": 1 + n % 2, "contact_id": n // ANSWERS_EACH + 1}
    when = {"created_at": at, "send_at": at, "sent_at": at}
    how = {"occasion": f"ask:{n}", "subject": "Northwind", "language": "en", "state": "answered", "snoozes": 0}
    return {**whose, **when, **how, "kind": KINDS[n % 2], "is_rehearsal": False, "was_overruled": False}


def answered(n: int) -> dict[str, Any]:
    at = START + timedelta(minutes=2 * n)
    whose = {"id": n + 1, "workspace_id": NORTHWIND, "survey_id": 1 + n % 2, "contact_id": n // ANSWERS_EACH + 1}
    said = {"score": n % 11, "comment": f"Comment {n}, and some more words of it", "wants_reply": n % 9 == 0}
    flags = {"is_late": False, "is_repeat": n % 5 == 0, "is_rehearsal": False}
    return {**whose, **said, **flags, "invitation_id": n + 1, "kind": KINDS[n % 2], "scored_at": at, "answered_at": at}


KINDS = ("relational", "transactional")


async def fill(url: str, rows: int) -> None:
    database = Database(url)
    async with database.transaction() as tx:
        await make_workspace(tx, now=START)
        usual = {"workspace_id": NORTHWIND, "created_at": START, "domains": (), "segment": "enterprise"}
        await tx.execute(insert(Account), [{**usual, "name": f"Company {n}"} for n in range(COMPANIES)])
    for first in range(0, rows, BATCH):
        last = min(first + BATCH, rows)
        known = -(-first // ANSWERS_EACH), -(-last // ANSWERS_EACH)
        async with database.transaction() as tx:
            if known[0] < known[1]:
                await tx.execute(insert(Contact), people(*known))
            await tx.execute(insert(Invitation), [asked(n) for n in range(first, last)])
            await tx.execute(insert(Response), [answered(n) for n in range(first, last)])
    if not database.is_sqlite:
        async with database.transaction() as tx:
            await tx.execute(text("ANALYZE"))
    await database.close()


async def ours(url: str, path: Path) -> int:
    database = Database(url)
    async with database.reading() as tx:
        file = await answer_files.of_scope(tx, NORTHWIND, EVERYTHING, now=NOW)
    with path.open("wb") as paper:
        count = await write(database, file, Format.CSV, paper)
    await database.close()
    return count


async def plain(url: str, path: Path) -> int:
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        return _sqlite(url, sheet) if url.startswith("sqlite") else await _postgres(url, sheet)


def _sqlite(url: str, sheet: Any) -> int:
    count, answers = 0, sqlite3.connect(url.partition(":///")[2]).execute(ANSWERS)
    while page := answers.fetchmany(PAGE):
        sheet.writerows(page)
        count += len(page)
    return count


async def _postgres(url: str, sheet: Any) -> int:
    count, connection = 0, await asyncpg.connect(url.replace("+asyncpg", ""))
    async with connection.transaction():
        answers = await connection.cursor(ANSWERS)
        while page := await answers.fetch(PAGE):
            sheet.writerows(page)
            count += len(page)
    await connection.close()
    return count


def measured(work: Callable[[str, Path], Awaitable[int]], url: str, path: Path, answer: Connection) -> None:
    began = time.perf_counter()
    count = asyncio.run(work(url, path))  # type: ignore[arg-type]
    seconds = time.perf_counter() - began
    answer.send((count, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def measure(work: Callable[[str, Path], Awaitable[int]], url: str, path: Path, rows: int) -> tuple[float, float]:
    """Rows a second, and MiB."""
    mine, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=measured, args=(work, url, path, theirs))
    process.start()
    count, seconds, mebibytes = mine.recv()
    process.join()
    assert count == rows
    rate, size = rows / seconds, path.stat().st_size / 2**20
    print(f"{work.__name__:6} {rows:8} rows {rate:8.0f} rows/s {mebibytes:7.1f} MiB, file {size:.1f} MiB", flush=True)
    return rate, float(mebibytes)


@contextmanager
def fresh(kind: str, folder: Path, rows: int) -> Iterator[str]:
    """An empty database of its own."""
    if kind == "sqlite":
        asyncio.run(databases.make_file(folder / f"{rows}.db"))
        yield databases.file_url(folder / f"{rows}.db")
        return
    (folder / f"postgres-{rows}").mkdir()
    with databases.postgres_server(folder / f"postgres-{rows}") as server:
        asyncio.run(databases.make_template(server, databases.TEMPLATE))
        yield databases.named(server, databases.TEMPLATE)


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    words.add_argument("--small", type=int, default=10_000)
    words.add_argument("--large", type=int, default=1_000_000)
    given = words.parse_args()
    memory = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for rows in (given.small, given.large):
            with fresh(given.database, folder, rows) as url:
                asyncio.run(fill(url, rows))
                theirs, _ = measure(plain, url, folder / "plain.csv", rows)
                rate, mebibytes = measure(ours, url, folder / "ours.csv", rows)
                print(f"rows/s x{rate / theirs:.2f} of plain", flush=True)
                memory.append(mebibytes)
    print(f"memory x{memory[1] / memory[0]:.2f}", flush=True)


if __name__ == "__main__":
    main()
