"""Shapes of Slack's payloads: what is not as Slack documents it is turned away, not taken for a bug of ours."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeAlias, TypeVar

Payload: TypeAlias = Mapping[str, Any]
T = TypeVar("T")
INTERACTIONS = frozenset({"block_actions", "view_submission", "view_closed", "message_action"})
SHAPES = dict.fromkeys(("user", "team", "container", "message", "view", "event", "state", "enterprise"), dict) | {
    "actions": list,
    "authorizations": list,
    "channel": dict | str,
    "type": str,
    "team_id": str,
    "response_url": str,
}
LEFT_OUT = ("event", "view", "response_urls", "actions", "message", "container")  # where there is none: never null
NAMED_BY_ID = ("user", "team", "channel", "view", "enterprise")


class Unreadable(Exception):  # noqa: N818 - what it is, not that it is an error
    """A payload that is not what Slack documents."""


def reads(read: Callable[[Payload], T]) -> Callable[[Payload], T]:
    """A reader that raises Unreadable for whatever it stumbles over."""

    @wraps(read)
    def guarded(body: Payload) -> T:
        try:
            return read(body)
        except (KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError, OSError) as odd:
            raise Unreadable(read.__name__) from odd

    return guarded


def picked(element: Payload) -> Any:
    """What a person put into an element, whatever Slack calls it for this type."""
    match element:
        case {"selected_option": option}:
            return option["value"] if option else None
        case {"selected_options": options}:
            return [option["value"] for option in options or ()]
        case {"selected_conversation": chosen} | {"selected_channel": chosen} | {"selected_user": chosen}:
            return chosen
        case {"selected_users": chosen} | {"selected_conversations": chosen}:
            return list(chosen or ())
        case {"value": value} | {"selected_date": value}:
            return value
    return None


def check_shape(body: Payload) -> None:
    """Raises Unreadable where a piece is not of the type Slack documents; Bolt would stumble over it."""
    for name, kind in SHAPES.items():
        if not isinstance(body.get(name), kind | None):
            raise Unreadable(name)
    for name in LEFT_OUT:
        if name in body and body[name] is None:
            raise Unreadable(name)
    for name in NAMED_BY_ID:
        if isinstance(body.get(name), dict) and not isinstance(body[name].get("id"), str | None):
            raise Unreadable(name)
    if isinstance(body.get("view"), dict) and not isinstance(body["view"].get("type"), str):
        raise Unreadable("view")
    if body.get("type") in INTERACTIONS and not isinstance(body.get("user"), dict):
        raise Unreadable("user")
    if body.get("type") == "block_actions" and not _are_actions(body.get("actions")):
        raise Unreadable("actions")


def _are_actions(found: object) -> bool:
    return isinstance(found, list) and bool(found) and all(map(_is_action, found))


def _is_action(found: object) -> bool:
    return isinstance(found, dict) and isinstance(found.get("action_id"), str)
