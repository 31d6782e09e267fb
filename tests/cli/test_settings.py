"""A setting that is missing or wrong ends a command with exit code 2 and one sentence: which, and where to find it."""

import asyncio
import socket
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine, Outcome
from tests.fake_slack import FakeSlack
from tests.live.bot_process import environment

SECRET = "TOP-SECRET-VALUE"
RIGHT = {"SLACK_BOT_TOKEN": f"xoxb-{SECRET}", "SLACK_SIGNING_SECRET": SECRET}
IN_SLACK = "in Slack under api.slack.com/apps"


@pytest.mark.parametrize("command", ["serve", "doctor"])
@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"SLACK_BOT_TOKEN": ""}, ["SLACK_BOT_TOKEN is not set", IN_SLACK, "OAuth & Permissions"]),
        ({"SLACK_BOT_TOKEN": SECRET}, ["SLACK_BOT_TOKEN is not right", "must start with xoxb-", IN_SLACK]),
        ({"SLACK_APP_TOKEN": SECRET}, ["SLACK_APP_TOKEN is not right", "must start with xapp-", "Basic Information"]),
        ({"SLACK_SIGNING_SECRET": ""}, ["Neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET", "App Credentials"]),
        ({"SLACK_API_URL": SECRET}, ["SLACK_API_URL is not right", "https://slack.com/api/"]),
        ({"DATABASE_URL": f"mysql://root:{SECRET}@db/nps"}, ["DATABASE_URL is not right", "postgresql+asyncpg://"]),
        ({"PORT": "eighty"}, ["PORT is not right", "a number from 0 to 65535"]),
        ({"PORT": "70000"}, ["PORT is not right", "a number from 0 to 65535"]),
        ({"LOG_LEVEL": "LOUD"}, ["LOG_LEVEL is not right", "DEBUG, INFO, WARNING or ERROR"]),
        ({"LOG_FORMAT": "xml"}, ["LOG_FORMAT is not right", "console or json"]),
    ],
)
async def test_a_setting_that_is_missing_or_wrong_is_named_with_where_to_find_it(
    nps_bot: CommandLine, command: str, settings: dict[str, str], words: list[str]
) -> None:
    nps_bot.set(**RIGHT | settings)
    outcome = await nps_bot.run(command)
    assert outcome.code == 2
    assert [word for word in words if word not in outcome.said] == []
    assert SECRET not in outcome.said
    assert "Traceback" not in outcome.said


async def test_without_any_settings_the_first_step_is_the_bot_token(nps_bot: CommandLine) -> None:
    outcome = await nps_bot.run("serve")
    assert outcome.code == 2
    assert "SLACK_BOT_TOKEN is not set. You find it in Slack" in outcome.said


@pytest.mark.parametrize("command", ["migrate", "erase"])
async def test_commands_that_only_need_the_database_ask_for_no_token(nps_bot: CommandLine, command: str) -> None:
    await nps_bot.run("migrate")
    outcome = await nps_bot.run(command, *(["U0NOBODY", "--yes"] if command == "erase" else []))
    assert outcome.code == 0


async def test_a_postgres_address_may_be_written_as_everybody_writes_it(nps_bot: CommandLine, postgres: str) -> None:
    nps_bot.set(DATABASE_URL=postgres, **RIGHT, SLACK_API_URL="http://127.0.0.1:1/")
    assert postgres.startswith("postgresql://")
    assert "ok the database answers" in (await nps_bot.run("doctor")).said


async def test_without_a_command_it_explains_itself(nps_bot: CommandLine) -> None:
    outcome = await nps_bot.run()
    for command in ("serve", "migrate", "doctor", "erase", "version"):
        assert command in outcome.said
    assert "A Slack bot for Net Promoter surveys" in outcome.said


async def test_as_a_module_it_explains_itself_too(tmp_path: Path) -> None:
    ended = await _python_m_bot(cwd=tmp_path)
    assert "Usage: python -m bot" in ended.said
    assert "Answer Slack and deliver messages" in ended.said


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"SLACK_BOT_TOKEN": f"xoxb-{SECRET}"}, "Slack does not take SLACK_BOT_TOKEN (invalid_auth)."),
        ({"SLACK_APP_TOKEN": f"xapp-{SECRET}"}, "Slack does not take SLACK_APP_TOKEN (invalid_auth)."),
        ({"SLACK_API_URL": "http://127.0.0.1:1/"}, "Slack does not answer at SLACK_API_URL http://127.0.0.1:1/."),
        ({"DATABASE_URL": f"postgresql://{SECRET}@127.0.0.1:1/x"}, "The database does not answer. Check DATABASE_URL"),
    ],
)
async def test_a_start_that_cannot_work_ends_with_one_sentence(
    strict_slack: FakeSlack, tmp_path: Path, settings: dict[str, str], sentence: str
) -> None:
    ended = await _python_m_bot("serve", cwd=tmp_path, **_right(strict_slack) | settings)
    assert ended.code == 2
    assert sentence in ended.said
    for unwanted in (SECRET, "Unclosed", "Traceback"):
        assert unwanted not in ended.said


async def test_a_postgres_that_was_never_migrated_says_what_to_run(
    strict_slack: FakeSlack, tmp_path: Path, postgres: str
) -> None:
    ended = await _python_m_bot("serve", cwd=tmp_path, **_right(strict_slack), DATABASE_URL=postgres)
    assert ended.code == 2
    assert "Run `nps-bot migrate` once, then start again." in ended.said


async def test_a_port_somebody_else_has_is_named(strict_slack: FakeSlack, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as somebody:
        port = somebody.getsockname()[1]
        ended = await _python_m_bot("serve", cwd=tmp_path, **_right(strict_slack), PORT=str(port))
    assert ended.code == 2
    assert f"PORT {port} on HOST 127.0.0.1 cannot be opened:" in ended.said
    assert "address already in use." in ended.said.lower()
    for unwanted in ("Unclosed", "Traceback"):
        assert unwanted not in ended.said


def _right(slack: FakeSlack) -> dict[str, str]:
    return {
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
    }


async def _python_m_bot(*words: str, cwd: Path, **settings: str) -> Outcome:
    """In a process of its own, to its end."""
    command = [sys.executable, "-m", "bot", *words]
    run = partial(subprocess.run, cwd=cwd, env=environment(settings), capture_output=True, text=True, check=False)
    ended = await asyncio.to_thread(run, command)
    return Outcome(ended.returncode, " ".join((ended.stdout + ended.stderr).split()))
