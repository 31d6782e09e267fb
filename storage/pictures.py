"""Queries about pictures of numbers that were uploaded."""

from datetime import datetime

from sqlalchemy import delete

from storage.database import Transaction
from storage.database import keep as keep_row
from storage.models import Picture


async def get(tx: Transaction, workspace_id: str, key: str) -> Picture | None:
    return await tx.get(Picture, (workspace_id, key), populate_existing=True)


async def keep(tx: Transaction, picture: Picture) -> None:
    """The first one of its key stays."""
    await keep_row(tx, picture)


async def forget(tx: Transaction, workspace_id: str, *, before: datetime) -> None:
    await tx.execute(delete(Picture).where(Picture.workspace_id == workspace_id, Picture.uploaded_at < before))
