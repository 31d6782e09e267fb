"""Notices: a few words by direct message to a colleague who can do something about it."""

from datetime import datetime

from bot.rules.retry import Obstacle
from bot.slack import wire
from bot.slack.blocks.customers import customer, customer_first
from bot.slack.blocks.kit import Message, actions, button, section
from bot.slack.blocks.surveys import choose_channel, move_channel
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, channel, link, mention, moment
from storage.models import Contact

say = speaker("en")
MESSAGES_TAB = "My Messages tab is off, so I cannot write to anybody. Switch it on in the app's settings: App Home."
# What keeps alerts back, and how to mend it. Where another channel helps, the notice offers to choose one.
OBSTACLES = {
    Obstacle.MESSAGES_TAB: MESSAGES_TAB,
    Obstacle.NOT_IN_CHANNEL: "I cannot write in {where}. Type `/invite` there and choose me.",
    Obstacle.ARCHIVED: "{where} is archived. Bring it back, or choose another channel.",
    Obstacle.SHARED: "{where} is shared with another company now, so no alerts go there. Choose another channel.",
    Obstacle.RESTRICTED: "In {where} only some people may post. Let me, or choose another channel.",
    Obstacle.REFUSED: "Slack refused an alert in {where}. I try again every hour; you may choose another channel.",
}
INSTALL_AGAIN = (
    "Slack does not let me do what I should. Install me again with all scopes of the manifest; "
    "`nps-bot doctor` says which one is missing."
)
ELSEWHERE = (Obstacle.ARCHIVED, Obstacle.SHARED, Obstacle.RESTRICTED, Obstacle.REFUSED)
# Why a question has not left yet. It leaves once this is mended.
ASK_WAITS = {
    Obstacle.MESSAGES_TAB: MESSAGES_TAB,
    Obstacle.PAUSED: "That survey is paused; `/nps surveys` starts it again.",
    Obstacle.NOT_IN_CHANNEL: "I am not in {where}: type `/invite` there and choose me.",
    Obstacle.ARCHIVED: "{where} is archived.",
    Obstacle.RESTRICTED: "In {where} only some people may post.",
}
ABOUT_ASK = {
    "wrong_person": "{person} says they are not the right person to ask.",
    "ask_failed": "I could not ask {person}: Slack did not let me.",
    "reopened": "{person} wrote again, so I did not ask them. When that is solved, put the emoji there again.",
    "never_left": "I could not ask {person} for two weeks, so I no longer try.",
}


def obstacle(what: Obstacle, channel_id: str | None) -> Message:
    if what is Obstacle.NO_CHANNEL:
        lead = say.mrkdwn("An unhappy answer is waiting. Where should alerts go?")
        return Message(lead, choose_channel(lead))
    text = say.mrkdwn(
        "{trouble} Nothing is lost: what waits is sent then.",
        trouble=say.mrkdwn(OBSTACLES.get(what, INSTALL_AGAIN), where=_where(channel_id)),
    )
    return Message(text, move_channel(text, channel_id)) if channel_id and what in ELSEWHERE else _plain(text)


def ask_waits(contact: Contact, what: Obstacle, channel_id: str | None) -> Message:
    why = say.mrkdwn(ASK_WAITS.get(what, INSTALL_AGAIN), where=_where(channel_id))
    person = mention(contact.user_id)
    return _plain(
        say.mrkdwn("My question to {person} waits. {why} It leaves once that has changed.", person=person, why=why)
    )


def ask_rests(contact: Contact, until: datetime | None) -> Message:
    """Several questions to one person fell due together."""
    person = mention(contact.user_id)
    why = say.mrkdwn("They were asked something else just before, and nobody is asked twice in a day.")
    when = say.mrkdwn("It leaves then: {when}.", when=moment(until)) if until else say.mrkdwn("It leaves later.")
    return _plain(say.mrkdwn("My question to {person} waits. {why} {when}", person=person, why=why, when=when))


def about_ask(topic: str, contact: Contact, permalink: str | None) -> Message:
    text = say.mrkdwn(ABOUT_ASK[topic], person=mention(contact.user_id))
    return _plain(_with_link(text, permalink, "the conversation"))


def right_person(contact: Contact, user_id: str, plan: str) -> Message:
    """`plan`: the ask of the other person, as the button carries it."""
    text = say.mrkdwn(
        "{person} says that {other} would be the right person to ask.",
        person=mention(contact.user_id),
        other=mention(user_id),
    )
    return Message(text, [section(text), actions(button(say("Ask them"), wire.ASK_INSTEAD, plan))])


def said_more(contact: Contact | None, score: int, alert_url: str | None) -> Message:
    name = customer_first(contact)
    text = say.mrkdwn("{name} has said more; their score is {score} now.", name=name, score=score)
    return _plain(_with_link(text, alert_url, "the alert"))


def felt_now(contact: Contact | None, score: int, alert_url: str | None) -> Message:
    """To whoever had looked after somebody, weeks ago."""
    name = customer(contact)
    text = say.mrkdwn("You looked after {name} some weeks ago. How they feel now: {score}.", name=name, score=score)
    return _plain(_with_link(text, alert_url, "the alert"))


def handed_over(contact: Contact | None, score: int, alert_url: str | None) -> Message:
    """To whoever has it now: a mention in a thread reaches only members of the channel."""
    name = customer(contact)
    text = say.mrkdwn("You look after {name} now, who gave a {score}.", name=name, score=score)
    return _plain(_with_link(text, alert_url, "the alert"))


def new_manager(user_id: str, channel_id: str) -> Message:
    text = say.mrkdwn(
        "{person} chose {channel} for alerts and now manages the surveys. `/nps managers` changes that.",
        person=mention(user_id),
        channel=channel(channel_id),
    )
    return _plain(text)


def _where(channel_id: str | None) -> Mrkdwn:
    return channel(channel_id) if channel_id else say.mrkdwn("the channel")


def _with_link(text: Mrkdwn, url: str | None, label: str) -> Mrkdwn:
    return say.mrkdwn("{text} See {place}.", text=text, place=link(url, say(label))) if url else text


def _plain(text: Mrkdwn) -> Message:
    return Message(text, [section(text)])
