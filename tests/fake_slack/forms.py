"""Filling in a modal, as a person would, before it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .elements import is_empty, is_stateful, listing, state_values, walk
from .entries import entry
from .records import Json, User, View

if TYPE_CHECKING:
    from .fake import FakeSlack

Values = dict[str, dict[str, Json]]


def filled(slack: FakeSlack, person: User, view: View, values: dict[str, Any]) -> Values:
    """`state.values` of the submission; raises AssertionError where Slack's client would not send it."""
    assert view.body.get("submit"), f"{view.title!r} has no submit button"
    assert not view.body.get("submit_disabled"), f"the submit button of {view.title!r} is disabled"
    for block_id, given in values.items():
        _enter(slack, person, view, block_id, given)
    state = state_values(view.blocks, view.entered, view.channel)
    for block in view.blocks:
        if block["type"] == "input" and not block.get("optional"):
            assert not is_empty(state[block["block_id"]][block["element"]["action_id"]]), _required(block)
    return state


def response_urls(slack: FakeSlack, person: User, view: View, state: Values) -> list[Json]:
    """A menu of conversations with response_url_enabled earns the app a response_url to what was picked."""
    earned = []
    for block, element in walk(view.blocks):
        place = _picked_place(state, block, element)
        if element.get("response_url_enabled") and place:
            url = slack.new_response_url("app", person.id, place)
            facts = {"block_id": block["block_id"], "action_id": element["action_id"], "channel_id": place}
            earned.append({**facts, "response_url": url})
    return earned


def _enter(slack: FakeSlack, person: User, view: View, block_id: str, given: Any) -> None:
    fields = {
        element["action_id"]: element
        for block, element in walk(view.blocks)
        if block["block_id"] == block_id and is_stateful(element)
    }
    assert fields, f"{view.title!r} has no field in a block {block_id!r}; there is:\n{listing(view.blocks)}"
    by_action = given if isinstance(given, dict) else {next(iter(fields)): given}
    for action_id, value in by_action.items():
        assert action_id in fields, f"block {block_id!r} has no field {action_id!r}; there is:\n{listing(view.blocks)}"
        view.entered.setdefault(block_id, {})[action_id] = entry(slack, person, fields[action_id], value)


def _required(block: Json) -> str:
    return f"{block['label']['text']!r} (block {block['block_id']!r}) is required and empty"


def _picked_place(state: Values, block: Json, element: Json) -> str | None:
    mine = state.get(block["block_id"], {}).get(element["action_id"], {})
    return mine.get("selected_conversation") or mine.get("selected_channel")
