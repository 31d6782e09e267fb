"""News: the words of a notice to a colleague, by what its topic says; None when its subject was erased, or is over."""

from collections.abc import Callable, Mapping
from functools import partial

from bot.rules.answering import InvitationState
from bot.rules.closing import Outcome
from bot.rules.retry import Obstacle
from bot.services import (
    cards,
    contacts,
    departures,
    file_orders,
    first_steps,
    invitations,
    replies,
    reply_deliveries,
    typed,
    webhook_endpoints,
    workspaces,
)
from bot.services.declines import RIGHT_PERSON
from bot.services.editions import NOTICE as DIGEST_WAITS
from bot.services.recoveries import FELT_NOW
from bot.services.webhook_endpoints import NOTICE, News
from bot.slack import contexts
from bot.slack.blocks import answer_files, notices, replying
from bot.slack.blocks import typed as blocks
from bot.slack.blocks.digest_setup import digest_waits
from bot.slack.blocks.first_steps import welcome
from bot.slack.blocks.kit import Message
from bot.slack.blocks.reports import alert_url
from bot.slack.blocks.webhooks import webhook_news
from bot.slack.facts import alert_facts
from bot.slack.scopes import FILES
from storage.database import Transaction
from storage.models import Contact, Delivery, Invitation

MANAGER = "manager"
OF_WAITING = ("ask_waits", "asked_lately")  # true only while the question has not left
OF_FILES: Mapping[str, Callable[[], Message]] = {
    file_orders.FAILED: answer_files.file_failed,
    file_orders.NOT_ALLOWED: partial(answer_files.file_not_allowed, FILES),
}
OF_FOLLOW_UPS: Mapping[str, Callable[[Contact | None, str | None], Message]] = {
    replies.WROTE_BACK: replying.wrote_back,
    reply_deliveries.FAILED: replying.reply_failed,
    reply_deliveries.UNWELCOME: replying.reply_unwelcome,
    reply_deliveries.UNCERTAIN: replying.reply_uncertain,
}


async def notice(tx: Transaction, delivery: Delivery) -> Message | None:
    """A topic is one word, and ids after colons."""
    topic, _, rest = (delivery.topic or "").partition(":")
    if topic == first_steps.WELCOME and delivery.recipient_id is not None:
        return await _welcome(tx, delivery.workspace_id, delivery.recipient_id)
    if topic in (MANAGER, DIGEST_WAITS):
        return _of_channel(topic, *rest.split(":"))
    if topic in typed.REPLIES:
        return await _of_typed(tx, delivery, typed.Reply(topic), language=rest.partition(":")[0])
    if delivery.follow_up_id is not None:
        return await _of_follow_up(tx, delivery.follow_up_id, topic, rest)
    if delivery.invitation_id is not None:
        return await _of_invitation(tx, delivery.invitation_id, topic, rest)
    return await _of_the_house(tx, delivery.workspace_id, topic, rest)


def _instead(invitation: Invitation, user_id: str) -> contexts.AskPlan:
    """The same question, in the same place, to somebody else."""
    return contexts.AskPlan(
        user_id=user_id,
        survey_id=invitation.survey_id,
        request_id=f"instead:{invitation.id}",
        channel_id=invitation.channel_id,
        thread_ts=invitation.thread_ts,
        permalink=invitation.permalink,
        occasion=invitation.occasion_label,
    )


def _of_channel(topic: str, what: str, channel_id: str) -> Message:
    return notices.new_manager(what, channel_id) if topic == MANAGER else digest_waits(Obstacle(what), channel_id)


async def _welcome(tx: Transaction, workspace_id: str, user_id: str) -> Message:
    workspace = await workspaces.get(tx, workspace_id)
    return welcome(await first_steps.progress(tx, workspace_id, user_id), workspace.name)


async def _of_the_house(tx: Transaction, workspace_id: str, topic: str, rest: str) -> Message | None:
    """About nobody: a webhook, or what keeps messages back."""
    if topic == NOTICE:
        return await _of_webhook(tx, workspace_id, rest)
    if topic in OF_FILES:
        return OF_FILES[topic]()
    return notices.obstacle(Obstacle(topic), rest or None)


async def _of_webhook(tx: Transaction, workspace_id: str, rest: str) -> Message | None:
    news, _, endpoint_id = rest.partition(":")
    endpoint = await webhook_endpoints.get(tx, int(endpoint_id), workspace_id=workspace_id)
    return webhook_news(News(news), endpoint) if endpoint else None


async def _of_follow_up(tx: Transaction, follow_up_id: int, topic: str, rest: str) -> Message | None:
    facts = await alert_facts(tx, follow_up_id)
    if facts is None:
        return None
    if topic == reply_deliveries.WAITS:
        what, _, channel_id = rest.partition(":")
        return replying.reply_waits(facts.contact, Obstacle(what), channel_id or None)
    workspace = await workspaces.get(tx, facts.follow_up.workspace_id)
    if topic == FELT_NOW and facts.follow_up.outcome == Outcome.CHANGED_MIND:
        return None
    url = alert_url(facts.follow_up, workspace.url)
    if topic in OF_FOLLOW_UPS:
        return OF_FOLLOW_UPS[topic](facts.contact, url)
    words = {"handed_over": notices.handed_over, FELT_NOW: notices.felt_now}
    word = words.get(topic, notices.said_more)
    return word(facts.contact, facts.response.score, url)


async def _of_typed(tx: Transaction, delivery: Delivery, reply: typed.Reply, *, language: str) -> Message | None:
    if reply in typed.ABOUT_NOTHING:
        return blocks.nothing_open(language, has_commands=reply is typed.Reply.NOTHING)
    facts = await cards.facts(tx, delivery.invitation_id or 0)
    return blocks.reply(facts, reply) if facts else None


async def _of_invitation(tx: Transaction, invitation_id: int, topic: str, rest: str) -> Message | None:
    invitation = await invitations.get(tx, invitation_id)
    if invitation is None or (topic in OF_WAITING and invitation.state != InvitationState.WAITING):
        return None
    contact = await contacts.get(tx, invitation.contact_id)
    if topic == "ask_waits":
        what, _, channel_id = rest.partition(":")
        return notices.ask_waits(contact, Obstacle(what), channel_id or None)
    if topic == RIGHT_PERSON:
        return notices.right_person(contact, rest, contexts.pack(_instead(invitation, rest)))
    if topic == "asked_lately":
        return notices.ask_rests(contact, await departures.free_again_at(tx, invitation))
    return notices.about_ask(topic, contact, invitation.permalink)
