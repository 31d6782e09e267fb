"""A survey's emoji as it is set up: which one, how long the question waits after it, and where it counts."""

from datetime import timedelta

from bot.services.surveys import LONGEST_DELAY
from bot.slack import wire
from bot.slack.blocks.kit import Block, channels_menu, field, typed
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, channel, escape
from storage.models import Survey

LONGEST_EMOJI = 100
USUAL_DELAY, HOUR = 3, 60
MOST_TOLD = 3
say = speaker("en")


def emoji_fields(survey: Survey | None) -> list[Block]:
    """Transactional surveys ask when a colleague puts an emoji on a message."""
    name = f":{survey.reaction}:" if survey and survey.reaction else None
    hint = say("Put on a message by one of you, it asks that thread's customer. Transactional surveys only.")
    hours = typed(wire.VALUE, longest=2, text=str(survey.delay_minutes // HOUR if survey else USUAL_DELAY))
    most = say("From {least} to {most}.", least=0, most=LONGEST_DELAY // timedelta(hours=1))
    return [
        field("reaction", say("Emoji"), typed(wire.VALUE, longest=LONGEST_EMOJI, text=name), optional=True, hint=hint),
        field("delay", say("Hours from the emoji to the question"), hours, hint=most),
        _where_it_counts(survey),
    ]


def emoji_of(survey: Survey) -> Mrkdwn:
    """And where it counts, as long as that can be told in a few words."""
    emoji, where = Mrkdwn(f":{survey.reaction}:"), survey.reaction_channels
    if not where:
        return emoji
    told = Mrkdwn(", ".join(map(channel, where)))
    if len(where) > MOST_TOLD:
        told = escape(say.many("{n} channel", "{n} channels", len(where)))
    return say.mrkdwn("{emoji} in {where}", emoji=emoji, where=told)


def _where_it_counts(survey: Survey | None) -> Block:
    element = channels_menu(wire.VALUE, chosen=survey.reaction_channels if survey else ())
    hint = say("Left empty: in every channel I am in. In others the emoji means nothing.")
    return field("reaction_channels", say("Where the emoji counts"), element, optional=True, hint=hint)
