"""
The ordeal: a bot at work is killed (SIGKILL) at random moments and started again on the same database.

Waves of customers are asked, click and write; somewhere in each wave the process dies. Whoever got no answer does what
people do: once more. Which moment it is comes from a seed; a minute passes while the process is down.
"""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from random import Random

from sqlalchemy import select

from bot.rules.urgency import COMMENT_GRACE
from storage.database import Database
from storage.models import Delivery, Invitation
from tests.fake_slack import FakeSlack, Message
from tests.live.bot_process import BotProcess
from tests.replicas.customers import Customer
from tests.replicas.hosting import BO, GENERAL, add_surveys, furnish, let_pass
from tests.waiting import until

ALERT_CHANNELS = ("C0RED", "C0BLUE", "C0GREEN", "C0WHITE")
CUSTOMERS_A_WAVE = 6
CALLS_A_WAVE = 60  # about how often the bot calls Slack for one wave
COMMENT_PERIOD = COMMENT_GRACE + timedelta(seconds=1)
OWED = ("pending", "parked")


class Ordeal:
    """`run` it, then look at `customers`, the fake and the database for what became of everything."""

    def __init__(self, slack: FakeSlack, bot: BotProcess, database: Database, *, kills: int, seed: int) -> None:
        self.slack, self.bot, self.database, self.kills = slack, bot, database, kills
        self.interrupted: set[str] = set()  # deliveries that were being posted at the moment of a kill
        self._dice = Random(seed)
        self._is_up = asyncio.Event()
        ids = [f"U{number:04}" for number in range(kills * CUSTOMERS_A_WAVE)]
        self.customers = [Customer(id_, slack, Random(f"{seed}{id_}"), self._is_up) for id_ in ids]

    async def run(self) -> None:
        try:
            await self._begin()
            for number in range(self.kills):
                first = number * CUSTOMERS_A_WAVE
                await self._wave(self.customers[first : first + CUSTOMERS_A_WAVE])
            await self._conclude()
        finally:
            self.bot.kill()

    async def _begin(self) -> None:
        furnish(self.slack, customers=[it.user_id for it in self.customers], alert_channels=ALERT_CHANNELS)
        await self._start()
        self._surveys = await add_surveys(self.database, self.slack.team_id, ALERT_CHANNELS)

    async def _wave(self, customers: Sequence[Customer]) -> None:
        wave = asyncio.create_task(self._work(customers))
        try:
            await self._kill_within(wave)
            await self._start()
            await wave
        finally:
            wave.cancel()

    async def _work(self, customers: Sequence[Customer]) -> None:
        async with asyncio.TaskGroup() as group:
            for customer in customers:
                await self._ask(customer)
                group.create_task(self._answer(customer))

    async def _kill_within(self, wave: asyncio.Task[None]) -> None:
        """When the bot has called Slack so many times, or when it has nothing left to do."""
        calls = len(self.slack.calls) + self._dice.randrange(CALLS_A_WAVE)
        await until(lambda: wave.done() or len(self.slack.calls) >= calls, "a moment to kill", within=30, every=0.001)
        self._is_up.clear()
        self.bot.kill()
        async with self.database.reading() as tx:
            posting = select(Delivery.key).where(Delivery.posting_since.is_not(None), Delivery.state.in_(OWED))
            self.interrupted |= set((await tx.scalars(posting)).all())
        await let_pass(self.database)

    async def _start(self) -> None:
        self.slack.app_url = self.bot.url
        await self.bot.start()
        self._is_up.set()

    async def _ask(self, customer: Customer) -> None:
        """The colleague types it again when no whisper comes; the second time the bot may say that it did."""
        survey = self._dice.choice(self._surveys)
        while not await self._asked(customer, survey):
            await asyncio.wait_for(self._is_up.wait(), 30)

    async def _asked(self, customer: Customer, survey: str) -> bool:
        heard = len(self.slack.ephemerals_for(BO))
        ack = await self.slack.command(BO, GENERAL, "/nps", f"ask <@{customer.user_id}|somebody> {survey}")
        if not ack.ok:
            return False
        await until(
            lambda: len(self.slack.ephemerals_for(BO)) > heard or not self._is_up.is_set(), "a whisper", within=5
        )
        return len(self.slack.ephemerals_for(BO)) > heard

    async def _answer(self, customer: Customer) -> None:
        card = await until(lambda: self._card(customer), f"the card of {customer.user_id}", within=30, every=0.05)
        if isinstance(card, Message):
            await customer.answer(card)

    async def _card(self, customer: Customer) -> Message | bool:
        """The card; True when none will come, since a kill left it unclear whether it was sent."""
        posts = self.slack.posts(customer.user_id)
        return posts[0] if posts else await self._is_unclear(customer)

    async def _is_unclear(self, customer: Customer) -> bool:
        async with self.database.reading() as tx:
            rows = select(Delivery.because).join(Invitation, Invitation.id == Delivery.invitation_id)
            rows = rows.where(Delivery.kind == "ask", Delivery.recipient_id == customer.user_id)
            return "uncertain" in (await tx.scalars(rows)).all()

    async def _conclude(self) -> None:
        """Stop it well, let the time pass in which an alert waits for a comment, and see everything off."""
        await self.bot.stop()
        await let_pass(self.database, COMMENT_PERIOD)
        await self._start()
        await until(self._is_all_told, "every ask and alert to leave", within=60, every=0.1)

    async def _is_all_told(self) -> bool:
        async with self.database.reading() as tx:
            owed = select(Delivery.id).where(Delivery.kind.in_(("ask", "alert")), Delivery.state.in_(OWED))
            return not (await tx.scalars(owed)).all()
