"""Queries about reminders: which questions stand unanswered, and which were brought to mind."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Row, bindparam, exists, select, update

from storage.database import Transaction
from storage.models import Contact, Delivery, Invitation, Survey, Workspace

SENT, REMINDER = "sent", "reminder"
Unanswered: TypeAlias = Row[int, str, datetime | None, str | None]
_IS_PROMISED = exists().where(Delivery.invitation_id == Invitation.id, Delivery.kind == REMINDER)
# Asked for every quarter of an hour.
_UNANSWERED = (
    select(Invitation.id, Invitation.workspace_id, Invitation.sent_at, Contact.time_zone)
    .join(Contact, Contact.id == Invitation.contact_id)
    .join(Survey, Survey.id == Invitation.survey_id)
    .join(Workspace, Workspace.id == Invitation.workspace_id)
    .where(Invitation.state == SENT, Invitation.expires_at > bindparam("now"))
    .where(Invitation.sent_at <= bindparam("sent_before"), Invitation.snoozes == 0)
    .where(Invitation.trigger.in_(bindparam("triggers", expanding=True)), Invitation.channel_id.is_(None))
    .where(Invitation.is_rehearsal.is_(False), Invitation.reminded_at.is_(None), ~_IS_PROMISED)
    .where(Contact.opted_out_at.is_(None), Survey.paused_at.is_(None), Workspace.halted_at.is_(None))
    .order_by(Invitation.sent_at, Invitation.id)
)


async def unanswered(
    tx: Transaction, *, triggers: Collection[str], sent_before: datetime, now: datetime
) -> Sequence[Unanswered]:
    """With workspace, sending and time zone: asked by DM, never put off, never brought to mind; oldest first."""
    about = {"triggers": list(triggers), "sent_before": sent_before, "now": now}
    return (await tx.execute(_UNANSWERED, about)).all()


async def lock(tx: Transaction, invitation_id: int) -> Invitation | None:
    return await tx.get(Invitation, invitation_id, populate_existing=True, with_for_update=True)


async def set_reminded(
    tx: Transaction, invitation_id: int, *, at: datetime, channel_id: str | None, ts: str | None
) -> None:
    """When it was sent first, and until when it stands, stays as it is."""
    card = {"card_channel_id": channel_id, "card_ts": ts} if channel_id and ts else {}
    await tx.execute(update(Invitation).where(Invitation.id == invitation_id).values(reminded_at=at, **card))
