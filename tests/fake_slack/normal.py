"""Slack does not give blocks back as they were sent: it names what has no name and spells defaults out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from .records import Blocks, Json

SINGLE_ELEMENTS = ("element", "accessory")


def normal_blocks(blocks: Blocks, next_id: Callable[[str], str]) -> Blocks:
    """Blocks as Slack keeps them: with block_ids and action_ids everywhere, and texts that say emoji or verbatim."""
    return [_block(block, next_id) for block in blocks]


def _block(block: Json, next_id: Callable[[str], str]) -> Json:
    kept = {"block_id": next_id("b"), **{name: _spelt_out(value) for name, value in block.items()}}
    for name in SINGLE_ELEMENTS:
        if name in kept:
            kept[name] = _named(kept[name], next_id)
    if block.get("type") in {"actions", "context_actions"}:
        kept["elements"] = [_named(element, next_id) for element in kept["elements"]]
    if block.get("type") == "card" and "actions" in kept:
        kept["actions"] = [_named(element, next_id) for element in kept["actions"]]
    if "child_blocks" in kept:
        kept["child_blocks"] = normal_blocks(kept["child_blocks"], next_id)
    return kept


def _named(element: Json, next_id: Callable[[str], str]) -> Json:
    return element if element.get("type") == "image" else {"action_id": next_id("a"), **element}


def _spelt_out(value: Any) -> Any:
    if isinstance(value, list):
        return [_spelt_out(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {name: _spelt_out(content) for name, content in value.items()}
    defaults = {"plain_text": {"emoji": True}, "mrkdwn": {"verbatim": False}}.get(str(value.get("type")), {})
    return {**kept, **{name: default for name, default in defaults.items() if name not in kept}}
