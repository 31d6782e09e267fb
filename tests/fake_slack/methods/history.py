"""What was said: Slack lets an app read only where it is, and only with a scope for that kind of channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fake_slack.payloads import message_payload
from tests.fake_slack.records import Channel, Json, Message, SlackError

from .posting import visible_channel
from .registry import flag, method, page

if TYPE_CHECKING:
    from tests.fake_slack.fake import FakeSlack

RANGE = "cursor include_all_metadata inclusive latest limit oldest"


@method("conversations.history", tier=3, required="channel", optional=RANGE)
def conversation_history(slack: FakeSlack, args: Json) -> Json:
    """Messages at the top of a channel, newest first."""
    place = _readable(slack, args["channel"])
    messages = [it for it in slack.messages(place.id) if it.thread_ts is None and _within(it, args)]
    return _answer(slack, messages[::-1], args, usual=100)


@method("conversations.replies", tier=3, required="channel ts", optional=RANGE)
def conversation_replies(slack: FakeSlack, args: Json) -> Json:
    """A thread, oldest first, its parent at the head."""
    place = _readable(slack, args["channel"])
    asked = slack.message(place.id, args["ts"])
    root = (asked.thread_ts if asked else None) or args["ts"]
    thread = [it for it in slack.messages(place.id) if root in {it.ts, it.thread_ts}]
    if not thread:
        raise SlackError("thread_not_found")
    return _answer(slack, [it for it in thread if it.ts == root or _within(it, args)], args, usual=1000)


def _readable(slack: FakeSlack, channel: str) -> Channel:
    place = visible_channel(slack, channel)
    slack.need_scope(f"{place.kind}:history")
    if slack.bot_user_id not in place.members:
        raise SlackError("not_in_channel")
    return place


def _within(message: Message, args: Json) -> bool:
    """Both ends are left out unless `inclusive`; timestamps of equal length compare as text."""
    oldest, latest = str(args.get("oldest") or "0"), str(args.get("latest") or "9")
    is_edge = flag(args, "inclusive") and message.ts in {oldest, latest}
    return is_edge or oldest < message.ts < latest


def _answer(slack: FakeSlack, messages: list[Message], args: Json, *, usual: int) -> Json:
    found, metadata = page(messages, args, usual=usual)
    with_metadata = flag(args, "include_all_metadata")
    shown = [message_payload(slack, message, with_metadata=with_metadata) for message in found]
    return {"messages": shown, "has_more": bool(metadata["next_cursor"]), "response_metadata": metadata}
