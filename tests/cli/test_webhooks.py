"""`nps-bot webhooks`: an operator lets programs hear and shuts them up again; doctor says how they fare."""

import re
from datetime import UTC, datetime

import pytest

from bot.services import webhook_endpoints
from bot.services.workspaces import Identity, install
from storage.database import Database
from storage.models import WebhookEndpoint
from tests.cli.conftest import CommandLine
from tests.factories import NORTHWIND, make_workspace
from tests.fake_slack import FakeSlack

SECRET = re.compile(r"whsec_[\w+/=]{44}")
ADDRESS = "https://crm.example.com/nps?token=abc"


@pytest.fixture
async def northwind(migrated: Database) -> Database:
    async with migrated.transaction() as tx:
        await make_workspace(tx, now=datetime.now(UTC))
    return migrated


async def known(database: Database, workspace_id: str = NORTHWIND) -> list[WebhookEndpoint]:
    async with database.reading() as tx:
        return list(await webhook_endpoints.all_of(tx, workspace_id))


async def test_one_that_is_added_is_listed_and_removed(nps_bot: CommandLine, northwind: Database):
    outcome = await nps_bot.run("webhooks", "add", "CRM", ADDRESS)
    assert outcome.code == 0
    [endpoint] = await known(northwind)
    assert SECRET.findall(outcome.said) == [endpoint.secret]
    shown = (await nps_bot.run("webhooks", "list")).said
    assert "CRM crm.example.com, on" in shown
    assert "token" not in shown
    assert endpoint.secret not in shown
    assert (await nps_bot.run("webhooks", "remove", "CRM")).said == "CRM hears nothing any more."
    assert await known(northwind) == []
    assert (await nps_bot.run("webhooks", "remove", "CRM")).code == 1
    assert "No other program hears anything yet" in (await nps_bot.run("webhooks", "list")).said


async def test_only_the_events_that_are_named(nps_bot: CommandLine, northwind: Database):
    chosen = ("--event", "contact.erased", "--event", "contact.opted_out")
    await nps_bot.run("webhooks", "add", "CRM", ADDRESS, *chosen)
    [endpoint] = await known(northwind)
    assert set(endpoint.events) == {"contact.erased", "contact.opted_out"}


@pytest.mark.parametrize("address", ["http://crm.example.com", "https://127.0.0.1/", "crm"])
async def test_what_may_not_be_is_refused_unless_it_is_allowed(nps_bot: CommandLine, northwind: Database, address: str):
    assert (await nps_bot.run("webhooks", "add", "CRM", address)).code == 2
    assert await known(northwind) == []
    nps_bot.set(WEBHOOKS_ALLOW_PRIVATE="true")
    assert (await nps_bot.run("webhooks", "add", "CRM", address)).code == (2 if address == "crm" else 0)


async def test_doctor_names_what_was_given_up_and_what_is_gone(
    nps_bot: CommandLine, migrated: Database, strict_slack: FakeSlack
):
    now = datetime.now(UTC)
    identity = Identity(strict_slack.team_id, strict_slack.team_name, "https://x.slack.com/", strict_slack.bot_user_id)
    async with migrated.transaction() as tx:
        await install(tx, identity, now=now)
    nps_bot.set(
        SLACK_API_URL=strict_slack.api_url,
        SLACK_BOT_TOKEN=strict_slack.bot_token,
        SLACK_APP_TOKEN=strict_slack.app_token,
    )
    for name in ("well", "paused", "dead", "gone"):
        await nps_bot.run("webhooks", "add", name, ADDRESS)
    well = await nps_bot.run("doctor")
    assert (well.code, "ok webhook well: on" in well.said) == (0, True)
    by_name = {each.name: each for each in await known(migrated, strict_slack.team_id)}
    async with migrated.transaction() as tx:
        await webhook_endpoints.pause(tx, by_name["paused"], now=now)
        await webhook_endpoints.has_failed(tx, by_name["dead"], now=now)
        await webhook_endpoints.is_gone(tx, by_name["gone"], now=now)
    outcome = await nps_bot.run("doctor")
    assert outcome.code == 1
    assert "note webhook paused: off since" in outcome.said
    assert "!! webhook dead: messages are given up since" in outcome.said
    assert "!! webhook gone: off since" in outcome.said
