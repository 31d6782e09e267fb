"""The bot in a furnished fake Slack, and the few things tests do with it over and over."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import yaml
from pydantic import SecretStr

from bot.app import Bot
from bot.cli import workflow_manifest
from bot.settings import Settings
from storage.database import Database
from tests.fake_slack import Ephemeral, FakeSlack, Message, View

ADMIN, BO, CY, GUEST = "U0ADMIN", "U0BO", "U0CY", "U0GUEST"  # ours
ANA, KIM, EVE, EVA = (
    "U0ANA",
    "U0KIM",
    "U0EVE",
    "U0EVA",
)  # Ana and Kim are guests who are customers; Eve and Eva external
HELP, ALERTS, OTHER, SHARED, GENERAL = "C0HELP", "C0ALERTS", "C0OTHER", "C0SHARED", "C0GENERAL"
ANSWER, COMMENT = "value", "comment"
FUNCTIONS = yaml.safe_load(workflow_manifest.FUNCTIONS)["functions"]


def furnish(slack: FakeSlack) -> None:
    """A vendor's workspace: colleagues, customers as guests, and customers over Slack Connect."""
    slack.functions = FUNCTIONS
    slack.add_user(ADMIN, name="ada", real_name="Ada Admin", is_admin=True)
    slack.add_user(BO, name="bo", real_name="Bo Lind", email="bo@northwind.example")
    slack.add_user(CY, name="cy", real_name="Cy Young")
    slack.add_user(GUEST, name="gil", real_name="Gil Guest", is_restricted=True)
    slack.add_user(ANA, name="ana", real_name="Ana Ruiz", email="ana@beta.example", is_restricted=True)
    slack.add_user(KIM, name="kim", real_name="Kim Weiß", is_restricted=True, locale="de-DE")
    slack.add_user(EVE, name="eve", real_name="Eve Stone", team_id="T0OTHER")
    slack.add_user(
        EVA, name="eva", real_name="Eva Sol", team_id="T0GRID", enterprise_id="E0GRID", enterprise_name="Grid"
    )
    bot = slack.bot_user_id
    slack.add_channel(HELP, name="help", members=[BO, CY, ANA, KIM, GUEST, bot])
    slack.add_channel(ALERTS, name="alerts", members=[ADMIN, BO, CY, bot])
    slack.add_channel(OTHER, name="other", members=[BO, CY, ANA])
    slack.add_channel(SHARED, name="shared", members=[BO, CY, EVE, EVA, bot], is_ext_shared=True)
    slack.add_channel(GENERAL, name="general", members=[ADMIN, BO, CY, GUEST, bot])


