"""`nps-bot setup`: an admin at a terminal, from nothing to a bot that can be started."""

import asyncio
import re
import shutil
import stat
import subprocess
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from dotenv import dotenv_values

from bot.cli.manifest import create_app_link
from tests.cli.conftest import CommandLine
from tests.cli.typist import Typist
from tests.conventions.source import ROOT
from tests.fake_slack import FakeSlack
from tests.house import ADMIN, BO

BOT_TOKEN, APP_TOKEN = "xoxb-1111-2222-abcdWXYZ", "xapp-1-A0NPS-3333-efghSTUV"
SIGNING_SECRET = "0123456789abcdef0123456789abcdef"
BROWSER, BOT, APP, SECRET = "in a browser on this machine?", "Bot token", "App-level token", "Signing secret"
COMPANY, FIRST_ADMIN = "Company name (Enter:", "First admin ("
ANSWERS = {BROWSER: "n", BOT: BOT_TOKEN, APP: APP_TOKEN, SECRET: SIGNING_SECRET, COMPANY: "", FIRST_ADMIN: "@ada"}
NAMES = dict(zip(ANSWERS, ("browser", "bot", "app", "secret", "company", "first_admin"), strict=True))
SetUp = Callable[..., Typist]


@pytest.fixture
async def northwind() -> AsyncIterator[FakeSlack]:
    """A workspace whose tokens look like Slack's."""
    scopes = {
        "users:read.email",
        "reactions:read",
        "channels:history",
        "groups:history",
        "chat:write.public",
        "usergroups:read",
    }
    async with FakeSlack(scopes=scopes, bot_token=BOT_TOKEN, app_token=APP_TOKEN) as slack:
        slack.add_user(ADMIN, name="ada", real_name="Ada Admin", is_admin=True)
        slack.add_user(BO, name="bo", real_name="Bo Lind", email="bo@northwind.example")
        slack.add_user("U0GUEST", name="gil", real_name="Gil Guest", is_restricted=True)
        slack.add_user("U0GONE", name="gus", real_name="Gus Gone", deleted=True)
        slack.add_user("U0EVE", name="eve", real_name="Eve Stone", team_id="T0OTHER")
        yield slack


@pytest.fixture
def set_up(northwind: FakeSlack, tmp_path: Path) -> SetUp:
    """Start it in an empty folder; settings are what the environment holds."""

    def start(**settings: str) -> Typist:
        return Typist(tmp_path, {"SLACK_API_URL": northwind.api_url, **settings}, "setup")

    return start


async def answered(admin: Typist, *, since: str = BROWSER, until: str | None = None, **instead: str) -> None:
    """The questions from `since` on, before `until`; as it should be but for `instead`."""
    questions = list(ANSWERS)
    end = questions.index(until) if until else None
    for question in questions[questions.index(since) : end]:
        await admin.answers(question, instead.get(NAMES[question], ANSWERS[question]))


def env(folder: Path) -> dict[str, str | None]:
    return dotenv_values(folder / ".env")


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


async def test_it_leads_from_nothing_to_nps_try_and_shows_no_token(set_up: SetUp, tmp_path: Path) -> None:
    async with set_up(LOG_LEVEL="DEBUG") as admin:
        await answered(admin)
        await admin.reads("Start the bot with `nps-bot serve`")
        assert await admin.ended() == 0
    assert admin.said.endswith("Then, in Slack, type `/nps try`.")
    assert [token for token in (BOT_TOKEN, APP_TOKEN, SIGNING_SECRET) if token[5:] in admin.said] == []
    assert env(tmp_path) == {
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_APP_TOKEN": APP_TOKEN,
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "COMPANY_NAME": "Northwind",
        "FIRST_ADMIN": ADMIN,
    }


async def test_only_the_owner_can_read_what_it_writes(set_up: SetUp, tmp_path: Path) -> None:
    async with set_up() as admin:
        await answered(admin)
        assert await admin.ended() == 0
    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o600
    assert files(tmp_path) == {".env", "nps.db"}


async def test_the_link_carries_exactly_our_manifest(set_up: SetUp) -> None:
    async with set_up() as admin:
        await admin.reads(BROWSER)
        [link] = re.findall(r"https://api\.slack\.com/apps\?\S+", admin.screen)
    query = parse_qs(urlsplit(link).query)
    assert query["new_app"] == ["1"]
    [text] = query["manifest_yaml"]
    assert yaml.safe_load(text) == yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("api_url", "page"),
    [
        ("https://slack.com/api/", "https://api.slack.com/apps?"),
        ("https://slack-gov.com/api/", "https://api.slack-gov.com/apps?"),
    ],
)
def test_the_link_leads_to_the_slack_that_is_used(api_url: str, page: str) -> None:
    assert create_app_link(api_url).startswith(page)


