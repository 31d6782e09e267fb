"""
Follow-ups: an answer that somebody should look after, from the alert to the end.

    open -> claimed -> resolved          one winner when two claim at once
     ^-----------------'  reopened

An unhappy answer opens one and owes an alert; the alert waits a little for the comment. When the person changes their
mind before anybody was told, the follow-up ends there and nothing is sent.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.errors import TakenAlready
from bot.rules.urgency import COMMENT_GRACE, Solved, causes
from bot.services import deliveries, invitations
from bot.services.deliveries import DRAW_GRACE, DeliveryKind, Drawing, Promise
from bot.services.invitations import Card
from storage import follow_ups as queries
from storage.database import Transaction
from storage.models import FollowUp, FollowUpStep, Response


class FollowUpState(StrEnum):
    OPEN = "open"
    CLAIMED = "claimed"
    RESOLVED = "resolved"


class Outcome(StrEnum):
    FIXED = "fixed"
    EXPLAINED = "explained"
    PLANNED = "planned"
    NO_ANSWER = "no_answer"
    NOTHING_TO_DO = "nothing_to_do"
    CHANGED_MIND = "changed_mind"  # set by the bot: the answer changed before anybody was told


class RootCause(StrEnum):
    PRODUCT = "product"
    PROCESS = "process"
    CAPACITY = "capacity"
    PERSON = "person"
    EXPECTATION = "expectation"
    OTHER = "other"


class Step(StrEnum):
    OPENED = "opened"
    CLAIMED = "claimed"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    CHANGED_MIND = "changed_mind"


@dataclass(frozen=True)
class Resolution:
    """How it ended. The note is required: it is what the next colleague reads."""

    outcome: Outcome
    root_cause: RootCause
    note: str


async def review(tx: Transaction, response: Response, *, now: datetime) -> None:
    """Decide anew whether somebody should look after this answer. Safe to repeat."""
    needed = bool(
        causes(
            score=response.score,
            solved=Solved(response.solved) if response.solved else None,
            wants_reply=response.wants_reply,
        )
    )
    known = await queries.of_response(tx, response.id)
    if known is None:
        if needed:
            await _open(tx, response, now=now)
    elif await _is_told(tx, known):
        await draw(tx, known, now=now, due_at=now)
    elif not needed:
        await _drop(tx, known, now=now)
    else:
        await _owe_alert(tx, known, response, now=now)


async def get(tx: Transaction, follow_up_id: int, *, workspace_id: str | None = None) -> FollowUp | None:
    """None also for a follow-up of another workspace, when one is given."""
    found = await queries.get(tx, follow_up_id)
    return found if found and workspace_id in (None, found.workspace_id) else None


async def of_response(tx: Transaction, response_id: int) -> FollowUp | None:
    return await queries.of_response(tx, response_id)


async def claim(tx: Transaction, follow_up: FollowUp, *, by: str, now: datetime) -> Drawing:
    """Take it. Raises TakenAlready with whoever was faster; taking one's own again changes nothing."""
    if not await queries.claim(tx, follow_up.id, by=by, at=now):
        current = await queries.current(tx, follow_up.id)
        if current.claimed_by != by or current.state != FollowUpState.CLAIMED:
            raise TakenAlready(state=current.state, by=current.resolved_by or current.claimed_by)
        return await draw(tx, follow_up, now=now)
    await _log(tx, follow_up.id, Step.CLAIMED, by=by, at=now)
    await _name_owner(tx, follow_up, now=now)
    return await draw(tx, follow_up, now=now)


async def resolve(tx: Transaction, follow_up: FollowUp, how: Resolution, *, by: str, now: datetime) -> Drawing:
    """End it. Raises TakenAlready when somebody ended it before."""
    done = await queries.resolve(
        tx, follow_up.id, by=by, at=now, outcome=how.outcome, root_cause=how.root_cause, note=how.note
    )
    if not done:
        current = await queries.current(tx, follow_up.id)
        raise TakenAlready(state=current.state, by=current.resolved_by)
    await _log(tx, follow_up.id, Step.RESOLVED, by=by, at=now, how=how)
    return await draw(tx, follow_up, now=now)


async def reopen(tx: Transaction, follow_up: FollowUp, *, by: str, now: datetime) -> Drawing:
    """Nobody's again; the note it was closed with stays in the log."""
    if not await queries.reopen(tx, follow_up.id):
        current = await queries.current(tx, follow_up.id)
        raise TakenAlready(state=current.state, by=current.claimed_by)
    await _log(tx, follow_up.id, Step.REOPENED, by=by, at=now)
    return await draw(tx, follow_up, now=now)