class House:
    """A bot whose deliveries and chores happen when the test says so."""

    def __init__(self, slack: FakeSlack, bot: Bot) -> None:
        self.slack, self.bot = slack, bot

    @property
    def database(self) -> Database:
        return self.bot.database

    @property
    def now(self) -> datetime:
        return self.bot.clock()

    async def settle(self) -> None:
        """Let everything that is due happen, until nothing is left."""
        await self.bot.tasks.drain()
        while await self.bot.runner.run_due():
            await self.bot.tasks.drain()

    async def later(self, **period: float) -> None:
        """Let time pass, and with it everything that falls due, a second apart as Slack wants it."""
        self.slack.clock.now += timedelta(**period).total_seconds()
        await self.settle()
        for _ in range(3):
            self.slack.clock.now += 2
            await self.settle()

    async def nps(self, user: str, text: str = "", *, channel: str = GENERAL) -> str:
        """Type `/nps …`; returns what that person is shown for it."""
        seen, told = len(self.slack.ephemerals), len(self.slack.messages(self.slack.dm_of(user)))
        ack = await self.slack.command(user, channel, "/nps", text)
        assert ack.ok, ack
        await self.settle()
        whispers = [each for each in self.slack.ephemerals[seen:] if each.user == user]
        return "\n".join(each.shown for each in [*whispers, *self.slack.messages(self.slack.dm_of(user))[told:]])

    async def choose_channel(self, channel: str = ALERTS, *, by: str = ADMIN) -> None:
        """Send all alerts there."""
        await self.nps(by)
        await self.slack.select(by, self.slack.ephemerals_for(by)[-1], "first_channel", channel)
        await self.settle()

    async def home(self, user: str) -> str:
        """Open the Home tab; returns what is read there."""
        ack = await self.slack.open_home(user)
        assert ack.ok, ack
        await self.settle()
        return self.home_page(user).shown

    def home_page(self, user: str) -> View:
        view = self.slack.home_view(user)
        assert view is not None, f"{user} has an empty Home tab"
        return view

    async def press(self, user: str, where: Message | Ephemeral | View, button: str) -> None:
        ack = await self.slack.click(user, where, button)
        assert ack.ok, ack
        await self.settle()

    async def ask(self, person: str = ANA, *, by: str = BO, survey: str = "", thread: str | None = None) -> Message:
        """Ask somebody by DM, or in a thread of #help, and return the card."""
        place = HELP if thread else self.slack.dm_of(person)
        link = f" {permalink(HELP, thread)}" if thread else ""
        await self.nps(by, f"ask <@{person}|somebody> {survey}{link}")
        return self.cards(place)[-1]

    async def ask_in_thread(self, person: str = ANA, *, by: str = BO) -> Message:
        return await self.ask(person, by=by, thread=self.slack.say(person, HELP, "My export is stuck"))

    def cards(self, place: str) -> list[Message]:
        """Messages of the bot there, oldest first."""
        return [each for each in self.slack.messages(place) if each.user == self.slack.bot_user_id]

    def card(self, card: Message) -> Message:
        """The same message as it stands now."""
        return self.slack.message(card.channel, card.ts)

    async def click_score(self, person: str, card: Message, score: int) -> None:
        ack = await self.slack.click(person, card, f"score_{score}")
        assert ack.ok, ack
        await self.settle()

    async def comment(self, person: str, comment: str | None = None, **values: object) -> None:
        """Send the modal that is open."""
        ack = await self.slack.submit(person, {COMMENT: comment, **values} if comment is not None else dict(values))
        assert ack.ok, ack
        await self.settle()

    def alerts(self, channel: str = ALERTS) -> list[Message]:
        return [each for each in self.cards(channel) if _key(each).startswith("alert:")]

    def escalations(self, channel: str = ALERTS) -> list[Message]:
        return [each for each in self.cards(channel) if _key(each).startswith("escalation:")]

    def thread(self, alert: Message) -> list[str]:
        """What is said under an alert, line by line."""
        return [each.shown for each in self.cards(alert.channel) if each.thread_ts == alert.ts]


def _key(message: Message) -> str:
    """What names the delivery that brought it; nothing for what came another way."""
    return str((message.metadata or {}).get("event_payload", {}).get("key", ""))


@asynccontextmanager
async def open_house(slack: FakeSlack, database_url: str, transport: str, **more: object) -> AsyncIterator[House]:
    """`more`: settings beyond those that every bot needs."""
    bot = Bot(
        settings(slack, database_url, transport, **more), clock=lambda: datetime.fromtimestamp(slack.clock(), UTC)
    )
    await bot.open()
    if transport == "http":
        slack.app_url = f"http://127.0.0.1:{bot.port}"
    else:
        await slack.connected()
    try:
        yield House(slack, bot)
    finally:
        await bot.stop()


def settings(slack: FakeSlack, database_url: str, transport: str, **more: object) -> Settings:
    return Settings(
        _env_file=None,
        slack_bot_token=SecretStr(slack.bot_token),
        slack_app_token=SecretStr(slack.app_token if transport == "socket" else ""),
        slack_signing_secret=SecretStr(slack.signing_secret),
        slack_api_url=slack.api_url,
        database_url=database_url,
        port=0,
        **more,
    )


def permalink(channel: str, ts: str, thread_ts: str = "") -> str:
    """As Slack's "Copy link" gives it."""
    thread = f"?thread_ts={thread_ts}&cid={channel}" if thread_ts else ""
    return f"https://northwind.slack.com/archives/{channel}/p{ts.replace('.', '')}{thread}"
