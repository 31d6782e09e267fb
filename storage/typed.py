"""Queries about typed answers: what somebody may mean who writes to the bot."""

from datetime import datetime

from sqlalchemy import select

from storage.database import Transaction
from storage.models import Contact, Invitation, Response

SENT, TOLD = "sent", "interviewer"


async def open_question(tx: Transaction, workspace_id: str, user_id: str) -> Invitation | None:
    """The last one that was sent to them by direct message and stands unanswered."""
    query = (
        select(Invitation)
        .join(Contact, Contact.id == Invitation.contact_id)
        .where(Contact.workspace_id == workspace_id, Contact.user_id == user_id)
        .where(Invitation.state == SENT, Invitation.channel_id.is_(None))
        .order_by(Invitation.sent_at.desc(), Invitation.id.desc())
    )
    return await tx.scalar(query.limit(1))


async def last_answer(tx: Transaction, workspace_id: str, user_id: str, *, since: datetime) -> Response | None:
    """That they gave themselves: what a colleague wrote down is no answer to the bot."""
    query = (
        select(Response)
        .join(Contact, Contact.id == Response.contact_id)
        .where(Contact.workspace_id == workspace_id, Contact.user_id == user_id, Response.answered_at > since)
        .where(Response.mode != TOLD)
        .order_by(Response.answered_at.desc(), Response.id.desc())
    )
    return await tx.scalar(query.limit(1))
