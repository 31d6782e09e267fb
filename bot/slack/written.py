"""The wire, inward, continued: what somebody wrote to the bot, as a frozen value."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.slack.payloads import instant
from bot.slack.shapes import Payload, reads
from bot.texts import Mrkdwn
from bot.texts.markup import as_plain, shorten

LONGEST_COMMENT = 3000  # as much as the modal takes
PLAIN = frozenset({None, "file_share", "thread_broadcast"})  # other subtypes tell of edits, joins and the like
LINKED = re.compile(
    r"<(?:(?:https?://|mailto:|tel:)[^|>]*\|([^>]*)|((?:https?://|mailto:|tel:)[^|>]*)|[#!][^|>]*\|([^>]*))>"
)


@dataclass(frozen=True)
class DirectMessage:
    """What a person wrote. `ts` names it, however often Slack delivers it."""

    user_id: str
    text: Mrkdwn  # as Slack sends it
    ts: str
    written_at: datetime


@reads
def direct_message(event: Payload) -> DirectMessage | None:
    """None for what no person wrote just now, or wrote elsewhere: bots, ourselves, changes, joins."""
    if event.get("channel_type") != "im" or event.get("subtype") not in PLAIN:
        return None
    if event.get("bot_id") or event.get("app_id") or event.get("bot_profile") or not event.get("user"):
        return None
    return DirectMessage(event["user"], Mrkdwn(event.get("text") or ""), event["ts"], instant(event["ts"]))


def as_typed(text: Mrkdwn, names: Mapping[str, str]) -> str:
    """As it stood on the screen: Slack escapes three letters, wraps links, and names people by id. `names`: by id."""
    unlinked = LINKED.sub(lambda found: next(filter(None, found.groups()), ""), text)
    return shorten(as_plain(Mrkdwn(unlinked), names).strip(), LONGEST_COMMENT)
