"""
Follow-ups: an answer that somebody should look after, from the alert to the end.

    open -> claimed -> resolved          one winner when two claim at once
     ^-----------------'  reopened

Which answers need one is decided in `reviews`; what else a colleague does with one is in `work`, what the clock does in
`clocks`, and every step is written down by `follow_up_log`.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import TakenAlready
from bot.rules.closing import FollowUpState, Outcome, RootCause, Step
from bot.rules.messages import DeliveryKind
from bot.services import clocks, deliveries, follow_up_log, invitations, recoveries
from bot.services.deliveries import DRAW_GRACE, Drawing, Promise
from bot.services.follow_up_log import Entry
from bot.services.invitations import Card
from storage import follow_ups as queries
from storage.database import Transaction
from storage.models import FollowUp, Response


@dataclass(frozen=True)
class Resolution:
    """How it ended. The note is required: it is what the next colleague reads."""

    outcome: Outcome
    root_cause: RootCause
    note: str


async def get(tx: Transaction, follow_up_id: int, *, workspace_id: str | None = None) -> FollowUp | None:
    """None also for a follow-up of another workspace, when one is given."""
    found = await queries.get(tx, follow_up_id)
    return found if found and workspace_id in (None, found.workspace_id) else None


async def held(tx: Transaction, follow_up_id: int) -> FollowUp | None:
    """The same, and nobody erases it before this transaction ends."""
    return await queries.lock(tx, follow_up_id)


async def of_response(tx: Transaction, response_id: int) -> FollowUp | None:
    return await queries.of_response(tx, response_id)


async def claim(tx: Transaction, follow_up: FollowUp, *, by: str, now: datetime) -> Drawing:
    """Take it. Raises TakenAlready with whoever was faster; taking one's own again changes nothing."""
    if not await queries.claim(tx, follow_up.id, by=by, at=now):
        current = await queries.current(tx, follow_up.id)
        if current.claimed_by != by or current.state != FollowUpState.CLAIMED:
            raise await moved_on(tx, follow_up)
        return await draw(tx, follow_up, now=now)
    await follow_up_log.add(tx, follow_up, Entry(Step.CLAIMED, by), now=now)
    # The alert first, the person's card second: whoever draws both locks them in this order.
    drawing = await draw(tx, follow_up, now=now)
    await name_owner(tx, follow_up, now=now)
    return drawing


async def take_if_free(tx: Transaction, follow_up: FollowUp, *, by: str, now: datetime) -> None:
    """Whoever works on what nobody has, has it. Raises TakenAlready for what is resolved."""
    if await queries.claim(tx, follow_up.id, by=by, at=now):
        await follow_up_log.add(tx, follow_up, Entry(Step.CLAIMED, by), now=now)
    elif (await queries.current(tx, follow_up.id)).state == FollowUpState.RESOLVED:
        raise await moved_on(tx, follow_up)


async def moved_on(tx: Transaction, follow_up: FollowUp) -> TakenAlready:
    """The polite no of somebody who was slower."""
    current = await queries.current(tx, follow_up.id)
    return TakenAlready(state=current.state, by=current.resolved_by or current.claimed_by)


async def resolve(tx: Transaction, follow_up: FollowUp, how: Resolution, *, by: str, now: datetime) -> Drawing:
    """End it. Raises TakenAlready when somebody ended it before."""
    done = await queries.resolve(
        tx, follow_up.id, by=by, at=now, outcome=how.outcome, root_cause=how.root_cause, note=how.note
    )
    if not done:
        raise await moved_on(tx, follow_up)
    entry = Entry(Step.RESOLVED, by, note=how.note, outcome=how.outcome, root_cause=how.root_cause)
    await follow_up_log.add(tx, follow_up, entry, now=now)
    return await draw(tx, follow_up, now=now)


async def reopen(tx: Transaction, follow_up: FollowUp, *, by: str, now: datetime) -> Drawing:
    """Nobody's again; the note it was closed with stays in the log."""
    if not await queries.reopen(tx, follow_up.id):
        raise await moved_on(tx, follow_up)
    await follow_up_log.add(tx, follow_up, Entry(Step.REOPENED, by), now=now)
    await clocks.wind(tx, await queries.current(tx, follow_up.id), now=now)
    await _tell_again(tx, follow_up, now=now)
    drawing = await draw(tx, follow_up, now=now)
    await name_owner(tx, follow_up, now=now)
    return drawing


async def begin(tx: Transaction, response: Response, *, why: str, heard_at: datetime, now: datetime) -> FollowUp:
    """Open one for an answer colleagues hear of then; `why` remembers the causes it was opened for."""
    follow_up = FollowUp(
        workspace_id=response.workspace_id,
        survey_id=await recoveries.alerting_survey(tx, response),
        response_id=response.id,
        is_rehearsal=response.is_rehearsal,
        first_score=response.score,
        causes=why,
        state=FollowUpState.OPEN,
        opened_at=heard_at,
    )
    await queries.add(tx, follow_up)
    await follow_up_log.add(tx, follow_up, Entry(Step.OPENED), now=now)
    await clocks.wind(tx, follow_up, now=now)
    return follow_up


