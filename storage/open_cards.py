"""Queries about open cards: questions that others of the same company may answer."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from storage.database import Transaction
from storage.models import Contact, Invitation

TAKEN_UP = "open_card"  # what started it
ANSWERED = "answered"
# Every state there is: so named, an index finds those whose time is up.
STATES = ("waiting", "sent", "answered", "declined", "expired", "withdrawn", "failed")


async def asked(tx: Transaction, workspace_id: str, invitation_id: int) -> Contact | None:
    """Who was asked on this card; None when it is not open to others."""
    query = (
        select(Contact)
        .join(Invitation, Invitation.contact_id == Contact.id)
        .where(Invitation.id == invitation_id, Invitation.workspace_id == workspace_id, Invitation.is_open)
    )
    return await tx.scalar(query)


async def taken_up(tx: Transaction, workspace_id: str, user_id: str, *, occasion: str) -> Invitation | None:
    query = (
        select(Invitation)
        .join(Contact, Contact.id == Invitation.contact_id)
        .where(Contact.workspace_id == workspace_id, Contact.user_id == user_id)
        .where(Invitation.trigger == TAKEN_UP, Invitation.occasion == occasion)
    )
    return await tx.scalar(query)


async def add(tx: Transaction, invitation: Invitation) -> None:
    tx.add(invitation)
    await tx.flush()


async def shut(tx: Transaction, *, now: datetime, limit: int) -> Sequence[Invitation]:
    """End the time in which others may answer, where it is up."""
    due = (
        select(Invitation.id)
        .where(Invitation.state.in_(STATES), Invitation.expires_at <= now)
        .where(Invitation.is_open, Invitation.shut_at.is_(None))
        .order_by(Invitation.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = (await tx.scalars(due)).all()
    if not ids:
        return []
    await tx.execute(update(Invitation).where(Invitation.id.in_(ids), Invitation.shut_at.is_(None)).values(shut_at=now))
    return (await tx.scalars(select(Invitation).where(Invitation.id.in_(ids)).order_by(Invitation.id))).all()


async def shut_one(tx: Transaction, invitation_id: int, *, now: datetime) -> bool:
    """False when it is not open to others, or was shut before."""
    query = (
        update(Invitation)
        .where(Invitation.id == invitation_id, Invitation.is_open, Invitation.shut_at.is_(None))
        .where(Invitation.state == ANSWERED)
        .values(shut_at=now)
        .returning(Invitation.id)
    )
    return (await tx.scalar(query)) is not None
