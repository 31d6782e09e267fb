"""Queries about event sources: the programs that may tell us events."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from storage.database import Transaction, keep
from storage.models import EventSource

__all__ = ["by_fingerprint", "get", "hold", "keep", "of_workspace", "remove"]


async def get(tx: Transaction, source_id: int) -> EventSource | None:
    return await tx.get(EventSource, source_id, populate_existing=True)


async def hold(tx: Transaction, source_id: int) -> None:
    """Make whatever else this source tells wait for this transaction."""
    await tx.execute(select(EventSource.id).where(EventSource.id == source_id).with_for_update())


async def by_fingerprint(tx: Transaction, workspace_id: str, fingerprint: str) -> EventSource | None:
    """One that was removed is unknown."""
    query = select(EventSource).where(EventSource.fingerprint == fingerprint, EventSource.removed_at.is_(None))
    return await tx.scalar(query.where(EventSource.workspace_id == workspace_id))


async def of_workspace(tx: Transaction, workspace_id: str) -> Sequence[EventSource]:
    """By name; those that were removed are left out."""
    query = select(EventSource).where(EventSource.workspace_id == workspace_id, EventSource.removed_at.is_(None))
    return (await tx.scalars(query.order_by(EventSource.name))).all()


async def remove(tx: Transaction, source_id: int, *, at: datetime) -> None:
    """Its events stay, its secret goes."""
    await tx.execute(update(EventSource).where(EventSource.id == source_id).values(removed_at=at, secret=""))
