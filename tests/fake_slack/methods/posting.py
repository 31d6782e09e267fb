"""Before Slack shows what an app wrote, it checks the place and the content; this is where it says no."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tests.fake_slack.blocks import broadcasts, problems
from tests.fake_slack.pictures import missing_pictures
from tests.fake_slack.records import Channel, Json, SlackError, User

if TYPE_CHECKING:
    from tests.fake_slack.fake import FakeSlack

CONTENT = "text blocks attachments markdown_text metadata"
FORMAT = "link_names parse as_user"
LOOK = "username icon_emoji icon_url"
MOST_TEXT = 40_000
MOST_MARKDOWN = 12_000
TS = re.compile(r"\d{10}\.\d{6}")


def place_for_post(slack: FakeSlack, channel: str) -> Channel:
    """The channel the app may write in; a person's id means the DM with that person."""
    if channel in slack.users:
        return _dm_for_post(slack, slack.users[channel])
    place = visible_channel(slack, channel)
    if place.is_archived:
        raise SlackError("is_archived")
    is_open = not place.is_private and "chat:write.public" in slack.scopes
    if slack.bot_user_id not in place.members and not is_open:
        raise SlackError("not_in_channel")
    if place.is_im:
        _dm_for_post(slack, slack.users[place.members[0]])
    return place


def visible_channel(slack: FakeSlack, channel: str) -> Channel:
    """A channel the bot can see: private ones only from inside."""
    place = slack.channels.get(channel)
    if place is None or (place.kind != "channels" and slack.bot_user_id not in place.members):
        raise SlackError("channel_not_found")
    return place


def _dm_for_post(slack: FakeSlack, person: User) -> Channel:
    if person.is_bot:
        raise SlackError("cannot_dm_bot")
    if person.deleted:
        raise SlackError("user_disabled")
    if not slack.is_reachable(person):
        raise SlackError("channel_not_found")
    if not slack.messages_tab_enabled:
        raise SlackError("messages_tab_disabled")
    return slack.channels[slack.dm_of(person.id)]


def check_content(slack: FakeSlack, source: str, args: Json) -> None:
    """Raise the error Slack would answer for this text, these blocks and this metadata."""
    if args.get("markdown_text") and (args.get("text") or args.get("blocks")):
        raise _violation(slack, source, "markdown_text_conflict")
    if not any(args.get(name) for name in ("text", "blocks", "attachments", "markdown_text")):
        raise _violation(slack, source, "no_text")
    if len(args.get("markdown_text") or "") > MOST_MARKDOWN:
        raise _violation(slack, source, "msg_too_long")
    _check_blocks(slack, source, args.get("blocks"))
    _check_metadata(slack, source, args.get("metadata"))
    _check_manners(slack, source, args)


def check_look(slack: FakeSlack, args: Json) -> None:
    """Another name or face needs a scope of its own."""
    if any(args.get(name) for name in LOOK.split()):
        slack.need_scope("chat:write.customize")


def check_thread(slack: FakeSlack, source: str, place: Channel, thread_ts: str | None) -> None:
    """A thread hangs from a message that exists, and from its first message."""
    if thread_ts is None:
        return
    if not isinstance(thread_ts, str) or not TS.fullmatch(thread_ts):
        raise _violation(slack, source, "invalid_thread_ts")
    parent = slack.message(place.id, thread_ts)
    if parent is None and not slack.messages(place.id, thread_ts):
        raise SlackError("thread_not_found")
    if parent is not None and parent.thread_ts:
        slack.violation(f"{source}: thread_ts {thread_ts} names a reply, not the message that began the thread")


def _check_blocks(slack: FakeSlack, source: str, blocks: object) -> None:
    if blocks in (None, []):
        return
    if not isinstance(blocks, list):
        raise _violation(slack, source, "invalid_blocks_format")
    found = problems(blocks, "message")
    found = found or missing_pictures(blocks, slack.files)
    if found:
        slack.violations += [f"{source}: {problem}" for problem in found]
        raise SlackError(
            "invalid_blocks", errors=found, response_metadata={"messages": [f"[ERROR] {it}" for it in found]}
        )


def _check_metadata(slack: FakeSlack, source: str, metadata: object) -> None:
    if metadata in (None, {}):
        return
    if not isinstance(metadata, dict) or not metadata.get("event_type"):
        raise _violation(slack, source, "invalid_metadata_format")
    if not isinstance(metadata.get("event_payload"), dict) or metadata.keys() - {
        "event_type",
        "event_payload",
        "entities",
    }:
        raise _violation(slack, source, "invalid_metadata_format")
    if len(json.dumps(metadata)) > slack.metadata_limit:
        raise _violation(slack, source, "metadata_too_large")


def _check_manners(slack: FakeSlack, source: str, args: Json) -> None:
    """What Slack lets pass, and we do not."""
    if args.get("blocks") and not args.get("text"):
        slack.violation(f"{source}: blocks without a top-level text: a screen reader has nothing to read")
    if broadcasts([args.get(name) for name in ("text", "markdown_text", "blocks", "attachments")]):
        slack.violation(f"{source}: would notify a whole channel")
    if len(args.get("text") or "") > MOST_TEXT:
        slack.violation(f"{source}: text is longer than {MOST_TEXT} characters and would be cut")
    if args.get("as_user"):
        slack.violation(f"{source}: as_user is for classic apps only")


def _violation(slack: FakeSlack, source: str, error: str) -> SlackError:
    slack.violation(f"{source}: {error}")
    return SlackError(error)
