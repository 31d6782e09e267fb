"""Queries about webhook endpoints: where we tell other programs what happened."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update

from storage.database import Transaction, keep
from storage.models import WebhookEndpoint, WebhookMessage

IS_ON = (WebhookEndpoint.removed_at.is_(None), WebhookEndpoint.off_since.is_(None))

__all__ = [
    "IS_ON",
    "begin_failing",
    "end_failing",
    "get",
    "hold",
    "keep",
    "of_workspace",
    "remove",
    "set_secret",
    "switch_off",
    "switch_on",
]


async def get(tx: Transaction, endpoint_id: int) -> WebhookEndpoint | None:
    return await tx.get(WebhookEndpoint, endpoint_id, populate_existing=True)


async def hold(tx: Transaction, endpoint_id: int) -> None:
    """Before its messages: whoever locks both does it in this order."""
    query = select(WebhookEndpoint.id).where(WebhookEndpoint.id == endpoint_id)
    await tx.execute(query.with_for_update(key_share=True))


async def of_workspace(tx: Transaction, workspace_id: str) -> Sequence[WebhookEndpoint]:
    """By name; those that were removed are left out."""
    mine = (WebhookEndpoint.workspace_id == workspace_id, WebhookEndpoint.removed_at.is_(None))
    return (await tx.scalars(select(WebhookEndpoint).where(*mine).order_by(WebhookEndpoint.name))).all()


async def set_secret(tx: Transaction, endpoint_id: int, secret: str, *, former: str, until: datetime) -> None:
    values = {"secret": secret, "former_secret": former, "former_until": until}
    await tx.execute(update(WebhookEndpoint).where(WebhookEndpoint.id == endpoint_id).values(**values))


async def switch_off(tx: Transaction, endpoint_id: int, *, because: str, at: datetime) -> bool:
    """Compare and set: False when it was off already. What it is owed waits, and names no erased person meanwhile."""
    await hold(tx, endpoint_id)
    mine = WebhookMessage.endpoint_id == endpoint_id
    await tx.execute(update(WebhookMessage).where(mine).values(user_id=None))
    query = update(WebhookEndpoint).where(WebhookEndpoint.id == endpoint_id, *IS_ON)
    query = query.values(off_since=at, off_because=because)
    return (await tx.scalar(query.returning(WebhookEndpoint.id))) is not None


async def switch_on(tx: Transaction, endpoint_id: int) -> None:
    query = update(WebhookEndpoint).where(WebhookEndpoint.id == endpoint_id)
    await tx.execute(query.values(off_since=None, off_because=None, failing_since=None))


async def begin_failing(tx: Transaction, endpoint_id: int, *, at: datetime) -> bool:
    """Compare and set: True for the first message of a stretch that is given up."""
    query = update(WebhookEndpoint).where(WebhookEndpoint.id == endpoint_id, WebhookEndpoint.failing_since.is_(None))
    return (await tx.scalar(query.values(failing_since=at).returning(WebhookEndpoint.id))) is not None


async def end_failing(tx: Transaction, endpoint_id: int) -> None:
    failing = (WebhookEndpoint.id == endpoint_id, WebhookEndpoint.failing_since.is_not(None))
    await tx.execute(update(WebhookEndpoint).where(*failing).values(failing_since=None))


async def remove(tx: Transaction, endpoint_id: int, *, at: datetime) -> None:
    """Its address, its secrets, what it is owed and its log go."""
    await hold(tx, endpoint_id)
    await tx.execute(delete(WebhookMessage).where(WebhookMessage.endpoint_id == endpoint_id))
    gone = {"removed_at": at, "url": "", "secret": "", "former_secret": None, "created_by": None}
    await tx.execute(update(WebhookEndpoint).where(WebhookEndpoint.id == endpoint_id).values(**gone))
