"""Queries about word lists: what a workspace makes of its themes."""

from collections.abc import Collection

from sqlalchemy import delete, update

from storage import database
from storage.database import Transaction
from storage.models import OwnTheme
from storage.themes import own

__all__ = ["add", "change", "forget_changes", "own"]


async def add(tx: Transaction, theme: OwnTheme) -> None:
    await database.add(tx, theme)


async def change(tx: Transaction, theme_id: int, anew: OwnTheme) -> None:
    values = {
        "name": anew.name,
        "has_own_words": anew.has_own_words,
        "words": anew.words,
        "is_removed": anew.is_removed,
    }
    await tx.execute(update(OwnTheme).where(OwnTheme.id == theme_id).values(**values))


async def forget_changes(tx: Transaction, workspace_id: str, keys: Collection[str]) -> None:
    """Of the themes the software brings; those somebody added are changed, so that their keys stay taken."""
    query = delete(OwnTheme).where(OwnTheme.workspace_id == workspace_id, OwnTheme.key.in_(keys))
    await tx.execute(query)
