"""Pictures of numbers in Slack: which was uploaded, by what it shows, so that none goes up twice."""

from datetime import datetime, timedelta

from storage import pictures as queries
from storage.database import Transaction
from storage.models import Picture

KEPT = timedelta(days=100)  # longer than a digest is drawn anew


async def get(tx: Transaction, workspace_id: str, key: str) -> Picture | None:
    return await queries.get(tx, workspace_id, key)


async def uploaded(
    tx: Transaction, workspace_id: str, key: str, *, file_id: str, description: str, now: datetime
) -> None:
    """Remember it; of two that were uploaded at once the first. What is old is forgotten."""
    await queries.forget(tx, workspace_id, before=now - KEPT)
    picture = Picture(workspace_id=workspace_id, key=key, file_id=file_id, description=description, uploaded_at=now)
    await queries.keep(tx, picture)
