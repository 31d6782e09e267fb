"""Queries about follow-ups: promises to look after an answer."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from storage import database
from storage.database import Transaction
from storage.models import FollowUp, FollowUpMessage

OPEN, CLAIMED, RESOLVED = "open", "claimed", "resolved"
WAITS = FollowUp.causes != "routed"  # whoever is only praised about waits for nobody
OF_A_ROUND = (
    *("claimed_by", "claimed_at", "resolved_by", "resolved_at", "outcome", "root_cause", "note"),
    *("reply_due_at", "contacted_at", "snoozed_until", "escalated_at"),
)


async def get(tx: Transaction, follow_up_id: int) -> FollowUp | None:
    return await tx.get(FollowUp, follow_up_id, populate_existing=True)


async def lock(tx: Transaction, follow_up_id: int) -> FollowUp | None:
    return await tx.get(FollowUp, follow_up_id, populate_existing=True, with_for_update={"key_share": True})


async def current(tx: Transaction, follow_up_id: int) -> FollowUp:
    """As it stands now. Raises sqlalchemy's NoResultFound when it is gone."""
    return (await tx.scalars(select(FollowUp).where(FollowUp.id == follow_up_id))).one()


async def of_response(tx: Transaction, response_id: int) -> FollowUp | None:
    query = select(FollowUp).where(FollowUp.response_id == response_id)
    return await tx.scalar(query)


async def add(tx: Transaction, follow_up: FollowUp) -> None:
    await database.add(tx, follow_up)


async def claim(tx: Transaction, follow_up_id: int, *, by: str, at: datetime) -> bool:
    """Compare and set: of all who claim an open follow-up, one gets True."""
    return await move(tx, follow_up_id, (OPEN,), state=CLAIMED, claimed_by=by, claimed_at=at)


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
    return await move(
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
    return await move(tx, follow_up_id, (RESOLVED,), state=OPEN, round=FollowUp.round + 1, **cleared)


async def set_card(tx: Transaction, follow_up_id: int, *, channel_id: str | None, ts: str | None) -> None:
    await set_columns(tx, follow_up_id, card_channel_id=channel_id, card_ts=ts)


async def set_causes(tx: Transaction, follow_up_id: int, causes: str) -> None:
    await set_columns(tx, follow_up_id, causes=causes)


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


async def set_columns(tx: Transaction, follow_up_id: int, **values: object) -> None:
    await tx.execute(update(FollowUp).where(FollowUp.id == follow_up_id).values(**values))


async def move(
    tx: Transaction, follow_up_id: int, sources: tuple[str, ...], *where: ColumnElement[bool], **values: object
) -> bool:
    query = (
        update(FollowUp)
        .where(FollowUp.id == follow_up_id, FollowUp.state.in_(sources), *where)
        .values(**values)
        .returning(FollowUp.id)
    )
    return (await tx.scalar(query)) is not None
