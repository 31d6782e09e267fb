"""
Queries about deliveries, the messages we owe: promise, take, settle.

A row is *pending* (or *parked*: pending with an obstacle somebody must mend) until it is sent, cancelled or given up.
To take one is to postpone it to the end of a lease: a worker that dies needs no rescuer. What a worker settles is
fenced by round and attempts, so one whose lease ran out cannot overwrite its successor.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Select, bindparam, case, delete, func, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from storage.database import Transaction, insert, keep, values_of
from storage.models import Delivery, Lane

PENDING, PARKED, SENT, CANCELLED, GIVEN_UP = "pending", "parked", "sent", "cancelled", "given_up"
OWED = (PENDING, PARKED)
# Asked for after every click.
_ANY_DUE = (
    select(Delivery.id)
    .where(
        Delivery.workspace_id == bindparam("workspace"), Delivery.state.in_(OWED), Delivery.due_at <= bindparam("now")
    )
    .limit(1)
)
_FULFIL = (
    update(Delivery)
    .where(Delivery.key == bindparam("of_key"), Delivery.round == bindparam("of_round"))
    .where(Delivery.state.in_(OWED), Delivery.attempts == 0)
    .values(state=SENT, settled_at=bindparam("at"))
    .returning(Delivery.id)
)


@dataclass(frozen=True)
class Fence:
    """Which attempt at which delivery a result belongs to."""

    delivery_id: int
    round: int
    attempts: int

    @classmethod
    def of(cls, delivery: Delivery) -> "Fence":
        return cls(delivery.id, delivery.round, delivery.attempts)


async def lock(tx: Transaction, delivery_id: int) -> Delivery | None:
    """Once whoever changes or removes it has ended."""
    return await tx.get(Delivery, delivery_id, populate_existing=True, with_for_update=True)


async def by_key(tx: Transaction, key: str) -> Delivery | None:
    query = select(Delivery).where(Delivery.key == key)
    return await tx.scalar(query)


async def promise(tx: Transaction, delivery: Delivery) -> bool:
    """Owe a message; False when one with this key was owed before."""
    return await keep(tx, delivery)


async def promise_again(tx: Transaction, delivery: Delivery) -> int:
    """Owe a message anew, whatever became of the last one with this key; returns its round."""
    return (await tx.execute(_owing_again(insert(tx, Delivery)), values_of(delivery))).scalar_one()


async def hasten(tx: Transaction, key: str, *, due_at: datetime) -> bool:
    """Bring a message forward. Only one nobody has touched: a leased one is "due later" too, and would leave twice."""
    query = (
        update(Delivery)
        .where(Delivery.key == key, Delivery.state == PENDING, Delivery.attempts == 0)
        .values(due_at=case((Delivery.due_at > due_at, due_at), else_=Delivery.due_at))
        .returning(Delivery.id)
    )
    return (await tx.scalar(query)) is not None


async def is_any_due(tx: Transaction, workspace_id: str, now: datetime) -> bool:
    return (await tx.scalar(_ANY_DUE, {"workspace": workspace_id, "now": now})) is not None


async def take(
    tx: Transaction, workspace_id: str, *, now: datetime, lease_until: datetime, limit: int
) -> Sequence[Delivery]:
    """Lease the first due message of each free lane."""
    query = (
        update(Delivery)
        .where(Delivery.id.in_(_heads(workspace_id, now, limit)))
        .values(due_at=lease_until, attempts=Delivery.attempts + 1)
        .returning(Delivery)
    )
    return (await tx.scalars(query)).all()


async def start_posting(tx: Transaction, fence: Fence, *, at: datetime) -> bool:
    """Note that Slack is about to be told; found again without a result, nobody knows whether it was."""
    return await _fenced(tx, fence, posting_since=at)


async def settle(tx: Transaction, fence: Fence, *, state: str, at: datetime, because: str | None = None) -> bool:
    return await _fenced(tx, fence, state=state, settled_at=at, because=because, posting_since=None)


async def cancel(tx: Transaction, fence: Fence, *, at: datetime, because: str) -> bool:
    """Unless somebody is posting it: asked in the same statement, since that may begin any moment."""
    return await _fenced(tx, fence, Delivery.posting_since.is_(None), state=CANCELLED, settled_at=at, because=because)


async def set_message(tx: Transaction, fence: Fence, *, channel_id: str, ts: str) -> None:
    """Where it stands in Slack."""
    await _fenced(tx, fence, recipient_id=channel_id, message_ts=ts)


async def postpone(tx: Transaction, fence: Fence, *, due_at: datetime, because: str, lane: str | None) -> bool:
    values = {"due_at": due_at, "because": because, "posting_since": None} | ({"lane": lane} if lane else {})
    return await _fenced(tx, fence, **values)


async def park(tx: Transaction, fence: Fence, *, due_at: datetime, obstacle: str, channel_id: str | None) -> bool:
    values = {"obstacle": obstacle, "obstacle_channel_id": channel_id, "due_at": due_at, "posting_since": None}
    return await _fenced(tx, fence, state=PARKED, **values)


async def release(
    tx: Transaction,
    workspace_id: str,
    *,
    now: datetime,
    obstacles: Sequence[str],
    channel_id: str | None = None,
    survey_id: int | None = None,
) -> int:
    """Make parked messages due that were not; returns how many. They keep their obstacle until they leave."""
    query = update(Delivery).where(
        Delivery.workspace_id == workspace_id, Delivery.state == PARKED, Delivery.obstacle.in_(obstacles)
    )
    if channel_id is not None:
        query = query.where(Delivery.obstacle_channel_id == channel_id)
    if survey_id is not None:
        query = query.where(Delivery.survey_id == survey_id)
    query = query.where(Delivery.posting_since.is_(None), Delivery.due_at > now).values(due_at=now)
    return len((await tx.scalars(query.returning(Delivery.id))).all())


async def revive(tx: Transaction, key: str, *, due_at: datetime) -> bool:
    """Owe again what was cancelled before it was ever tried on Slack."""
    query = (
        update(Delivery)
        .where(Delivery.key == key, Delivery.state == CANCELLED)
        .values(state=PENDING, due_at=due_at, settled_at=None, round=Delivery.round + 1, attempts=0)
        .returning(Delivery.id)
    )
    return (await tx.scalar(query)) is not None


async def fulfil(tx: Transaction, key: str, *, round_: int, at: datetime) -> bool:
    """What this round owed has been done another way; a later round is still owed."""
    return (await tx.scalar(_FULFIL, {"of_key": key, "of_round": round_, "at": at})) is not None


async def oldest_parked(tx: Transaction, workspace_id: str, *, obstacle: str, channel_id: str | None) -> int | None:
    query = select(func.min(Delivery.id)).where(
        Delivery.workspace_id == workspace_id,
        Delivery.state == PARKED,
        Delivery.obstacle == obstacle,
        Delivery.obstacle_channel_id.is_not_distinct_from(channel_id),
    )
    return await tx.scalar(query)


async def count_parked(tx: Transaction, workspace_id: str) -> dict[tuple[str, str | None], int]:
    """How many messages wait for somebody, by obstacle and channel."""
    query = (
        select(Delivery.obstacle, Delivery.obstacle_channel_id, func.count())
        .where(Delivery.workspace_id == workspace_id, Delivery.state == PARKED, Delivery.obstacle.is_not(None))
        .group_by(Delivery.obstacle, Delivery.obstacle_channel_id)
    )
    return {(obstacle or "", channel): count for obstacle, channel, count in (await tx.execute(query))}


async def standing_in(tx: Transaction, workspace_id: str, channel_id: str, *, kind: str) -> Sequence[str]:
    """Where messages of that kind stand in a channel."""
    query = select(Delivery.message_ts).where(Delivery.workspace_id == workspace_id, Delivery.kind == kind)
    query = query.where(Delivery.recipient_id == channel_id, Delivery.message_ts.is_not(None))
    return [ts for ts in await tx.scalars(query.order_by(Delivery.id)) if ts]


async def forget_settled(tx: Transaction, *, before: datetime, limit: int) -> int:
    """Delete settled rows: old ones, and removals however young."""
    old = or_(Delivery.settled_at <= before, Delivery.kind == "removal")
    ids = select(Delivery.id).where(Delivery.state.not_in(OWED), old).limit(limit)
    query = delete(Delivery).where(Delivery.id.in_(ids.scalar_subquery())).returning(Delivery.id)
    return len((await tx.scalars(query)).all())


async def rename_channel(tx: Transaction, workspace_id: str, *, old: str, new: str) -> None:
    for column in (Delivery.recipient_id, Delivery.obstacle_channel_id):
        where = (Delivery.workspace_id == workspace_id) & (column == old)
        await tx.execute(update(Delivery).where(where).values({column: new}))


async def _fenced(tx: Transaction, fence: Fence, *conditions: ColumnElement[bool], **values: object) -> bool:
    query = (
        update(Delivery)
        .where(
            Delivery.id == fence.delivery_id,
            Delivery.round == fence.round,
            Delivery.attempts == fence.attempts,
            Delivery.state.in_(OWED),
            *conditions,
        )
        .values(**values)
        .returning(Delivery.id)
    )
    return (await tx.scalar(query)) is not None


@cache
def _owing_again(query: sqlite.Insert | postgresql.Insert) -> ReturningInsert[int]:
    fresh = {"state": PENDING, "due_at": query.excluded.due_at, "lane": query.excluded.lane, "attempts": 0}
    undone = dict.fromkeys(("posting_since", "obstacle", "obstacle_channel_id", "settled_at"))
    again = query.on_conflict_do_update(index_elements=["key"], set_=fresh | undone | {"round": Delivery.round + 1})
    return again.returning(Delivery.round)


def _heads(workspace_id: str, now: datetime, limit: int) -> Select[int]:
    """The ids of the first due message of each free lane, skipping those another worker is taking right now."""
    held = (
        select(literal(1))
        .where(Lane.free_at > now, or_(Lane.name == Delivery.lane, Delivery.lane.like(Lane.name + ":%")))
        .exists()
    )
    place = func.row_number().over(partition_by=Delivery.lane, order_by=(Delivery.due_at, Delivery.id)).label("place")
    is_due = (Delivery.workspace_id == workspace_id, Delivery.state.in_(OWED), Delivery.due_at <= now)
    queues = select(Delivery.id, place).where(*is_due, ~held).subquery()
    first = select(queues.c.id).where(queues.c.place == 1)
    # Due is asked again: on Postgres a row that another worker has just taken is looked at afresh once it is unlocked.
    return (
        select(Delivery.id)
        .where(Delivery.id.in_(first), *is_due)
        .order_by(Delivery.due_at, Delivery.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
