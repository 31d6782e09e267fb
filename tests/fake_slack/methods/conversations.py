"""Channels: which there are, who is in them, and how the bot comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fake_slack.records import Channel, Json, SlackError

from .posting import visible_channel
from .registry import flag, method, page

if TYPE_CHECKING:
    from tests.fake_slack.fake import FakeSlack

KINDS = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}


@method("conversations.info", tier=3, required="channel", optional="include_locale include_num_members")
def conversation_info(slack: FakeSlack, args: Json) -> Json:
    place = _readable(slack, args["channel"])
    count = {"num_members": len(place.members)} if flag(args, "include_num_members") else {}
    return {"channel": channel_facts(slack, place) | count}


@method("conversations.members", tier=4, required="channel", optional="cursor limit")
def conversation_members(slack: FakeSlack, args: Json) -> Json:
    place = _readable(slack, args["channel"])
    members, metadata = page(place.members, args, usual=100)
    return {"members": members, "response_metadata": metadata}


@method("users.conversations", tier=2, optional="cursor exclude_archived limit types user")
def users_conversations(slack: FakeSlack, args: Json) -> Json:
    return _listed(slack, args, member=args.get("user") or slack.bot_user_id)


@method("conversations.list", tier=2, optional="cursor exclude_archived limit types")
def conversations_list(slack: FakeSlack, args: Json) -> Json:
    return _listed(slack, args, member=None)


@method("conversations.open", tier=3, optional="users channel return_im prevent_creation")
def open_conversation(slack: FakeSlack, args: Json) -> Json:
    users = args.get("users") or []
    people = users.split(",") if isinstance(users, str) else list(users)
    slack.need_scope("mpim:write" if len(people) > 1 else "im:write")
    if len(people) != 1:
        raise SlackError("users_list_not_supplied" if not people else "method_not_supported_for_channel_type")
    dm = {"id": slack.dm_of(_dm_partner(slack, people[0]))}
    return {"channel": {**dm, "is_im": True, "user": people[0]} if flag(args, "return_im") else dm}


@method("conversations.join", scope="channels:join", tier=3, required="channel")
def join_conversation(slack: FakeSlack, args: Json) -> Json:
    place = visible_channel(slack, args["channel"])
    if place.kind != "channels":
        raise SlackError("method_not_supported_for_channel_type")
    if place.is_archived:
        raise SlackError("is_archived")
    slack.join(place.id, slack.bot_user_id)
    return {"channel": channel_facts(slack, place)}


def channel_facts(slack: FakeSlack, place: Channel) -> Json:
    """A conversation object; `is_shared` is true for more than external sharing, so nobody should go by it."""
    if place.is_im:
        return {"id": place.id, "is_im": True, "user": place.members[0], "is_archived": False, "created": place.created}
    return {
        "id": place.id,
        "name": place.name,
        "name_normalized": place.name,
        "is_channel": not place.is_private,
        "is_group": place.is_private,
        "is_im": False,
        "is_mpim": False,
        "is_private": place.is_private,
        "is_archived": place.is_archived,
        "is_member": slack.bot_user_id in place.members,
        "is_shared": place.is_ext_shared,
        "is_ext_shared": place.is_ext_shared,
        "is_org_shared": False,
        "is_general": False,
        "context_team_id": slack.team_id,
        "created": place.created,
    }


def _readable(slack: FakeSlack, channel: str) -> Channel:
    """The channel, if the bot may see it and was granted the scope for its kind."""
    place = visible_channel(slack, channel)
    slack.need_scope(f"{place.kind}:read")
    return place


def _listed(slack: FakeSlack, args: Json, *, member: str | None) -> Json:
    names = (args.get("types") or "public_channel").replace(" ", "").split(",")
    if set(names) - KINDS.keys():
        raise SlackError("invalid_types")
    kinds = [KINDS[name] for name in names]
    for kind in kinds:
        slack.need_scope(f"{kind}:read")
    places = [
        place for place in slack.channels.values() if place.kind in kinds and _is_listed(slack, args, place, member)
    ]
    found, metadata = page(places, args, usual=100)
    return {"channels": [channel_facts(slack, place) for place in found], "response_metadata": metadata}


def _is_listed(slack: FakeSlack, args: Json, place: Channel, member: str | None) -> bool:
    is_seen = place.kind == "channels" or slack.bot_user_id in place.members
    is_wanted = not (place.is_archived and flag(args, "exclude_archived"))
    return is_seen and is_wanted and (member is None or member in place.members)


def _dm_partner(slack: FakeSlack, user_id: str) -> str:
    person = slack.users.get(user_id)
    if person is None:
        raise SlackError("user_not_found")
    if person.deleted:
        raise SlackError("user_disabled")
    if person.is_bot:
        raise SlackError("cannot_dm_bot")
    if not slack.is_reachable(person):
        raise SlackError("user_not_visible")
    return person.id
