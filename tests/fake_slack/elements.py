"""Finding what a person can click or fill in, and what Slack keeps as its state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .records import Blocks, Json

if TYPE_CHECKING:
    from collections.abc import Iterator

Found = tuple[Json, Json]  # a block and an element in it

# element type -> the key of its state, the key of its initial value
STATE_KEYS: dict[str, tuple[str, str]] = {
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "file_input": ("files", "initial_files"),
}


def walk(blocks: Blocks) -> Iterator[Found]:
    """Every element a person can use, with the block it sits in."""
    for block in blocks:
        elements = [block[name] for name in ("element", "accessory") if name in block]
        if block["type"] in {"actions", "context_actions"}:
            elements += block["elements"]
        if block["type"] == "card":
            elements += block.get("actions", [])
        yield from ((block, element) for element in elements if "action_id" in element)
        yield from walk(block.get("child_blocks", []))
        yield from walk(block["elements"] if block["type"] == "carousel" else [])


def find(blocks: Blocks, action_id: str, *, value: str | None = None, block_id: str | None = None) -> Found:
    """The first element with this action_id (and value, and block); says what there is when there is none."""
    for block, element in walk(blocks):
        is_it = element["action_id"] == action_id and block_id in {None, block["block_id"]}
        if is_it and value in {None, element.get("value")}:
            return block, element
    wanted = (
        f"{action_id!r}" + (f" with value {value!r}" if value else "") + (f" in block {block_id!r}" if block_id else "")
    )
    raise AssertionError(f"there is nothing to use called {wanted}; there is:\n{listing(blocks)}")


def listing(blocks: Blocks) -> str:
    """One line for each element, for people who read a failing test."""
    lines = [_line(block, element) for block, element in walk(blocks)]
    return "\n".join(lines) or "  nothing at all"


def _line(block: Json, element: Json) -> str:
    words = (element.get("text") or element.get("placeholder") or block.get("label") or {}).get("text", "")
    value = f" value={element['value']!r}" if "value" in element else ""
    return f"  {element['type']} {element['action_id']!r} {words!r}{value} in block {block['block_id']!r}"


def is_stateful(element: Json) -> bool:
    return element["type"] in STATE_KEYS


def initial_entry(element: Json, conversation: str | None = None) -> Json:
    """The state of an element nobody has touched."""
    key, initial = STATE_KEYS[element["type"]]
    nothing: object = [] if key.endswith("s") else None
    value = element.get(initial, nothing)
    if value == nothing and conversation and element.get("default_to_current_conversation"):
        value = [conversation] if key.endswith("s") else conversation
    return {"type": element["type"], key: value}


def is_empty(entry: Json) -> bool:
    """Whether there is nothing in a field."""
    return not any(value for key, value in entry.items() if key != "type")


def state_values(
    blocks: Blocks, entered: dict[str, dict[str, Json]], conversation: str | None = None
) -> dict[str, dict[str, Json]]:
    """`state.values` of a payload: what was entered, and the initial values of the rest."""
    values: dict[str, dict[str, Json]] = {}
    for block, element in walk(blocks):
        if is_stateful(element):
            mine = entered.get(block["block_id"], {}).get(element["action_id"])
            entry = mine if mine and mine["type"] == element["type"] else initial_entry(element, conversation)
            values.setdefault(block["block_id"], {})[element["action_id"]] = entry
    return values
