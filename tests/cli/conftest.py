"""`nps-bot` as an operator types it, in a folder of its own, with nothing in the environment but what a test sets."""

import asyncio
import io
import logging
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import __main__, logs
from bot.settings import WHERE
from storage.database import Database
from tests.fake_slack import FakeSlack
from tests.house import furnish


@dataclass(frozen=True)
class Outcome:
    """What came of a command. `said`: stdout and stderr, without the line breaks of a narrow terminal."""

    code: int
    said: str


class CommandLine:
    """Runs commands in this process, while a fake Slack in the same process answers."""

    def __init__(self, patch: pytest.MonkeyPatch, screen: pytest.CaptureFixture[str]) -> None:
        self._patch, self._screen = patch, screen

    def set(self, **settings: str) -> None:
        for name, value in settings.items():
            self._patch.setenv(name, value)

    async def run(self, *words: str, answer: str = "") -> Outcome:
        """`answer` is what the operator types when asked."""
        self._patch.setattr(sys, "argv", ["nps-bot", *words])
        self._patch.setattr(sys, "stdin", io.StringIO(answer + "\n"))
        self._screen.readouterr()
        code = await asyncio.to_thread(_exit_code)
        return Outcome(code, " ".join("".join(self._screen.readouterr()).split()))


@pytest.fixture
def nps_bot(
    _logs_again: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> CommandLine:
    monkeypatch.chdir(tmp_path)  # so that no .env is read
    for name in WHERE:
        monkeypatch.delenv(name, raising=False)
    return CommandLine(monkeypatch, capsys)


@pytest.fixture
def _logs_again(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A command sends the log to its own stderr; put it back. The fake's server shall not write there."""
    monkeypatch.setattr(logging.getLogger("aiohttp.server"), "disabled", True)
    yield
    logs.configure(level="INFO", style="json")


@pytest.fixture
async def strict_slack() -> AsyncIterator[FakeSlack]:
    """A furnished fake with a real clock and every scope the bot can use."""
    scopes = {
        "users:read.email",
        "reactions:read",
        "channels:history",
        "groups:history",
        "chat:write.public",
        "usergroups:read",
    }
    async with FakeSlack(scopes=scopes) as slack:
        furnish(slack)
        yield slack


@pytest.fixture
async def migrated(sqlite_url: str) -> AsyncIterator[Database]:
    """The SQLite file in the folder where commands run."""
    database = Database(sqlite_url)
    yield database
    await database.close()


def _exit_code() -> int:
    try:
        __main__.main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0
