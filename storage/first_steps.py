"""Queries about first steps: what has been done here at least once."""

from sqlalchemy import exists, select

from storage.database import Transaction
from storage.models import Invitation, Schedule


async def has_rehearsed(tx: Transaction, workspace_id: str, user_id: str) -> bool:
    """Whether this colleague has answered a card of their own."""
    where = (
        Invitation.workspace_id == workspace_id,
        Invitation.asked_by == user_id,
        Invitation.is_rehearsal,
        Invitation.state == "answered",
    )
    return bool(await tx.scalar(select(exists().where(*where))))


async def has_asked(tx: Transaction, workspace_id: str) -> bool:
    """Whether anybody has asked a customer."""
    where = (Invitation.workspace_id == workspace_id, Invitation.is_rehearsal.is_(False))
    return bool(await tx.scalar(select(exists().where(*where))))


async def has_scheduled(tx: Transaction, workspace_id: str) -> bool:
    """Whether any survey asks by itself."""
    return bool(await tx.scalar(select(exists().where(Schedule.workspace_id == workspace_id))))
