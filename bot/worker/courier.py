"""
The courier: takes due deliveries, has each worded and sent, and writes down what became of it.

One transaction takes, one reserves the lane and notes that Slack is being told, one settles; Slack is called between
them, never inside one. A crash before the second costs nothing; one after it leaves an uncertain delivery.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from bot.rules.messages import BESIDE, DIGESTS, QUESTIONS, TO_CUSTOMERS, DeliveryKind
from bot.rules.retry import GiveUp, Moot, Obstacle, Outcome, Park, RetryAt, Sent, wait
from bot.services import (
    alerts,
    deliveries,
    departures,
    editions,
    favour_cards,
    invitations,
    reactions,
    reminders,
    reply_deliveries,
    workflow_steps,
)
from bot.services.invitations import Card
from bot.slack.paper import Letter
from bot.slack.sender import Sender
from storage.database import Database, Transaction
from storage.models import Delivery

log = structlog.get_logger()
AT_ONCE = 8  # messages in hand; each has its own lane, so Slack's limits are not what bounds them


class Courier:
    """Brings messages to Slack, as many replicas as there are."""

    def __init__(self, database: Database, sender: Sender, clock: Callable[[], datetime], *, workspace_id: str) -> None:
        self._database, self._sender, self._clock, self._workspace_id = database, sender, clock, workspace_id

    async def deliver_due(self) -> int:
        """Bring what is due now, one message per lane; returns how many were taken."""
        async with self._database.reading() as tx:
            if not await deliveries.is_any_due(tx, self._workspace_id, now=self._clock()):
                return 0
        async with self._database.transaction() as tx:
            taken = await deliveries.take(tx, self._workspace_id, limit=AT_ONCE, now=self._clock())
        results = await asyncio.gather(*(self._bring(delivery) for delivery in taken), return_exceptions=True)
        for result in results:
            if isinstance(result, BaseException):  # it could not be written down: the lease will run out
                log.error("settling_failed", exc_info=result)
        return len(taken)

    async def _bring(self, delivery: Delivery) -> None:
        worded_at = self._clock()
        try:
            outcome = await self._attempt(delivery)
        except Exception:
            log.exception("delivery_failed", delivery_id=delivery.id, kind=delivery.kind)
            outcome = _unless_in_doubt(delivery, RetryAt(self._clock() + wait(delivery.attempts), "failed"))
        async with self._database.transaction() as tx:
            kept = await self._settle(tx, delivery, outcome, worded_at=worded_at)
        if isinstance(outcome, Park) and outcome.obstacle is Obstacle.SHARED and outcome.channel_id:
            await self._leave(outcome.channel_id)
        what = type(outcome).__name__.lower()
        log.info("delivery_settled", delivery_id=delivery.id, kind=delivery.kind, outcome=what, kept=kept)

    async def _attempt(self, delivery: Delivery) -> Outcome:
        letter = await self._sender.compose(delivery, now=self._clock())
        if not isinstance(letter, Letter):
            return _unless_in_doubt(delivery, letter)
        if delivery.posting_since is not None:
            found = await self._sender.find(delivery, letter)
            if found is not None:
                return found
        async with self._database.transaction() as tx:
            held_up = await self._start_posting(tx, delivery, letter)
        return held_up or await self._sender.send(delivery, letter, now=self._clock())

    async def _start_posting(self, tx: Transaction, delivery: Delivery, letter: Letter) -> Outcome | None:
        if delivery.kind in QUESTIONS and delivery.invitation_id:
            first = await departures.give_way(tx, delivery.invitation_id, now=self._clock())
            if first is not None:
                return first
        return await deliveries.start_posting(tx, delivery, lane=letter.lane, gap=letter.gap, now=self._clock())

    async def _settle(self, tx: Transaction, delivery: Delivery, outcome: Outcome, *, worded_at: datetime) -> bool:
        """What it is about first, the delivery last: clicks lock in the same order."""
        now = self._clock()
        match outcome:
            case Sent() | Moot() | GiveUp() if delivery.kind == DeliveryKind.STEP:
                await workflow_steps.completed(tx, delivery, now=now)
            case Sent():
                await self._arrived(tx, delivery, outcome, worded_at=worded_at)
            case Moot(because=reactions.REOPENED) if delivery.invitation_id:
                await reactions.reopened(tx, delivery.invitation_id, now=now)
            case GiveUp() if delivery.kind == DeliveryKind.ASK and delivery.invitation_id:
                await invitations.failed(tx, delivery.invitation_id, now=now)
            case GiveUp() if delivery.kind == DeliveryKind.FAVOUR:
                await favour_cards.undelivered(tx, delivery, now=now)
        kept = await deliveries.settle(tx, delivery, outcome, now=now)
        if kept and isinstance(outcome, Park) and delivery.kind in DIGESTS:
            await editions.parked(tx, delivery, outcome.obstacle, now=now)
        elif kept and isinstance(outcome, Park):
            await alerts.parked(tx, delivery, outcome.obstacle, outcome.channel_id, now=now)
        if kept and delivery.kind == DeliveryKind.REPLY:
            await reply_deliveries.settled(tx, delivery, outcome, now=now)
        return kept

    async def _leave(self, channel_id: str) -> None:
        """Outsiders read there, as it turned out: whatever kind of message found out, all of ours goes."""
        for noun in (editions, alerts):  # apart: each locks its own before what it owes
            async with self._database.transaction() as tx:
                await noun.channel_shared(tx, self._workspace_id, channel_id, now=self._clock())

    async def _arrived(self, tx: Transaction, delivery: Delivery, sent: Sent, *, worded_at: datetime) -> None:
        now, known = self._clock(), True
        card = Card(sent.channel_id, sent.ts) if sent.channel_id and sent.ts else None
        if delivery.kind == DeliveryKind.ASK and delivery.invitation_id:
            known = await invitations.arrived(tx, delivery.invitation_id, card=card, now=now)
        elif delivery.kind == DeliveryKind.REMINDER and delivery.invitation_id:
            known = await reminders.arrived(tx, delivery.invitation_id, card=card, now=now)
        elif delivery.kind == DeliveryKind.ALERT and delivery.follow_up_id and card:
            known = await alerts.arrived(tx, delivery, card=card, worded_at=worded_at, now=now)
        elif delivery.kind in BESIDE and delivery.follow_up_id and card:
            known = await alerts.arrived_beside(tx, delivery, card=card, now=now)
        elif delivery.kind in (DeliveryKind.DIGEST, DeliveryKind.FALL_ALERT) and card:
            known = await editions.arrived(tx, delivery, card=card, now=now)
        elif delivery.kind == DeliveryKind.REPLY:
            known = await reply_deliveries.arrived(tx, delivery, card=card, now=now)
        elif delivery.kind == DeliveryKind.FAVOUR and card:
            known = await favour_cards.arrived(tx, delivery, card, now=now)
        elif delivery.kind == DeliveryKind.NOTICE:
            known = await deliveries.is_still_known(tx, delivery)
        if not known and card:  # the person was erased while it was on its way
            await deliveries.promise_removal(tx, delivery.workspace_id, card.channel_id, card.ts, now=now)


def _unless_in_doubt(delivery: Delivery, outcome: Outcome) -> Outcome:
    """What may have left for a customer counts as sent when it can neither be looked for nor worded now."""
    is_in_doubt = delivery.kind in TO_CUSTOMERS and delivery.posting_since is not None
    return Sent(is_certain=False) if is_in_doubt and isinstance(outcome, RetryAt | Park | Moot) else outcome
