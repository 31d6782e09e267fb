"""Duties: recurring chores that exactly one replica does at a time."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from storage import duties as queries
from storage.database import Transaction


async def ensure(tx: Transaction, first_turns: Mapping[str, datetime]) -> None:
    """Know these duties, each with its first turn; those known before keep theirs."""
    for name, due_at in first_turns.items():
        await queries.ensure(tx, name, due_at)


async def due(tx: Transaction, *, now: datetime) -> Sequence[str]:
    return [name for name, due_at in (await queries.due_times(tx)).items() if due_at <= now]


async def take_turn(tx: Transaction, name: str, *, every: timedelta, now: datetime) -> bool:
    """True for one caller only; the next turn comes `every` later."""
    return await queries.take_turn(tx, name, due_by=now, next_due=now + every)
