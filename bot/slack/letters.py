"""Letters: a due delivery worded by what is true now, or the outcome when there is nothing to send, or nowhere."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

from bot.rules.answering import InvitationState
from bot.rules.retry import POST_GAP, UPDATE_GAP, Moot, Obstacle, Outcome, Park
from bot.services import alerts, cards, clocks, favour_cards, follow_up_log, routing, surveys, workspaces
from bot.services.deliveries import DeliveryKind
from bot.services.lanes import post_lane, step_lane, update_lane
from bot.slack.blocks.cards import card, question_card
from bot.slack.blocks.favour_reports import favour_card
from bot.slack.blocks.follow_up_log import escalation, line, nudge
from bot.slack.blocks.follow_ups import alert_card
from bot.slack.blocks.invitations import reminder_card
from bot.slack.blocks.kit import Message
from bot.slack.blocks.reports import alert_url
from bot.slack.completions import Completion, completion
from bot.slack.facts import alert_facts
from bot.slack.news import notice
from storage.database import Transaction
from storage.models import Delivery, FollowUp


@dataclass(frozen=True)
class Letter:
    """A message ready to leave. `ts` set: redraw that message; without a message: remove it."""

    channel_id: str
    message: Message | None
    lane: str
    gap: timedelta
    thread_ts: str | None = None
    ts: str | None = None
    completion: Completion | None = None  # no message, but what a workflow is told

    @property
    def is_direct(self) -> bool:
        """Addressed to a person, not to a channel."""
        return not self.channel_id.startswith(("C", "G"))


async def compose(tx: Transaction, delivery: Delivery) -> Letter | Outcome:
    return await COMPOSERS[DeliveryKind(delivery.kind)](tx, delivery)


async def _ask(tx: Transaction, delivery: Delivery) -> Letter | Outcome:
    facts = await cards.facts(tx, delivery.invitation_id or 0)
    if facts is None or facts.invitation.state != InvitationState.WAITING:
        return Moot("no_longer_waiting")
    if facts.contact.opted_out_at is not None and not facts.invitation.is_rehearsal:
        return Moot("opted_out")
    survey = await surveys.get(tx, facts.invitation.survey_id)
    if survey.paused_at is not None and not facts.invitation.is_rehearsal:
        return Park(Obstacle.PAUSED)
    place = facts.invitation.channel_id or facts.contact.user_id
    return _post(delivery, place, question_card(facts), thread_ts=facts.invitation.thread_ts)


async def _reminder(tx: Transaction, delivery: Delivery) -> Letter | Outcome:
    facts = await cards.facts(tx, delivery.invitation_id or 0)
    if facts is None or facts.invitation.state != InvitationState.SENT:
        return Moot("no_longer_open")
    if facts.contact.opted_out_at is not None:
        return Moot("opted_out")
    if (await surveys.get(tx, facts.invitation.survey_id)).paused_at is not None:
        return Park(Obstacle.PAUSED)
    return _post(delivery, facts.contact.user_id, reminder_card(facts))


async def _card(tx: Transaction, delivery: Delivery) -> Letter | Outcome:
    facts = await cards.facts(tx, delivery.invitation_id or 0)
    if facts is None or facts.invitation.card_ts is None or facts.invitation.card_channel_id is None:
        return Moot("no_card")
    return _redraw(delivery, facts.invitation.card_channel_id, facts.invitation.card_ts, card(facts))


async def _alert(tx: Transaction, delivery: Delivery) -> Letter | Outcome:
    facts = await alert_facts(tx, delivery.follow_up_id or 0)
    if facts is None:
        return Moot("erased")
    if facts.follow_up.card_ts is not None:
        return Moot("told_already")
    there = alerts.destination(await surveys.get(tx, facts.follow_up.survey_id))
    if there.channel_id is None and facts.follow_up.is_rehearsal and facts.invitation.asked_by:
        return _post(delivery, facts.invitation.asked_by, alert_card(facts))
    if there.channel_id is None:
        return Park(Obstacle.NO_CHANNEL)
    if there.stopped_because is not None:
        return Park(Obstacle(there.stopped_because), there.channel_id)
    return _post(delivery, there.channel_id, alert_card(facts))


async def _alert_card(tx: Transaction, delivery: Delivery) -> Letter | Outcome:
    facts = await alert_facts(tx, delivery.follow_up_id or 0)
    if facts is None or facts.follow_up.card_ts is None or facts.follow_up.card_channel_id is None:
        return Moot("no_card")
    return _redraw(delivery, facts.follow_up.card_channel_id, facts.follow_up.card_ts, alert_card(facts))


async def _line(tx: Transaction, delivery: Delivery) -> Letter | Outcome:
    facts, step = await alert_facts(tx, delivery.follow_up_id or 0), await follow_up_log.step(tx, delivery.topic)
    if facts is None or step is None:
        return Moot("erased")
    return _in_thread(delivery, facts.follow_up, line(step, facts.contact))


async def _nudge(tx: Transaction, delivery: Delivery) -> Letter | Outcome:
    facts = await alert_facts(tx, delivery.follow_up_id or 0)
    if facts is None or not clocks.nudges_still(facts.follow_up, delivery.topic or "", at=delivery.due_at):
        return Moot("no_longer_waiting")
    return _in_thread(delivery, facts.follow_up, nudge(facts, await routing.addressee(tx, facts.follow_up)))


async def _escalation(tx: Transaction, delivery: Delivery) -> Letter | Outcome:
    facts = await alert_facts(tx, delivery.follow_up_id or 0)
    if facts is None or not clocks.escalates_still(facts.follow_up):
        return Moot("no_longer_waiting")
    place = await routing.escalation_channel(tx, await surveys.get(tx, facts.follow_up.survey_id))
    if place is None:
        return Park(Obstacle.NO_CHANNEL)
    url = alert_url(facts.follow_up, (await workspaces.get(tx, delivery.workspace_id)).url)
    return _post(delivery, place, escalation(facts, await routing.addressee(tx, facts.follow_up), url))


async def _favour(tx: Transaction, delivery: Delivery) -> Letter | Outcome:
    given = await favour_cards.facts(tx, delivery)
    if given is None:
        return Moot("erased")
    if delivery.recipient_id is not None:
        return _post(delivery, delivery.recipient_id, favour_card(*given))
    there = alerts.destination(await surveys.get(tx, given[0].survey_id))
    if there.channel_id is None:
        return Park(Obstacle.NO_CHANNEL)
    if there.stopped_because is not None:
        return Park(Obstacle(there.stopped_because), there.channel_id)
    return _post(delivery, there.channel_id, favour_card(*given))


async def _favour_card(tx: Transaction, delivery: Delivery) -> Letter | Outcome:
    given = await favour_cards.facts(tx, delivery)
    if given is None or given[0].card_ts is None or given[0].card_channel_id is None:
        return Moot("no_card")
    return _redraw(delivery, given[0].card_channel_id, given[0].card_ts, favour_card(*given))


async def _notice(tx: Transaction, delivery: Delivery) -> Letter | Outcome:
    if delivery.obstacle is not None and delivery.obstacle in (delivery.topic or "").split(":"):
        return Moot("mended")  # the trouble it tells of kept it back too: now that it may leave, that is over
    message = await notice(tx, delivery)
    if message is None or delivery.recipient_id is None:
        return Moot("erased")
    return _post(delivery, delivery.recipient_id, message)


async def _removal(_: Transaction, delivery: Delivery) -> Letter | Outcome:
    if delivery.recipient_id is None or delivery.message_ts is None:
        return Moot("no_message")
    lane = update_lane(delivery.workspace_id)
    return Letter(delivery.recipient_id, None, lane, UPDATE_GAP, ts=delivery.message_ts)


async def _step(tx: Transaction, delivery: Delivery) -> Letter | Outcome:
    told = await completion(tx, delivery)
    if told is None:
        return Moot("nobody_waits")
    return Letter(told.execution_id, None, step_lane(delivery.workspace_id), UPDATE_GAP, completion=told)


def _post(delivery: Delivery, place: str, message: Message, *, thread_ts: str | None = None) -> Letter:
    return Letter(place, message, post_lane(delivery.workspace_id, place), POST_GAP, thread_ts=thread_ts)


def _in_thread(delivery: Delivery, follow_up: FollowUp, message: Message) -> Letter | Outcome:
    """Under the alert, where it stands now."""
    if follow_up.card_channel_id is None or follow_up.card_ts is None:
        return Moot("no_card")
    return _post(delivery, follow_up.card_channel_id, message, thread_ts=follow_up.card_ts)


def _redraw(delivery: Delivery, channel_id: str, ts: str, message: Message) -> Letter:
    return Letter(channel_id, message, update_lane(delivery.workspace_id), UPDATE_GAP, ts=ts)


Composer: TypeAlias = Callable[[Transaction, Delivery], Awaitable[Letter | Outcome]]
COMPOSERS: Mapping[DeliveryKind, Composer] = {
    DeliveryKind.ASK: _ask,
    DeliveryKind.REMINDER: _reminder,
    DeliveryKind.CARD: _card,
    DeliveryKind.ALERT: _alert,
    DeliveryKind.ALERT_CARD: _alert_card,
    DeliveryKind.LINE: _line,
    DeliveryKind.NUDGE: _nudge,
    DeliveryKind.ESCALATION: _escalation,
    DeliveryKind.FAVOUR: _favour,
    DeliveryKind.FAVOUR_CARD: _favour_card,
    DeliveryKind.NOTICE: _notice,
    DeliveryKind.REMOVAL: _removal,
    DeliveryKind.STEP: _step,
}
