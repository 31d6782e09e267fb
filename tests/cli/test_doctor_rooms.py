"""`nps-bot doctor` on alert channels: who reads along there is said before a customer finds out."""

from datetime import UTC, datetime

import pytest

from bot.services import digests, routes, surveys, workspaces
from bot.services.workspaces import Identity
from storage.database import Database
from tests.cli.conftest import CommandLine
from tests.fake_slack import FakeSlack
from tests.house import ALERTS, GUEST, HELP


async def examined(doctor: CommandLine, slack: FakeSlack, database: Database, **channels: str) -> str:
    """What doctor says once these surveys alert these channels. A note is no reason to fail."""
    now = datetime.now(UTC)
    async with database.transaction() as tx:
        identity = Identity(slack.team_id, slack.team_name, "https://northwind.slack.com/", slack.bot_user_id)
        await workspaces.install(tx, identity, now=now)
        await surveys.ensure_defaults(tx, slack.team_id, now=now)
        for name, channel in channels.items():
            await surveys.set_alert_channel(tx, (await surveys.named(tx, slack.team_id, name)).id, channel)
    tokens = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token}
    doctor.set(SLACK_API_URL=slack.api_url, **tokens)
    outcome = await doctor.run("doctor")
    assert outcome.code == 0
    return outcome.said


async def test_an_alert_channel_guests_read_is_noted_and_one_without_guests_is_not(
    nps_bot: CommandLine, migrated: Database, strict_slack: FakeSlack
) -> None:
    said = await examined(nps_bot, strict_slack, migrated, support=HELP, relationship=ALERTS)
    assert "note alert channel #help (support): guests read there what customers say" in said
    assert "ok alert channel #alerts (relationship)" in said


async def test_the_channels_of_routes_and_of_what_nobody_replies_to_are_looked_at_too(
    nps_bot: CommandLine, migrated: Database, strict_slack: FakeSlack
) -> None:
    await examined(nps_bot, strict_slack, migrated, support=ALERTS)
    async with migrated.transaction() as tx:
        await routes.add(tx, strict_slack.team_id, routes.Plan(), channel_id=ALERTS)
        await routes.escalate_to(tx, strict_slack.team_id, HELP)
    said = await examined(nps_bot, strict_slack, migrated)
    assert "ok alert channel #alerts (support, route 1)" in said
    assert "note alert channel #help (when nobody replies): guests read there" in said


async def test_the_channels_of_digests_are_looked_at_too(
    nps_bot: CommandLine, migrated: Database, strict_slack: FakeSlack
) -> None:
    await examined(nps_bot, strict_slack, migrated, support=ALERTS)
    async with migrated.transaction() as tx:
        choice, now = digests.Choice(HELP), datetime.now(UTC)
        await digests.set_up(tx, strict_slack.team_id, choice, by=GUEST, time_zone=None, now=now)
    assert "note alert channel #help (weekly digest): guests read there" in await examined(
        nps_bot, strict_slack, migrated
    )


@pytest.mark.parametrize("method", ["users.list", "conversations.members"])
async def test_where_slack_does_not_tell_of_guests_doctor_goes_on(
    nps_bot: CommandLine, migrated: Database, strict_slack: FakeSlack, method: str
) -> None:
    strict_slack.fail_next(method, "internal_error")
    said = await examined(nps_bot, strict_slack, migrated, support=HELP, relationship=HELP)
    assert "ok alert channel #help (relationship, support)" in said
    assert GUEST not in said
