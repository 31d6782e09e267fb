"""What Slack tells an app, word for word in shape: one function for each thing that can happen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .records import Channel, Ephemeral, Json, Message, User, View

if TYPE_CHECKING:
    from .fake import FakeSlack

VERIFICATION_TOKEN = "deprecated-verification-token"
WITHOUT_AUTHORIZATIONS = {"app_uninstalled", "tokens_revoked"}


def message_payload(slack: FakeSlack, message: Message, *, with_metadata: bool = False) -> Json:
    """A message as answers and interactions carry it."""
    is_ours = message.user == slack.bot_user_id
    payload: Json = {"user": message.user, "type": "message", "ts": message.ts, "text": message.text}
    payload |= {"bot_id": slack.bot_id, "app_id": slack.app_id} if is_ours else {"client_msg_id": f"cm-{message.ts}"}
    payload |= {"team": slack.user(message.user).team_id, "blocks": message.blocks or _as_rich_text(message)}
    payload |= _thread_facts(slack, message)
    if message.edited:
        payload["edited"] = message.edited
    if message.metadata and with_metadata:
        payload["metadata"] = message.metadata
    if message.reactions:
        payload["reactions"] = [
            {"name": name, "users": who, "count": len(who)} for name, who in message.reactions.items()
        ]
    if message.files:
        payload["files"] = [{"id": id_} for id_ in message.files]
    return payload


def view_payload(slack: FakeSlack, view: View, state: Json | None = None) -> Json:
    """A view as answers and interactions carry it; `team_id` is the home of the person who looks at it."""
    body = view.body
    return {
        "id": view.id,
        "team_id": slack.user(view.user).team_id,
        "type": view.type,
        "blocks": view.blocks,
        "private_metadata": view.private_metadata,
        "callback_id": view.callback_id,
        "state": {"values": state or {}},
        "hash": view.hash,
        "title": body.get("title") or {"type": "plain_text", "text": "View Title"},
        "clear_on_close": body.get("clear_on_close", False),
        "notify_on_close": body.get("notify_on_close", False),
        "close": body.get("close"),
        "submit": body.get("submit"),
        "previous_view_id": view.previous_view_id,
        "root_view_id": view.root_view_id,
        "app_id": slack.app_id,
        "external_id": body.get("external_id", ""),
        "app_installed_team_id": slack.team_id,
        "bot_id": slack.bot_id,
    }


def block_actions(
    slack: FakeSlack, person: User, where: Message | Ephemeral | View, actions: list[Json], state: Json
) -> Json:
    """A click. The team is the installing one, also when somebody of another team clicked."""
    payload = _interaction(slack, "block_actions", person) | {"team": slack.team(), "enterprise": slack.enterprise()}
    if isinstance(where, View):
        payload |= _in_view(slack, person, where, state)
    else:
        payload |= _in_channel(slack, person, where, state)
    return payload | {"actions": actions}


def view_submission(slack: FakeSlack, person: User, view: View, state: Json, response_urls: list[Json]) -> Json:
    """The form was sent. Here the team is the one of the person, wherever the app is installed."""
    payload = _interaction(slack, "view_submission", person) | _home_team(slack, person)
    trigger = slack.new_trigger(person.id, channel=view.channel, view=view)
    return payload | {"trigger_id": trigger, "view": view_payload(slack, view, state), "response_urls": response_urls}


def view_closed(slack: FakeSlack, person: User, view: View, *, is_cleared: bool) -> Json:
    payload = _interaction(slack, "view_closed", person) | _home_team(slack, person)
    return payload | {"view": view_payload(slack, view), "is_cleared": is_cleared}


def message_action(slack: FakeSlack, person: User, callback_id: str, message: Message) -> Json:
    """A shortcut on a message: it knows the message, so no history scope is needed."""
    known = _shortcut(slack, "message_action", person, callback_id, channel=message.channel)
    known["user"]["name"] = person.name  # a global shortcut has only the username
    return {
        **known,
        "channel": channel_ref(slack.channel(message.channel)),
        "response_url": slack.new_response_url("app", person.id, message.channel),
        "message_ts": message.ts,
        "message": message_payload(slack, message),
    }


def global_shortcut(slack: FakeSlack, person: User, callback_id: str) -> Json:
    """A shortcut from the search bar: it knows no channel and has no response_url."""
    return _shortcut(slack, "shortcut", person, callback_id, channel=None)


def slash_command(slack: FakeSlack, person: User, place: Channel, command: str, text: str) -> dict[str, str]:
    fields = {
        "token": VERIFICATION_TOKEN,
        "team_id": slack.team_id,
        "team_domain": slack.team_domain,
        "channel_id": place.id,
        "channel_name": channel_ref(place)["name"],
        "user_id": person.id,
        "user_name": person.name,
        "command": command,
        "text": text,
        "api_app_id": slack.app_id,
        "is_enterprise_install": str(slack.is_enterprise_install).lower(),
        "response_url": slack.new_response_url("commands", person.id, place.id),
        "trigger_id": slack.new_trigger(person.id, channel=place.id),
    }
    grid = (
        {"enterprise_id": slack.enterprise_id, "enterprise_name": slack.enterprise_name} if slack.enterprise_id else {}
    )
    return fields | grid


def event_envelope(slack: FakeSlack, event: Json, *, event_id: str | None, is_ext_shared_channel: bool) -> Json:
    """An event and for whom it is. News of an uninstallation comes without authorizations."""
    stamped = event if event["type"] in WITHOUT_AUTHORIZATIONS else {"event_ts": slack.next_ts(), **event}
    envelope = {
        "token": VERIFICATION_TOKEN,
        "team_id": slack.team_id,
        "context_team_id": slack.team_id,
        "context_enterprise_id": slack.enterprise_id,
        "api_app_id": slack.app_id,
        "event": stamped,
        "type": "event_callback",
        "event_id": event_id or slack.next_id("Ev"),
        "event_time": int(slack.now()),
    }
    if event["type"] in WITHOUT_AUTHORIZATIONS:
        return envelope
    context = {"is_ext_shared_channel": is_ext_shared_channel, "event_context": f"4-{envelope['event_id']}"}
    return {**envelope, "authorizations": [slack.authorization()], **context}


def message_event(slack: FakeSlack, message: Message) -> Json:
    """Somebody wrote; people of other teams bring their profile along."""
    kind = {"channels": "channel", "groups": "group", "im": "im"}[slack.channel(message.channel).kind]
    place = {"channel": message.channel, "channel_type": kind, "event_ts": message.ts}
    event = message_payload(slack, replace(message, reactions={})) | place
    person = slack.user(message.user)
    if not slack.is_external(person):
        return event
    names = {"name": person.name, "team": person.team_id, "real_name": person.real_name}
    roles = {"is_restricted": person.is_restricted, "is_ultra_restricted": person.is_ultra_restricted}
    known = {**names, "display_name": person.display_name, **roles}
    return event | {"user_team": person.team_id, "source_team": person.team_id, "user_profile": known}


def channel_ref(place: Channel) -> Json:
    """Interactions do not name private places."""
    name = "directmessage" if place.is_im else "privategroup" if place.is_private else place.name
    return {"id": place.id, "name": name}


def _interaction(slack: FakeSlack, kind: str, person: User) -> Json:
    user = {"id": person.id, "username": person.name, "name": person.name, "team_id": person.team_id}
    facts = {"type": kind, "user": user, "api_app_id": slack.app_id, "token": VERIFICATION_TOKEN}
    return facts | {"is_enterprise_install": slack.is_enterprise_install}


def _in_channel(slack: FakeSlack, person: User, where: Message | Ephemeral, state: Json) -> Json:
    """In an ephemeral message there is no `message` in the payload, only its place."""
    is_ephemeral = isinstance(where, Ephemeral)
    container: Json = {
        "type": "message",
        "message_ts": where.ts,
        "channel_id": where.channel,
        "is_ephemeral": is_ephemeral,
    }
    if where.thread_ts:
        container["thread_ts"] = where.thread_ts
    original: dict[str, Any] = {"original": where.ts, "is_ephemeral": is_ephemeral}
    return {
        "container": container,
        "trigger_id": slack.new_trigger(person.id, channel=where.channel),
        "channel": channel_ref(slack.channel(where.channel)),
        **({} if isinstance(where, Ephemeral) else {"message": message_payload(slack, where)}),
        "state": {"values": state},
        "response_url": slack.new_response_url("actions", person.id, where.channel, **original),
    }


def _in_view(slack: FakeSlack, person: User, view: View, state: Json) -> Json:
    return {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": slack.new_trigger(person.id, channel=view.channel, view=view if view.type == "modal" else None),
        "view": view_payload(slack, view, state),
    }


def _home_team(slack: FakeSlack, person: User) -> Json:
    if not slack.is_external(person):
        return {"team": slack.team(), "enterprise": slack.enterprise()}
    team = {"id": person.team_id, "domain": person.team_domain}
    if not person.enterprise_id:
        return {"team": team, "enterprise": None}
    grid = {"enterprise_id": person.enterprise_id, "enterprise_name": person.enterprise_name}
    return {"team": team | grid, "enterprise": {"id": person.enterprise_id, "name": person.enterprise_name}}


def _shortcut(slack: FakeSlack, kind: str, person: User, callback_id: str, *, channel: str | None) -> Json:
    return {
        "type": kind,
        "token": VERIFICATION_TOKEN,
        "action_ts": slack.next_ts(),
        "team": slack.team(),
        "user": {"id": person.id, "username": person.name, "team_id": person.team_id},
        "is_enterprise_install": slack.is_enterprise_install,
        "enterprise": slack.enterprise(),
        "callback_id": callback_id,
        "trigger_id": slack.new_trigger(person.id, channel=channel),
    }


def _thread_facts(slack: FakeSlack, message: Message) -> Json:
    if message.thread_ts:
        parent = slack.message(message.channel, message.thread_ts)
        return {"thread_ts": message.thread_ts, **({"parent_user_id": parent.user} if parent else {})}
    replies = slack.messages(message.channel, message.ts)
    return {"thread_ts": message.ts, "reply_count": len(replies)} if replies else {}


def _as_rich_text(message: Message) -> list[Json]:
    words = [{"type": "rich_text_section", "elements": [{"type": "text", "text": message.text}]}]
    return [{"type": "rich_text", "block_id": f"r{message.ts}", "elements": words}]
