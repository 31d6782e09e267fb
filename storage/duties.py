"""Queries about duties: whose turn it is."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select, update

from storage.database import Transaction, keep
from storage.models import Duty


async def due_times(tx: Transaction) -> Mapping[str, datetime]:
    return dict((await tx.execute(select(Duty.name, Duty.due_at))).all())


async def ensure(tx: Transaction, name: str, due_at: datetime) -> None:
    """Know this duty; leave its time alone when it is known already."""
    await keep(tx, Duty(name=name, due_at=due_at))


async def take_turn(tx: Transaction, name: str, *, due_by: datetime, next_due: datetime) -> bool:
    """Compare and set: of all who call, one gets True."""
    query = update(Duty).where(Duty.name == name, Duty.due_at <= due_by).values(due_at=next_due).returning(Duty.name)
    return (await tx.scalar(query)) is not None
