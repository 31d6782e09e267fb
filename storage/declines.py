"""Queries about declines: what is open for somebody who no longer wants to be asked."""

from collections.abc import Sequence

from sqlalchemy import select

from storage.database import Transaction
from storage.models import Invitation


async def open_of_contact(tx: Transaction, contact_id: int) -> Sequence[Invitation]:
    query = select(Invitation).where(Invitation.contact_id == contact_id, Invitation.state.in_(("waiting", "sent")))
    return (await tx.scalars(query.order_by(Invitation.id).with_for_update())).all()
