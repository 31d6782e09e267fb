"""
What local-slack draws and sends, and what Slack would: both ways, for the demo alone.

local-slack knows no charts, no pictures in blocks, no rich text, no dates in the reader's zone and no menus of
people, channels or several things; it forgets what a field began with; and in a modal only fields can be used. What the
bot makes stays as it is: this stands in between.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from bot.demo import company
from bot.slack.shapes import picked
from bot.texts.markup import SLACK_DATE, escape

Json: TypeAlias = dict[str, Any]
# By the type of a field: what it begins with, and what it sends.
BEGINNINGS = {
    "plain_text_input": ("initial_value", "value"),
    "static_select": ("initial_option", "selected_option"),
    "radio_buttons": ("initial_option", "selected_option"),
    "checkboxes": ("initial_options", "selected_options"),
    "datepicker": ("initial_date", "selected_date"),
}
PEOPLE = [(each.user_id, each.name) for each in company.EVERYBODY]
COLLEAGUES = [(each.user_id, each.name) for each in company.COLLEAGUES]
CHANNELS = [(channel_id, f"#{name}") for channel_id, (name, _) in company.CHANNELS.items()]


def drawable(body: Json) -> Json:
    """A message or a view, every block of it as local-slack can draw it."""
    drawn = dict(body)
    if isinstance(body.get("text"), str):
        drawn["text"] = _readable(body["text"])
    if body.get("blocks"):
        blocks = [drawn for block in body["blocks"] for drawn in (*_block(block), *_links(block))]
        drawn["blocks"] = [_as_field(block) for block in blocks] if body.get("type") == "modal" else blocks
    return drawn


def filled_in(view: Json) -> Json:
    """What was sent from a modal, with what its untouched fields began with."""
    fields = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    values = view.get("state", {}).get("values", {})
    state = {
        block_id: {action_id: _entry(entry, fields.get(block_id, {})) for action_id, entry in entries.items()}
        for block_id, entries in values.items()
    }
    return {**view, "state": {"values": state}}


def as_it_was_left(view: Json) -> Json:
    """A modal that is opened again: what was typed into it stands there."""
    values = view["state"]["values"]
    return {**view, "blocks": [_with_words(block, values) for block in view["blocks"]]}


def left_empty(view: Json) -> dict[str, str]:
    """What Slack itself would not let anybody send: a sentence by field."""
    values = view["state"]["values"]
    needed = [block["block_id"] for block in view["blocks"] if block["type"] == "input" and not block.get("optional")]
    return {field: "Please fill this in." for field in needed if not any(map(picked, values.get(field, {}).values()))}


def _with_words(block: Json, values: Json) -> Json:
    match block:
        case {"type": "input", "block_id": name, "element": {"type": "plain_text_input"} as element}:
            words = values[name][element["action_id"]]["value"] or ""
            return {**block, "element": {**element, "initial_value": words}}
    return block


def _entry(entry: Json, field: Json) -> Json:
    beginning, key = BEGINNINGS.get(field.get("type", ""), ("", ""))
    is_touched = entry.get(key) not in (None, [])
    return entry if is_touched or beginning not in field else {**entry, key: field[beginning]}


def _block(block: Json) -> list[Json]:  # noqa: PLR0911 - one for each kind of block
    match block:
        case {"type": "rich_text"}:
            return [{"type": "section", "text": {"type": "mrkdwn", "text": _readable(_quoted(block))}}]
        case {"type": "section", "text": text, "accessory": accessory}:
            kept = {"accessory": _element(accessory)} if "url" not in accessory else {}
            return [{**_without(block, "accessory"), "text": _text(text), **kept}]
        case {"type": "section", "text": text}:
            return [{**block, "text": _text(text)}]
        case {"type": "context"}:
            return [{**block, "elements": [_text(each) for each in block["elements"]]}]
        case {"type": "input"}:
            return [{**block, "element": _element(block["element"])}]
        case {"type": "actions"}:
            elements = [_element(each) for each in block["elements"] if "url" not in each]
            return [{**block, "elements": elements}] if elements else []
        case {"type": "data_visualization" | "image"}:
            return []  # the numbers stand beside it in words
    return [block]


def _links(block: Json) -> list[Json]:
    """A button there leads nowhere: one that is a link becomes a link."""
    buttons = [*block.get("elements", ()), block.get("accessory") or {}] if block["type"] != "context" else []
    links = [f"<{each['url']}|{escape(each['text']['text'])}>" for each in buttons if "url" in each]
    return [{"type": "context", "elements": [{"type": "mrkdwn", "text": " · ".join(links)}]}] if links else []


def _without(block: Json, key: str) -> Json:
    return {name: value for name, value in block.items() if name != key}


def _as_field(block: Json) -> Json:
    """In a modal a menu beside a text does nothing: it becomes a field of its own."""
    menu = block.get("accessory")
    if block["type"] != "section" or not menu or menu["type"] != "static_select":
        return block
    label = {"type": "plain_text", "text": block["text"]["text"]}
    return {"type": "input", "block_id": block["block_id"], "label": label, "element": menu, "optional": True}


def _element(element: Json) -> Json:
    match element["type"]:
        case "conversations_select":
            element = _menu(element, CHANNELS, chosen=element.get("initial_conversation"))
        case "users_select":
            element = _menu(element, PEOPLE, chosen=element.get("initial_user"))
        case "multi_users_select":
            element = _boxes(element, COLLEAGUES, chosen=element.get("initial_users") or ())
        case "multi_static_select":
            options = [(each["value"], each["text"]["text"]) for each in element["options"]]
            element = _boxes(element, options, chosen=[each["value"] for each in element.get("initial_options", ())])
        case "multi_conversations_select":
            element = _boxes(element, CHANNELS, chosen=element.get("initial_conversations") or ())
    return _showing_its_beginning(element)


def _menu(element: Json, options: Sequence[tuple[str, str]], *, chosen: str | None) -> Json:
    made = _chosen_from(element, "static_select", options)
    first = [option for option in made["options"] if option["value"] == chosen]
    return made | ({"initial_option": first[0]} if first else {})


def _boxes(element: Json, options: Sequence[tuple[str, str]], *, chosen: Sequence[str]) -> Json:
    made = _chosen_from(element, "checkboxes", options)
    first = [option for option in made["options"] if option["value"] in chosen]
    return made | ({"initial_options": first} if first else {})


def _chosen_from(element: Json, kind: str, options: Sequence[tuple[str, str]]) -> Json:
    kept: Json = {key: element[key] for key in ("action_id", "placeholder") if key in element}
    listed = [{"text": {"type": "plain_text", "text": label}, "value": value} for value, label in options]
    return {"type": kind, **kept, "options": listed}


def _showing_its_beginning(element: Json) -> Json:
    """A menu says what it begins with where others say what to choose; boxes mark it."""
    begins = element.get("initial_options") or [element[key] for key in ("initial_option",) if key in element]
    if not begins:
        return element
    if element["type"] == "static_select":
        return {**element, "placeholder": begins[0]["text"]}
    values = {option["value"] for option in begins}
    return {
        **element,
        "options": [_marked(option) if option["value"] in values else option for option in element["options"]],
    }


def _marked(option: Json) -> Json:
    return {**option, "text": {**option["text"], "text": f"{option['text']['text']} (as it is)"}}


def _text(text: Json) -> Json:
    return {**text, "text": _readable(text["text"])} if "text" in text else text


def _quoted(block: Mapping[str, Any]) -> str:
    pieces = [each for part in block["elements"] for each in part["elements"]]
    words = "".join(each.get("text") or each.get("url", "") for each in pieces)
    return "\n".join(f"> {escape(line)}" for line in words.splitlines())


def _readable(text: str) -> str:
    """It shows dates and an escaped "&" as they are written."""
    return SLACK_DATE.sub(r"\1", text).replace("&amp;", "&")
