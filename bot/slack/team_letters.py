"""Letters to the team: alerts and what stands beside them, digests, falls. Nothing for outsiders."""

from collections.abc import Mapping

from bot.rules.messages import DeliveryKind
from bot.rules.retry import Moot, Obstacle, Outcome, Park
from bot.services import clocks, editions, favour_cards, follow_up_log, routes, routing, workspaces
from bot.services.editions import Facts
from bot.services.routing import Destination
from bot.slack import picturing
from bot.slack.blocks.digests import digest_message
from bot.slack.blocks.falls import fall_alert
from bot.slack.blocks.favour_reports import favour_card
from bot.slack.blocks.follow_up_log import escalation, line, nudge, words_wait
from bot.slack.blocks.follow_ups import alert_card
from bot.slack.blocks.kit import Block, Message
from bot.slack.blocks.reports import alert_url
from bot.slack.blocks.routes import route_test
from bot.slack.facts import alert_facts
from bot.slack.paper import Composer, Letter, in_thread, post, redraw
from storage.database import Transaction
from storage.models import Delivery


async def _alert(tx: Transaction, delivery: Delivery) -> Letter | Outcome:
    facts = await alert_facts(tx, delivery.follow_up_id or 0)
    if facts is None:
        return Moot("erased")
    if facts.follow_up.card_ts is not None:
        return Moot("told_already")
    there = await routing.destination(tx, facts.follow_up)
    if there.channel_id is None and facts.follow_up.is_rehearsal and facts.invitation.asked_by:
        return post(delivery, facts.invitation.asked_by, alert_card(facts))
    return _to(delivery, there, alert_card(facts))


async def _alert_card(tx: Transaction, delivery: Delivery) -> Letter | Outcome:
    facts = await alert_facts(tx, delivery.follow_up_id or 0)
    if facts is None or facts.follow_up.card_ts is None or facts.follow_up.card_channel_id is None:
        return Moot("no_card")
    return redraw(delivery, facts.follow_up.card_channel_id, facts.follow_up.card_ts, alert_card(facts))


async def _line(tx: Transaction, delivery: Delivery) -> Letter | Outcome:
    facts, step = await alert_facts(tx, delivery.follow_up_id or 0), await follow_up_log.step(tx, delivery.topic)
    if facts is None or step is None:
        return Moot("erased")
    return in_thread(delivery, facts.follow_up, line(step, facts.contact))


async def _nudge(tx: Transaction, delivery: Delivery) -> Letter | Outcome:
    facts, topic = await alert_facts(tx, delivery.follow_up_id or 0), delivery.topic or ""
    if facts is None or not await clocks.reminds_still(tx, facts.follow_up, topic, at=delivery.due_at):
        return Moot("no_longer_waiting")
    draw = words_wait if clocks.is_about_words(topic) else nudge
    return in_thread(delivery, facts.follow_up, draw(facts, await routing.addressee(tx, facts.follow_up)))


async def _escalation(tx: Transaction, delivery: Delivery) -> Letter | Outcome:
    facts = await alert_facts(tx, delivery.follow_up_id or 0)
    if facts is None or not clocks.escalates_still(facts.follow_up):
        return Moot("no_longer_waiting")
    url = alert_url(facts.follow_up, (await workspaces.get(tx, delivery.workspace_id)).url)
    told = escalation(facts, await routing.addressee(tx, facts.follow_up), url)
    there = await routing.escalation(tx, facts.follow_up, but=delivery.obstacle_channel_id)
    return _to(delivery, there, told)


async def _route_test(tx: Transaction, delivery: Delivery) -> Letter | Outcome:
    route = await routes.rehearsed(tx, delivery.topic, workspace_id=delivery.workspace_id)
    if route is None or delivery.recipient_id is None:
        return Moot("no_route")
    return post(delivery, delivery.recipient_id, route_test(route, by=(delivery.topic or "").partition(":")[2]))


async def _digest(tx: Transaction, delivery: Delivery) -> Letter | Outcome:
    edition = await editions.of_delivery(tx, delivery)
    facts = await editions.facts(tx, edition) if edition else None
    if edition is None or facts is None or facts.digest.removed_at is not None:
        return Moot("removed")
    if await editions.is_overtaken(tx, edition):
        return Moot("overtaken")
    if not facts.summary.has_news:
        return Moot("nothing_new")
    if facts.digest.stopped_because is not None:
        return Park(Obstacle(facts.digest.stopped_because), facts.digest.channel_id)
    message = digest_message(facts, await _picture(tx, facts))
    return post(delivery, facts.digest.channel_id, message)


async def _digest_card(tx: Transaction, delivery: Delivery) -> Letter | Outcome:
    edition = await editions.of_delivery(tx, delivery)
    facts = await editions.facts(tx, edition) if edition else None
    if edition is None or facts is None or edition.card_ts is None or edition.card_channel_id is None:
        return Moot("no_card")
    message = digest_message(facts, await _picture(tx, facts))
    return redraw(delivery, edition.card_channel_id, edition.card_ts, message)


async def _picture(tx: Transaction, facts: Facts) -> Block | None:
    """Of the score in time, where one was uploaded before the digest left."""
    key = editions.picture_key(facts.digest, facts.week)
    return await picturing.kept(tx, facts.digest.workspace_id, key)


async def _fall_alert(tx: Transaction, delivery: Delivery) -> Letter | Outcome:
    facts = await editions.fall_facts(tx, delivery)
    if facts is None:
        return Moot("removed")
    if facts.digest.stopped_because is not None:
        return Park(Obstacle(facts.digest.stopped_because), facts.digest.channel_id)
    return post(delivery, facts.digest.channel_id, fall_alert(facts.fall, facts.survey_name))


async def _favour(tx: Transaction, delivery: Delivery) -> Letter | Outcome:
    given = await favour_cards.facts(tx, delivery)
    if given is None:
        return Moot("erased")
    if delivery.recipient_id is not None:
        return post(delivery, delivery.recipient_id, favour_card(*given))
    return _to(delivery, await routing.of_survey(tx, given[0].survey_id), favour_card(*given))


async def _favour_card(tx: Transaction, delivery: Delivery) -> Letter | Outcome:
    given = await favour_cards.facts(tx, delivery)
    if given is None or given[0].card_ts is None or given[0].card_channel_id is None:
        return Moot("no_card")
    return redraw(delivery, given[0].card_channel_id, given[0].card_ts, favour_card(*given))


def _to(delivery: Delivery, there: Destination, message: Message) -> Letter | Outcome:
    """Where it should go now, or why it cannot."""
    if there.channel_id is None:
        return Park(Obstacle.NO_CHANNEL)
    if there.stopped_because is not None:
        return Park(Obstacle(there.stopped_because), there.channel_id)
    return post(delivery, there.channel_id, message)


COMPOSERS: Mapping[DeliveryKind, Composer] = {
    DeliveryKind.ALERT: _alert,
    DeliveryKind.ALERT_CARD: _alert_card,
    DeliveryKind.LINE: _line,
    DeliveryKind.NUDGE: _nudge,
    DeliveryKind.ESCALATION: _escalation,
    DeliveryKind.ROUTE_TEST: _route_test,
    DeliveryKind.DIGEST: _digest,
    DeliveryKind.DIGEST_CARD: _digest_card,
    DeliveryKind.FALL_ALERT: _fall_alert,
    DeliveryKind.FAVOUR: _favour,
    DeliveryKind.FAVOUR_CARD: _favour_card,
}
