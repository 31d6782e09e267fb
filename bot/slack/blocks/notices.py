"""Notices: a few words by direct message to a colleague who can do something about it."""

from bot.rules.retry import Obstacle
from bot.slack.blocks.kit import Message, section
from bot.slack.blocks.surveys import choose_channel
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, channel, mention
from storage.models import Contact

say = speaker("en")


def obstacle(what: Obstacle, channel_id: str | None) -> Message:
    """What keeps alerts back, and how to mend it. They are kept and leave once it is mended."""
    where = channel(channel_id) if channel_id else say("the channel")
    match what:
        case Obstacle.NO_CHANNEL:
            lead = say.mrkdwn("An unhappy answer is waiting. Where should alerts go?")
            return Message(lead, choose_channel(lead))
        case Obstacle.NOT_IN_CHANNEL:
            text = say.mrkdwn("I cannot write in {where}. Type `/invite` there and choose me.", where=where)
        case Obstacle.ARCHIVED:
            text = say.mrkdwn("{where} is archived. Bring it back, or choose another channel:", where=where)
        case Obstacle.SHARED:
            text = say.mrkdwn(
                "{where} is shared with another company now, so alerts no longer go there. Choose another channel:",
                where=where,
            )
        case Obstacle.RESTRICTED:
            text = say.mrkdwn("In {where} only some people may post. Let me, or choose another channel:", where=where)
        case _:
            text = say.mrkdwn(
                "Slack does not let me do what I should. Install me again with all scopes of the manifest; "
                "`nps-bot doctor` says which one is missing."
            )
    kept = say.mrkdwn("{text} Nothing is lost: what waits is sent then.", text=text)
    if what in (Obstacle.ARCHIVED, Obstacle.SHARED, Obstacle.RESTRICTED):
        return Message(kept, choose_channel(kept))
    return Message(kept, [section(kept)])


def wrong_person(contact: Contact, permalink: str | None) -> Message:
    person = mention(contact.user_id)
    text = say.mrkdwn("{person} says they are not the right person to ask.", person=person)
    return _plain(Mrkdwn(f"{text} <{permalink}>") if permalink else text)


def ask_failed(contact: Contact) -> Message:
    return _plain(say.mrkdwn("I could not ask {person}: Slack did not let me.", person=mention(contact.user_id)))


def new_manager(user_id: str, channel_id: str) -> Message:
    text = say.mrkdwn(
        "{person} chose {channel} for alerts and now manages the surveys. `/nps managers` changes that.",
        person=mention(user_id),
        channel=channel(channel_id),
    )
    return _plain(text)


def _plain(text: Mrkdwn) -> Message:
    return Message(text, [section(text)])
