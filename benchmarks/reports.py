"""
How long `/nps`, Home and the other views take with a million answers of five years, half of them one workspace's.

    python benchmarks/reports.py
    python benchmarks/reports.py --answers 100000 --rounds 9 --database postgres

Times are milliseconds from a command being read to its message being ready, in this process, medians over rounds; a
Slack that takes everything costs nothing. The peer is one plain count of the rows that a number is made of, in the same
run. Everything is measured with one year of answers, and again with all five kept: a view must not grow with the years.
Exits with 1 when a limit is missed.
"""

import argparse
import asyncio
import shutil
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import asyncpg
from sqlalchemy import text

from benchmarks.years import NOW, YEAR, YEARS, Crowd, plain, settle, tell
from bot.slack import grammar, home, payloads, views
from bot.slack.listeners.commands import ANSWERS
from bot.slack.middleware import Desk, Office
from bot.slack.people import Person
from storage.database import Database
from storage.schema import migrate
from tests import databases

LARGE, COLLEAGUE = "T0000", "U00000001"  # who is asked now and then, too
WINDOW = timedelta(days=90)
INSTANT, QUICK = 50, 500  # milliseconds
GROWTH, NOISE = 1.5, 3  # five years to one; and the milliseconds below which nobody looks at it
COMMANDS = ("", "follow-ups", "follow-ups overdue", "digest", "exits", "recovery", "favours", "quotes")
EXAMPLES: Mapping[str, Sequence[str]] = {
    "score": (),
    "account": ("account Company 3",),
    "silent": ("silent", "silent people"),
    "by": ("by segment", "by owner", "by plan", "by channel", "by survey"),
    "comments": ("comments", "comments slow export"),
    "compare": ("compare enterprise vs small",),
}
FILTERS = (
    *("interactions", "survey:support", "segment:enterprise", "enterprise", "owner:<@U90001>", 'account:"Company 3"'),
    *("role:CTO", "plan:pro", "channel:<#C0001>", "occasion:event", "this year", "segment:enterprise this year"),
)
PEER = text(
    "SELECT score, count(*) FROM responses WHERE workspace_id = :workspace AND kind = 'relational'"
    " AND is_rehearsal = false AND mode = 'self'"
    " AND answered_at > :since AND answered_at <= :before GROUP BY score"
)
PLAIN = "plain count"
View = Callable[[], Awaitable[object]]


class AnySlack:
    """Takes everything, at once, and keeps the last it was told."""

    told: Mapping[str, Any] = {}

    def __getattr__(self, method: str) -> Callable[..., Awaitable[object]]:
        async def take(**told: Any) -> object:
            self.told = told
            return {"ok": True}

        return take


class OnlyMe:
    """Slack's directory, with one colleague in it."""

    async def person(self, user_id: str) -> Person:
        return Person(user_id, "Bo")


@dataclass
class Took:
    """Milliseconds by the name of the view, a value a round: by the clock, and what this process computed."""

    by_clock: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    of_cpu: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def median(self, view: str) -> float:
        return statistics.median(self.by_clock[view])

    def cpu(self, view: str) -> float:
        return statistics.median(self.of_cpu[view])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--answers", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--folder", type=Path, help="where the databases stay for the next time; SQLite only")
    parser.add_argument("--only", help="one view, by its name")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nps-reports-") as folder:
        one, five = asyncio.run(measure(wanted, wanted.folder or Path(folder)))
    return show(one, five)


async def measure(wanted: argparse.Namespace, folder: Path) -> tuple[Took, Took]:
    took = []
    async with _databases(wanted.database, folder, wanted.answers) as urls:
        for url in urls:
            database = Database(url)
            took.append(await _rounds(measured_views(database), wanted))
            await database.close()
    return took[0], took[1]


def measured_views(database: Database) -> Mapping[str, View]:
    """What is measured, by name: the peer, Home, and what is typed after `/nps`."""
    desk = _desk(database)
    typed = {f"/nps {words}".strip(): _typing(desk, words) for words in (*COMMANDS, *_shown(), *FILTERS)}
    return {PLAIN: lambda: _plain_count(database), "Home": lambda: home.publish(desk), **typed}


def _shown() -> Iterator[str]:
    """Every view there is; some want to be told of what."""
    for view in views.VIEWS:
        yield from EXAMPLES.get(view, (view,))


