"""
One click on a score, stored durably and acknowledged, beside the least that Bolt can do with it.

    python benchmarks/click.py
    python benchmarks/click.py --rounds 9 --clicks 200

The peer is an `AsyncApp` with default settings whose only listener calls `ack()`: it stores nothing and shows nothing.
Both get the same signed clicks in turns, round by round, from the same client; every click on the bot is a first
answer of somebody who was asked, and a Slack that agrees to everything takes what the bot shows afterwards.

Times are milliseconds from sending a click to its acknowledgement, medians over rounds of each round's p50 and p99;
CPU is that of the whole process per click, including what the bot does after the acknowledgement.
"""

import argparse
import asyncio
import hashlib
import hmac
import json
import multiprocessing
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from multiprocessing.process import BaseProcess
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parents[1]))

import aiohttp
from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import delete, func, select

from bot.cli.samples import sample_messages
from bot.slack import wire
from storage.database import Database
from storage.models import Delivery, Response
from storage.schema import migrate
from tests import databases
from tests.factories import NORTHWIND, make_invitation
from tests.live.bot_process import BotProcess, free_port
from tests.live.bot_process import status as page_status
from tests.waiting import until

SECRET, TOKEN, PATH = "signing-secret", "xoxb-benchmark", "/slack/events"
WHO = {"ok": True, "team_id": NORTHWIND, "team": "Northwind", "user_id": "U0BOT", "bot_id": "B0BOT", "user": "nps"}
TICKS = os.sysconf("SC_CLK_TCK")
WARM_UP = 50
CONNECTIONS = (1, 32)


@dataclass(frozen=True)
class Course:
    rounds: int
    clicks: int

    @property
    def sizes(self) -> list[int]:
        """Clicks in each round; the first is not counted."""
        return [WARM_UP, *[self.clicks] * self.rounds]

    @property
    def answers(self) -> int:
        return len(CONNECTIONS) * sum(self.sizes)


@dataclass
class Took:
    """A value a round."""

    p50: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    per_second: list[float] = field(default_factory=list)

    @property
    def medians(self) -> list[float]:
        return [statistics.median(each) for each in (self.p50, self.p99, self.cpu, self.per_second)]


@dataclass(frozen=True)
class Contender:
    name: str
    url: str
    pid: int
    took: Took = field(default_factory=Took)


@dataclass(frozen=True)
class Click:
    body: bytes
    headers: dict[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--clicks", type=int, default=200, help="in a round, for each contender")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nps-click-") as folder:
        asyncio.run(measure(Path(folder), args.database, Course(args.rounds, args.clicks)))


async def measure(folder: Path, kind: str, course: Course) -> None:
    slack, peer = free_port(), free_port()
    helpers = [_start(_agreeable_slack, slack), _start(_bolt_that_only_acks, slack, peer)]
    bolt = Contender("Bolt, ack only", f"http://127.0.0.1:{peer}{PATH}", helpers[1].pid or 0)
    try:
        with _database(kind, folder) as url:
            bot = BotProcess(folder, _settings(slack, url))
            await _race(bot, bolt, url, course, slack)
    finally:
        for process in helpers:
            process.kill()


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite+aiosqlite:///{folder / 'nps.db'}"
        return
    (folder / "postgres").mkdir()
    with databases.postgres_server(folder / "postgres") as server:
        yield server.replace("postgresql://", "postgresql+asyncpg://")


async def _race(bot: BotProcess, bolt: Contender, url: str, course: Course, slack: int) -> None:
    database = Database(url)
    await migrate(database)
    values = iter(await _people_to_answer(database, course.answers))
    async with bot, aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=64)) as client:
        await until(lambda: _answers(bolt.url), "the peer")
        for connections in CONNECTIONS:
            both = [replace(bolt, took=Took()), Contender("NPS Bot", f"{bot.url}{PATH}", bot.pid)]
            for number, size in enumerate(course.sizes):
                for contender in both if number % 2 else both[::-1]:
                    sent = [_click(slack, next(values) if contender is both[1] else "") for _ in range(size)]
                    await _round(client, contender, sent, connections)
                    await _calm(contender.pid)
            _show(both, connections)
        await bot.stop()
    async with database.reading() as tx:
        stored = await tx.scalar(select(func.count()).select_from(Response))
    await database.close()
    assert stored == course.answers, f"{stored} answers were stored"
    print(f"\nEvery click on the bot was stored: {stored} answers.")


async def _round(client: aiohttp.ClientSession, to: Contender, clicks: Sequence[Click], connections: int) -> None:
    """Everybody sends their next click as soon as their last one was acknowledged."""
    waiting, taken = iter(clicks), list[float]()

    async def person() -> None:
        for click in waiting:
            begun = time.perf_counter()
            async with client.post(to.url, data=click.body, headers=click.headers) as answer:
                await answer.read()
                assert answer.status == 200, await answer.text()
            taken.append(1000 * (time.perf_counter() - begun))

    spent, begun = _cpu(to.pid), time.perf_counter()
    await asyncio.gather(*(person() for _ in range(connections)))
    elapsed = time.perf_counter() - begun
    await _calm(to.pid)
    if len(clicks) == WARM_UP:
        return
    to.took.p50.append(statistics.median(taken))
    to.took.p99.append(statistics.quantiles(taken, n=100)[98])
    to.took.cpu.append(1000 * (_cpu(to.pid) - spent) / len(clicks))
    to.took.per_second.append(len(clicks) / elapsed)


