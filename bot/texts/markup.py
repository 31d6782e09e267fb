"""Slack's mrkdwn: text from people is escaped before it goes into a message, so it can mention nobody."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from unicodedata import bidirectional

from babel.dates import format_skeleton

SLACK_DATE = re.compile(r"<!date\^[^|>]*\|([^>]*)>")
ASTERISK = "\u2217"  # looks like one, and means nothing to Slack
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
MENTION = re.compile(r"<@([A-Z0-9]+)>")


class Mrkdwn(str):
    """Text that may go into a message as it is."""

    __slots__ = ()


def escape(value: object) -> Mrkdwn:
    """Make anything safe for mrkdwn; what is `Mrkdwn` already stays."""
    if isinstance(value, Mrkdwn):
        return value
    text = str(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return Mrkdwn(text)


def mention(user_id: str) -> Mrkdwn:
    """Slack shows the name, and tells the person when they are in the channel. Ids of user groups begin with S."""
    return Mrkdwn(f"<!subteam^{user_id}>" if user_id.startswith("S") else f"<@{user_id}>")


def channel(channel_id: str) -> Mrkdwn:
    return Mrkdwn(f"<#{channel_id}>")


def bold(value: object) -> Mrkdwn:
    """Each line of it: Slack ends what is bold at the end of a line, and at any asterisk."""
    lines = escape(value).replace("*", ASTERISK).split("\n")
    return Mrkdwn("\n".join(f"*{line.strip()}*" if line.strip() else "" for line in lines))


def isolated(words: str) -> str:
    """A name or a comment written from right to left must not take what stands beside it along."""
    is_rtl = any(bidirectional(letter) in ("R", "AL") for letter in words)
    return f"{FIRST_STRONG_ISOLATE}{words}{POP_ISOLATE}" if is_rtl else words


def link(url: str, label: object) -> Mrkdwn:
    return Mrkdwn(f"<{url}|{escape(label)}>")


def moment(at: datetime, *, language: str = "en") -> Mrkdwn:
    """A time that Slack shows in the reader's own zone and language; the fallback says UTC."""
    fallback = f"{format_skeleton('MMMd', at, locale=language)}, {at.astimezone(UTC):%H:%M} UTC"
    return Mrkdwn(f"<!date^{int(at.timestamp())}^{{date_short_pretty}}, {{time}}|{fallback}>")


def day(at: datetime, *, language: str = "en") -> Mrkdwn:
    fallback = format_skeleton("MMMd", at, locale=language)
    return Mrkdwn(f"<!date^{int(at.timestamp())}^{{date_short_pretty}}|{fallback}>")


def mentioned(text: Mrkdwn) -> list[str]:
    """The Slack ids of everybody a text mentions."""
    return MENTION.findall(text)


def as_plain(text: Mrkdwn, names: Mapping[str, str]) -> str:
    """The same words where Slack takes no mrkdwn, as beside a field of a modal. `names`: by Slack id."""
    dated = SLACK_DATE.sub(r"\1", text)
    named = MENTION.sub(lambda found: names.get(found.group(1), found.group(1)), dated)
    return named.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def shorten(text: str, longest: int) -> str:
    """Cut at a word, with an ellipsis, when it is longer than that."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    last_space = cut.rfind(" ")
    return (cut[:last_space] if last_space >= longest // 2 else cut).rstrip() + "…"
