"""Queries about exits: why people's companies did not renew."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Row, func, select, update

from storage import database
from storage.database import Transaction
from storage.models import Contact, ExitReason, Invitation
from storage.reports import SELF, STATES


async def of_invitation(tx: Transaction, invitation_id: int) -> ExitReason | None:
    return await tx.scalar(select(ExitReason).where(ExitReason.invitation_id == invitation_id))


async def of_contact(tx: Transaction, contact_id: int, *, limit: int) -> Sequence[ExitReason]:
    """What this person said, the latest first; rehearsals are nobody's answers."""
    query = (
        select(ExitReason)
        .join(Invitation, Invitation.id == ExitReason.invitation_id)
        .where(ExitReason.contact_id == contact_id, Invitation.is_rehearsal.is_(False))
    )
    return (await tx.scalars(query.order_by(ExitReason.answered_at.desc(), ExitReason.id.desc()).limit(limit))).all()


async def add(tx: Transaction, answer: ExitReason) -> None:
    await database.add(tx, answer)


async def set_reason(
    tx: Transaction, answer_id: int, *, reason: str, chosen_at: datetime, changed_at: datetime
) -> None:
    values = {"reason": reason, "chosen_at": chosen_at, "changed_at": changed_at}
    await tx.execute(update(ExitReason).where(ExitReason.id == answer_id).values(**values))


async def set_chosen_at(tx: Transaction, answer_id: int, chosen_at: datetime) -> None:
    """The same reason, chosen again later."""
    await tx.execute(update(ExitReason).where(ExitReason.id == answer_id).values(chosen_at=chosen_at))


async def set_comment(tx: Transaction, answer_id: int, comment: str | None, *, changed_at: datetime) -> None:
    query = update(ExitReason).where(ExitReason.id == answer_id)
    await tx.execute(query.values(comment=comment, changed_at=changed_at))


async def counts(tx: Transaction, workspace_id: str, *, since: datetime, before: datetime) -> Mapping[str, int]:
    """How often each reason was chosen: {"price": 3}."""
    query = (
        select(ExitReason.reason, func.count())
        .join(Invitation, Invitation.id == ExitReason.invitation_id)
        .where(*_counted(workspace_id, since, before))
        .group_by(ExitReason.reason)
    )
    return dict((await tx.execute(query)).all())


async def commented(
    tx: Transaction, workspace_id: str, *, since: datetime, before: datetime, limit: int
) -> Sequence[Row[ExitReason, Contact]]:
    """Those that came with words, the newest first."""
    query = (
        select(ExitReason, Contact)
        .join(Invitation, Invitation.id == ExitReason.invitation_id)
        .join(Contact, Contact.id == ExitReason.contact_id)
        .where(*_counted(workspace_id, since, before), ExitReason.comment.is_not(None))
        .order_by(ExitReason.answered_at.desc(), ExitReason.id.desc())
    )
    return (await tx.execute(query.limit(limit))).all()


async def asked(
    tx: Transaction, workspace_id: str, *, kind: str, since: datetime, before: datetime
) -> Mapping[str, int]:
    """Count the questions of that time by what became of them, rehearsals left out."""
    query = (
        select(Invitation.state, func.count())
        .where(Invitation.workspace_id == workspace_id, Invitation.kind == kind, Invitation.is_rehearsal.is_(False))
        .where(Invitation.mode == SELF, Invitation.state.in_(STATES))
        .where(Invitation.sent_at > since, Invitation.sent_at <= before)
        .group_by(Invitation.state)
    )
    return dict((await tx.execute(query)).all())


def _counted(workspace_id: str, since: datetime, before: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        ExitReason.workspace_id == workspace_id,
        ExitReason.answered_at > since,
        ExitReason.answered_at <= before,
        Invitation.is_rehearsal.is_(False),
    )
