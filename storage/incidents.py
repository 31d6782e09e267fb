"""Queries about incidents: for whom something is broken."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, or_, select, update

from storage.database import Transaction, keep
from storage.models import Event, Incident

ENDED = "incident_ended"


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


async def end_those(tx: Transaction, workspace_id: str, prefix: str, *, account_id: int | None, at: datetime) -> None:
    """Those with such a key, of this very account, that had begun by then."""
    begun = (Incident.workspace_id == workspace_id, Incident.ended_at.is_(None), Incident.started_at <= at)
    same = Incident.account_id.is_(None) if account_id is None else Incident.account_id == account_id
    named = Incident.key.startswith(prefix, autoescape=True)
    await tx.execute(update(Incident).where(*begun, same, named).values(ended_at=at))


async def was_told_ended(tx: Transaction, event: Event) -> bool:
    """Whether its source told already that what this event began is over."""
    same = Event.account_id.is_(None) if event.account_id is None else Event.account_id == event.account_id
    query = select(Event.id).where(Event.source_id == event.source_id, Event.type == ENDED, same)
    return (await tx.scalar(query.where(Event.happened_at >= event.happened_at).limit(1))) is not None


async def open_for(tx: Transaction, workspace_id: str, account_id: int | None) -> Incident | None:
    """One that concerns the people of this account; None: those of no account."""
    concerns = or_(Incident.account_id.is_(None), Incident.account_id == account_id)
    return await tx.scalar(_open(workspace_id).where(concerns).limit(1))


async def all_open(tx: Transaction, workspace_id: str) -> Sequence[Incident]:
    return (await tx.scalars(_open(workspace_id))).all()


def _open(workspace_id: str) -> Select[Incident]:
    query = select(Incident).where(Incident.workspace_id == workspace_id, Incident.ended_at.is_(None))
    return query.order_by(Incident.started_at, Incident.id)
