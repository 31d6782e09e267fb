"""
Deliveries, an outbox: messages we owe, promised in the transaction that causes them and worded when they leave.

    promised -> pending -> sent | cancelled (nothing left to say) | given up
                   ^ v
                  parked (somebody must mend something first)

A unique key makes promising safe to repeat. Taking one postpones it to the end of a lease, so a crash needs no rescuer;
a delivery that was being posted when its worker died is *uncertain*, and each kind says what that means.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.rules.messages import DRAWINGS, KNOWN_BY_THEMSELVES, DeliveryKind
from bot.rules.retry import LEASE, PARKED_RECHECK, GiveUp, Moot, Obstacle, Outcome, Park, RetryAt, Sent
from bot.services import lanes
from bot.services.lanes import held_lane, post_lane, step_lane, update_lane
from storage import deliveries as queries
from storage.database import Transaction
from storage.models import Delivery

DRAW_GRACE = timedelta(seconds=20)  # how long the process that took the click has to redraw the card itself


@dataclass(frozen=True)
class Promise:
    """What a message is about. `recipient_id` is a channel or a person; None where only the row at that time knows."""

    workspace_id: str
    kind: DeliveryKind
    key: str
    recipient_id: str | None = None
    invitation_id: int | None = None
    follow_up_id: int | None = None
    survey_id: int | None = None
    message_ts: str | None = None
    topic: str | None = None


@dataclass(frozen=True)
class Drawing:
    """A card owed anew: whoever draws it at once says so with `fulfil`. `subject_id`: what the card is about."""

    subject_id: int
    key: str
    round: int


async def promise(tx: Transaction, owed: Promise, *, due_at: datetime, now: datetime) -> bool:
    """Owe a message once; False when one with this key was owed before."""
    return await queries.promise(tx, _row(owed, due_at=due_at, now=now))


async def promise_again(tx: Transaction, owed: Promise, *, due_at: datetime, now: datetime) -> int:
    """Owe a redrawing anew; returns the round to hand to `fulfil` when it is done at once."""
    return await queries.promise_again(tx, _row(owed, due_at=due_at, now=now))


async def tell(
    tx: Transaction,
    workspace_id: str,
    user_id: str,
    topic: str,
    *,
    mark: str,
    now: datetime,
    due_at: datetime | None = None,
    invitation_id: int | None = None,
    follow_up_id: int | None = None,
) -> bool:
    """Owe a colleague a few words by direct message, once for this mark; `topic` says which (see `slack/news`)."""
    owed = Promise(
        workspace_id=workspace_id,
        kind=DeliveryKind.NOTICE,
        key=f"notice:{mark}",
        recipient_id=user_id,
        invitation_id=invitation_id,
        follow_up_id=follow_up_id,
        topic=topic,
    )
    return await promise(tx, owed, due_at=due_at or now, now=now)


async def promise_removal(tx: Transaction, workspace_id: str, channel_id: str, ts: str, *, now: datetime) -> None:
    """Owe the removal of a message of ours that should no longer stand there."""
    owed = Promise(
        workspace_id=workspace_id,
        kind=DeliveryKind.REMOVAL,
        key=f"removal:{channel_id}:{ts}",
        recipient_id=channel_id,
        message_ts=ts,
    )
    await promise(tx, owed, due_at=now, now=now)


async def leave_channel(
    tx: Transaction, workspace_id: str, channel_id: str, *, kind: DeliveryKind, now: datetime
) -> None:
    """Outsiders read there now: what only the outbox knows of goes, too."""
    for ts in await queries.standing_in(tx, workspace_id, channel_id, kind=kind):
        await promise_removal(tx, workspace_id, channel_id, ts, now=now)


async def fulfil(tx: Transaction, drawing: Drawing, *, now: datetime) -> bool:
    """It was drawn another way; what was owed since then still is."""
    return await queries.fulfil(tx, drawing.key, round_=drawing.round, at=now)


async def hasten(tx: Transaction, key: str, *, now: datetime) -> bool:
    return await queries.hasten(tx, key, due_at=now)


async def revive(tx: Transaction, key: str, *, now: datetime) -> bool:
    """Owe again what was cancelled."""
    return await queries.revive(tx, key, due_at=now)


async def is_still_known(tx: Transaction, delivery: Delivery) -> bool:
    """False when whom or what it was about has been erased, also this moment."""
    return await queries.lock(tx, delivery.id) is not None


async def by_key(tx: Transaction, key: str) -> Delivery | None:
    return await queries.by_key(tx, key)


def was_sent(delivery: Delivery) -> bool:
    return delivery.state == queries.SENT


async def has_left(tx: Transaction, key: str) -> bool:
    """Sent, or on its way this moment."""
    found = await queries.by_key(tx, key)
    return found is not None and (was_sent(found) or found.posting_since is not None)


async def cancel(tx: Transaction, key: str, *, because: str, now: datetime) -> bool:
    """Drop a message nobody is posting this moment; False when it is too late for that."""
    found = await queries.by_key(tx, key)
    return found is not None and await queries.cancel(tx, queries.Fence.of(found), at=now, because=because)


async def has_arrived(tx: Transaction, key: str, *, now: datetime) -> None:
    """The person answered it, so whatever its worker learned or did not learn, it is there."""
    found = await queries.by_key(tx, key)
    if found is not None:
        await queries.settle(tx, queries.Fence.of(found), state=queries.SENT, at=now, because="answered")


async def is_any_due(tx: Transaction, workspace_id: str, *, now: datetime) -> bool:
    return await queries.is_any_due(tx, workspace_id, now)


async def take(tx: Transaction, workspace_id: str, *, limit: int, now: datetime) -> Sequence[Delivery]:
    """Lease the first due message of each free lane. `posting_since` set: nobody knows whether it left before."""
    return await queries.take(tx, workspace_id, now=now, lease_until=now + LEASE, limit=limit)


async def start_posting(
    tx: Transaction, delivery: Delivery, *, lane: str, gap: timedelta, now: datetime
) -> RetryAt | None:
    """Reserve the lane's next slot and note that Slack is being told; RetryAt when the lane is not free."""
    free_at = await lanes.reserve(tx, lane, now=now, free_at=now + gap)
    if free_at is not None:
        return RetryAt(free_at, "lane", lane=lane)
    if not await queries.start_posting(tx, queries.Fence.of(delivery), at=now):
        return RetryAt(now, "lease_lost")
    return None


