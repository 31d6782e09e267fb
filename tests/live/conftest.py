"""The bot as a real process in a real, if small, Slack: over Socket Mode and over signed HTTP."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.live.bot_process import BotProcess, free_port
from tests.live.local_slack import LocalSlack, binary


@dataclass(frozen=True)
class Stage:
    slack: LocalSlack
    bot: BotProcess


@pytest.fixture(params=["socket", "http"])
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    """Everything started, and stopped again: the bot by SIGTERM, which must end it well."""
    if not binary().exists():
        pytest.skip(f"local-slack is not on this machine ({binary()}): `make setup`, or name it in LOCAL_SLACK")
    port = free_port()
    request_url = f"http://127.0.0.1:{port}/slack/events" if request.param == "http" else None
    slack = LocalSlack(tmp_path, request_url=request_url)
    bot = BotProcess(tmp_path, _settings(slack, tmp_path, request.param), port=port)
    async with slack, bot:
        yield Stage(slack, bot)
        await bot.stop()


def _settings(slack: LocalSlack, folder: Path, transport: str) -> dict[str, str]:
    return {
        "SLACK_API_URL": f"{slack.url}/api/",
        "SLACK_BOT_TOKEN": "xoxb-live",
        "SLACK_APP_TOKEN": "xapp-live" if transport == "socket" else "",
        "SLACK_SIGNING_SECRET": "live-secret",
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'nps.db'}",
        "LOG_LEVEL": "DEBUG",
    }
