"""What tests of whole processes share: their settings, a furnished Slack with a real clock, and time that passes."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from bot.rules.retry import LEASE
from bot.services import alerts, surveys
from bot.services.surveys import SurveyKind, Wording
from storage.database import Database
from storage.models import Delivery, Lane, Workspace
from tests.fake_slack import FakeSlack

BO, GENERAL = "U0BO", "C0GENERAL"
A_LEASE = LEASE + timedelta(seconds=1)


def settings(slack: FakeSlack, database_url: str, *, transport: str = "http") -> dict[str, str]:
    """The environment of a bot that talks to this fake."""
    return {
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token if transport == "socket" else "",
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "DATABASE_URL": database_url,
        "LOG_LEVEL": "DEBUG",
    }


def furnish(slack: FakeSlack, *, customers: Sequence[str], alert_channels: Sequence[str]) -> None:
    """One colleague who asks, customers as guests, and a few channels for alerts."""
    slack.add_user(BO, name="bo", real_name="Bo Lind")
    slack.add_channel(GENERAL, name="general", members=[BO, slack.bot_user_id])
    for customer in customers:
        slack.add_user(customer, real_name=f"Customer {customer}", is_restricted=True)
    for channel in alert_channels:
        slack.add_channel(channel, members=[BO, slack.bot_user_id])


async def add_surveys(database: Database, workspace_id: str, alert_channels: Sequence[str]) -> list[str]:
    """One survey for each alert channel, since Slack takes one message a second in each; returns their names."""
    now = datetime.now(UTC)
    names = [f"survey{number}" for number, _ in enumerate(alert_channels)]
    async with database.transaction() as tx:
        assert await tx.get(Workspace, workspace_id), "the bot was never started"
        for name, channel in zip(names, alert_channels, strict=True):
            kind = SurveyKind.RELATIONAL
            made = await surveys.create(tx, workspace_id, kind=kind, wording=Wording(name), by=BO, now=now)
            await alerts.set_channel(tx, made, channel, now=now)
    return names


async def let_pass(database: Database, period: timedelta = A_LEASE) -> None:
    """Let everything fall due so much earlier, as if the process that is down had been down for that long."""
    async with database.transaction() as tx:
        for delivery in (await tx.scalars(select(Delivery).where(Delivery.settled_at.is_(None)))).all():
            since = delivery.posting_since
            earlier = {"due_at": delivery.due_at - period, "posting_since": since and since - period}
            await tx.execute(update(Delivery).where(Delivery.id == delivery.id).values(earlier))
        await tx.execute(update(Lane).values(free_at=datetime.now(UTC)))


def keys_posted(slack: FakeSlack, kind: str) -> list[str]:
    """The keys of all deliveries of a kind that Slack has taken, as often as it took them."""
    taken = [call.args.get("metadata") for call in slack.calls_to("chat.postMessage") if call.ok]
    keys = [metadata["event_payload"]["key"] for metadata in taken if metadata]
    return [key for key in keys if key.startswith(f"{kind}:")]
