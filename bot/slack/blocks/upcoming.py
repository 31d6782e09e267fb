"""Who is asked next, in two lines."""

from bot.services.upcoming import Ask, Upcoming
from bot.slack.blocks.kit import Block, section
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, isolated, moment, shorten

LONGEST_NAME, MOST_SURVEYS = 40, 5
say = speaker("en")


def upcoming_block(found: Upcoming) -> Block:
    return section(Mrkdwn(f"{_next(found)}\n{_running(found)}"))


def _next(found: Upcoming) -> Mrkdwn:
    if not found.asks:
        return say.mrkdwn("No question waits for its hour.")
    named = [_one(each) for each in found.asks]
    more = found.count - len(named)
    named += [say.many("and {n} more", "and {n} more", more)] if more > 0 else []
    return say.mrkdwn("{title} {people}", title=bold(say("Asked next:")), people=Mrkdwn(", ".join(named)))


def _one(ask: Ask) -> Mrkdwn:
    name = isolated(shorten(ask.name, LONGEST_NAME))
    return say.mrkdwn("{name} ({when})", name=name, when=moment(ask.send_at))


def _running(found: Upcoming) -> Mrkdwn:
    if not found.running:
        return say.mrkdwn("No survey asks by itself. `/nps schedule` lets one.")
    named = list(found.running[:MOST_SURVEYS])
    more = len(found.running) - len(named)
    named += [say.many("{n} more", "{n} more", more)] if more > 0 else []
    return say.mrkdwn("By itself ask: {names}. `/nps preview` shows whom.", names=bold(", ".join(named)))
