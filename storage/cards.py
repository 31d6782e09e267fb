"""Queries about cards: everything one is drawn from, in one look."""

from typing import TypeAlias

from sqlalchemy import Row, and_, bindparam, select

from storage.database import Transaction
from storage.models import Contact, ExitReason, FollowUp, Invitation, Response, Workspace

ANSWERED = "answered"
Rows: TypeAlias = Row[Invitation, Contact, str, Response | None, FollowUp | None, bool, ExitReason | None]

_ROWS = (
    select(Invitation, Contact, Workspace.name, Response, FollowUp, Workspace.takes_typed, ExitReason)
    .join(Contact, Contact.id == Invitation.contact_id)
    .join(Workspace, Workspace.id == Invitation.workspace_id)
    .outerjoin(Response, and_(Response.invitation_id == Invitation.id, Invitation.state == ANSWERED))
    .outerjoin(FollowUp, FollowUp.response_id == Response.id)
    .outerjoin(ExitReason, and_(ExitReason.invitation_id == Invitation.id, Invitation.state == ANSWERED))
    .where(Invitation.id == bindparam("invitation"))
)


async def rows(tx: Transaction, invitation_id: int) -> Rows | None:
    """Invitation, person, who asks; the answer or reason where there is one; whether we read what they write."""
    return (await tx.execute(_ROWS, {"invitation": invitation_id})).one_or_none()
