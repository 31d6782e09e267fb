"""News: the words of a notice to a colleague, by what its topic says; None when its subject was erased, or is over."""

from bot.rules.answering import InvitationState
from bot.rules.closing import Outcome
from bot.rules.retry import Obstacle
from bot.services import cards, contacts, departures, first_steps, invitations, typed, workspaces
from bot.services.declines import RIGHT_PERSON
from bot.services.recoveries import FELT_NOW
from bot.slack import wire
from bot.slack.blocks import notices
from bot.slack.blocks import typed as blocks
from bot.slack.blocks.first_steps import welcome
from bot.slack.blocks.kit import Message
from bot.slack.blocks.reports import alert_url
from bot.slack.facts import alert_facts
from storage.database import Transaction
from storage.models import Delivery, Invitation

OF_WAITING = ("ask_waits", "asked_lately")  # true only while the question has not left


async def notice(tx: Transaction, delivery: Delivery) -> Message | None:
    """A topic is one word, and ids after colons."""
    topic, _, rest = (delivery.topic or "").partition(":")
    if topic == first_steps.WELCOME and delivery.recipient_id is not None:
        return await _welcome(tx, delivery.workspace_id, delivery.recipient_id)
    if topic == "manager":
        user_id, _, channel_id = rest.partition(":")
        return notices.new_manager(user_id, channel_id)
    if topic in typed.REPLIES:
        return await _of_typed(tx, delivery, typed.Reply(topic), language=rest.partition(":")[0])
    if delivery.follow_up_id is not None:
        return await _of_follow_up(tx, delivery.follow_up_id, topic)
    if delivery.invitation_id is not None:
        return await _of_invitation(tx, delivery.invitation_id, topic, rest)
    return notices.obstacle(Obstacle(topic), rest or None)


def _instead(invitation: Invitation, user_id: str) -> wire.AskPlan:
    """The same question, in the same place, to somebody else."""
    return wire.AskPlan(
        user_id=user_id,
        survey_id=invitation.survey_id,
        request_id=f"instead:{invitation.id}",
        channel_id=invitation.channel_id,
        thread_ts=invitation.thread_ts,
        permalink=invitation.permalink,
        occasion=invitation.occasion_label,
    )


async def _welcome(tx: Transaction, workspace_id: str, user_id: str) -> Message:
    workspace = await workspaces.get(tx, workspace_id)
    return welcome(await first_steps.progress(tx, workspace_id, user_id), workspace.name)


async def _of_follow_up(tx: Transaction, follow_up_id: int, topic: str) -> Message | None:
    facts = await alert_facts(tx, follow_up_id)
    if facts is None:
        return None
    workspace = await workspaces.get(tx, facts.follow_up.workspace_id)
    if topic == FELT_NOW and facts.follow_up.outcome == Outcome.CHANGED_MIND:
        return None
    words = {"handed_over": notices.handed_over, FELT_NOW: notices.felt_now}
    word = words.get(topic, notices.said_more)
    return word(facts.contact, facts.response.score, alert_url(facts.follow_up, workspace.url))


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
        return notices.right_person(contact, rest, wire.pack(_instead(invitation, rest)))
    if topic == "asked_lately":
        return notices.ask_rests(contact, await departures.free_again_at(tx, invitation))
    return notices.about_ask(topic, contact, invitation.permalink)
