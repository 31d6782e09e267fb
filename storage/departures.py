"""Queries about departures: whether another question to the same person leaves, or left lately."""

from datetime import datetime

from sqlalchemy import func, select, update

from storage.database import Transaction
from storage.invitations import lock
from storage.models import Delivery, Invitation

__all__ = ["is_another_leaving", "last_other_ask_at", "lock", "set_at_any_hour"]
QUESTIONS = ("ask", "reminder")


async def last_other_ask_at(tx: Transaction, invitation: Invitation) -> datetime | None:
    """When the person was last asked anything else."""
    query = select(func.max(func.coalesce(Invitation.reminded_at, Invitation.sent_at))).where(
        Invitation.contact_id == invitation.contact_id,
        Invitation.id != invitation.id,
        Invitation.is_rehearsal.is_(False),
    )
    return await tx.scalar(query)


async def is_another_leaving(tx: Transaction, invitation: Invitation) -> bool:
    """Whether Slack is being told another question to the same person this moment."""
    query = (
        select(Delivery.id)
        .join(Invitation, Invitation.id == Delivery.invitation_id)
        .where(Delivery.kind.in_(QUESTIONS), Delivery.settled_at.is_(None), Delivery.posting_since.is_not(None))
        .where(Invitation.contact_id == invitation.contact_id, Invitation.id != invitation.id)
        .where(Invitation.is_rehearsal.is_(False))
    )
    return (await tx.scalar(query.limit(1))) is not None


async def set_at_any_hour(tx: Transaction, invitation_id: int, *, send_at: datetime) -> None:
    query = update(Invitation).where(Invitation.id == invitation_id)
    await tx.execute(query.values(is_at_any_hour=True, send_at=send_at))
