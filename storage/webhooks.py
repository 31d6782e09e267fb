"""
Queries about webhooks: what each endpoint is owed, and how its tries went.

As with deliveries, to take a message is to postpone it to the end of a lease, and what a worker settles is fenced by
round and attempts. An endpoint that is off or removed is owed nothing new, and nothing of it is taken.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Row,
    Select,
    Table,
    Text,
    bindparam,
    case,
    delete,
    func,
    insert,
    inspect,
    literal,
    or_,
    select,
    type_coerce,
    update,
)

from storage.database import Transaction, add
from storage.models import WebhookAttempt, WebhookEndpoint, WebhookMessage
from storage.webhook_endpoints import IS_ON

PENDING, DELIVERED, DROPPED, GIVEN_UP = "pending", "delivered", "dropped", "given_up"
Tried = Row[WebhookAttempt, WebhookMessage]
_PROMISED = (
    *("workspace_id", "event_id", "type", "happened_at", "due_at"),
    *("response_id", "follow_up_id", "contact_id", "user_id"),
)
_GIVEN: dict[str, ColumnElement[Any]] = {
    name: bindparam(f"of_{name}", type_=getattr(WebhookMessage, name).type) for name in _PROMISED
}
# An endpoint that is off may stay so: whose erasure waits for it is known by our number for them only.
_GIVEN["user_id"] = case((WebhookEndpoint.off_since.is_(None), _GIVEN["user_id"]))
# Run for every answer, whether anybody wants to hear of it or not.
_PROMISE = insert(cast("Table", inspect(WebhookMessage).local_table)).from_select(
    ["endpoint_id", "state", "round", "attempts", *_PROMISED],
    select(WebhookEndpoint.id, literal(PENDING), literal(1), literal(0), *_GIVEN.values()).where(
        WebhookEndpoint.workspace_id == bindparam("of_workspace_id"),
        type_coerce(WebhookEndpoint.events, Text).contains(bindparam("wanted", type_=Text())),
        WebhookEndpoint.removed_at.is_(None),
        or_(WebhookEndpoint.off_since.is_(None), bindparam("also_off", type_=Boolean())),
    ),
)
_ANY_DUE = (
    select(WebhookMessage.id)
    .join(WebhookEndpoint, WebhookEndpoint.id == WebhookMessage.endpoint_id)
    .where(
        WebhookMessage.workspace_id == bindparam("workspace"),
        WebhookMessage.state == PENDING,
        WebhookMessage.due_at <= bindparam("now"),
        *IS_ON,
    )
    .limit(1)
)


@dataclass(frozen=True)
class Fence:
    """Which attempt at which message a result belongs to."""

    message_id: int
    round: int
    attempts: int

    @classmethod
    def of(cls, message: WebhookMessage) -> "Fence":
        return cls(message.id, message.round, message.attempts)


async def promise(tx: Transaction, **owed: object) -> None:
    """Owe a message to every endpoint of the workspace that is on and wants its type."""
    await _promise(tx, owed, also_off=False)


async def promise_even_off(tx: Transaction, **owed: object) -> None:
    """The same, and to those that are off: it waits until they are on again."""
    await _promise(tx, owed, also_off=True)


async def promise_one(tx: Transaction, message: WebhookMessage) -> None:
    await add(tx, message)


async def is_any_due(tx: Transaction, workspace_id: str, *, now: datetime) -> bool:
    return (await tx.scalar(_ANY_DUE, {"workspace": workspace_id, "now": now})) is not None


async def take(
    tx: Transaction, workspace_id: str, *, but: Collection[int], most: int, now: datetime, lease_until: datetime
) -> Sequence[WebhookMessage]:
    """Lease up to `most` messages of each endpoint that is on, leaving out the endpoints `but`."""
    query = (
        update(WebhookMessage)
        .where(WebhookMessage.id.in_(_heads(workspace_id, but, most, now)))
        .values(due_at=lease_until, attempts=WebhookMessage.attempts + 1)
        .returning(WebhookMessage)
    )
    return (await tx.scalars(query)).all()


async def settle(tx: Transaction, fence: Fence, *, state: str) -> bool:
    """It is over; whose erasure it told of is forgotten. False when the lease was lost, or the row is gone."""
    return await _fenced(tx, fence, state=state, user_id=None)


async def postpone(tx: Transaction, fence: Fence, *, due_at: datetime) -> bool:
    return await _fenced(tx, fence, due_at=due_at)


async def add_attempt(tx: Transaction, attempt: WebhookAttempt) -> None:
    await add(tx, attempt)


async def attempts(tx: Transaction, endpoint_id: int, *, limit: int) -> Sequence[Tried]:
    """The latest first."""
    query = (
        select(WebhookAttempt, WebhookMessage)
        .join(WebhookMessage, WebhookMessage.id == WebhookAttempt.message_id)
        .where(WebhookAttempt.endpoint_id == endpoint_id)
        .order_by(WebhookAttempt.id.desc())
        .limit(limit)
    )
    return (await tx.execute(query)).all()


async def count_waiting(tx: Transaction, workspace_id: str) -> dict[int, int]:
    """How many messages are still owed, by endpoint."""
    waiting = (WebhookMessage.workspace_id == workspace_id, WebhookMessage.state == PENDING)
    query = select(WebhookMessage.endpoint_id, func.count()).where(*waiting).group_by(WebhookMessage.endpoint_id)
    return dict((await tx.execute(query)).all())


async def owe_again(tx: Transaction, workspace_id: str, message_id: int, *, due_at: datetime) -> int | None:
    """Whatever became of it; returns its endpoint. None while it is still owed, or when it is not there."""
    mine = (WebhookMessage.id == message_id, WebhookMessage.workspace_id == workspace_id)
    query = update(WebhookMessage).where(*mine, WebhookMessage.state != PENDING)
    query = query.values(state=PENDING, due_at=due_at, round=WebhookMessage.round + 1, attempts=0)
    return await tx.scalar(query.returning(WebhookMessage.endpoint_id))


async def forget(tx: Transaction, *, before: datetime, limit: int) -> int:
    """Drop what happened before then, also what an endpoint that is off was owed; returns how many."""
    old = select(WebhookMessage.id).where(WebhookMessage.happened_at <= before).limit(limit)
    query = delete(WebhookMessage).where(WebhookMessage.id.in_(old.scalar_subquery())).returning(WebhookMessage.id)
    return len((await tx.scalars(query)).all())


async def _promise(tx: Transaction, owed: Mapping[str, object], *, also_off: bool) -> None:
    given = {f"of_{name}": value for name, value in owed.items()}
    await tx.execute(_PROMISE, given | {"wanted": f" {owed['type']} ", "also_off": also_off})


async def _fenced(tx: Transaction, fence: Fence, **values: object) -> bool:
    same = (WebhookMessage.id == fence.message_id, WebhookMessage.round == fence.round)
    query = update(WebhookMessage).where(*same, WebhookMessage.attempts == fence.attempts)
    query = query.where(WebhookMessage.state == PENDING).values(**values)
    return (await tx.scalar(query.returning(WebhookMessage.id))) is not None


def _heads(workspace_id: str, but: Collection[int], most: int, now: datetime) -> Select[int]:
    """The ids of the first due messages of each endpoint, skipping those another worker is taking right now."""
    place = func.row_number().over(
        partition_by=WebhookMessage.endpoint_id, order_by=(WebhookMessage.due_at, WebhookMessage.id)
    )
    is_due = (
        WebhookMessage.workspace_id == workspace_id,
        WebhookMessage.state == PENDING,
        WebhookMessage.due_at <= now,
    )
    queues = (
        select(WebhookMessage.id, place.label("place"))
        .join(WebhookEndpoint, WebhookEndpoint.id == WebhookMessage.endpoint_id)
        .where(*is_due, *IS_ON, WebhookEndpoint.id.not_in(but))
        .subquery()
    )
    first = select(queues.c.id).where(queues.c.place <= most)
    # Due is asked again: on Postgres a row that another worker has just taken is looked at afresh once it is unlocked.
    return select(WebhookMessage.id).where(WebhookMessage.id.in_(first), *is_due).with_for_update(skip_locked=True)
