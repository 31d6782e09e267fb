"""How the installation is, for admins: what waits for somebody, and how to mend it."""

from collections.abc import Collection
from urllib.parse import urlsplit

from bot.rules.retry import Obstacle
from bot.services.upkeep import Upkeep
from bot.slack.blocks.kit import Block, header, section
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, channel

say = speaker("en")
MOST_LINES, MOST_SURVEYS = 12, 5
WHERE = {
    Obstacle.NOT_IN_CHANNEL: "I am not in {where}: type `/invite` there and choose me",
    Obstacle.ARCHIVED: "{where} is archived",
    Obstacle.SHARED: "{where} is shared with another company",
    Obstacle.RESTRICTED: "in {where} only some people may post",
    Obstacle.MESSAGES_TAB: "the messages tab is switched off in the app's settings",
}


def upkeep_blocks(found: Upkeep, *, missing: Collection[str] = ()) -> list[Block]:
    """`missing`: scopes that switch something on and were not granted."""
    lines = [*_halted(found), *_waiting(found), *_homeless(found), *_failing(found), *_late(found)][:MOST_LINES]
    well = [bold(say("All is well: no message waits, and every alert has a channel."))]
    return [header(say("How I am")), section(Mrkdwn("\n".join([*(lines or well), *_missing(missing)])))]


def _halted(found: Upkeep) -> list[Mrkdwn]:
    return [say.mrkdwn("Asking is stopped. `/nps start` asks again.")] if found.is_halted else []


def _waiting(found: Upkeep) -> list[Mrkdwn]:
    return [_parked(obstacle, place, count) for (obstacle, place), count in found.parked.items()]


def _parked(obstacle: str, place: str | None, count: int) -> Mrkdwn:
    where = channel(place) if place else say("a channel")
    why = say.mrkdwn(WHERE.get(Obstacle(obstacle), "`nps-bot doctor` says why"), where=where)
    messages = say.many("{n} message waits", "{n} messages wait", count)
    return say.mrkdwn("{messages}: {why}.", messages=bold(messages), why=why)


def _homeless(found: Upkeep) -> list[Mrkdwn]:
    if not found.homeless:
        return []
    named = list(found.homeless[:MOST_SURVEYS])
    more = len(found.homeless) - len(named)
    named += [say.many("{n} more", "{n} more", more)] if more else []
    names = bold(", ".join(named))
    return [say.mrkdwn("Alerts of {names} go nowhere yet: choose a channel in `/nps surveys`.", names=names)]


def _failing(found: Upkeep) -> list[Mrkdwn]:
    hosts = sorted({urlsplit(url).hostname or "?" for url in found.failing})
    return [say.mrkdwn("Nobody answers at {host}: see `/nps webhooks`.", host=bold(host)) for host in hosts]


def _late(found: Upkeep) -> list[Mrkdwn]:
    if not found.is_late:
        return []
    return [say.mrkdwn("Messages are late by more than five minutes. `nps-bot doctor` says why, if it stays so.")]


def _missing(scopes: Collection[str]) -> list[Mrkdwn]:
    if not scopes:
        return []
    named = Mrkdwn(", ".join(f"`{each}`" for each in sorted(scopes)))
    return [say.mrkdwn("Not granted, so what they are for is off: {scopes}.", scopes=named)]