async def _rounds(measured: Mapping[str, View], wanted: argparse.Namespace) -> Took:
    """In turns; the first round is not counted."""
    took = Took()
    for number in range(wanted.rounds + 1):
        for name in (each for each in measured if wanted.only in (None, each)):
            begun, computed = time.perf_counter(), time.process_time()
            await measured[name]()
            if number:
                took.by_clock[name].append(1000 * (time.perf_counter() - begun))
                took.of_cpu[name].append(1000 * (time.process_time() - computed))
    return took


def show(one: Took, five: Took) -> int:
    """Print the table; 1 when a limit is missed."""
    print("| | one year, ms | five years, ms | of which CPU | of the limit | to a plain count | growth |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    missed = 0
    for name in one.by_clock:
        before, now = one.median(name), five.median(name)
        limit = INSTANT if name in ("/nps", "Home") else QUICK
        is_missed = now > limit or now > GROWTH * before + NOISE
        count = f"{now / five.median(PLAIN):.1f}" if PLAIN in five.by_clock else ""
        values = f"{before:.1f} | {now:.1f} | {five.cpu(name):.1f} | {now / limit:.2f} | {count} | {now / before:.2f}"
        print(f"| {name} | {values} |{' <-- missed' if is_missed else ''}", flush=True)
        missed += is_missed
    return 1 if missed else 0


async def _plain_count(database: Database) -> None:
    async with database.reading() as tx:
        (await tx.execute(PEER, _bound(database))).all()


def _bound(database: Database) -> dict[str, Any]:
    since, before = NOW - WINDOW, NOW
    if database.is_sqlite:
        since, before = (f"{each:%Y-%m-%d %H:%M:%S.%f}" for each in (since, before))  # type: ignore[assignment]
    return {"workspace": LARGE, "since": since, "before": before}


def _typing(desk: Desk, words: str) -> View:
    async def view() -> None:
        typed = grammar.parse(words)
        await ANSWERS[type(typed)](desk, typed, payloads.Command(words, "1.2.3", desk.origin))

    return view


def _desk(database: Database) -> Desk:
    slack: Any = AnySlack()
    office: Any = Office(
        database=database,
        people=OnlyMe(),  # type: ignore[arg-type]
        roster=None,  # type: ignore[arg-type]
        tasks=None,  # type: ignore[arg-type]
        clock=lambda: NOW,
        http=None,  # type: ignore[arg-type]
        wake_courier=lambda: None,
        wake_scribe=lambda: None,
        workspace_url="https://northwind.slack.com/",
        scopes=("chat:write",),  # no pictures: those are drawn and uploaded once a month
    )
    return Desk(office, slack, LARGE, COLLEAGUE, NOW, payloads.Origin(channel_id="D0BO"))


@asynccontextmanager
async def _databases(kind: str, folder: Path, answers: int) -> AsyncIterator[tuple[str, str]]:
    """One with the last year of it all, one with five."""
    if kind == "sqlite":
        folder.mkdir(exist_ok=True)  # noqa: ASYNC240 - nobody waits
        one, five = (folder / f"{name}-{answers}.db" for name in ("one", "five"))
        urls = databases.file_url(one), databases.file_url(five)
        if not five.exists():
            crowd = await _first_year(urls[0], answers)
            shutil.copyfile(one, five)
            await _years_before(urls[1], answers, crowd)
        yield urls
        return
    (folder / "postgres").mkdir()
    with databases.postgres_server(folder / "postgres") as server:
        await databases.make_template(server, "nps_one")
        url = databases.named(server, "nps_one")
        crowd = await _first_year(url, answers)
        five_url = await databases.copy_template(server, "nps_one")
        await _years_before(five_url, answers, crowd)
        yield url, five_url


async def _first_year(url: str, answers: int) -> Crowd:
    async with _filling(url) as database:
        crowd = await settle(database, answers)
        await tell(database, crowd, NOW - YEAR, NOW, answers)
    return crowd


async def _years_before(url: str, answers: int, crowd: Crowd) -> None:
    async with _filling(url) as database:
        await tell(database, crowd, NOW - YEARS * YEAR, NOW - YEAR, answers)


@asynccontextmanager
async def _filling(url: str) -> AsyncIterator[Database]:
    database, begun = Database(url), time.perf_counter()
    await migrate(database)
    yield database
    if not database.is_sqlite:  # as its own housekeeping does sooner or later
        connection = await asyncpg.connect(plain(url))
        await connection.execute("VACUUM ANALYZE")
        await connection.close()
    await database.close()
    print(f"filled in {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