async def settle(tx: Transaction, delivery: Delivery, outcome: Outcome, *, now: datetime) -> bool:
    """Write down what became of it; False when the lease was lost and a successor knows better."""
    fence = queries.Fence.of(delivery)
    match outcome:
        case Sent(is_certain=certain, channel_id=channel_id, ts=ts):
            if delivery.kind in KNOWN_BY_THEMSELVES and channel_id and ts:
                await queries.set_message(tx, fence, channel_id=channel_id, ts=ts)
            because = None if certain else "uncertain"
            return await queries.settle(tx, fence, state=queries.SENT, at=now, because=because)
        case Moot(because=because):
            return await queries.settle(tx, fence, state=queries.CANCELLED, at=now, because=because)
        case GiveUp(because=because):
            return await queries.settle(tx, fence, state=queries.GIVEN_UP, at=now, because=because)
        case Park(obstacle=obstacle, channel_id=channel_id):
            recheck = now + PARKED_RECHECK
            return await queries.park(tx, fence, due_at=recheck, obstacle=obstacle, channel_id=channel_id)
        case RetryAt(when=when, because=because, lane=lane, hold=hold):
            if hold:
                await lanes.hold(tx, held_lane(lane or delivery.lane), until=when)
            return await queries.postpone(tx, fence, due_at=when, because=because, lane=None if hold else lane)


async def release(
    tx: Transaction,
    workspace_id: str,
    *,
    obstacles: Sequence[Obstacle],
    channel_id: str | None = None,
    survey_id: int | None = None,
    now: datetime,
) -> int:
    """Send what was parked, now that its obstacle is mended; returns how many."""
    return await queries.release(
        tx, workspace_id, obstacles=obstacles, channel_id=channel_id, survey_id=survey_id, now=now
    )


async def oldest_parked(
    tx: Transaction, workspace_id: str, *, obstacle: Obstacle, channel_id: str | None
) -> int | None:
    """Names one stretch of trouble: it changes only when everything parked for this reason has left."""
    return await queries.oldest_parked(tx, workspace_id, obstacle=obstacle, channel_id=channel_id)


async def parked(tx: Transaction, workspace_id: str) -> dict[tuple[str, str | None], int]:
    """How many messages wait for somebody, by obstacle and channel."""
    return await queries.count_parked(tx, workspace_id)


async def forget_settled(tx: Transaction, *, before: datetime, limit: int) -> int:
    """Drop what was settled long ago; returns how many. Removals go at once: they name where an erased person was."""
    return await queries.forget_settled(tx, before=before, limit=limit)


async def channel_renamed(tx: Transaction, workspace_id: str, *, old: str, new: str) -> None:
    await queries.rename_channel(tx, workspace_id, old=old, new=new)


def _row(owed: Promise, *, due_at: datetime, now: datetime) -> Delivery:
    draws = owed.kind in DRAWINGS
    lane = update_lane(owed.workspace_id) if draws else post_lane(owed.workspace_id, owed.recipient_id)
    if owed.kind == DeliveryKind.STEP:
        lane = step_lane(owed.workspace_id)
    return Delivery(
        workspace_id=owed.workspace_id,
        kind=owed.kind,
        key=owed.key,
        lane=lane,
        state=queries.PENDING,
        created_at=now,
        due_at=due_at,
        recipient_id=owed.recipient_id,
        invitation_id=owed.invitation_id,
        follow_up_id=owed.follow_up_id,
        survey_id=owed.survey_id,
        message_ts=owed.message_ts,
        topic=owed.topic,
    )
