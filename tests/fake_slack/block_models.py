"""Two libraries know Block Kit limits too: what slack_sdk and blockkit refuse, Slack would refuse."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import blockkit
from blockkit.core import ComponentValidationError, FieldValidationError
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

UNKNOWN_TO_SDK = {"data_table", "data_visualization"}
LONGEST_ALT_TEXT = 255  # blockkit's limit; Slack itself takes 2000

COMPONENTS: dict[str, Callable[..., Any]] = {
    "plain_text": blockkit.Text,
    "mrkdwn": blockkit.Text,
    "actions": blockkit.Actions,
    "button": blockkit.Button,
    "channels_select": blockkit.ChannelsSelect,
    "context": blockkit.Context,
    "conversations_select": blockkit.ConversationsSelect,
    "datepicker": blockkit.DatePicker,
    "divider": blockkit.Divider,
    "email_text_input": blockkit.EmailInput,
    "header": blockkit.Header,
    "input": blockkit.Input,
    "multi_channels_select": blockkit.MultiChannelsSelect,
    "multi_conversations_select": blockkit.MultiConversationsSelect,
    "multi_static_select": blockkit.MultiStaticSelect,
    "multi_users_select": blockkit.MultiUsersSelect,
    "overflow": blockkit.Overflow,
    "plain_text_input": blockkit.PlainTextInput,
    "section": blockkit.Section,
    "static_select": blockkit.StaticSelect,
    "timepicker": blockkit.TimePicker,
    "url_text_input": blockkit.UrlInput,
    "users_select": blockkit.UsersSelect,
}
BY_FIELD: dict[str, Callable[..., Any]] = {  # these objects carry no type of their own
    "options": blockkit.Option,
    "initial_option": blockkit.Option,
    "initial_options": blockkit.Option,
    "option_groups": blockkit.OptionGroup,
    "confirm": blockkit.Confirm,
    "filter": blockkit.ConversationFilter,
    "dispatch_action_config": blockkit.DispatchActionConfig,
    "slack_file": blockkit.SlackFile,
}


class _NotModelledError(Exception):
    """blockkit has no class for this, so it has no opinion."""


def model_problems(block: dict[str, Any]) -> tuple[str, ...]:
    """What both say of one block; most blocks are seen many times."""
    return _model_problems(json.dumps(block))


@lru_cache(maxsize=4096)
def _model_problems(block: str) -> tuple[str, ...]:
    return (*_sdk_problems(json.loads(block)), *_blockkit_problems(json.loads(block)))


def _sdk_problems(block: dict[str, Any]) -> Iterator[str]:
    """What slack_sdk's own models say of one block."""
    if block.get("type") in UNKNOWN_TO_SDK:
        return
    try:
        model = Block.parse(block)
        if model is None:
            yield "slack_sdk knows no such block"
        else:
            model.to_dict()
    except (SlackObjectFormationError, TypeError, ValueError) as refusal:
        yield f"slack_sdk: {refusal}"


def _blockkit_problems(block: dict[str, Any]) -> Iterator[str]:
    """What blockkit says of one block; silent about blocks it does not model."""
    try:
        _component(block, "block").build()
    except _NotModelledError:
        return
    except (FieldValidationError, ComponentValidationError, ValueError) as refusal:
        yield f"blockkit: {refusal}"


def _component(value: Any, field: str) -> Any:
    if isinstance(value, list):
        return [_component(item, field) for item in value]
    if not isinstance(value, dict):
        return value[:LONGEST_ALT_TEXT] if field == "alt_text" else value
    kind = BY_FIELD[field] if field in BY_FIELD and "type" not in value else _component_class(value, field)
    fields = {
        name: _component(content, name) for name, content in value.items() if kind is blockkit.Text or name != "type"
    }
    try:
        return kind(**fields)
    except TypeError as unknown_argument:
        raise _NotModelledError from unknown_argument


def _component_class(value: dict[str, Any], field: str) -> Callable[..., Any]:
    kind = value.get("type", "")
    if kind == "image":
        return blockkit.Image if field == "block" else blockkit.ImageEl
    if kind not in COMPONENTS:
        raise _NotModelledError
    return COMPONENTS[kind]
