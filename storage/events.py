"""Queries about events: what other programs told us, each once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, Select, select, update

from storage.database import Transaction, keep
from storage.models import Contact, Event, EventSource

__all__ = ["by_key", "claim", "forget_waiting", "get", "keep", "latest", "settle"]
WAITING, DONE, DROPPED = "to_repair", "done", "dropped"
Listed = Row[Event, str, str | None]


async def get(tx: Transaction, event_id: int) -> Event | None:
    return await tx.get(Event, event_id, populate_existing=True)


async def by_key(tx: Transaction, source_id: int, event_key: str) -> Event | None:
    return await tx.scalar(select(Event).where(Event.source_id == source_id, Event.event_key == event_key))


async def latest(tx: Transaction, workspace_id: str, *, limit: int) -> Sequence[Listed]:
    """Each with the name of its source and the Slack id of its person: those that wait first, then the newest."""
    waiting = (await tx.execute(_listed(workspace_id).where(Event.state == WAITING).limit(limit))).all()
    others = _listed(workspace_id).where(Event.state != WAITING).limit(limit - len(waiting))
    return [*waiting, *(await tx.execute(others)).all()]


async def claim(tx: Transaction, event_id: int, *, workspace_id: str, state: str) -> bool:
    """Compare and set: of all who end the waiting of an event, one gets True."""
    mine = (Event.id == event_id, Event.workspace_id == workspace_id, Event.state == WAITING)
    query = update(Event).where(*mine).values(state=state).returning(Event.id)
    return (await tx.execute(query)).scalar_one_or_none() is not None


async def settle(tx: Transaction, event_id: int, **came: object) -> None:
    """Write down what came of it, by column."""
    await tx.execute(update(Event).where(Event.id == event_id).values(**came))


async def forget_waiting(tx: Transaction, *, before: datetime, limit: int) -> int:
    """Drop what has waited for a person since before then, and whom it named; returns how many."""
    stale = select(Event.id).where(Event.state == WAITING, Event.received_at < before).limit(limit)
    query = update(Event).where(Event.id.in_(stale), Event.state == WAITING).values(state=DROPPED, body=None)
    return len((await tx.execute(query.returning(Event.id))).all())


def _listed(workspace_id: str) -> Select[Event, str, str | None]:
    return (
        select(Event, EventSource.name, Contact.user_id)
        .join(EventSource, EventSource.id == Event.source_id)
        .outerjoin(Contact, Contact.id == Event.contact_id)
        .where(Event.workspace_id == workspace_id)
        .order_by(Event.id.desc())
    )