async def told(tx: Transaction, follow_up_id: int, *, card: Card, worded_at: datetime, now: datetime) -> bool:
    """The alert stands there. What changed while it was on its way is drawn over it. False: erased since."""
    await queries.set_card(tx, follow_up_id, channel_id=card.channel_id, ts=card.ts)
    follow_up = await queries.get(tx, follow_up_id)
    if follow_up is None:
        return False
    if await _moved_since(tx, follow_up, worded_at):
        await draw(tx, follow_up, now=now, due_at=now)
    return True


async def draw(tx: Transaction, follow_up: FollowUp, *, now: datetime, due_at: datetime | None = None) -> Drawing:
    """Owe the alert anew, unless whoever holds the click draws it first."""
    owed = Promise(
        workspace_id=follow_up.workspace_id,
        kind=DeliveryKind.ALERT_CARD,
        key=alert_card_key(follow_up.id),
        recipient_id=follow_up.card_channel_id,
        follow_up_id=follow_up.id,
        survey_id=follow_up.survey_id,
    )
    round_ = await deliveries.promise_again(tx, owed, due_at=due_at or now + DRAW_GRACE, now=now)
    return Drawing(follow_up.id, owed.key, round_)


async def channel_renamed(tx: Transaction, workspace_id: str, *, old: str, new: str) -> None:
    await queries.rename_channel(tx, workspace_id, old=old, new=new)


def alert_key(follow_up_id: int) -> str:
    return f"alert:{follow_up_id}"


def alert_card_key(follow_up_id: int) -> str:
    return f"alert-card:{follow_up_id}"


async def _open(tx: Transaction, response: Response, *, now: datetime) -> None:
    follow_up = FollowUp(
        workspace_id=response.workspace_id,
        survey_id=response.survey_id,
        response_id=response.id,
        is_rehearsal=response.is_rehearsal,
        first_score=response.score,
        state=FollowUpState.OPEN,
        opened_at=now,
    )
    await queries.add(tx, follow_up)
    await _log(tx, follow_up.id, Step.OPENED, by=None, at=now)
    owed = Promise(
        workspace_id=follow_up.workspace_id,
        kind=DeliveryKind.ALERT,
        key=alert_key(follow_up.id),
        follow_up_id=follow_up.id,
        survey_id=follow_up.survey_id,
    )
    due_at = now if response.comment else now + COMMENT_GRACE
    await deliveries.promise(tx, owed, due_at=due_at, now=now)


async def _owe_alert(tx: Transaction, follow_up: FollowUp, response: Response, *, now: datetime) -> None:
    if follow_up.outcome == Outcome.CHANGED_MIND and await queries.reopen(tx, follow_up.id):
        await _log(tx, follow_up.id, Step.REOPENED, by=None, at=now)
        await deliveries.revive(tx, alert_key(follow_up.id), now=now if response.comment else now + COMMENT_GRACE)
    elif response.comment:
        await deliveries.hasten(tx, alert_key(follow_up.id), now=now)


async def _drop(tx: Transaction, follow_up: FollowUp, *, now: datetime) -> None:
    if not await deliveries.cancel(tx, alert_key(follow_up.id), because="changed_mind", now=now):
        return
    ended = await queries.resolve(
        tx, follow_up.id, by=None, at=now, outcome=Outcome.CHANGED_MIND, root_cause=None, note=None
    )
    if ended:
        await _log(tx, follow_up.id, Step.CHANGED_MIND, by=None, at=now)


async def _is_told(tx: Transaction, follow_up: FollowUp) -> bool:
    """Whether the alert left, or is leaving this moment."""
    if follow_up.card_ts is not None:
        return True
    alert = await deliveries.by_key(tx, alert_key(follow_up.id))
    return alert is not None and alert.posting_since is not None


async def _moved_since(tx: Transaction, follow_up: FollowUp, moment: datetime) -> bool:
    steps = await queries.steps(tx, follow_up.id)
    drawn_again = await deliveries.by_key(tx, alert_card_key(follow_up.id))
    return bool(drawn_again) or any(step.at >= moment for step in steps)


async def _name_owner(tx: Transaction, follow_up: FollowUp, *, now: datetime) -> None:
    """Who asked for a reply learns from whom it will come."""
    invitation = await invitations.expecting_reply(tx, follow_up.response_id)
    if invitation is not None:
        await invitations.draw(tx, invitation, now=now, due_at=now)


async def _log(
    tx: Transaction, follow_up_id: int, what: Step, *, by: str | None, at: datetime, how: Resolution | None = None
) -> None:
    outcome, cause, note = (how.outcome, how.root_cause, how.note) if how else (None, None, None)
    step = FollowUpStep(
        follow_up_id=follow_up_id, what=what, at=at, by=by, outcome=outcome, root_cause=cause, note=note
    )
    await queries.add_step(tx, step)
