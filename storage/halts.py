"""Queries about halts: what one takes back, and what it took."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from storage.database import Transaction
from storage.models import Invitation


async def open_invitations(tx: Transaction, workspace_id: str) -> Sequence[Invitation]:
    """Everything waiting or unanswered, rehearsals too; locked until the transaction ends."""
    query = select(Invitation).where(
        Invitation.workspace_id == workspace_id,
        Invitation.state.in_(("waiting", "sent")),
        Invitation.is_rehearsal.is_(False),
    )
    return (await tx.scalars(query.order_by(Invitation.id).with_for_update())).all()


async def withdrawn_by(tx: Transaction, workspace_id: str, halt_at: datetime) -> Sequence[Invitation]:
    query = select(Invitation).where(
        Invitation.workspace_id == workspace_id,
        Invitation.state == "withdrawn",
        Invitation.withdrawn_by_halt_at == halt_at,
    )
    return (await tx.scalars(query.order_by(Invitation.id).with_for_update())).all()
