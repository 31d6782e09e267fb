"""The log of a follow-up: what was done with it, told line by line in the thread of its alert."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.rules.closing import UNSAID, ContactKind, Outcome, RootCause, Step
from bot.rules.messages import DeliveryKind
from bot.rules.webhooks import WebhookEvent
from bot.services import deliveries, webhooks
from bot.services.deliveries import Promise
from bot.services.invitations import Card
from storage import follow_up_log as queries
from storage.database import Transaction
from storage.models import FollowUp, FollowUpMessage, FollowUpStep

TOLD_TO_PROGRAMS = {
    Step.OPENED: WebhookEvent.FOLLOW_UP_OPENED,
    Step.REOPENED: WebhookEvent.FOLLOW_UP_OPENED,
    Step.CLAIMED: WebhookEvent.FOLLOW_UP_CLAIMED,
    Step.HANDED_OVER: WebhookEvent.FOLLOW_UP_CLAIMED,
    Step.RESOLVED: WebhookEvent.FOLLOW_UP_RESOLVED,
    Step.CHANGED_MIND: WebhookEvent.FOLLOW_UP_RESOLVED,
}


@dataclass(frozen=True)
class Entry:
    """One thing that happened; `by` None: the bot or the customer did it."""

    what: Step
    by: str | None = None
    note: str | None = None
    outcome: Outcome | None = None
    root_cause: RootCause | None = None
    to: str | None = None
    how: ContactKind | None = None
    until: datetime | None = None
    source: str | None = None
    signature: str | None = None


async def add(tx: Transaction, follow_up: FollowUp, entry: Entry, *, now: datetime) -> FollowUpStep:
    """Write it down, and owe its line in the thread where the alert stands."""
    step = FollowUpStep(
        follow_up_id=follow_up.id,
        what=entry.what,
        at=now,
        by=entry.by,
        outcome=entry.outcome,
        root_cause=entry.root_cause,
        note=entry.note,
        to=entry.to,
        how=entry.how,
        until=entry.until,
        source=entry.source,
        signature=entry.signature,
    )
    await queries.add_step(tx, step)
    if entry.what in TOLD_TO_PROGRAMS:  # before any delivery: whoever tells them locks in this order
        await webhooks.followed_up(tx, TOLD_TO_PROGRAMS[entry.what], follow_up, now=max(now, follow_up.opened_at))
    await _owe_line(tx, follow_up, step, now=now)
    return step


async def steps(tx: Transaction, follow_up_id: int) -> Sequence[FollowUpStep]:
    return await queries.steps(tx, follow_up_id)


async def step(tx: Transaction, delivery_topic: str | None) -> FollowUpStep | None:
    """The one a line was owed for; None once it was erased."""
    return await queries.step(tx, int(delivery_topic or 0))


async def begin_thread(tx: Transaction, follow_up: FollowUp, *, now: datetime) -> None:
    """The alert stands, maybe somewhere new: what was done before is told under it."""
    for each in _told_of(await queries.steps(tx, follow_up.id)):
        await _owe_line(tx, follow_up, each, now=now)


async def stands(tx: Transaction, follow_up: FollowUp, card: Card, *, step: FollowUpStep | None) -> None:
    """A message of ours that tells of the step stands there."""
    step_id = step.id if step else None
    message = FollowUpMessage(follow_up_id=follow_up.id, channel_id=card.channel_id, ts=card.ts, step_id=step_id)
    await queries.add_message(tx, message)


async def leave_channel(tx: Transaction, workspace_id: str, channel_id: str, *, now: datetime) -> None:
    """Outsiders read there now: every line goes."""
    gone = await queries.messages_in(tx, workspace_id, channel_id)
    for message in gone:
        await deliveries.promise_removal(tx, workspace_id, channel_id, message.ts, now=now)
    await queries.forget_messages(tx, gone)


def _told_of(steps: Sequence[FollowUpStep]) -> Sequence[FollowUpStep]:
    """Since anybody was told: a change of mind before that, and what ended it, concerns nobody."""
    untold = [n for n, each in enumerate(steps) if each.what == Step.CHANGED_MIND]
    return steps[untold[-1] + 2 :] if untold else steps


async def _owe_line(tx: Transaction, follow_up: FollowUp, step: FollowUpStep, *, now: datetime) -> None:
    if step.what in UNSAID or follow_up.card_ts is None:
        return
    owed = Promise(
        workspace_id=follow_up.workspace_id,
        kind=DeliveryKind.LINE,
        key=f"line:{step.id}:{follow_up.card_ts}",
        recipient_id=follow_up.card_channel_id,
        follow_up_id=follow_up.id,
        survey_id=follow_up.survey_id,
        topic=str(step.id),
    )
    await deliveries.promise(tx, owed, due_at=now, now=now)