async def test_the_browser_opens_only_on_a_yes(set_up: SetUp, tmp_path: Path) -> None:
    browser = tmp_path / "browser"
    browser.write_text('#!/bin/sh\nprintf "%s" "$1" > opened\n')
    browser.chmod(0o700)
    for answer, is_opened in (("", False), ("y", True)):
        async with set_up(BROWSER=f"{browser} %s") as admin:
            await answered(admin, until=APP, browser=answer)
            await admin.reads("It works, for the workspace")
        assert (tmp_path / "opened").exists() is is_opened
    assert (tmp_path / "opened").read_text().startswith("https://api.slack.com/apps?new_app=1&manifest_yaml=")


async def test_a_wrong_token_is_asked_for_again_and_never_shown(set_up: SetUp, tmp_path: Path) -> None:
    async with set_up() as admin:
        await answered(admin, until=APP, bot="xoxb-wrong-and-secret")
        await admin.reads("Slack does not take SLACK_BOT_TOKEN (invalid_auth)")
        await answered(admin, since=BOT, until=SECRET, app="xapp-wrong-and-secret")
        await admin.reads("Slack does not take this token. Copy it anew")
        await answered(admin, since=APP)
        assert await admin.ended() == 0
    assert "wrong-and-secret" not in admin.said
    assert env(tmp_path)["SLACK_BOT_TOKEN"] == BOT_TOKEN


@pytest.mark.parametrize(
    ("question", "pasted", "sentences"),
    [
        (BOT, APP_TOKEN, ["This is an app-level token.", "Bot User OAuth Token (xoxb-)"]),
        (BOT, "xoxp-1-2-secret", ["This is a user token.", "OAuth & Permissions"]),
        (BOT, SIGNING_SECRET, ["This is a signing secret or a client secret.", "OAuth & Permissions"]),
        (BOT, "", ["Nothing arrived.", "OAuth & Permissions"]),
        (APP, BOT_TOKEN, ["This is a bot token.", "App-Level Tokens (xapp-…), with the scope connections:write"]),
        (SECRET, "a-password", ["does not look like the signing secret, which is 32 characters", "App Credentials"]),
    ],
)
async def test_what_belongs_elsewhere_is_named_with_where_the_right_one_stands(
    set_up: SetUp, question: str, pasted: str, sentences: list[str]
) -> None:
    async with set_up() as admin:
        await answered(admin, until=question)
        await admin.answers(question, pasted)
        for sentence in sentences:
            await admin.reads(sentence)
        await answered(admin, since=question)
        assert await admin.ended() == 0
    assert not pasted or pasted not in admin.said


async def test_a_token_may_be_pasted_with_its_name_quotes_and_line_breaks(set_up: SetUp, tmp_path: Path) -> None:
    async with set_up() as admin:
        half = len(BOT_TOKEN) // 2
        await answered(admin, bot=f'\n export SLACK_BOT_TOKEN="{BOT_TOKEN[:half]}\n{BOT_TOKEN[half:]}" \n')
        assert await admin.ended() == 0
    assert env(tmp_path)["SLACK_BOT_TOKEN"] == BOT_TOKEN
    assert BOT_TOKEN[half:] not in admin.said


async def test_a_needed_scope_that_is_missing_is_named(set_up: SetUp, northwind: FakeSlack) -> None:
    northwind.scopes.discard("groups:read")
    async with set_up() as admin:
        await answered(admin, until=APP)
        await admin.reads("This token works, for Northwind, but the app was not granted groups:read.")
        northwind.scopes.add("groups:read")
        await answered(admin, since=BOT)
        assert await admin.ended() == 0


async def test_an_app_token_without_its_scope_is_named(set_up: SetUp, northwind: FakeSlack) -> None:
    northwind.app_token_scopes.clear()
    async with set_up() as admin:
        await answered(admin, until=SECRET)
        await admin.reads("This token lacks the scope connections:write.")


async def test_socket_mode_that_is_off_is_named(set_up: SetUp, northwind: FakeSlack) -> None:
    northwind.fail_next("apps.connections.open", "socket_mode_not_enabled")
    async with set_up() as admin:
        await answered(admin, until=SECRET)
        await admin.reads("Switch Socket Mode on: your app, Socket Mode, Enable Socket Mode")
        await answered(admin, since=APP)
        assert await admin.ended() == 0


async def test_a_slack_that_does_not_answer_is_named_and_asked_again(set_up: SetUp) -> None:
    async with set_up(SLACK_API_URL="http://127.0.0.1:1/api/") as admin:
        await answered(admin, until=APP)
        await admin.reads("Slack does not answer at SLACK_API_URL http://127.0.0.1:1/api/.")
        await admin.reads(BOT)


