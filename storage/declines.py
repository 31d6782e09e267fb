"""Queries about declines: whose questions still stand there, and which a person closed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, or_, select

from storage.database import Transaction
from storage.models import Invitation


async def answerable(tx: Transaction, contact_id: int, *, expired_after: datetime) -> Sequence[Invitation]:
    """What is waiting or unanswered, and what expired so lately that an answer would still be taken."""
    open_ones = Invitation.state.in_(("waiting", "sent"))
    lately = and_(Invitation.state == "expired", Invitation.closed_at > expired_after)
    query = select(Invitation).where(Invitation.contact_id == contact_id, or_(open_ones, lately))
    return (await tx.scalars(query.order_by(Invitation.id))).all()


async def closed_since(tx: Transaction, contact_id: int, since: datetime) -> Sequence[Invitation]:
    query = select(Invitation).where(
        Invitation.contact_id == contact_id, Invitation.state == "declined", Invitation.closed_at >= since
    )
    return (await tx.scalars(query.order_by(Invitation.id))).all()
