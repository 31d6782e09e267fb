"""The table of chores. Each is a sweep: look at the world, do one small batch, return how many."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.services import deliveries, events, invitations, lanes, open_cards, reminders, themes, webhooks, workflow_steps
from storage.database import Transaction

BATCH = 200
KEPT_SETTLED = timedelta(days=90)  # how long a message that left is remembered
KEPT_FREE = timedelta(days=1)
Sweep: TypeAlias = Callable[[Transaction, datetime], Awaitable[int]]


@dataclass(frozen=True)
class Chore:
    every: timedelta
    sweep: Sweep


async def expire(tx: Transaction, now: datetime) -> int:
    """Close questions nobody answered in time."""
    return await invitations.expire_due(tx, limit=BATCH, now=now)


async def remind(tx: Transaction, now: datetime) -> int:
    """Bring to mind what was asked by plan and stays unanswered."""
    return await reminders.promise_due(tx, limit=BATCH, now=now)


async def shut(tx: Transaction, now: datetime) -> int:
    """Close cards that others could answer too."""
    return await open_cards.shut_due(tx, limit=BATCH, now=now)


async def give_up_waiting(tx: Transaction, now: datetime) -> int:
    """Take back questions that could not leave for weeks."""
    return await invitations.give_up_waiting(tx, limit=BATCH, now=now)


async def forget_lanes(tx: Transaction, now: datetime) -> int:
    """Drop lanes that have been free for a day; some are named after people."""
    return await lanes.forget(tx, before=now - KEPT_FREE, limit=BATCH)


async def forget_settled(tx: Transaction, now: datetime) -> int:
    """Drop deliveries that were settled long ago; their keys are never promised again."""
    return await deliveries.forget_settled(tx, before=now - KEPT_SETTLED, limit=BATCH)


async def forget_unrepaired(tx: Transaction, now: datetime) -> int:
    """Drop events nobody said the person of for a month, and whom they named."""
    return await events.forget_waiting(tx, limit=BATCH, now=now)


async def complete_steps(tx: Transaction, now: datetime) -> int:
    """Owe workflows what became of their questions."""
    return await workflow_steps.owe_closed(tx, limit=BATCH, now=now)


async def forget_steps(tx: Transaction, now: datetime) -> int:
    """Drop workflow steps that were completed long ago."""
    return await workflow_steps.forget(tx, before=now - KEPT_SETTLED, limit=BATCH)


async def forget_webhooks(tx: Transaction, now: datetime) -> int:
    """Drop what other programs were told a month ago, and what nobody could tell them."""
    return await webhooks.forget(tx, limit=BATCH, now=now)


async def read_again(tx: Transaction, now: datetime) -> int:  # noqa: ARG001 - words do not age
    """Find the themes of comments anew, where the word list is another than it was."""
    return await themes.read_again(tx, limit=BATCH)


CHORES: Mapping[str, Chore] = {
    "expire": Chore(timedelta(minutes=5), expire),
    "shut": Chore(timedelta(minutes=5), shut),
    "remind": Chore(timedelta(minutes=15), remind),
    "give_up_waiting": Chore(timedelta(hours=1), give_up_waiting),
    "forget_lanes": Chore(timedelta(hours=6), forget_lanes),
    "forget_settled": Chore(timedelta(hours=6), forget_settled),
    "forget_unrepaired": Chore(timedelta(hours=6), forget_unrepaired),
    "complete_steps": Chore(timedelta(minutes=1), complete_steps),
    "forget_steps": Chore(timedelta(hours=6), forget_steps),
    "forget_webhooks": Chore(timedelta(hours=6), forget_webhooks),
    "read_again": Chore(timedelta(minutes=1), read_again),
}