async def test_only_a_colleague_may_be_the_first_admin(set_up: SetUp, tmp_path: Path) -> None:
    async with set_up() as admin:
        await answered(admin, until=FIRST_ADMIN)
        for named, sentence in (
            ("@gil", "Gil Guest is a guest here"),
            ("U0EVE", "Eve Stone belongs to another company"),
            ("U0GONE", "Gus Gone is deactivated"),
            ("U0BOT", "is a bot"),
            ("@nobody", "I find nobody called nobody"),
            ("nobody@northwind.example", "Nobody in this workspace has the address nobody@northwind.example"),
            ("U0NOBODY", "Slack does not know U0NOBODY"),
        ):
            await admin.answers(FIRST_ADMIN, named)
            await admin.reads(sentence)
        await admin.answers(FIRST_ADMIN, "bo@northwind.example")
        await admin.reads("ok Bo Lind (@bo, U0BO)")
        assert await admin.ended() == 0
    assert env(tmp_path)["FIRST_ADMIN"] == BO


async def test_what_is_optional_may_be_left_out(set_up: SetUp, tmp_path: Path) -> None:
    async with set_up() as admin:
        await answered(admin, secret="", company="Jo's Söhne & Co. #1", first_admin="")
        await admin.reads("Nobody. Any workspace admin begins")
        assert await admin.ended() == 0
    assert env(tmp_path).keys() == {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "COMPANY_NAME"}
    assert env(tmp_path)["COMPANY_NAME"] == "Jo's Söhne & Co. #1"


async def test_a_company_name_slack_or_a_shell_would_cut_is_asked_for_again(set_up: SetUp) -> None:
    async with set_up() as admin:
        await answered(admin, until=COMPANY)
        await admin.answers(COMPANY, "N" * 81)
        await admin.reads("That is 81 characters long; 80 is the most.")
        await admin.answers(COMPANY, "${HOME} Ltd")
        await admin.reads("A name with a backslash, ${")


BEFORE = f"# ours\n\nexport SLACK_BOT_TOKEN='{BOT_TOKEN}'\nLOG_FORMAT=json # for the collector\nSOMETHING=else\n"


async def test_enter_keeps_what_is_in_env_and_every_other_line_stays(set_up: SetUp, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(BEFORE)
    async with set_up() as admin:
        await admin.answers(BROWSER, "n")
        await admin.answers("Bot token (Enter keeps xoxb-…WXYZ):", "")
        await answered(admin, since=APP, company="Northwind Ltd")
        assert await admin.ended() == 0
    lines = (tmp_path / ".env").read_text().splitlines()
    assert lines[:5] == ["# ours", "", f"SLACK_BOT_TOKEN={BOT_TOKEN}", *BEFORE.splitlines()[3:]]
    assert "COMPANY_NAME='Northwind Ltd'" in lines


@pytest.mark.parametrize("question", ANSWERS)
async def test_ctrl_c_writes_nothing_and_says_so(set_up: SetUp, tmp_path: Path, question: str) -> None:
    (tmp_path / ".env").write_text(BEFORE)
    async with set_up() as admin:
        await answered(admin, until=question)
        await admin.reads(question)
        await admin.presses_ctrl_c()
        await admin.reads("Stopped. Nothing was written.")
        assert await admin.ended() == 1
    assert "Traceback" not in admin.said
    assert (tmp_path / ".env").read_text() == BEFORE
    assert files(tmp_path) == {".env"}


async def test_trouble_found_at_the_end_leaves_env_written_and_says_what_to_do(set_up: SetUp, tmp_path: Path) -> None:
    async with set_up(DATABASE_URL="postgresql://nobody@127.0.0.1:1/nowhere") as admin:
        await answered(admin)
        await admin.reads("!! the database does not answer")
        await admin.reads("What you typed is kept in .env. Mend them, then run `nps-bot doctor`.")
        assert await admin.ended() == 1
    assert env(tmp_path)["SLACK_BOT_TOKEN"] == BOT_TOKEN


async def test_an_environment_that_says_otherwise_is_named(set_up: SetUp) -> None:
    async with set_up(COMPANY_NAME="Somebody else") as admin:
        await answered(admin)
        await admin.reads("The environment sets COMPANY_NAME to something else, and wins over .env.")
        assert await admin.ended() == 0


@pytest.mark.parametrize(("ignored", "is_warned"), [("", True), (".env\n", False)])
async def test_an_env_git_would_commit_is_warned_about(
    set_up: SetUp, tmp_path: Path, ignored: str, *, is_warned: bool
) -> None:
    git = shutil.which("git") or "git"
    await asyncio.to_thread(subprocess.run, [git, "init", "--quiet", tmp_path], check=True)
    (tmp_path / ".gitignore").write_text(ignored)
    async with set_up() as admin:
        await answered(admin)
        assert await admin.ended() == 0
    assert ("Git does not ignore .env here" in admin.said) is is_warned


async def test_without_a_terminal_it_says_what_to_do_instead(nps_bot: CommandLine) -> None:
    outcome = await nps_bot.run("setup")
    assert outcome.code == 2
    assert "nps-bot setup asks questions, so it needs a terminal." in outcome.said