def _show(both: Sequence[Contender], connections: int) -> None:
    print(f"\n{connections} connection{'s' if connections > 1 else ''}\n")
    print("| | p50 ms | p99 ms | CPU ms per click | clicks per second |\n|---|--:|--:|--:|--:|")
    medians = [one.took.medians for one in both]
    for one, values in zip(both, medians, strict=True):
        print(f"| {one.name} | {' | '.join(f'{value:.2f}' for value in values)} |")
    ratios = [ours / theirs for theirs, ours in zip(*medians, strict=True)]
    print(f"| ratio | {' | '.join(f'{ratio:.2f}' for ratio in ratios)} |")


async def _people_to_answer(database: Database, people: int) -> list[str]:
    """Ask so many, and return a click for each, as `_click` takes it."""
    now, values = datetime.now(UTC), list[str]()
    for first in range(0, people, 200):
        async with database.transaction() as tx:
            for number in range(first, min(people, first + 200)):
                asked = await make_invitation(tx, now=now, person=f"U0{number:06}", occasion=f"ask:{number}")
                values.append(
                    f"U0{number:06} {wire.score_value(asked.id, number % 11)} {number % 11} {now.timestamp():.6f}"
                )
            await tx.execute(delete(Delivery))  # their cards left long ago
    return values


_moments: Iterator[int] = count(1)
_card = next(sample_messages(datetime.now(UTC))).blocks


def _click(slack: int, value: str = "") -> Click:
    """`value`: who clicks, what the button carries, its score, and the card's ts; anybody's click when empty."""
    person, carried, score, ts = (value or "U0SOMEBODY 1:7 7 1.000001").split(" ")
    channel = "D0ANA"
    acted = f"{int(time.time())}.{next(_moments):06}"
    payload = {
        "type": "block_actions",
        "user": {"id": person, "username": "ana", "name": "ana", "team_id": NORTHWIND},
        "api_app_id": "A0BOT",
        "token": "unused",
        "container": {"type": "message", "message_ts": ts, "channel_id": channel, "is_ephemeral": False},
        "trigger_id": f"1.{next(_moments)}.x",
        "team": {"id": NORTHWIND, "domain": "northwind"},
        "enterprise": None,
        "is_enterprise_install": False,
        "channel": {"id": channel, "name": "directmessage"},
        "message": {"type": "message", "user": "U0BOT", "ts": ts, "text": "A question", "blocks": _card},
        "state": {"values": {}},
        "response_url": f"http://127.0.0.1:{slack}/actions/{next(_moments)}",
        "actions": [
            {
                "type": "button",
                "action_id": f"{wire.SCORE}{score}",
                "block_id": "scores",
                "text": {"type": "plain_text", "text": score},
                "value": carried,
                "action_ts": acted,
            }
        ],
    }
    body = urlencode({"payload": json.dumps(payload)}).encode()
    stamp = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return Click(
        body,
        {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={digest}",
        },
    )


def _settings(slack: int, database_url: str) -> dict[str, str]:
    return {
        "SLACK_API_URL": f"http://127.0.0.1:{slack}/api/",
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "DATABASE_URL": database_url,
        "LOG_FORMAT": "json",
    }


def _agreeable_slack(port: int) -> None:
    async def agree(request: web.Request) -> web.Response:
        await request.read()
        return web.json_response(WHO | {"ts": "1.000001", "channel": "D0ANA", "url": "https://northwind.slack.com/"})

    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", agree)
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None)


def _bolt_that_only_acks(slack: int, port: int) -> None:
    app = AsyncApp(signing_secret=SECRET, client=AsyncWebClient(token=TOKEN, base_url=f"http://127.0.0.1:{slack}/api/"))

    @app.action(re.compile("^score_"))
    async def clicked(ack: AsyncAck) -> None:
        await ack()

    web.run_app(app.web_app(PATH), host="127.0.0.1", port=port, print=None, access_log=None)


def _start(work: object, *args: int) -> BaseProcess:
    process = multiprocessing.get_context("spawn").Process(target=work, args=args, daemon=True)  # type: ignore[arg-type]
    process.start()
    return process


async def _answers(url: str) -> bool:
    return await page_status(url) is not None


async def _calm(pid: int) -> None:
    """Until it has finished what it does after an acknowledgement."""
    before = -1.0
    while (now := _cpu(pid)) != before:
        before = now
        await asyncio.sleep(0.05)


def _cpu(pid: int) -> float:
    """Seconds that a process has computed."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


if __name__ == "__main__":
    main()
