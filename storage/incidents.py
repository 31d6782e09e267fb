"""Queries about incidents: for whom something is broken."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, or_, select, update

from storage.database import Transaction, keep
from storage.models import Incident


async def add(tx: Transaction, incident: Incident) -> None:
    """Known from now on, unless it was before."""
    await keep(tx, incident)


async def end(tx: Transaction, workspace_id: str, key: str, *, at: datetime) -> bool:
    """False when there is none of that name, or it has ended before."""
    query = (
        update(Incident)
        .where(Incident.workspace_id == workspace_id, Incident.key == key, Incident.ended_at.is_(None))
        .values(ended_at=at)
        .returning(Incident.id)
    )
    return (await tx.scalar(query)) is not None


async def open_for(tx: Transaction, workspace_id: str, account_id: int | None) -> Incident | None:
    """One that concerns the people of this account; None: those of no account."""
    concerns = or_(Incident.account_id.is_(None), Incident.account_id == account_id)
    return await tx.scalar(_open(workspace_id).where(concerns).limit(1))


async def all_open(tx: Transaction, workspace_id: str) -> Sequence[Incident]:
    return (await tx.scalars(_open(workspace_id))).all()


def _open(workspace_id: str) -> Select[Incident]:
    query = select(Incident).where(Incident.workspace_id == workspace_id, Incident.ended_at.is_(None))
    return query.order_by(Incident.started_at, Incident.id)
