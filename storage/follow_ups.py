"""Queries about follow-ups: promises to look after an answer."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update

from storage import database
from storage.database import Transaction
from storage.models import FollowUp, FollowUpMessage, FollowUpStep

OPEN, CLAIMED, RESOLVED = "open", "claimed", "resolved"
OF_A_ROUND = (
    *("claimed_by", "claimed_at", "resolved_by", "resolved_at", "outcome", "root_cause", "note"),
    *("reply_due_at", "contacted_at", "snoozed_until", "escalated_at"),
)


async def get(tx: Transaction, follow_up_id: int) -> FollowUp | None:
    return await tx.get(FollowUp, follow_up_id, populate_existing=True)


async def current(tx: Transaction, follow_up_id: int) -> FollowUp:
    """As it stands now. Raises sqlalchemy's NoResultFound when it is gone."""
    return (await tx.scalars(select(FollowUp).where(FollowUp.id == follow_up_id))).one()


async def of_response(tx: Transaction, response_id: int) -> FollowUp | None:
    query = select(FollowUp).where(FollowUp.response_id == response_id)
    return await tx.scalar(query)


async def add(tx: Transaction, follow_up: FollowUp) -> None:
    await database.add(tx, follow_up)


async def add_step(tx: Transaction, step: FollowUpStep) -> None:
    await database.add(tx, step)


async def steps(tx: Transaction, follow_up_id: int) -> Sequence[FollowUpStep]:
    query = select(FollowUpStep).where(FollowUpStep.follow_up_id == follow_up_id).order_by(FollowUpStep.id)
    return (await tx.scalars(query)).all()


async def claim(tx: Transaction, follow_up_id: int, *, by: str, at: datetime) -> bool:
    """Compare and set: of all who claim an open follow-up, one gets True."""
    return await _move(tx, follow_up_id, (OPEN,), state=CLAIMED, claimed_by=by, claimed_at=at)


async def resolve(
    tx: Transaction,
    follow_up_id: int,
    *,
    by: str | None,
    at: datetime,
    outcome: str,
    root_cause: str | None,
    note: str | None,
) -> bool:
    return await _move(
        tx,
        follow_up_id,
        (OPEN, CLAIMED),
        state=RESOLVED,
        resolved_by=by,
        resolved_at=at,
        snoozed_until=None,
        outcome=outcome,
        root_cause=root_cause,
        note=note,
    )


async def reopen(tx: Transaction, follow_up_id: int) -> bool:
    """Open again, nobody's, in a new round. What was resolved, and how, stays in the steps."""
    cleared = dict.fromkeys(OF_A_ROUND, None)
    return await _move(tx, follow_up_id, (RESOLVED,), state=OPEN, round=FollowUp.round + 1, **cleared)


async def hand_over(tx: Transaction, follow_up_id: int, *, from_: str | None, to: str, at: datetime) -> bool:
    """Compare and set: only while it is `from_`'s (None: nobody's)."""
    still = FollowUp.claimed_by.is_(None) if from_ is None else FollowUp.claimed_by == from_
    return await _move(tx, follow_up_id, (OPEN, CLAIMED), still, state=CLAIMED, claimed_by=to, claimed_at=at)


async def set_due(tx: Transaction, follow_up_id: int, reply_due_at: datetime | None) -> None:
    await _set(tx, follow_up_id, reply_due_at=reply_due_at)


async def contacted(tx: Transaction, follow_up_id: int, *, at: datetime) -> None:
    """The first time counts."""
    first = FollowUp.contacted_at.is_(None)
    await tx.execute(update(FollowUp).where(FollowUp.id == follow_up_id, first).values(contacted_at=at))


async def snooze(tx: Transaction, follow_up_id: int, *, until: datetime) -> bool:
    """False when it was resolved meanwhile."""
    return await _move(tx, follow_up_id, (OPEN, CLAIMED), snoozed_until=until)


async def set_escalated(tx: Transaction, follow_up_id: int, *, at: datetime) -> None:
    await _set(tx, follow_up_id, escalated_at=at)


async def add_message(tx: Transaction, message: FollowUpMessage) -> None:
    await database.add(tx, message)


async def messages(tx: Transaction, follow_up_id: int, *, channel_id: str | None = None) -> Sequence[FollowUpMessage]:
    """Ours about it in Slack beside the alert; of one channel, when it is given."""
    query = select(FollowUpMessage).where(FollowUpMessage.follow_up_id == follow_up_id)
    if channel_id is not None:
        query = query.where(FollowUpMessage.channel_id == channel_id)
    return (await tx.scalars(query.order_by(FollowUpMessage.id))).all()


async def messages_in(tx: Transaction, workspace_id: str, channel_id: str) -> Sequence[FollowUpMessage]:
    """What is for colleagues alone: a reply to a customer stands where it was meant to."""
    query = select(FollowUpMessage).join(FollowUp, FollowUp.id == FollowUpMessage.follow_up_id)
    query = query.where(FollowUp.workspace_id == workspace_id, FollowUpMessage.channel_id == channel_id)
    query = query.where(~FollowUpMessage.is_to_customer)
    return (await tx.scalars(query.order_by(FollowUpMessage.id))).all()


async def forget_messages(tx: Transaction, gone: Sequence[FollowUpMessage]) -> None:
    await tx.execute(delete(FollowUpMessage).where(FollowUpMessage.id.in_([each.id for each in gone])))


async def step(tx: Transaction, step_id: int) -> FollowUpStep | None:
    return await tx.get(FollowUpStep, step_id)


async def set_card(tx: Transaction, follow_up_id: int, *, channel_id: str | None, ts: str | None) -> None:
    await _set(tx, follow_up_id, card_channel_id=channel_id, card_ts=ts)


async def set_causes(tx: Transaction, follow_up_id: int, causes: str) -> None:
    await _set(tx, follow_up_id, causes=causes)


async def standing_in(tx: Transaction, workspace_id: str, channel_id: str) -> Sequence[FollowUp]:
    """Those whose alert stands in that channel."""
    query = select(FollowUp).where(
        FollowUp.workspace_id == workspace_id, FollowUp.card_channel_id == channel_id, FollowUp.card_ts.is_not(None)
    )
    return (await tx.scalars(query.order_by(FollowUp.id))).all()


async def rename_channel(tx: Transaction, workspace_id: str, *, old: str, new: str) -> None:
    where = (FollowUp.workspace_id == workspace_id) & (FollowUp.card_channel_id == old)
    await tx.execute(update(FollowUp).where(where).values(card_channel_id=new))
    ours = FollowUpMessage.follow_up_id.in_(select(FollowUp.id).where(FollowUp.workspace_id == workspace_id))
    moved = update(FollowUpMessage).where(ours, FollowUpMessage.channel_id == old).values(channel_id=new)
    await tx.execute(moved)


async def _set(tx: Transaction, follow_up_id: int, **values: object) -> None:
    await tx.execute(update(FollowUp).where(FollowUp.id == follow_up_id).values(**values))


async def _move(
    tx: Transaction, follow_up_id: int, sources: tuple[str, ...], *where: ColumnElement[bool], **values: object
) -> bool:
    query = (
        update(FollowUp)
        .where(FollowUp.id == follow_up_id, FollowUp.state.in_(sources), *where)
        .values(**values)
        .returning(FollowUp.id)
    )
    return (await tx.scalar(query)) is not None
