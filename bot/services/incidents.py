"""Incidents: while something is broken for an account, nobody of theirs is asked how they like it."""

from collections.abc import Sequence
from datetime import datetime

from storage import incidents as queries
from storage.database import Transaction
from storage.models import Incident


async def started(tx: Transaction, workspace_id: str, account_id: int | None, *, key: str, now: datetime) -> None:
    """Ask nobody of that account (None: nobody at all) until it ends; safe to repeat, also after its end."""
    await queries.add(tx, Incident(workspace_id=workspace_id, key=key, account_id=account_id, started_at=now))


async def ended(tx: Transaction, workspace_id: str, *, key: str, now: datetime) -> bool:
    """False when it had ended, or was never heard of."""
    return await queries.end(tx, workspace_id, key, at=now)


async def concerns(tx: Transaction, workspace_id: str, account_id: int | None) -> bool:
    return await queries.open_for(tx, workspace_id, account_id) is not None


async def all_open(tx: Transaction, workspace_id: str) -> Sequence[Incident]:
    """What is broken now, the oldest first."""
    return await queries.all_open(tx, workspace_id)
