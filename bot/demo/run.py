"""`nps-bot demo`: fetch, furnish, start, wait for Ctrl-C, leave nothing behind."""

import asyncio
import secrets
import signal
import socket
import sys
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr
from rich.console import Console

from bot.app import Bot
from bot.demo import company, portfolio, scenes
from bot.demo.folder import DemoRefused, held
from bot.demo.history import Surveys, Year
from bot.demo.interpreter import Interpreter
from bot.demo.local_slack import LocalSlack, fetched
from bot.demo.tour import tour
from bot.rules.favours import FavourKind
from bot.services import calendars, favours, follow_ups, surveys, themes
from bot.services.favours import Setup
from bot.settings import Settings, environment_for_others
from storage.database import Database, Transaction

USUAL_PORT = 3998
FAVOURS = Setup(frozenset({FavourKind.QUOTE, FavourKind.REFERRAL, FavourKind.KUDOS}))
TOKEN = "xoxb-demo"  # noqa: S105 - opens nothing


@dataclass(frozen=True)
class Stage:
    """Where it stands. `is_asked`: a question waits in the thread of the tour; `link`: where to ask another one."""

    url: str
    is_asked: bool
    link: str


async def run(
    console: Console, *, folder: Path, binary: Path | None, port: int | None, is_reset: bool, opens_browser: bool
) -> None:
    """Until SIGINT or SIGTERM, at whatever moment. Raises DemoRefused."""
    with held(folder, is_reset=is_reset):
        port = _free(port, console)
        showing = asyncio.ensure_future(_show(console, folder=folder, binary=binary, port=port, opens=opens_browser))
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(name, showing.cancel)
        with suppress(asyncio.CancelledError):
            await showing
    console.print("Everything has stopped.")


async def _show(console: Console, *, folder: Path, binary: Path | None, port: int, opens: bool) -> None:
    async with stage(console, folder=folder, binary=binary, port=port) as ready:
        console.print(tour(ready.url, is_asked=ready.is_asked, link=ready.link), highlight=False, soft_wrap=True)
        if opens and _has_screen():
            webbrowser.open(ready.url)
        await asyncio.Event().wait()  # until it is cancelled


@asynccontextmanager
async def stage(console: Console, *, folder: Path, binary: Path | None, port: int) -> AsyncIterator[Stage]:
    """local-slack, the interpreter, the bot and a year of answers; gone when the block ends."""
    program = binary or await _fetched(console, folder / "local-slack")
    (folder / company.PICTURE).write_text(company.BALLOT, encoding="utf-8")
    secret = secrets.token_hex(16)
    async with Interpreter(secret, TOKEN) as interpreter:
        told_at = f"{interpreter.url}/slack/events"
        workspace = company.workspace(bot_token=TOKEN, signing_secret=secret, request_url=told_at)
        async with LocalSlack(program, folder, workspace, port) as slack:
            interpreter.speak_to_slack(slack.url)
            bot = Bot(_settings(interpreter, folder, secret))
            await bot.open()
            try:
                interpreter.speak_to_bot(f"http://127.0.0.1:{bot.port}")
                with console.status("Telling a year of Northwind …"):
                    is_asked, link = await _furnish(bot.database, slack)
                bot.runner.start()
                yield Stage(slack.url, is_asked, link)
            finally:
                await bot.stop()


async def _fetched(console: Console, folder: Path) -> Path:
    with console.status("Fetching local-slack …"):
        return await fetched(folder)


async def _furnish(database: Database, slack: LocalSlack) -> tuple[bool, str]:
    """
    A year, the first time; today's conversations every time, since local-slack forgets.

    Returns whether Ana is asked (she may have answered the last time), and a link to Kim's message.
    """
    now = datetime.now(UTC)
    anas, kims = [await scenes.play(talk, slack) for talk in (scenes.ANAS_EXPORT, scenes.KIMS_IMPORT)]
    for talk in scenes.OTHERS:
        await scenes.play(talk, slack)
    async with database.transaction() as tx:
        known = await _surveys(tx)
        if known.support.alert_channel_id is None:
            await _begin(tx, known, now=now)
        else:
            await _come_back(tx, now=now)
        is_asked = await scenes.ask_ana(tx, known, anas, now=now)
        await scenes.ask_yui(tx, known, now=now)
    return is_asked, f"https://{company.DOMAIN}.slack.com/archives/{company.HELP}/p{kims.replace('.', '')}"


async def _begin(tx: Transaction, known: Surveys, *, now: datetime) -> None:
    await calendars.change(tx, known.support.workspace_id, calendars.ALWAYS)  # and nobody waits for the morning
    await surveys.set_reaction(tx, known.support, company.EMOJI, delay=timedelta(0))  # nobody waits three hours here
    await favours.set_up(tx, company.TEAM, FAVOURS)
    await surveys.set_alert_channel(tx, known.support.id, company.HELP_ALERTS)
    await surveys.set_alert_channel(tx, known.relationship.id, company.CUSTOMER_ALERTS)
    await portfolio.take_over(tx, now=now)
    await Year(tx, known, now=now).write()
    await portfolio.recognise_everybody(tx)
    await scenes.answer_all(tx, known, now=now)
    await portfolio.note_exports(tx, now=now)
    await themes.read_again(tx, limit=portfolio.EVERYBODY)


async def _come_back(tx: Transaction, *, now: datetime) -> None:
    """What was open is shown again: the messages it stood in are gone."""
    for channel_id in company.CHANNELS:
        await follow_ups.leave_channel(tx, company.TEAM, channel_id, now=now)


async def _surveys(tx: Transaction) -> Surveys:
    return Surveys(
        relationship=await surveys.named(tx, company.TEAM, "relationship"),
        support=await surveys.named(tx, company.TEAM, "support"),
        recovery=await surveys.named(tx, company.TEAM, "recovery"),
    )


def _settings(interpreter: Interpreter, folder: Path, secret: str) -> Settings:
    """Nothing of the environment, so that a demo never touches a real workspace."""
    return Settings.model_construct(
        slack_bot_token=SecretStr(TOKEN),
        slack_app_token=SecretStr(""),
        slack_signing_secret=SecretStr(secret),
        slack_api_url=f"{interpreter.url}/api/",
        database_url=f"sqlite+aiosqlite:///{folder / 'demo.db'}",
        company_name="",
        first_admin="",
        host="127.0.0.1",
        port=0,
    )


def _free(port: int | None, console: Console) -> int:
    """The port that was asked for; else the usual one, or another when it is taken. Raises DemoRefused."""
    if port is not None:
        if not _is_free(port):
            raise DemoRefused(
                f"Port {port} is taken. Leave --port out and I take another one, or name one that is free."
            )
        return port
    if _is_free(USUAL_PORT):
        return USUAL_PORT
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        other = int(probe.getsockname()[1])
    console.print(f"Port {USUAL_PORT} is taken, so I take {other}.")
    return other


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _has_screen() -> bool:
    """Not over SSH: a browser in the terminal would take it away."""
    return sys.platform in ("darwin", "win32") or bool({"DISPLAY", "WAYLAND_DISPLAY"} & environment_for_others().keys())
