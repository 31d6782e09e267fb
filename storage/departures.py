"""Queries about departures: whether another question to the same person leaves, or left lately."""

from datetime import datetime

from sqlalchemy import and_, func, or_, select, update

from storage.database import Transaction
from storage.invitations import lock
from storage.models import Delivery, FollowUp, Invitation, Recovery, Response

__all__ = ["is_another_leaving", "is_needless", "last_other_ask_at", "lock", "set_at_any_hour"]
QUESTIONS = ("ask", "reminder")
RESOLVED = "resolved"


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


async def is_needless(tx: Transaction, invitation: Invitation) -> bool:
    """Whether what was resolved before a recovery question is open again, or its person has answered since."""
    resolved = (FollowUp.state == RESOLVED, FollowUp.round == Recovery.round)
    reopened = select(Recovery.id).join(FollowUp, FollowUp.id == Recovery.follow_up_id)
    reopened = reopened.where(Recovery.invitation_id == invitation.id, ~and_(*resolved))
    answered = select(Response.id).where(Response.contact_id == invitation.contact_id)
    answered = answered.where(Response.answered_at > invitation.created_at, Response.is_rehearsal.is_(False))
    return bool(await tx.scalar(select(or_(reopened.exists(), answered.exists()))))


async def set_at_any_hour(tx: Transaction, invitation_id: int, *, send_at: datetime) -> None:
    query = update(Invitation).where(Invitation.id == invitation_id)
    await tx.execute(query.values(is_at_any_hour=True, send_at=send_at))
