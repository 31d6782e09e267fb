"""What Slack accepts as a block, and on which surface: messages, modals and Home tabs differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .element_shapes import ELEMENTS, ID, SLACK_FILE, URL, plain, rich
from .shapes import (
    Rule,
    anything,
    at_least_one,
    exactly_one,
    flag,
    kinds,
    many,
    number,
    one_of,
    shape,
    string,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

SELECTS = {"static_select", "external_select", "users_select", "conversations_select", "channels_select"}
MULTI_SELECTS = {f"multi_{kind}" for kind in SELECTS}
CHOICES = {"radio_buttons", "checkboxes"}
PICKERS = {"datepicker", "timepicker"}
TYPED = {"plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input", "file_input"}
IN_ACTIONS = {"button", "overflow", "workflow_button", "datetimepicker"} | SELECTS | MULTI_SELECTS | CHOICES | PICKERS
IN_SECTION = {"button", "overflow", "workflow_button", "image"} | SELECTS | MULTI_SELECTS | CHOICES | PICKERS
IN_INPUT = {"datetimepicker"} | SELECTS | MULTI_SELECTS | CHOICES | PICKERS | TYPED

EVERYWHERE = {"section", "divider", "image", "actions", "context", "header", "input", "rich_text", "video", "card"}
MESSAGES_AND_HOME = {"table", "data_table", "data_visualization", "container", "carousel"}
MESSAGES_ONLY = {"markdown", "file", "context_actions", "task_card", "plan"}
SURFACES = {
    "message": EVERYWHERE | MESSAGES_AND_HOME | MESSAGES_ONLY,
    "modal": EVERYWHERE | {"alert"},
    "home": EVERYWHERE | MESSAGES_AND_HOME,
}
MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}

IMAGE = kinds(ELEMENTS, {"image"})
TEXTS = {"plain_text": plain(3000), "mrkdwn": rich(3000)}
CELL = kinds(
    {
        "rich_text": anything,
        "raw_text": shape({"type!": one_of("raw_text"), "text!": string(20_000, 0)}),
        "raw_number": shape({"type!": one_of("raw_number"), "value!": number, "text": string(1000)}),
    }
)

WORDS = ("text", "emoji", "link", "user", "usergroup", "channel", "broadcast", "date", "color")
SPOKEN = many(kinds(dict.fromkeys(WORDS, anything)), 0, 1000)
BORDER = whole(0, 1)
PARAGRAPHS = {
    "rich_text_section": shape({"type!": anything, "elements!": SPOKEN}),
    "rich_text_quote": shape({"type!": anything, "elements!": SPOKEN, "border": BORDER}),
    "rich_text_preformatted": shape({"type!": anything, "elements!": SPOKEN, "border": BORDER}),
}
LIST = shape(
    {
        "type!": anything,
        "elements!": many(kinds(PARAGRAPHS), 0, 1000),
        "style!": one_of("bullet", "ordered"),
        "indent": whole(0, 8),
        "offset": whole(0, 10_000),
        "border": BORDER,
    }
)
PARAGRAPH = kinds({**PARAGRAPHS, "rich_text_list": LIST})


def block(kind: str, fields: dict[str, Rule], *also: Rule) -> Rule:
    return shape({"type!": one_of(kind), "block_id": ID} | fields, *also)


def _level_rows(value: Any, at: str) -> Iterator[str]:
    """Every row of a data table is as long as its header."""
    lengths = {len(row) for row in value.get("rows", []) if isinstance(row, list)}
    if len(lengths) > 1:
        yield f"{at}.rows: must all have the same number of cells"


def _on_axis(value: Any, at: str) -> Iterator[str]:
    """Each series has its own name, and its points sit on the axis."""
    names = [series.get("name") for series in value.get("series", [])]
    if len(names) != len(set(names)):
        yield f"{at}.series: names must differ"
    categories = value.get("axis_config", {}).get("categories", [])
    for series in value.get("series", []):
        if any(point.get("label") not in categories for point in series.get("data", [])):
            yield f"{at}.series: labels must be among axis_config.categories"


LABEL = string(20)
POINT = shape({"label!": LABEL, "value!": number})
SERIES = many(shape({"name!": LABEL, "data!": many(POINT, 1, 20)}), 1, 6)
AXES = shape({"categories!": many(LABEL, 1, 20), "x_label": string(50), "y_label": string(50)})


def _plot(kind: str) -> Rule:
    return shape({"type!": one_of(kind), "series!": SERIES, "axis_config!": AXES}, _on_axis)


CHART = kinds(
    {"pie": shape({"type!": one_of("pie"), "segments!": many(POINT, 1, 6)})}
    | {kind: _plot(kind) for kind in ("bar", "area", "line")}
)

BLOCKS: dict[str, Rule] = {
    "section": block(
        "section",
        {
            "text": rich(3000),
            "fields": many(rich(2000), 1, 10),
            "accessory": kinds(ELEMENTS, IN_SECTION),
            "expand": flag,
        },
        at_least_one("text", "fields"),
    ),
    "divider": block("divider", {}),
    "header": block("header", {"text!": plain(150)}),
    "image": block(
        "image",
        {"alt_text!": string(2000), "image_url": URL, "slack_file": SLACK_FILE, "title": plain(2000)},
        exactly_one("image_url", "slack_file"),
    ),
    "context": block("context", {"elements!": many(kinds(TEXTS | {"image": IMAGE}), 1, 10)}),
    "actions": block("actions", {"elements!": many(kinds(ELEMENTS, IN_ACTIONS), 1, 25)}),
    "context_actions": block(
        "context_actions", {"elements!": many(kinds(ELEMENTS, {"feedback_buttons", "icon_button"}), 1, 5)}
    ),
    "input": block(
        "input",
        {
            "label!": plain(2000),
            "element!": kinds(ELEMENTS, IN_INPUT),
            "hint": plain(2000),
            "optional": flag,
            "dispatch_action": flag,
        },
    ),
    "rich_text": block("rich_text", {"elements!": many(PARAGRAPH, 1, 1000)}),
    "markdown": block("markdown", {"text!": string(12_000)}),
    "file": block("file", {"external_id!": ID, "source!": one_of("remote")}),
    "video": block(
        "video",
        {
            "alt_text!": string(2000),
            "title!": plain(199),
            "thumbnail_url!": URL,
            "video_url!": URL,
            "title_url": URL,
            "author_name": string(49),
            "provider_name": string(1000),
            "provider_icon_url": URL,
            "description": plain(200),
        },
    ),
    "alert": block("alert", {"text!": rich(3000), "level": one_of("default", "info", "warning", "error", "success")}),
    "table": block("table", {"rows!": many(many(CELL, 1, 20), 1, 100), "column_settings": many(anything, 1, 20)}),
    "data_table": block(
        "data_table",
        {
            "rows!": many(many(CELL, 1, 20), 2, 201),
            "caption!": string(2000),
            "page_size": whole(1, 100),
            "row_header_column_index": whole(0, 19),
        },
        _level_rows,
    ),
    "data_visualization": block("data_visualization", {"title!": string(50), "chart!": CHART}),
    "card": block(
        "card",
        {
            "title": rich(150),
            "subtitle": rich(150),
            "body": rich(200),
            "icon": IMAGE,
            "hero_image": IMAGE,
            "actions": many(kinds(ELEMENTS, {"button", "workflow_button"}), 1, 5),
        },
        at_least_one("title", "body", "hero_image", "actions"),
    ),
    "task_card": block(
        "task_card",
        {
            "task_id!": string(255),
            "title!": string(255),
            "details": anything,
            "output": anything,
            "sources": many(anything, 1, 100),
            "status!": one_of("pending", "in_progress", "complete", "error"),
        },
    ),
    "plan": block("plan", {"title!": string(255), "tasks": many(anything, 1, 100)}),
}
BLOCKS["carousel"] = block("carousel", {"elements!": many(kinds(BLOCKS, {"card"}), 1, 10)})
BLOCKS["container"] = block(
    "container",
    {
        "title": plain(150),
        "rich_text_title": kinds(BLOCKS, {"rich_text"}),
        "subtitle": rich(150),
        "child_blocks!": many(kinds(BLOCKS, SURFACES["home"] - {"data_visualization", "container"}), 1, 10),
        "width": one_of("narrow", "standard", "wide", "full"),
        "icon": IMAGE,
        "is_collapsible": flag,
        "default_collapsed": flag,
        "has_header_divider": flag,
    },
    at_least_one("title", "rich_text_title"),
)
