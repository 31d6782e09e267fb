"""
The clock of a follow-up: somebody is reminded when the person still waits, and after a working day it goes higher.

Both are owed when the follow-up opens, and come to nothing when a first reply went out before. A snooze moves them.
"""

from datetime import datetime

from bot.rules.closing import ESCALATE_AFTER, NUDGE_AFTER, FollowUpState, Step, clock
from bot.rules.messages import DeliveryKind
from bot.rules.replying import first_unanswered
from bot.rules.urgency import waits_for_somebody
from bot.services import calendars, deliveries, follow_up_log
from bot.services.deliveries import Promise
from bot.services.follow_up_log import Entry
from storage import clocks as queries
from storage.database import Transaction
from storage.models import FollowUp, FollowUpStep

HEARD = "heard"  # begins the topic of a reminder that words of the person are unanswered


async def wind(tx: Transaction, follow_up: FollowUp, *, now: datetime) -> None:
    """From now on the person waits for a first reply; put off, from then. In rehearsals and praise nobody waits."""
    if follow_up.is_rehearsal or not waits_for_somebody(follow_up.causes.split()):
        return
    due = clock(max(now, follow_up.opened_at), await calendars.of_team(tx, follow_up.workspace_id))
    await queries.set_due(tx, follow_up.id, due.escalate_at)
    await deliveries.promise(tx, _nudge(follow_up, f"reply:{follow_up.round}"), due_at=due.nudge_at, now=now)
    await deliveries.promise(tx, _escalation(follow_up), due_at=due.escalate_at, now=now)
    if follow_up.snoozed_until is not None and follow_up.snoozed_until > now:
        await _rest(tx, follow_up, follow_up.snoozed_until, now=now)


async def rewind(tx: Transaction, follow_up: FollowUp, *, now: datetime) -> None:
    """It is followed up for other reasons than before: somebody may wait now, or nobody any more."""
    if not waits_for_somebody(follow_up.causes.split()):
        await queries.set_due(tx, follow_up.id, None)
    elif follow_up.reply_due_at is None:
        await queries.forget_contact(tx, follow_up.id)  # that was about praise
        await wind(tx, follow_up, now=now)


async def snoozed(tx: Transaction, follow_up: FollowUp, until: datetime, *, now: datetime) -> None:
    """Whoever has it is reminded then; an unanswered person is told of higher up a little later."""
    await deliveries.promise(tx, _nudge(follow_up, f"snooze:{until.timestamp():.0f}"), due_at=until, now=now)
    if follow_up.contacted_at is None and follow_up.reply_due_at is not None:
        await _rest(tx, follow_up, until, now=now)


async def heard(tx: Transaction, follow_up: FollowUp, step: FollowUpStep, *, now: datetime) -> None:
    """The person wrote back: somebody is reminded when nobody answers that, but in a rehearsal."""
    if not follow_up.is_rehearsal:
        team = await calendars.of_team(tx, follow_up.workspace_id)
        due_at = team.after(now, NUDGE_AFTER)
        await deliveries.promise(tx, _nudge(follow_up, f"{HEARD}:{step.id}"), due_at=due_at, now=now)


def is_about_words(topic: str) -> bool:
    """Whether a reminder is about words that came back."""
    return topic.startswith(f"{HEARD}:")


async def reminds_still(tx: Transaction, follow_up: FollowUp, topic: str, *, at: datetime) -> bool:
    """As below; one about words, while those are the first that nobody answered and it is not put off."""
    if not is_about_words(topic):
        return nudges_still(follow_up, topic, at=at)
    if follow_up.state == FollowUpState.RESOLVED or (follow_up.snoozed_until or at) > at:
        return False
    said = [(step.id, step.what, step.note) for step in await follow_up_log.steps(tx, follow_up.id)]
    return f"{HEARD}:{first_unanswered(said)}" == topic


def nudges_still(follow_up: FollowUp, topic: str, *, at: datetime) -> bool:
    """Whether the reminder that was due then should still be given."""
    if follow_up.state == FollowUpState.RESOLVED:
        return False
    what, _, which = topic.partition(":")
    until = follow_up.snoozed_until
    if what == "snooze":
        return until is not None and f"{until.timestamp():.0f}" == which
    return waits_for_reply(follow_up) and str(follow_up.round) == which and (until is None or until <= at)


def waits_for_reply(follow_up: FollowUp) -> bool:
    """Whether nobody has answered the person yet."""
    return (
        follow_up.state != FollowUpState.RESOLVED
        and follow_up.reply_due_at is not None
        and follow_up.contacted_at is None
    )


def escalates_still(follow_up: FollowUp) -> bool:
    return waits_for_reply(follow_up) and follow_up.escalated_at is None


async def nudged(tx: Transaction, follow_up: FollowUp, *, to: str | None, now: datetime) -> FollowUpStep:
    entry = Entry(Step.NUDGED, to=to)
    return await follow_up_log.add(tx, follow_up, entry, now=now)


async def escalated(tx: Transaction, follow_up: FollowUp, *, to: str | None, now: datetime) -> FollowUpStep:
    await queries.set_escalated(tx, follow_up.id, at=now)
    entry = Entry(Step.ESCALATED, to=to)
    return await follow_up_log.add(tx, follow_up, entry, now=now)


async def _rest(tx: Transaction, follow_up: FollowUp, until: datetime, *, now: datetime) -> None:
    """It goes higher only after that."""
    team = await calendars.of_team(tx, follow_up.workspace_id)
    due_at = team.after(until, ESCALATE_AFTER - NUDGE_AFTER)
    await queries.set_due(tx, follow_up.id, due_at)
    await deliveries.promise_again(tx, _escalation(follow_up), due_at=due_at, now=now)


def _nudge(follow_up: FollowUp, what: str) -> Promise:
    return Promise(
        workspace_id=follow_up.workspace_id,
        kind=DeliveryKind.NUDGE,
        key=f"nudge:{follow_up.id}:{what}",
        follow_up_id=follow_up.id,
        survey_id=follow_up.survey_id,
        topic=what,
    )


def _escalation(follow_up: FollowUp) -> Promise:
    return Promise(
        workspace_id=follow_up.workspace_id,
        kind=DeliveryKind.ESCALATION,
        key=f"escalation:{follow_up.id}:{follow_up.round}",
        follow_up_id=follow_up.id,
        survey_id=follow_up.survey_id,
    )
