"""`nps-bot hooks`: an operator lets programs in and shuts them out again; what is secret is shown once."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.services import event_sources
from storage.database import Database
from storage.models import EventSource
from tests.cli.conftest import CommandLine
from tests.cli.typist import Typist
from tests.factories import NORTHWIND, make_workspace

ADDRESS = re.compile(r"/hooks/([\w-]{32})")


@pytest.fixture
async def northwind(migrated: Database) -> Database:
    async with migrated.transaction() as tx:
        await make_workspace(tx, now=datetime.now(UTC))
    return migrated


async def with_token(database: Database, said: str) -> EventSource | None:
    found = ADDRESS.search(said)
    assert found, said
    async with database.reading() as tx:
        return await event_sources.with_token(tx, NORTHWIND, found.group(1))


async def test_an_address_and_a_secret_are_made_and_shown_once(nps_bot: CommandLine, northwind: Database):
    outcome = await nps_bot.run("hooks", "add", "helpdesk")
    assert outcome.code == 0
    source = await with_token(northwind, outcome.said)
    assert source
    assert (source.name, source.vendor) == ("helpdesk", "generic")
    assert f"Secret to sign with (shown once): {source.secret}" in outcome.said
    assert "in Socket Mode too" in outcome.said
    shown = (await nps_bot.run("hooks", "list")).said
    assert "helpdesk generic" in shown
    assert source.secret not in shown
    assert not ADDRESS.search(shown)


async def test_zendesks_secret_is_taken_from_the_input(nps_bot: CommandLine, northwind: Database):
    outcome = await nps_bot.run("hooks", "add", "support", "--zendesk", answer="their-secret")
    source = await with_token(northwind, outcome.said)
    assert source
    assert (source.vendor, source.secret) == ("zendesk", "their-secret")
    assert "their-secret" not in outcome.said


async def test_at_a_terminal_zendesks_secret_is_typed_hidden(northwind: Database, tmp_path: Path):
    async with Typist(tmp_path, {}, "hooks", "add", "support", "--zendesk") as admin:
        await admin.answers("paste it here:", "their-secret")
        assert await admin.ended() == 0
    assert "their-secret" not in admin.screen
    source = await with_token(northwind, admin.said.replace(" ", ""))
    assert source
    assert source.secret == "their-secret"


async def test_without_zendesks_secret_nothing_is_kept(nps_bot: CommandLine, northwind: Database):
    outcome = await nps_bot.run("hooks", "add", "support", "--zendesk", answer="  ")
    assert outcome.code == 2
    assert "Nothing was kept." in outcome.said
    assert await with_token(northwind, outcome.said) is None


async def test_a_name_is_given_once_and_free_again_after_it_was_removed(nps_bot: CommandLine, northwind: Database):
    first = await nps_bot.run("hooks", "add", "helpdesk")
    again = await nps_bot.run("hooks", "add", "helpdesk")
    assert (again.code, "There is a source called helpdesk already" in again.said) == (2, True)
    assert (await nps_bot.run("hooks", "remove", "helpdesk")).code == 0
    assert await with_token(northwind, first.said) is None
    assert "No other program" in (await nps_bot.run("hooks", "list")).said
    assert (await nps_bot.run("hooks", "add", "helpdesk")).code == 0


async def test_what_is_not_there_cannot_be_removed(nps_bot: CommandLine, northwind: Database):
    outcome = await nps_bot.run("hooks", "remove", "helpdesk")
    assert (outcome.code, outcome.said) == (1, "There is no source called helpdesk.")


@pytest.mark.parametrize("name", ["Help Desk", "", "-x", "ä", "x" * 41])
async def test_a_name_is_a_plain_word(nps_bot: CommandLine, northwind: Database, name: str):
    outcome = await nps_bot.run("hooks", "add", "--", name)
    assert outcome.code == 2
    assert "small letters" in outcome.said


async def test_before_the_first_start_it_says_what_to_do(nps_bot: CommandLine, migrated: Database):
    assert "nps-bot serve" in (await nps_bot.run("hooks", "add", "helpdesk")).said


async def test_a_removed_source_keeps_no_secret(nps_bot: CommandLine, northwind: Database):
    outcome = await nps_bot.run("hooks", "add", "helpdesk")
    source = await with_token(northwind, outcome.said)
    assert source
    await nps_bot.run("hooks", "remove", "helpdesk")
    async with northwind.reading() as tx:
        assert (await event_sources.get(tx, source.id)).secret == ""
