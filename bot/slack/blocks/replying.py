"""A colleague replies to a customer: the window with the words, what the customer will see, and news of it."""

from dataclasses import replace

from bot.rules.replying import Way
from bot.rules.retry import Obstacle
from bot.services.cards import CardFacts
from bot.services.disclosures import is_confidential
from bot.services.replies import Exchange
from bot.slack import contexts, wire
from bot.slack.blocks.customers import customer, customer_first
from bot.slack.blocks.kit import Block, Message, View, divider, field, modal, section, tick, typed
from bot.slack.blocks.notices import ASK_WAITS, INSTALL_AGAIN
from bot.slack.blocks.replies import LONGEST_REPLY, Reply, direct_reply, reply_in_thread
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, channel, link
from storage.models import Contact

say = speaker("en")
HINT = "Signed with your name. It mentions nobody, and formats nothing."
FAILED = (
    "Your reply did not reach {customer}: Slack does not let me write to them. "
    "Your words are in the thread of the alert. Reach them another way, and write down there that you did."
)
UNWELCOME = (
    "I did not send your reply to {customer}: just before, they asked to be left alone. "
    "Your words are in the thread of the alert."
)
UNCERTAIN = (
    "Slack did not tell me whether your reply to {customer} arrived, and I do not send it twice. "
    "Your words are in the thread of the alert. If nothing comes back, write once more."
)


def reply_modal(exchange: Exchange) -> View:
    """`Preview` comes before anything is sent."""
    facts = exchange.facts
    words = typed(wire.VALUE, longest=LONGEST_REPLY, lines=True)
    return modal(
        say("Reply privately"),
        [
            section(_where(exchange)),
            field("words", _to(_seen_as(facts)), words, hint=say(HINT)),
            *_thread_choice(exchange),
        ],
        callback_id=wire.REPLY_MODAL,
        submit=say("Preview"),
        close=say("Cancel"),
        metadata=contexts.pack(contexts.FollowUpContext(exchange.follow_up.id)),
    )


def reply_preview(reply: Reply, way: Way) -> View:
    """Exactly what leaves, on each way it may go."""
    shown = replace(reply, is_preview=True)
    who = customer(_seen_as(reply.facts))
    told = say.mrkdwn("By direct message, {customer} sees this:", customer=who)
    blocks = [section(bold(told)), *direct_reply(shown).blocks]
    if way is Way.EITHER:
        else_ = say.mrkdwn("If Slack does not let me, everybody in {where} sees this:", where=_place(reply.facts))
        blocks += [divider(), section(bold(else_)), *reply_in_thread(shown).blocks]
    return modal(
        say("Preview"),
        blocks,
        callback_id=wire.REPLY_PREVIEW,
        submit=say("Send"),
        close=say("Back"),
        metadata=contexts.pack_words(contexts.ReplyContext(reply.follow_up_id, way), reply.words),
    )


def reply_failed(contact: Contact | None, alert_url: str | None) -> Message:
    return _about(say.mrkdwn(FAILED, customer=customer(contact)), alert_url)


def reply_unwelcome(contact: Contact | None, alert_url: str | None) -> Message:
    return _about(say.mrkdwn(UNWELCOME, customer=customer(contact)), alert_url)


def reply_uncertain(contact: Contact | None, alert_url: str | None) -> Message:
    return _about(say.mrkdwn(UNCERTAIN, customer=customer(contact)), alert_url)


def reply_waits(contact: Contact | None, what: Obstacle, channel_id: str | None) -> Message:
    where = channel(channel_id) if channel_id else say.mrkdwn("the channel")
    why = say.mrkdwn(ASK_WAITS.get(what, INSTALL_AGAIN), where=where)
    text = say.mrkdwn(
        "Your reply to {customer} waits. {why} It leaves once that has changed.", customer=customer(contact), why=why
    )
    return _about(text, None)


def wrote_back(contact: Contact | None, alert_url: str | None) -> Message:
    """To whoever has it: a mention in a thread is easily missed."""
    return _about(say.mrkdwn("{customer} wrote back to us.", customer=customer_first(contact)), alert_url)


def _seen_as(facts: CardFacts) -> Contact | None:
    """By whoever replies; None: they answered in confidence."""
    return None if is_confidential(facts.invitation) else facts.contact


def _to(contact: Contact | None) -> str:
    return say("To {customer}", customer=contact.name) if contact else say("To the customer who wrote this")


def _where(exchange: Exchange) -> Mrkdwn:
    if exchange.follow_up.is_rehearsal:
        return say.mrkdwn("This is a rehearsal: it goes to whoever rehearses, by direct message.")
    return say.mrkdwn("It goes to their direct messages with me. What I add to your words is in their language.")


def _thread_choice(exchange: Exchange) -> list[Block]:
    if exchange.thread_ts is None:
        return []
    label = say("Then reply in the thread where they were asked")
    hint = say("Everybody there reads it. What they answered is not shown; do not mention it yourself.")
    box = tick(wire.VALUE, label, ticked=True)
    return [field("thread", say("If Slack does not let me write to them"), box, optional=True, hint=hint)]


def _place(facts: CardFacts) -> Mrkdwn:
    return channel(facts.invitation.channel_id) if facts.invitation.channel_id else say.mrkdwn("the channel")


def _about(text: Mrkdwn, alert_url: str | None) -> Message:
    if alert_url:
        text = say.mrkdwn("{text} See {alert}.", text=text, alert=link(alert_url, say("the alert")))
    return Message(text, [section(text)])
