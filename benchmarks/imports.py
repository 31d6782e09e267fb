"""
Rows a second and peak memory of `nps-bot import`, for a small file and a large one; each in a process of its own.

    python benchmarks/imports.py
    python benchmarks/imports.py --small 1000 --large 100000

On SQLite. Peak memory is the largest resident set of the process, with everything it loads.
"""

import argparse
import asyncio
import csv
import multiprocessing
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from rich.console import Console

from bot.cli import imports
from bot.settings import ImportSettings
from storage.database import Database
from tests import databases
from tests.factories import make_workspace

START = datetime(2020, 1, 1, tzinfo=UTC)
HEADERS = {
    "accounts": ("name", "segment", "arr", "currency", "domains"),
    "contacts": ("user_id", "name", "email", "role", "property:plan"),
    "answers": ("date", "user_id", "survey", "score", "comment"),
}


def row(kind: str, n: int) -> tuple[object, ...]:
    match kind:
        case "accounts":
            return f"Company {n}", "enterprise", n, "EUR", f"company{n}.example"
        case "contacts":
            return f"U{n:09}", f"Person {n}", f"p{n}@company{n % 500}.example", "CTO", "pro"
    at = START + timedelta(minutes=7 * n)
    return at.isoformat(), f"U{n // 3:09}", "support", n % 11, f"Comment {n}, and some more words of it"


def write(path: Path, kind: str, rows: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(HEADERS[kind])
        sheet.writerows(row(kind, n) for n in range(rows))


async def run(path: Path, url: str) -> float:
    database = Database(url)
    async with database.transaction() as tx:
        await make_workspace(tx, now=START)
    await database.close()
    settings = ImportSettings(_env_file=None, database_url=url)
    began = time.perf_counter()
    assert await imports.run(settings, Console(quiet=True), path=path, is_dry_run=False, workspace=None)
    return time.perf_counter() - began


def measured(path: Path, url: str, answer: Connection) -> None:
    seconds = asyncio.run(run(path, url))
    answer.send((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def measure(kind: str, rows: int, template: Path, folder: Path) -> float:
    """Print rows a second and MiB; returns MiB."""
    path = folder / f"{kind}-{rows}.csv"
    write(path, kind, rows)
    url = databases.copy_file(template, folder / f"{kind}-{rows}.db")
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=measured, args=(path, url, theirs))
    process.start()
    seconds, mebibytes = ours.recv()
    process.join()
    print(f"{kind:9} {rows:8} rows {rows / seconds:8.0f} rows/s {mebibytes:7.1f} MiB", flush=True)
    return float(mebibytes)


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("--small", type=int, default=1_000)
    words.add_argument("--large", type=int, default=100_000)
    given = words.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template = folder / "template.db"
        asyncio.run(databases.make_file(template))
        for kind in HEADERS:
            small, large = (measure(kind, rows, template, folder) for rows in (given.small, given.large))
            print(f"{kind:9} memory x{large / small:.2f}", flush=True)


if __name__ == "__main__":
    main()
