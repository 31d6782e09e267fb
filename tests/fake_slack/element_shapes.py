"""What Slack accepts inside a block: texts, options, buttons, menus and inputs, with their limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .shapes import Rule, anything, at_least_one, exactly_one, flag, kinds, many, one_of, shape, string, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

ID = string(255)
URL = string(3000)


def plain(most: int, least: int = 1) -> Rule:
    """A plain_text object: titles, labels and buttons take no formatting."""
    return shape({"type!": one_of("plain_text"), "text!": string(most, least), "emoji": flag})


def rich(most: int, least: int = 1) -> Rule:
    """A plain_text or mrkdwn object."""
    mrkdwn = shape({"type!": one_of("mrkdwn"), "text!": string(most, least), "verbatim": flag})
    return kinds({"plain_text": plain(most, least), "mrkdwn": mrkdwn})


CONFIRM = shape(
    {
        "title!": plain(100),
        "text!": plain(300),
        "confirm!": plain(30),
        "deny!": plain(30),
        "style": one_of("primary", "danger"),
    }
)


def option(text: Rule) -> Rule:
    return shape({"text!": text, "value!": string(150), "description": rich(75), "url": URL})


OPTION = option(plain(75))  # menus
LINE = option(rich(75))  # radio buttons and checkboxes may be formatted
GROUP = shape({"label!": plain(75), "options!": many(OPTION, 1, 100)})
FILTER = shape(
    {
        "include": many(one_of("im", "mpim", "private", "public"), 1, 4),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    },
    at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),
)
DISPATCH = shape({"trigger_actions_on": many(one_of("on_enter_pressed", "on_character_entered"), 1, 2)})
FEEDBACK = shape({"text!": plain(75), "value!": string(2000), "accessibility_label": string(75)})
SLACK_FILE = shape({"id": ID, "url": URL}, exactly_one("id", "url"))


def element(kind: str, fields: dict[str, Rule], *also: Rule, placeholder: bool = True) -> Rule:
    base: dict[str, Rule] = {"type!": one_of(kind), "action_id": ID, "confirm": CONFIRM, "focus_on_load": flag}
    if placeholder:
        base["placeholder"] = plain(150)
    return shape(base | fields, *also)


def _button() -> Rule:
    words: dict[str, Rule] = {
        "text!": plain(75),
        "accessibility_label": string(75),
        "style": one_of("primary", "danger"),
    }
    more: dict[str, Rule] = {
        "value": string(2000),
        "url": URL,
        "confirm": CONFIRM,
        "visible_to_user_ids": many(ID, 1, 100),
    }
    agent: dict[str, Rule] = {"agent_prompt": string(4000), "agent_prompt_display": string(4000)}
    return shape({"type!": one_of("button"), "action_id": ID} | words | more | agent)


def _typed(kind: str, **more: Rule) -> Rule:
    return element(kind, {"initial_value": string(3000), "dispatch_action_config": DISPATCH} | more)


def _offered(*initial: str) -> Rule:
    """The option chosen at first must be one of those offered."""

    def check(value: Any, at: str) -> Iterator[str]:
        groups = value.get("option_groups") or [{"options": value.get("options") or []}]
        offered = [choice for group in groups for choice in group.get("options", [])]
        for name in initial:
            chosen = value.get(name)
            for choice in chosen if isinstance(chosen, list) else [chosen] if chosen else []:
                if choice not in offered:
                    yield f"{at}.{name}: is not among the options"

    return check


MENU = {"options": many(OPTION, 1, 100), "option_groups": many(GROUP, 1, 100)}
SEVERAL: dict[str, Rule] = {"max_selected_items": whole(1, 1000)}
SOURCE: dict[str, Rule] = {"filter": FILTER, "default_to_current_conversation": flag}
RESPONSE: dict[str, Rule] = {"response_url_enabled": flag}

ELEMENTS: dict[str, Rule] = {
    "button": _button(),
    "image": shape(
        {"type!": one_of("image"), "alt_text!": string(2000), "image_url": URL, "slack_file": SLACK_FILE},
        exactly_one("image_url", "slack_file"),
    ),
    "overflow": shape(
        {"type!": one_of("overflow"), "action_id": ID, "options!": many(OPTION, 2, 5), "confirm": CONFIRM},
    ),
    "radio_buttons": element(
        "radio_buttons",
        {"options!": many(LINE, 1, 10), "initial_option": LINE},
        _offered("initial_option"),
        placeholder=False,
    ),
    "checkboxes": element(
        "checkboxes",
        {"options!": many(LINE, 1, 10), "initial_options": many(LINE, 1, 10)},
        _offered("initial_options"),
        placeholder=False,
    ),
    "static_select": element(
        "static_select", MENU | {"initial_option": OPTION}, exactly_one(*MENU), _offered("initial_option")
    ),
    "multi_static_select": element(
        "multi_static_select",
        MENU | SEVERAL | {"initial_options": many(OPTION, 1, 100)},
        exactly_one(*MENU),
        _offered("initial_options"),
    ),
    "external_select": element("external_select", {"initial_option": OPTION, "min_query_length": whole(0, 3000)}),
    "multi_external_select": element(
        "multi_external_select",
        SEVERAL | {"initial_options": many(OPTION, 1, 100), "min_query_length": whole(0, 3000)},
    ),
    "users_select": element("users_select", {"initial_user": ID}),
    "multi_users_select": element("multi_users_select", SEVERAL | {"initial_users": many(ID, 1, 1000)}),
    "conversations_select": element("conversations_select", SOURCE | RESPONSE | {"initial_conversation": ID}),
    "multi_conversations_select": element(
        "multi_conversations_select", SOURCE | SEVERAL | {"initial_conversations": many(ID, 1, 1000)}
    ),
    "channels_select": element("channels_select", RESPONSE | {"initial_channel": ID}),
    "multi_channels_select": element("multi_channels_select", SEVERAL | {"initial_channels": many(ID, 1, 1000)}),
    "datepicker": element("datepicker", {"initial_date": string(10, 10)}),
    "timepicker": element("timepicker", {"initial_time": string(5, 5), "timezone": string(100)}),
    "datetimepicker": element("datetimepicker", {"initial_date_time": whole(0, 9_999_999_999)}, placeholder=False),
    "plain_text_input": _typed(
        "plain_text_input", multiline=flag, min_length=whole(0, 3000), max_length=whole(1, 3000)
    ),
    "email_text_input": _typed("email_text_input"),
    "url_text_input": _typed("url_text_input"),
    "number_input": _typed(
        "number_input", **{"is_decimal_allowed!": flag, "min_value": string(100), "max_value": string(100)}
    ),
    "rich_text_input": element(
        "rich_text_input",
        {
            "initial_value": shape({"type!": one_of("rich_text"), "elements!": many(anything, 0, 1000)}),
            "dispatch_action_config": DISPATCH,
            "min_lines": whole(1, 100),
            "max_lines": whole(1, 100),
        },
    ),
    "file_input": shape(
        {
            "type!": one_of("file_input"),
            "action_id": ID,
            "filetypes": many(string(100), 1, 100),
            "max_files": whole(1, 10),
        }
    ),
    "workflow_button": shape(
        {
            "type!": one_of("workflow_button"),
            "action_id": ID,
            "text!": plain(75),
            "workflow!": shape({"trigger!": anything}),
            "style": one_of("primary", "danger"),
            "accessibility_label": string(75),
        }
    ),
    "feedback_buttons": shape(
        {
            "type!": one_of("feedback_buttons"),
            "action_id": ID,
            "positive_button!": FEEDBACK,
            "negative_button!": FEEDBACK,
        }
    ),
    "icon_button": shape(
        {
            "type!": one_of("icon_button"),
            "action_id": ID,
            "icon!": one_of("trash"),
            "text!": plain(75),
            "accessibility_label": string(75),
            "value": string(2000),
            "confirm": CONFIRM,
            "visible_to_user_ids": many(ID, 1, 100),
        }
    ),
}
