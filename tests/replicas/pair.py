"""Two processes of the bot on one Postgres database, and a Slack that speaks to both in turn."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count, cycle

from sqlalchemy import select, text

from storage.database import Database
from storage.models import Delivery
from tests.fake_slack import FakeSlack, Message
from tests.live.bot_process import BotProcess
from tests.replicas.hosting import BO, GENERAL
from tests.waiting import until

ADMIN, CY = "U0ADMIN", "U0CY"
CHANNELS = ("C0RED", "C0BLUE", "C0GREEN")


class BalancedSlack(FakeSlack):
    """Slack in front of a load balancer: every request goes to the next process in turn."""

    def balance(self, *bots: BotProcess) -> None:
        self.app_url = bots[0].url
        self._turns = cycle([bot.url for bot in bots])

    def _events_url(self) -> str:
        return next(self._turns) + self.events_path


class Pair:
    """Both at work; what people do reaches one or the other."""

    def __init__(self, slack: BalancedSlack, bots: tuple[BotProcess, BotProcess], database: Database) -> None:
        self.slack, self.bots, self.database = slack, bots, database
        self._serial = count()

    def newcomers(self, number: int) -> list[str]:
        """Customers nobody has heard of yet."""
        ids = [f"U{next(self._serial):04}" for _ in range(number)]
        for id_ in ids:
            self.slack.add_user(id_, real_name=f"Customer {id_}", is_restricted=True)
        return ids

    async def nps(self, user: str, text: str = "") -> None:
        ack = await self.slack.command(user, GENERAL, "/nps", text)
        assert ack.ok, ack

    async def ask(self, customer: str, survey: str = "survey0", *, by: str = BO) -> None:
        await self.nps(by, f"ask <@{customer}|somebody> {survey}")

    async def answer(self, customer: str, *, score: int) -> None:
        """Click and write, each through whichever process is next."""
        ack = await self.slack.click(customer, await self.card(customer), f"score_{score}")
        assert ack.ok, ack
        await until(lambda: self.slack.open_view(customer), "the modal")
        ack = await self.slack.submit(customer, {"comment": "Too slow."})
        assert ack.ok, ack

    async def card(self, customer: str) -> Message:
        """What they were asked with, once it is there."""
        return (await until(lambda: self.slack.posts(customer), f"the card of {customer}"))[0]

    async def settled(self) -> None:
        """Wait until no ask and no alert is owed any more."""
        await until(self._owes_nothing, "everything to leave", within=20)

    async def _owes_nothing(self) -> bool:
        async with self.database.reading() as tx:
            owed = select(Delivery.id).where(Delivery.kind.in_(("ask", "alert")), Delivery.settled_at.is_(None))
            return (await tx.scalar(owed.limit(1))) is None


@asynccontextmanager
async def all_at_once(database: Database, table: str, *, parties: int = 2) -> AsyncIterator[None]:
    """Nobody writes into this table before so many wait to; then they do, in the same moment."""
    async with database.transaction() as tx:
        await tx.execute(text(f"LOCK TABLE {table} IN EXCLUSIVE MODE"))
        yield
        await until(lambda: are_waiting(database, parties), f"{parties} to write into {table}", within=30)


async def are_waiting(database: Database, parties: int) -> bool:
    """Whether so many statements on this database wait for a lock."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    async with database.reading() as tx:
        return int(await tx.scalar(text(waiting)) or 0) >= parties