async def remember_causes(tx: Transaction, follow_up: FollowUp, why: str) -> FollowUp:
    """Returns it as it stands then."""
    await queries.set_causes(tx, follow_up.id, why)
    return await queries.get(tx, follow_up.id) or follow_up


async def end_untold(tx: Transaction, follow_up: FollowUp, *, now: datetime) -> None:
    """The answer changed before anybody was told."""
    ended = await queries.resolve(
        tx, follow_up.id, by=None, at=now, outcome=Outcome.CHANGED_MIND, root_cause=None, note=None
    )
    if ended:
        await follow_up_log.add(tx, follow_up, Entry(Step.CHANGED_MIND), now=now)


async def begin_again(tx: Transaction, follow_up: FollowUp, *, now: datetime) -> bool:
    """The answer gives a new reason; False when it was not closed."""
    if not await queries.reopen(tx, follow_up.id):
        return False
    await follow_up_log.add(tx, follow_up, Entry(Step.REOPENED), now=now)
    await clocks.wind(tx, await queries.current(tx, follow_up.id), now=now)
    await _tell_again(tx, follow_up, now=now)
    return True


async def owe_alert(tx: Transaction, follow_up: FollowUp, *, due_at: datetime, now: datetime) -> None:
    """Tell the team, once however often this is said."""
    await deliveries.promise(tx, _alert(follow_up), due_at=due_at, now=now)


async def told(tx: Transaction, follow_up_id: int, *, card: Card, worded_at: datetime, now: datetime) -> bool:
    """The alert stands there. What changed while it was on its way is drawn over it. False: erased since."""
    await queries.set_card(tx, follow_up_id, channel_id=card.channel_id, ts=card.ts)
    follow_up = await queries.get(tx, follow_up_id)
    if follow_up is None:
        return False
    await follow_up_log.begin_thread(tx, follow_up, now=now)
    if await _moved_since(tx, follow_up, worded_at):
        await draw(tx, follow_up, now=now, due_at=now)
    return True


async def leave_channel(tx: Transaction, workspace_id: str, channel_id: str, *, now: datetime) -> None:
    """Outsiders read there now: take every alert out of it. Those not resolved are owed anew, elsewhere."""
    for follow_up in await queries.standing_in(tx, workspace_id, channel_id):
        await deliveries.promise_removal(tx, workspace_id, channel_id, follow_up.card_ts or "", now=now)
        await queries.set_card(tx, follow_up.id, channel_id=None, ts=None)
        if follow_up.state != FollowUpState.RESOLVED:
            await deliveries.promise_again(tx, _alert(follow_up), due_at=now, now=now)
    await follow_up_log.leave_channel(tx, workspace_id, channel_id, now=now)


async def draw_all(tx: Transaction, follow_up: FollowUp, *, now: datetime) -> None:
    """Owe the alert anew, and the person's own card where it names who will reply."""
    await draw(tx, follow_up, now=now, due_at=now)
    await name_owner(tx, follow_up, now=now)


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


async def name_owner(tx: Transaction, follow_up: FollowUp, *, now: datetime) -> None:
    """Who asked for a reply learns from whom it will come."""
    invitation = await invitations.expecting_reply(tx, follow_up.response_id)
    if invitation is not None:
        await invitations.draw(tx, invitation, now=now, due_at=now)


async def is_told(tx: Transaction, follow_up: FollowUp) -> bool:
    """Whether the alert left, or is leaving this moment; who took or resolved it has seen it, wherever it is now."""
    if follow_up.card_ts is not None or follow_up.claimed_by or follow_up.resolved_by:
        return True
    alert = await deliveries.by_key(tx, alert_key(follow_up.id))
    return alert is not None and (alert.posting_since is not None or deliveries.was_sent(alert))


async def channel_renamed(tx: Transaction, workspace_id: str, *, old: str, new: str) -> None:
    await queries.rename_channel(tx, workspace_id, old=old, new=new)


def alert_key(follow_up_id: int) -> str:
    return f"alert:{follow_up_id}"


def alert_card_key(follow_up_id: int) -> str:
    return f"alert-card:{follow_up_id}"


async def _tell_again(tx: Transaction, follow_up: FollowUp, *, now: datetime) -> None:
    """Owe an alert anew that was taken out of a channel outsiders read."""
    alert = await deliveries.by_key(tx, alert_key(follow_up.id))
    if follow_up.card_ts is None and alert is not None and deliveries.was_sent(alert):
        await deliveries.promise_again(tx, _alert(follow_up), due_at=now, now=now)


async def _moved_since(tx: Transaction, follow_up: FollowUp, moment: datetime) -> bool:
    steps = await follow_up_log.steps(tx, follow_up.id)
    drawn_again = await deliveries.by_key(tx, alert_card_key(follow_up.id))
    return bool(drawn_again) or any(step.at >= moment for step in steps)


def _alert(follow_up: FollowUp) -> Promise:
    return Promise(
        workspace_id=follow_up.workspace_id,
        kind=DeliveryKind.ALERT,
        key=alert_key(follow_up.id),
        follow_up_id=follow_up.id,
        survey_id=follow_up.survey_id,
    )
