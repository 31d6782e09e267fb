"""Letters: a due delivery worded by what is true now, or the outcome when there is nothing to send, or nowhere."""

from collections.abc import Mapping

from bot.rules.answering import InvitationState
from bot.rules.messages import DeliveryKind
from bot.rules.replying import Way
from bot.rules.retry import UPDATE_GAP, Moot, Obstacle, Outcome, Park
from bot.services import cards, replies, reply_deliveries, surveys
from bot.services.lanes import step_lane, update_lane
from bot.slack import team_letters
from bot.slack.blocks.cards import card, question_card
from bot.slack.blocks.invitations import reminder_card
from bot.slack.blocks.replies import Reply, direct_reply, reply_in_thread
from bot.slack.completions import completion
from bot.slack.news import notice
from bot.slack.paper import Composer, Letter, post, redraw
from storage.database import Transaction
from storage.models import Delivery


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
    return post(delivery, place, question_card(facts), thread_ts=facts.invitation.thread_ts)


async def _reminder(tx: Transaction, delivery: Delivery) -> Letter | Outcome:
    facts = await cards.facts(tx, delivery.invitation_id or 0)
    if facts is None or facts.invitation.state != InvitationState.SENT:
        return Moot("no_longer_open")
    if facts.contact.opted_out_at is not None:
        return Moot("opted_out")
    if (await surveys.get(tx, facts.invitation.survey_id)).paused_at is not None:
        return Park(Obstacle.PAUSED)
    return post(delivery, facts.contact.user_id, reminder_card(facts))


async def _card(tx: Transaction, delivery: Delivery) -> Letter | Outcome:
    facts = await cards.facts(tx, delivery.invitation_id or 0)
    if facts is None or facts.invitation.card_ts is None or facts.invitation.card_channel_id is None:
        return Moot("no_card")
    return redraw(delivery, facts.invitation.card_channel_id, facts.invitation.card_ts, card(facts))


async def _reply(tx: Transaction, delivery: Delivery) -> Letter | Outcome:
    owed = await reply_deliveries.owed(tx, delivery)
    if owed is None:
        return Moot("erased")
    if not await replies.is_welcome(tx, owed.exchange):
        return Moot(reply_deliveries.UNWELCOME)
    facts = owed.exchange.facts
    reply = Reply(facts, owed.exchange.follow_up.id, owed.step.note or "", owed.step.signature or "")
    if owed.way is Way.THREAD and facts.invitation.channel_id:
        message, thread_ts = reply_in_thread(reply), owed.exchange.thread_ts
        return post(delivery, facts.invitation.channel_id, message, thread_ts=thread_ts)
    return post(delivery, facts.contact.user_id, direct_reply(reply))


async def _notice(tx: Transaction, delivery: Delivery) -> Letter | Outcome:
    if delivery.obstacle is not None and delivery.obstacle in (delivery.topic or "").split(":"):
        return Moot("mended")  # the trouble it tells of kept it back too: now that it may leave, that is over
    message = await notice(tx, delivery)
    if message is None or delivery.recipient_id is None:
        return Moot("erased")
    return post(delivery, delivery.recipient_id, message)


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


COMPOSERS: Mapping[DeliveryKind, Composer] = {
    DeliveryKind.ASK: _ask,
    DeliveryKind.REMINDER: _reminder,
    DeliveryKind.CARD: _card,
    DeliveryKind.REPLY: _reply,
    DeliveryKind.NOTICE: _notice,
    DeliveryKind.REMOVAL: _removal,
    DeliveryKind.STEP: _step,
    **team_letters.COMPOSERS,
}
