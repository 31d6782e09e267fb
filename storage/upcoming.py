"""Queries about who is asked next: the questions that wait for their hour."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Row, func, select

from storage.database import Transaction
from storage.invitations import WAITING
from storage.models import Contact, Invitation


async def next_asks(tx: Transaction, workspace_id: str, *, limit: int) -> Sequence[Row[str, datetime]]:
    """The name and the hour, soonest first."""
    query = select(Contact.name, Invitation.send_at).join(Contact, Contact.id == Invitation.contact_id)
    order = (Invitation.send_at, Invitation.id)
    return (await tx.execute(query.where(*_waiting(workspace_id)).order_by(*order).limit(limit))).all()


async def count(tx: Transaction, workspace_id: str) -> int:
    query = select(func.count()).select_from(Invitation).where(*_waiting(workspace_id))
    return (await tx.execute(query)).scalar_one()


def _waiting(workspace_id: str) -> tuple[ColumnElement[bool], ...]:
    ours = Invitation.workspace_id == workspace_id, Invitation.is_rehearsal.is_(False)
    return (*ours, Invitation.state == WAITING)
