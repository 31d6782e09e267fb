"""Queries about who was asked at all: what became of questions, how many people they went to, and who was not asked."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select

from storage.database import Transaction
from storage.models import Contact, Invitation, Response
from storage.reports import SELF, asked, counted
from storage.slices import Slice
from storage.summaries import withheld

FAILED = "failed"

__all__ = ["commented", "failed", "people", "people_asked", "questions", "withheld"]


async def questions(
    tx: Transaction, workspace_id: str, *, kind: str, within: Slice, since: datetime, before: datetime
) -> Mapping[str, int]:
    """How many questions were sent in that time, by state."""
    query = select(Invitation.state, func.count()).where(*asked(workspace_id, kind, since, before))
    return dict((await tx.execute(query.where(*within.of(Invitation)).group_by(Invitation.state))).all())


async def failed(
    tx: Transaction, workspace_id: str, *, kind: str, within: Slice, since: datetime, before: datetime
) -> int:
    """How many could not be delivered, by when they should have been."""
    query = (
        select(func.count())
        .select_from(Invitation)
        .where(
            Invitation.workspace_id == workspace_id,
            Invitation.kind == kind,
            Invitation.is_rehearsal.is_(False),
            Invitation.mode == SELF,
            Invitation.state == FAILED,
            Invitation.sent_at.is_(None),
            Invitation.send_at > since,
            Invitation.send_at <= before,
            *within.of(Invitation),
        )
    )
    return (await tx.execute(query)).scalar_one()


async def people_asked(
    tx: Transaction, workspace_id: str, *, kind: str, within: Slice, since: datetime, before: datetime
) -> int:
    query = select(func.count(Invitation.contact_id.distinct())).where(*asked(workspace_id, kind, since, before))
    return (await tx.execute(query.where(*within.of(Invitation)))).scalar_one()


async def people(tx: Transaction, workspace_id: str, *, within: Slice) -> tuple[int, int]:
    """How many are known and may be asked, and how many opted out."""
    query = select(func.count(), func.count(Contact.opted_out_at)).where(Contact.workspace_id == workspace_id)
    known, out = (await tx.execute(query.where(*within.people()))).one()
    return known - out, out


async def commented(
    tx: Transaction, workspace_id: str, *, kind: str, within: Slice, since: datetime, before: datetime
) -> tuple[int, int]:
    """How many answers a number is made of, and how many of them have words."""
    given = counted(workspace_id, kind=kind, since=since, before=before, within=within)
    words = func.nullif(Response.comment, "")
    query = select(func.count(), func.count(words)).select_from(given).join(Response, Response.id == given.c.id)
    answers, comments = (await tx.execute(query)).one()
    return answers, comments
