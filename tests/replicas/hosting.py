"""What tests of whole processes share: their settings, a furnished Slack with a real clock, and time that passes."""

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select, update

from bot.rules.retry import LEASE
from bot.services import alerts, calendars, surveys
from bot.services.surveys import SurveyKind, Wording
from storage.database import Database
from storage.models import Delivery, Lane, Workspace
from storage.schema import migrate
from tests.fake_slack import FakeSlack, Message
from tests.fake_slack.faults import Gate
from tests.live.bot_process import BotProcess
from tests.waiting import until

BO, KIM = "U0BO", "U0KIM"  # a colleague and a customer
GENERAL, ALERTS = "C0GENERAL", "C0RED"
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
        "WEBHOOKS_ALLOW_PRIVATE": "true",  # to a program on this machine
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
        await calendars.change(tx, workspace_id, calendars.ALWAYS)  # these tests run by the real clock
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


def keys_posted(slack: FakeSlack, kind: str = "") -> list[str]:
    """The keys of all deliveries (of a kind) that Slack has taken, as often as it took them."""
    taken = [call.args.get("metadata") for call in slack.calls_to("chat.postMessage") if call.ok]
    keys = [metadata["event_payload"]["key"] for metadata in taken if metadata]
    return [key for key in keys if kind in ("", key.partition(":")[0])]


def held(slack: FakeSlack, kind: str) -> Gate:
    """The next message of this kind reaches Slack, but waits there."""
    return slack.slow_next(
        "chat.postMessage", when=lambda args: args["metadata"]["event_payload"]["key"].startswith(f"{kind}:")
    )


@dataclass(frozen=True)
class Post:
    """One process of the bot at work, with its Slack and its database, and a customer to ask."""

    slack: FakeSlack
    bot: BotProcess
    database: Database

    async def ask(self) -> None:
        ack = await self.slack.command(BO, GENERAL, "/nps", f"ask <@{KIM}|kim> survey0")
        assert ack.ok, ack

    async def card(self) -> Message:
        return (await until(lambda: self.slack.posts(KIM), "the card"))[0]

    async def answer(self) -> None:
        """Click and write; that hastens the alert."""
        ack = await self.slack.click(KIM, await self.card(), "score_3")
        assert ack.ok, ack
        await until(lambda: self.slack.open_view(KIM), "the modal")
        ack = await self.slack.submit(KIM, {"comment": "Too slow."})
        assert ack.ok, ack

    async def is_sent(self, kind: str) -> bool:
        async with self.database.reading() as tx:
            return (await tx.scalar(select(Delivery.state).where(Delivery.kind == kind))) == "sent"


@asynccontextmanager
async def working(
    folder: Path, *, transport: str = "http", scopes: Collection[str] = (), url: str = ""
) -> AsyncIterator[Post]:
    """A bot at work; on an SQLite file of its own unless `url` names a migrated database."""
    url = url or f"sqlite+aiosqlite:///{folder / 'nps.db'}"
    async with opened(url) as database, FakeSlack(scopes=scopes) as slack:
        await migrate(database)
        furnish(slack, customers=[KIM], alert_channels=[ALERTS])
        async with BotProcess(folder, settings(slack, url, transport=transport)) as bot:
            slack.app_url = bot.url if transport == "http" else None
            await add_surveys(database, slack.team_id, [ALERTS])
            yield Post(slack, bot, database)
        assert slack.violations == []


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        await database.close()
