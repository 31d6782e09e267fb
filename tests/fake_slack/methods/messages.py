"""Messages an app posts, changes and takes back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.fake_slack.payloads import message_payload
from tests.fake_slack.records import Json, Message, SlackError

from .posting import (
    CONTENT,
    FORMAT,
    LOOK,
    MOST_TEXT,
    check_content,
    check_look,
    check_thread,
    place_for_post,
    visible_channel,
)
from .registry import method

if TYPE_CHECKING:
    from tests.fake_slack.fake import FakeSlack

MOST_UPDATED_TEXT = 4000


@method(
    "chat.postMessage",
    scope="chat:write",
    required="channel",
    optional=f"{CONTENT} {FORMAT} {LOOK} thread_ts reply_broadcast mrkdwn unfurl_links unfurl_media client_msg_id",
)
def post_message(slack: FakeSlack, args: Json) -> Json:
    check_look(slack, args)
    place = place_for_post(slack, args["channel"])
    check_content(slack, "chat.postMessage", args)
    check_thread(slack, "chat.postMessage", place, args.get("thread_ts"))
    if slack.rate_limits:
        slack.limits.post(place.id)
    message = slack.keep(
        Message(
            place.id,
            slack.next_ts(),
            slack.bot_user_id,
            (args.get("text") or args.get("markdown_text") or "")[:MOST_TEXT],
            args.get("blocks") or [],
            args.get("thread_ts"),
            args.get("metadata"),
        )
    )
    return {"channel": place.id, "ts": message.ts, "message": message_payload(slack, message, with_metadata=True)}


@method(
    "chat.update",
    scope="chat:write",
    tier=3,
    required="channel ts",
    optional=f"{CONTENT} {FORMAT} reply_broadcast file_ids unfurl_links unfurl_media",
)
def update_message(slack: FakeSlack, args: Json) -> Json:
    message = _own_message(slack, args, "chat.update", refusal="cant_update_message")
    if slack.channels[message.channel].is_archived:
        raise SlackError("is_inactive")
    if len(args.get("text") or "") > MOST_UPDATED_TEXT:
        slack.violation(f"chat.update: text is longer than {MOST_UPDATED_TEXT} characters")
        raise SlackError("msg_too_long")
    check_content(slack, "chat.update", args)
    changed = slack.keep(rewritten(slack, message, args))
    body = {"channel": message.channel, "ts": message.ts, "text": changed.text}
    return {**body, "message": message_payload(slack, changed, with_metadata=True)}


@method("chat.delete", scope="chat:write", tier=3, required="channel ts", optional="as_user")
def delete_message(slack: FakeSlack, args: Json) -> Json:
    message = _own_message(slack, args, "chat.delete", refusal="cant_delete_message")
    slack.forget(message)
    return {"channel": message.channel, "ts": message.ts}


@method("chat.getPermalink", required="channel message_ts")
def get_permalink(slack: FakeSlack, args: Json) -> Json:
    place = visible_channel(slack, args["channel"])
    message = slack.message(place.id, args["message_ts"])
    if message is None:
        raise SlackError("message_not_found")
    return {"channel": place.id, "permalink": permalink(slack, message)}


@method("reactions.add", scope="reactions:write", tier=3, required="channel timestamp name")
def add_reaction(slack: FakeSlack, args: Json) -> Json:
    place = visible_channel(slack, args["channel"])
    message = slack.message(place.id, args["timestamp"])
    if message is None:
        raise SlackError("message_not_found")
    slack.keep(with_reaction(message, slack.bot_user_id, args["name"]))
    return {}


def rewritten(slack: FakeSlack, message: Message, args: Json) -> Message:
    """New content for a message: blocks go when none are given, metadata stays unless it is given as {}."""
    metadata = args.get("metadata")
    return replace(
        message,
        text=args.get("text") or args.get("markdown_text") or "",
        blocks=args.get("blocks") or [],
        metadata=message.metadata if metadata is None else metadata or None,
        edited={"user": slack.bot_id, "ts": slack.next_ts()},
    )


def with_reaction(message: Message, user: str, name: str) -> Message:
    people = message.reactions.get(name, [])
    if user in people:
        raise SlackError("already_reacted")
    return replace(message, reactions={**message.reactions, name: [*people, user]})


def permalink(slack: FakeSlack, message: Message) -> str:
    link = f"https://{slack.team_domain}.slack.com/archives/{message.channel}/p{message.ts.replace('.', '')}"
    return f"{link}?thread_ts={message.thread_ts}&cid={message.channel}" if message.thread_ts else link


def _own_message(slack: FakeSlack, args: Json, source: str, *, refusal: str) -> Message:
    if args["channel"] in slack.users:
        slack.violation(f"{source}: wants the id of the DM (D…), not of the person")
    place = visible_channel(slack, args["channel"])
    message = slack.message(place.id, args["ts"])
    if message is None:
        raise SlackError("message_not_found")
    if message.user != slack.bot_user_id:
        raise SlackError(refusal)
    return message
