"""Small blocks for tests that need some blocks, whichever they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .records import Json


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "Hello", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(action_id: str = "go", text: str = "Go", **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(text), **more}


def options(*values: str) -> list[Json]:
    return [{"text": plain(value.title()), "value": value} for value in values]


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def field(block_id: str, element: Json, **more: Any) -> Json:
    """An input block whose action_id is its block_id."""
    element = {"action_id": block_id, **element}
    return {"type": "input", "block_id": block_id, "label": plain(block_id.title()), "element": element, **more}


def home(text: str) -> Json:
    return {"type": "home", "blocks": [section(text)]}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("Title"), "blocks": list(blocks), **more}


BUTTONS = actions(
    button("low", "Low", value="1", accessibility_label="1 out of 10"),
    button("high", "High", value="9"),
    {"type": "static_select", "action_id": "pick", "options": options("one", "two"), "placeholder": plain("Pick")},
    {"type": "overflow", "action_id": "more", "options": options("snooze", "stop")},
    block_id="scores",
)
WHY = field("why", {"type": "plain_text_input", "max_length": 20, "multiline": True})
FORM = {
    "type": "modal",
    "callback_id": "form",
    "private_metadata": "m",
    "title": plain("Form"),
    "submit": plain("Send"),
    "notify_on_close": True,
    "blocks": [
        WHY,
        field("kind", {"type": "radio_buttons", "options": options("bug", "idea")}, optional=True),
        field("tags", {"type": "checkboxes", "options": options("a", "b", "c")}, optional=True),
        field("who", {"type": "users_select", "initial_user": "U2"}),
        field("where", {"type": "conversations_select", "default_to_current_conversation": True}, optional=True),
        field("count", {"type": "number_input", "is_decimal_allowed": False, "max_value": "10"}, optional=True),
        field("day", {"type": "datepicker"}, optional=True),
    ],
}
