"""The bot as a real process in a real, if small, Slack: over Socket Mode and over signed HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot.services import calendars, workspaces
from storage.database import Database
from tests.live.bot_process import BotProcess, free_port
from tests.live.local_slack import LocalSlack, binary

TRANSPORTS = ["socket", "http"]


@dataclass(frozen=True)
class Stage:
    slack: LocalSlack
    bot: BotProcess


@pytest.fixture(params=TRANSPORTS)
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    """For one test, in which nothing has ever happened."""
    async with open_stage(tmp_path, request.param) as stage:
        yield stage


@pytest_asyncio.fixture(params=TRANSPORTS, scope="module", loop_scope="module")
async def shared_stage(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stage]:
    """For all tests of a module, since starting takes seconds: each brings customers of its own."""
    async with open_stage(tmp_path_factory.mktemp("stage"), request.param) as stage:
        yield stage


@asynccontextmanager
async def open_stage(folder: Path, transport: str) -> AsyncIterator[Stage]:
    """Everything started, and stopped again: the bot by SIGTERM, which must end it well."""
    if not binary().exists():
        pytest.skip(f"local-slack is not on this machine ({binary()}): `make setup`, or name it in LOCAL_SLACK")
    port = free_port()
    request_url = f"http://127.0.0.1:{port}/slack/events" if transport == "http" else None
    slack = LocalSlack(folder, request_url=request_url)
    bot = BotProcess(folder, _settings(slack, folder, transport), port=port)
    async with slack, bot:
        await _ask_at_any_hour(folder)
        yield Stage(slack, bot)
        await bot.stop()


async def _ask_at_any_hour(folder: Path) -> None:
    """These tests run by the real clock."""
    database = Database(_url(folder))
    async with database.transaction() as tx:
        for workspace_id in await workspaces.all_ids(tx):
            await calendars.change(tx, workspace_id, calendars.ALWAYS)
    await database.close()


def _url(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'nps.db'}"


def _settings(slack: LocalSlack, folder: Path, transport: str) -> dict[str, str]:
    return {
        "SLACK_API_URL": f"{slack.url}/api/",
        "SLACK_BOT_TOKEN": "xoxb-live",
        "SLACK_APP_TOKEN": "xapp-live" if transport == "socket" else "",
        "SLACK_SIGNING_SECRET": "live-secret",
        "DATABASE_URL": _url(folder),
        "LOG_LEVEL": "DEBUG",
    }
