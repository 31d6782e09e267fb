"""The pieces messages and modals are made of, as Slack's Block Kit wants them, within its limits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from bot.slack import wire
from bot.texts.markup import Mrkdwn, shorten

Block: TypeAlias = dict[str, object]
Element: TypeAlias = dict[str, object]
View: TypeAlias = dict[str, object]

BUTTON_LABEL, MODAL_TITLE, HEADER, SECTION, OPTION_LABEL, LABEL_FOR_READERS = 75, 24, 150, 3000, 75, 75


@dataclass(frozen=True)
class Message:
    """`text` is what notifications and screen readers say, so it holds everything that matters."""

    text: Mrkdwn
    blocks: Sequence[Block]


CHART = "data_visualization"


def without_charts(message: Message) -> Message:
    """For a Slack that does not know charts; the same message where it has none."""
    return _without(message, [block for block in message.blocks if block["type"] == CHART])


def without_pictures(message: Message) -> Message:
    """Where Slack does not show a file of its own; the same message where it has none."""
    return _without(message, [block for block in message.blocks if "slack_file" in block])


def header(text: str) -> Block:
    return {"type": "header", "text": plain(shorten(text, HEADER))}


def section(text: Mrkdwn, accessory: Element | None = None, *, block_id: str | None = None) -> Block:
    block: Block = {"type": "section", "text": _mrkdwn(shorten(text, SECTION))}
    return block | ({"accessory": accessory} if accessory else {}) | _named(block_id)


def context(*texts: Mrkdwn) -> Block:
    return {"type": "context", "elements": [_mrkdwn(text) for text in texts]}


def actions(*elements: Element, block_id: str | None = None) -> Block:
    return {"type": "actions", "elements": list(elements)} | _named(block_id)


def quote(text: str) -> Block:
    """Words of a person, literally: rich text formats nothing and mentions nobody."""
    element = {"type": "rich_text_quote", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [element]}


def divider() -> Block:
    return {"type": "divider"}


def button(
    label: str, action_id: str, value: str, *, primary: bool = False, aloud: str | None = None, url: str | None = None
) -> Element:
    """`aloud` is what a screen reader says instead of the label."""
    made: Element = {
        "type": "button",
        "text": plain(shorten(label, BUTTON_LABEL)),
        "action_id": action_id,
        "value": value,
    }
    if primary:
        made["style"] = "primary"
    if aloud:
        made["accessibility_label"] = shorten(aloud, LABEL_FOR_READERS)
    return made | ({"url": url} if url else {})


def dangerous(element: Element, *, title: str, text: str, yes: str, no: str) -> Element:
    """A button that cannot be taken back: Slack asks first."""
    sure = {"title": plain(title), "text": plain(text), "confirm": plain(yes), "deny": plain(no), "style": "danger"}
    return {**element, "style": "danger", "confirm": sure}


def link_button(label: str, url: str) -> Element:
    return button(label, wire.OPEN_LINK, "link", url=url)


def menu(
    action_id: str, options: Sequence[tuple[str, str]], *, chosen: str | None = None, hint: str | None = None
) -> Element:
    """A menu of (value, label); `chosen` is the value it starts with."""
    made: Element = {"type": "static_select", "action_id": action_id, "options": _options(options)}
    first = [option for option in options if option[0] == chosen]
    return made | ({"initial_option": _options(first)[0]} if first else {}) | _placeholder(hint)


def several(
    action_id: str, options: Sequence[tuple[str, str]], *, chosen: Sequence[str] = (), hint: str | None = None
) -> Element:
    """A menu of (value, label) from which several may be chosen; at most a hundred."""
    made: Element = {"type": "multi_static_select", "action_id": action_id, "options": _options(options)}
    first = [option for option in options if option[0] in chosen]
    return made | ({"initial_options": _options(first)} if first else {}) | _placeholder(hint)


def overflow(action_id: str, options: Sequence[tuple[str, str]]) -> Element:
    """Three dots that open a short menu of (value, label); two to five."""
    return {"type": "overflow", "action_id": action_id, "options": _options(options)}


def channel_menu(action_id: str, *, chosen: str | None = None, hint: str | None = None) -> Element:
    """Channels of our own company only: no alert may go where outsiders read."""
    made: Element = {
        "type": "conversations_select",
        "action_id": action_id,
        "filter": {"include": ["public", "private"], "exclude_external_shared_channels": True},
    }
    return made | ({"initial_conversation": chosen} if chosen else {}) | _placeholder(hint)


def channels_menu(action_id: str, *, chosen: Sequence[str] = ()) -> Element:
    """Any channels, those shared with another company too."""
    made: Element = {
        "type": "multi_conversations_select",
        "action_id": action_id,
        "filter": {"include": ["public", "private"]},
    }
    return made | ({"initial_conversations": list(chosen)} if chosen else {})


def person_menu(action_id: str, *, chosen: str | None = None) -> Element:
    made: Element = {"type": "users_select", "action_id": action_id}
    return made | ({"initial_user": chosen} if chosen else {})


def people_menu(action_id: str, *, chosen: Sequence[str] = ()) -> Element:
    made: Element = {"type": "multi_users_select", "action_id": action_id}
    return made | ({"initial_users": list(chosen)} if chosen else {})


def day_menu(action_id: str, *, chosen: date) -> Element:
    return {"type": "datepicker", "action_id": action_id, "initial_date": chosen.isoformat()}


def choices(action_id: str, options: Sequence[tuple[str, str]], *, chosen: str | None = None) -> Element:
    """Radio buttons of (value, label); at most ten."""
    made: Element = {"type": "radio_buttons", "action_id": action_id, "options": _options(options)}
    first = [option for option in options if option[0] == chosen]
    return made | ({"initial_option": _options(first)[0]} if first else {})


def tick(action_id: str, label: str, *, ticked: bool = False) -> Element:
    """One box to tick; its value is `wire.YES`."""
    options = _options([(wire.YES, label)])
    made: Element = {"type": "checkboxes", "action_id": action_id, "options": options}
    return made | ({"initial_options": options} if ticked else {})


def boxes(action_id: str, options: Sequence[tuple[str, str]], *, chosen: Sequence[str] = ()) -> Element:
    """Boxes to tick of (value, label); at most ten."""
    made: Element = {"type": "checkboxes", "action_id": action_id, "options": _options(options)}
    first = [option for option in options if option[0] in chosen]
    return made | ({"initial_options": _options(first)} if first else {})


def typed(
    action_id: str, *, longest: int, text: str | None = None, lines: bool = False, hint: str | None = None
) -> Element:
    made: Element = {"type": "plain_text_input", "action_id": action_id, "max_length": longest, "multiline": lines}
    return made | ({"initial_value": text} if text else {}) | _placeholder(hint)


def field(block_id: str, label: str, element: Element, *, optional: bool = False, hint: str | None = None) -> Block:
    """One thing to fill in; the block id is how `wire` finds it again."""
    block: Block = {"type": "input", "block_id": block_id, "label": plain(label), "element": element}
    return block | ({"optional": True} if optional else {}) | ({"hint": plain(hint)} if hint else {})


def modal(
    title: str,
    blocks: Iterable[Block],
    *,
    callback_id: str = "read",
    submit: str | None = None,
    close: str | None = None,
    metadata: str = "",
) -> View:
    made: View = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(shorten(title, MODAL_TITLE)),
        "blocks": list(blocks),
        "private_metadata": metadata,
    }
    return made | ({"submit": plain(submit)} if submit else {}) | ({"close": plain(close)} if close else {})


def home_tab(blocks: Iterable[Block]) -> View:
    return {"type": "home", "blocks": list(blocks)}


def plain(text: str) -> dict[str, object]:
    return {"type": "plain_text", "text": text, "emoji": True}


def _mrkdwn(text: str) -> dict[str, object]:
    # verbatim: Slack must not turn a customer's "@here" or "#general" into anything
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _options(options: Sequence[tuple[str, str]]) -> list[dict[str, object]]:
    return [{"text": plain(shorten(label, OPTION_LABEL)), "value": value} for value, label in options]


def _named(block_id: str | None) -> Block:
    return {"block_id": block_id} if block_id else {}


def _placeholder(hint: str | None) -> Element:
    return {"placeholder": plain(hint)} if hint else {}


def _without(message: Message, taken_out: Sequence[Block]) -> Message:
    blocks = [block for block in message.blocks if block not in taken_out]
    return Message(message.text, blocks) if taken_out else message
