"""Queries about notes on the time line."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, func, select

from storage.database import Transaction, keep
from storage.models import TimelineNote


async def add(tx: Transaction, note: TimelineNote) -> bool:
    """False when the same words stand at that day already."""
    return await keep(tx, note)


async def count(tx: Transaction, workspace_id: str) -> int:
    query = select(func.count()).select_from(TimelineNote).where(TimelineNote.workspace_id == workspace_id)
    return (await tx.execute(query)).scalar_one()


async def between(tx: Transaction, workspace_id: str, *, first: date, last: date) -> Sequence[TimelineNote]:
    """Those of these days, both included, earliest first."""
    query = select(TimelineNote).where(TimelineNote.workspace_id == workspace_id)
    query = query.where(TimelineNote.noted_on >= first, TimelineNote.noted_on <= last)
    return (await tx.scalars(query.order_by(TimelineNote.noted_on, TimelineNote.id))).all()


async def latest(tx: Transaction, workspace_id: str, *, limit: int) -> Sequence[TimelineNote]:
    """The newest day first."""
    query = select(TimelineNote).where(TimelineNote.workspace_id == workspace_id)
    return (await tx.scalars(query.order_by(TimelineNote.noted_on.desc(), TimelineNote.id.desc()).limit(limit))).all()


async def remove(tx: Transaction, workspace_id: str, note_id: int) -> None:
    await tx.execute(delete(TimelineNote).where(TimelineNote.workspace_id == workspace_id, TimelineNote.id == note_id))
