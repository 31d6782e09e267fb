"""Queries about cards: everything one is drawn from, in one look."""

from typing import TypeAlias

from sqlalchemy import Row, and_, bindparam, select

from storage.database import Transaction
from storage.models import Contact, FollowUp, Invitation, Response, Workspace

ANSWERED = "answered"
Rows: TypeAlias = Row[Invitation, Contact, str, Response | None, FollowUp | None, bool]

_ROWS = (
    select(Invitation, Contact, Workspace.name, Response, FollowUp, Workspace.takes_typed)
    .join(Contact, Contact.id == Invitation.contact_id)
    .join(Workspace, Workspace.id == Invitation.workspace_id)
    .outerjoin(Response, and_(Response.invitation_id == Invitation.id, Invitation.state == ANSWERED))
    .outerjoin(FollowUp, FollowUp.response_id == Response.id)
    .where(Invitation.id == bindparam("invitation"))
)


async def rows(tx: Transaction, invitation_id: int) -> Rows | None:
    """Invitation, person, the name of who asks; the answer and its follow-up where there are such; what we may read."""
    return (await tx.execute(_ROWS, {"invitation": invitation_id})).one_or_none()
