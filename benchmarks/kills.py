"""
Kill the bot at random moments while it works, and count what was lost.

    python benchmarks/kills.py --database sqlite --kills 50
    python benchmarks/kills.py --database postgres --kills 50 --seed 7

Each kill is SIGKILL in the middle of a wave of asks, clicks, comments and alerts against a fake Slack on this machine;
the process starts again on the same database. Exits with 1 when a promise was broken.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from storage.database import Database
from storage.schema import migrate
from tests import databases
from tests.fake_slack import FakeSlack
from tests.live.bot_process import BotProcess
from tests.replicas import findings
from tests.replicas.findings import Findings
from tests.replicas.hosting import settings
from tests.replicas.ordeal import Ordeal


async def measure(kind: str, *, kills: int, seed: int, folder: Path) -> Findings:
    async with _database(kind, folder) as (url, database), FakeSlack() as slack:
        ordeal = Ordeal(slack, BotProcess(folder, settings(slack, url)), database, kills=kills, seed=seed)
        await ordeal.run()
        assert slack.violations == [], slack.violations
        return await findings.look(ordeal)


def show(found: Findings, *, database: str, seconds: float) -> None:
    print(f"{found.kills} kills on {database} in {seconds:.0f} s")
    for name, count in asdict(found).items():
        print(f"  {name.replace('_', ' '):<24}{count:>6}{'  <-- broken' if name in found.broken else ''}")


@asynccontextmanager
async def _database(kind: str, folder: Path) -> AsyncIterator[tuple[str, Database]]:
    if kind == "sqlite":
        url = f"sqlite+aiosqlite:///{folder / 'nps.db'}"
        async with _migrated(url) as database:
            yield url, database
        return
    (folder / "postgres").mkdir()
    with databases.postgres_server(folder / "postgres") as server:
        await databases.make_template(server, "nps_kills")
        async with _migrated(databases.named(server, "nps_kills")) as database:
            yield databases.named(server, "nps_kills"), database


@asynccontextmanager
async def _migrated(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    await migrate(database)
    yield database
    await database.close()


def main() -> int:
    parser = argparse.ArgumentParser(description="Kill the bot while it works, and count what was lost.")
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        work = measure(wanted.database, kills=wanted.kills, seed=wanted.seed, folder=Path(folder))
        found = asyncio.run(work)
    show(found, database=wanted.database, seconds=time.monotonic() - started)
    return 1 if found.broken else 0


if __name__ == "__main__":
    sys.exit(main())
