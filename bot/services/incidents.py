"""Incidents: while something is broken for an account, nobody of theirs is asked how they like it."""

from collections.abc import Sequence
from datetime import datetime

from storage import incidents as queries
from storage.database import Transaction
from storage.models import Event, Incident


async def started(tx: Transaction, workspace_id: str, account_id: int | None, *, key: str, now: datetime) -> None:
    """Ask nobody of that account (None: nobody at all) until it ends; safe to repeat, also after its end."""
    await queries.add(tx, Incident(workspace_id=workspace_id, key=key, account_id=account_id, started_at=now))


async def ended(tx: Transaction, workspace_id: str, *, key: str, now: datetime) -> bool:
    """False when it had ended, or was never heard of."""
    return await queries.end(tx, workspace_id, key, at=now)


async def ended_by(tx: Transaction, event: Event) -> None:
    """What the same program said was broken for the same account before is mended."""
    prefix = f"event:{event.source_id}:"
    await queries.end_those(tx, event.workspace_id, prefix, account_id=event.account_id, at=event.happened_at)


async def has_ended(tx: Transaction, event: Event) -> bool:
    """Whether the end was told before the beginning."""
    return await queries.was_told_ended(tx, event)


def key_of(event: Event) -> str:
    return f"event:{event.source_id}:{event.id}"


async def concerns(tx: Transaction, workspace_id: str, account_id: int | None) -> bool:
    return await queries.open_for(tx, workspace_id, account_id) is not None


async def all_open(tx: Transaction, workspace_id: str) -> Sequence[Incident]:
    """What is broken now, the oldest first."""
    return await queries.all_open(tx, workspace_id)
