"""The table of chores. Each is a sweep: look at the world, do one small batch, return how many."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.services import deliveries, invitations
from storage.database import Transaction

BATCH = 200
KEPT_SETTLED = timedelta(days=90)  # how long a message that left is remembered
Sweep: TypeAlias = Callable[[Transaction, datetime], Awaitable[int]]


@dataclass(frozen=True)
class Chore:
    every: timedelta
    sweep: Sweep


async def expire(tx: Transaction, now: datetime) -> int:
    """Close questions nobody answered in time."""
    return await invitations.expire_due(tx, limit=BATCH, now=now)


async def forget_settled(tx: Transaction, now: datetime) -> int:
    """Drop deliveries that were settled long ago; their keys are never promised again."""
    return await deliveries.forget_settled(tx, before=now - KEPT_SETTLED, limit=BATCH)


CHORES: Mapping[str, Chore] = {
    "expire": Chore(timedelta(minutes=5), expire),
    "forget_settled": Chore(timedelta(hours=6), forget_settled),
}
