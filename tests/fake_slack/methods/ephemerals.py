"""Messages only one person sees, and only while they look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fake_slack.records import Ephemeral, Json, SlackError

from .posting import CONTENT, FORMAT, LOOK, check_content, check_look, place_for_post
from .registry import method

if TYPE_CHECKING:
    from tests.fake_slack.fake import FakeSlack


@method(
    "chat.postEphemeral",
    scope="chat:write",
    tier=4,
    required="channel user",
    optional=f"{CONTENT} {FORMAT} {LOOK} thread_ts",
)
def post_ephemeral(slack: FakeSlack, args: Json) -> Json:
    check_look(slack, args)
    place = place_for_post(slack, args["channel"])
    if slack.bot_user_id not in place.members:
        raise SlackError("not_in_channel")
    person = slack.users.get(args["user"])
    if person is None or person.deleted or person.id not in place.members:
        raise SlackError("user_not_in_channel")
    check_content(slack, "chat.postEphemeral", args)
    whisper = slack.whisper(
        Ephemeral(
            place.id,
            person.id,
            args.get("text") or args.get("markdown_text") or "",
            slack.next_ts(),
            args.get("blocks") or [],
            args.get("thread_ts"),
        )
    )
    return {"message_ts": whisper.ts}
