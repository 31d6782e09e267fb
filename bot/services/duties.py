"""Duties: recurring chores that exactly one replica does at a time."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from storage import duties as queries
from storage.database import Transaction


async def ensure(tx: Transaction, first_turns: Mapping[str, datetime]) -> None:
    """Know these duties, each with its first turn; those known before keep theirs."""
    await queries.ensure(tx, first_turns)


async def due(tx: Transaction, *, now: datetime) -> Sequence[str]:
    return [name for name, due_at in (await queries.due_times(tx)).items() if due_at <= now]


async def take_turns(tx: Transaction, every: Mapping[str, timedelta], *, now: datetime) -> Sequence[str]:
    """Those of them that are due, each given to one caller only; its next turn comes `every` later."""
    taken = await queries.take_turns(tx, {name: now + period for name, period in every.items()}, due_by=now)
    return [name for name in every if name in taken]
