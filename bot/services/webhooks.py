"""
Webhooks: what other programs are owed, promised in the transaction in which it happens.

    promised -> pending -> delivered | dropped (nothing left to tell) | given up -> pending again by hand

A message holds what it is about, never its words: those are found when it leaves (`webhook_payloads`), so that whoever
was erased meanwhile is not spoken of. Rehearsals are never told.
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.rules.webhooks import ERASED_GRACE, LEASE, TEST, Answer, WebhookEvent, next_wait
from bot.services import webhook_endpoints
from storage import webhooks as queries
from storage.database import Transaction
from storage.models import Contact, FollowUp, Response, WebhookAttempt, WebhookEndpoint, WebhookMessage

AT_ONCE = 4  # to one endpoint
KEPT = timedelta(days=30)  # how long the log goes back
SHOWN = 15


@dataclass(frozen=True)
class Tried:
    """One try, and the message as it stands now. `is_last`: nothing was tried with it since."""

    attempt: WebhookAttempt
    message: WebhookMessage
    is_last: bool

    @property
    def is_over(self) -> bool:
        return self.message.state != queries.PENDING

    @property
    def is_delivered(self) -> bool:
        return self.message.state == queries.DELIVERED


@dataclass(frozen=True)
class Outcome:
    """What became of one try. `answer` None: there was nothing to tell any more."""

    at: datetime
    took: timedelta
    answer: Answer | None


async def answered(tx: Transaction, what: WebhookEvent, response: Response, *, now: datetime) -> None:
    """Somebody answered, or changed their answer."""
    if not response.is_rehearsal:
        ids = {"response_id": response.id, "contact_id": response.contact_id}
        await queries.promise(tx, **_owed(response.workspace_id, what, **ids, now=now))


async def followed_up(tx: Transaction, what: WebhookEvent, follow_up: FollowUp, *, now: datetime) -> None:
    """A follow-up was opened, claimed or resolved."""
    if not follow_up.is_rehearsal:
        ids = {"response_id": follow_up.response_id, "follow_up_id": follow_up.id}
        await queries.promise(tx, **_owed(follow_up.workspace_id, what, **ids, now=now))


async def opted_out(tx: Transaction, contact: Contact, *, now: datetime) -> None:
    owed = _owed(contact.workspace_id, WebhookEvent.CONTACT_OPTED_OUT, contact_id=contact.id, now=now)
    await queries.promise(tx, **owed)


async def erased(tx: Transaction, contact: Contact, *, now: datetime) -> None:
    """
    After everything about them is gone; what is on its way this moment shall arrive before this does.

    Told to endpoints that are off too, once they are on again: they may know the person from before.
    """
    owed = _owed(contact.workspace_id, WebhookEvent.CONTACT_ERASED, contact_id=contact.id, now=now)
    await queries.promise_even_off(tx, **owed | {"user_id": contact.user_id, "due_at": now + ERASED_GRACE})


async def test(tx: Transaction, endpoint: WebhookEndpoint, *, now: datetime) -> None:
    """Owe a message that tells of nothing, to this one."""
    message = WebhookMessage(
        workspace_id=endpoint.workspace_id,
        endpoint_id=endpoint.id,
        event_id=_event_id(),
        type=TEST,
        happened_at=now,
        state=queries.PENDING,
        due_at=now,
    )
    await queries.promise_one(tx, message)


async def is_any_due(tx: Transaction, workspace_id: str, *, now: datetime) -> bool:
    return await queries.is_any_due(tx, workspace_id, now=now)


async def take(
    tx: Transaction, workspace_id: str, *, but: Collection[int], now: datetime
) -> Sequence[tuple[WebhookEndpoint, WebhookMessage]]:
    """Lease what is due, a few of each endpoint; `but`: endpoints somebody has messages of in hand."""
    lease_until = now + LEASE
    taken = await queries.take(tx, workspace_id, but=but, most=AT_ONCE, now=now, lease_until=lease_until)
    known = {each.id: each for each in await webhook_endpoints.all_of(tx, workspace_id)}
    return [(known[each.endpoint_id], each) for each in taken if each.endpoint_id in known]


async def settle(
    tx: Transaction, endpoint: WebhookEndpoint, message: WebhookMessage, outcome: Outcome, *, sway: float, now: datetime
) -> bool:
    """Write down what became of it; False when the lease was lost, or whom it was about was erased."""
    answer, fence = outcome.answer, queries.Fence.of(message)
    await webhook_endpoints.hold(tx, endpoint)
    if answer is None:
        return await queries.settle(tx, fence, state=queries.DROPPED)
    wait = next_wait(answer, attempts=message.attempts, sway=sway)
    if answer.is_taken:
        kept = await queries.settle(tx, fence, state=queries.DELIVERED)
    elif answer.is_gone or wait is None:
        kept = await queries.settle(tx, fence, state=queries.GIVEN_UP)
    else:
        kept = await queries.postpone(tx, fence, due_at=now + wait)
    if kept:
        await queries.add_attempt(tx, _attempt(message, answer, outcome))
        await _judge(tx, endpoint, answer, is_given_up=wait is None, now=now)
    return kept


async def log(tx: Transaction, endpoint: WebhookEndpoint) -> Sequence[Tried]:
    """The last tries, the latest first."""
    seen: set[int] = set()
    tried = []
    for attempt, message in await queries.attempts(tx, endpoint.id, limit=SHOWN):
        tried.append(Tried(attempt, message, is_last=message.id not in seen))
        seen.add(message.id)
    return tried


async def count_waiting(tx: Transaction, workspace_id: str) -> dict[int, int]:
    """How many messages are still owed, by endpoint."""
    return await queries.count_waiting(tx, workspace_id)


async def send_again(tx: Transaction, workspace_id: str, message_id: int, *, now: datetime) -> int | None:
    """Owe it anew, under the same id; returns its endpoint. None when it is owed already, or no longer there."""
    return await queries.owe_again(tx, workspace_id, message_id, due_at=now)


async def forget(tx: Transaction, *, limit: int, now: datetime) -> int:
    """Drop messages of long ago, with their log; returns how many."""
    return await queries.forget(tx, before=now - KEPT, limit=limit)


async def _judge(
    tx: Transaction, endpoint: WebhookEndpoint, answer: Answer, *, is_given_up: bool, now: datetime
) -> None:
    """What the answer says of the endpoint."""
    if answer.is_taken:
        await webhook_endpoints.is_well(tx, endpoint)
    elif answer.is_gone:
        await webhook_endpoints.is_gone(tx, endpoint, now=now)
    elif is_given_up:
        await webhook_endpoints.has_failed(tx, endpoint, now=now)


def _owed(workspace_id: str, what: WebhookEvent, *, now: datetime, **ids: int) -> dict[str, object]:
    """A message by its columns; `ids`: those of the rows it is about."""
    return {
        "workspace_id": workspace_id,
        "event_id": _event_id(),
        "type": what,
        "happened_at": now,
        "due_at": now,
        **dict.fromkeys(("response_id", "follow_up_id", "contact_id", "user_id")),
        **ids,
    }


def _attempt(message: WebhookMessage, answer: Answer, outcome: Outcome) -> WebhookAttempt:
    return WebhookAttempt(
        endpoint_id=message.endpoint_id,
        message_id=message.id,
        at=outcome.at,
        took_ms=round(outcome.took / timedelta(milliseconds=1)),
        status=answer.status,
        because=answer.trouble,
    )


def _event_id() -> str:
    """What programs tell repeats by. Without a dot: the signature is made over id.timestamp.body."""
    return f"msg_{secrets.token_hex(16)}"
