"""Duties: recurring chores that exactly one replica does at a time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from storage import duties as queries
from storage.database import Transaction


async def ensure(tx: Transaction, names: Sequence[str], *, now: datetime) -> None:
    for name in names:
        await queries.ensure(tx, name, now)


async def due(tx: Transaction, *, now: datetime) -> Sequence[str]:
    return [name for name, due_at in (await queries.due_times(tx)).items() if due_at <= now]


async def take_turn(tx: Transaction, name: str, *, every: timedelta, now: datetime) -> bool:
    """True for one caller only; the next turn comes `every` later."""
    return await queries.take_turn(tx, name, due_by=now, next_due=now + every)
