"""Queries about invitations: one ask to one person."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Row, and_, bindparam, case, func, select, update

from storage.database import Transaction
from storage.models import Contact, Invitation, Response, Workspace

WAITING, SENT, EXPIRED, DECLINED, WITHDRAWN = "waiting", "sent", "expired", "declined", "withdrawn"
Asked: TypeAlias = Row[Invitation, Contact, str]

_THIS = Invitation.id == bindparam("invitation")
_ASKED = (
    select(Invitation, Contact, Workspace.name)
    .join(Contact, Contact.id == Invitation.contact_id)
    .join(Workspace, Workspace.id == Invitation.workspace_id)
    .with_for_update(of=Invitation)
)
_WITH_PERSON = _ASKED.where(_THIS)
_ALL_OF_PERSON = _ASKED.where(
    Invitation.contact_id == select(Invitation.contact_id).where(_THIS).scalar_subquery()
).order_by(Invitation.id)
_SETTLE = update(Invitation).where(_THIS).values(state=bindparam("to_state"), closed_at=bindparam("at"))


async def get(tx: Transaction, invitation_id: int) -> Invitation | None:
    return await tx.get(Invitation, invitation_id, populate_existing=True)


async def lock(tx: Transaction, invitation_id: int) -> Invitation | None:
    """Get it, and make everybody else who locks it wait for this transaction."""
    query = select(Invitation).where(Invitation.id == invitation_id).with_for_update()
    return await tx.scalar(query)


async def lock_with_person(tx: Transaction, invitation_id: int) -> Asked | None:
    """The same, with the person it was sent to and the name of who asks."""
    return (await tx.execute(_WITH_PERSON, {"invitation": invitation_id})).one_or_none()


async def lock_all_of_person(tx: Transaction, invitation_id: int) -> Asked | None:
    """Lock every invitation of the person this one belongs to, in the order in which everybody locks several."""
    locked = (await tx.execute(_ALL_OF_PERSON, {"invitation": invitation_id})).all()
    return next((each for each in locked if each[0].id == invitation_id), None)


async def expecting_reply(tx: Transaction, response_id: int) -> Invitation | None:
    """The invitation of an answer that asks for a reply, when its card stands in a DM."""
    query = (
        select(Invitation)
        .join(Response, Response.invitation_id == Invitation.id)
        .where(Response.id == response_id, Response.wants_reply, Invitation.channel_id.is_(None))
    )
    return await tx.scalar(query)


async def settle(tx: Transaction, invitation_id: int, *, state: str, at: datetime) -> None:
    await tx.execute(_SETTLE, {"invitation": invitation_id, "to_state": state, "at": at})


async def set_sent(
    tx: Transaction, invitation_id: int, *, at: datetime, expires_at: datetime, channel_id: str | None, ts: str | None
) -> None:
    """It left. Where it stands is kept if it is known; a state the person has already chosen is not touched."""
    was_waiting = Invitation.state == WAITING
    query = (
        update(Invitation)
        .where(Invitation.id == invitation_id)
        .values(
            state=case((was_waiting, SENT), else_=Invitation.state),
            sent_at=case((was_waiting, at), else_=func.coalesce(Invitation.sent_at, at)),
            expires_at=case((was_waiting, expires_at), else_=func.coalesce(Invitation.expires_at, expires_at)),
            # Taken back while it was on its way: an undo puts back a question that stands there.
            withdrawn_from=case((Invitation.withdrawn_from == WAITING, SENT), else_=Invitation.withdrawn_from),
            card_channel_id=func.coalesce(channel_id, Invitation.card_channel_id),
            card_ts=func.coalesce(ts, Invitation.card_ts),
        )
    )
    await tx.execute(query)


async def snooze(tx: Transaction, invitation_id: int, *, send_at: datetime) -> None:
    """Back to waiting, one "not now" later. `sent_at` stays: it was an ask, and counts as one."""
    await _update(
        tx,
        invitation_id,
        state=WAITING,
        send_at=send_at,
        snoozes=Invitation.snoozes + 1,
        expires_at=None,
        closed_at=None,
    )


async def withdraw(tx: Transaction, invitation_id: int, *, at: datetime, halt_at: datetime | None) -> bool:
    """Take back what is still open, False when it is not; `halt_at` marks those that one halt took back together."""
    query = (
        update(Invitation)
        .where(Invitation.id == invitation_id, Invitation.state.in_((WAITING, SENT)))
        .values(withdrawn_from=Invitation.state, state=WITHDRAWN, closed_at=at, withdrawn_by_halt_at=halt_at)
        .returning(Invitation.id)
    )
    return (await tx.scalar(query)) is not None


async def keep_back(tx: Transaction, invitation_id: int) -> bool:
    """What a halt took back stays back when the halt is undone; False when no halt took it."""
    query = (
        update(Invitation)
        .where(Invitation.id == invitation_id, Invitation.withdrawn_by_halt_at.is_not(None))
        .values(withdrawn_by_halt_at=None)
        .returning(Invitation.id)
    )
    return (await tx.scalar(query)) is not None


async def restore(tx: Transaction, invitation_id: int, *, now: datetime) -> None:
    """Undo a withdrawal: the state it was taken back from. What should have left meanwhile has waited since now."""
    overdue = and_(Invitation.withdrawn_from == WAITING, Invitation.send_at < now)
    query = (
        update(Invitation)
        .where(Invitation.id == invitation_id, Invitation.state == WITHDRAWN)
        .values(
            state=Invitation.withdrawn_from,
            send_at=case((overdue, now), else_=Invitation.send_at),
            withdrawn_from=None,
            closed_at=None,
            withdrawn_by_halt_at=None,
        )
    )
    await tx.execute(query)


async def expire(tx: Transaction, *, now: datetime, limit: int) -> Sequence[int]:
    """Close what was sent and never answered; returns the ids."""
    due = (
        select(Invitation.id)
        .where(Invitation.state == SENT, Invitation.expires_at <= now)
        .order_by(Invitation.expires_at)
        .limit(limit)
    )
    query = (
        update(Invitation)
        .where(and_(Invitation.id.in_(due.scalar_subquery()), Invitation.state == SENT))
        .values(state=EXPIRED, closed_at=Invitation.expires_at)
        .returning(Invitation.id)
    )
    return (await tx.scalars(query)).all()


async def never_left(tx: Transaction, *, before: datetime, limit: int) -> Sequence[Invitation]:
    """What should have left before then and still waits, for a paused survey or a closed channel."""
    query = (
        select(Invitation)
        .where(Invitation.state == WAITING, Invitation.send_at <= before)
        .order_by(Invitation.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await tx.scalars(query)).all()


async def rename_channel(tx: Transaction, workspace_id: str, *, old: str, new: str) -> None:
    for column in (Invitation.channel_id, Invitation.card_channel_id):
        where = (Invitation.workspace_id == workspace_id) & (column == old)
        await tx.execute(update(Invitation).where(where).values({column: new}))


async def _update(tx: Transaction, invitation_id: int, **values: object) -> None:
    await tx.execute(update(Invitation).where(Invitation.id == invitation_id).values(**values))
