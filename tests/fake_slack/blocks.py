"""Slack refuses a message whose blocks break a rule; these checks refuse it in a test instead.

`problems` and `view_problems` return one sentence for each broken rule, or an empty list.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from .block_models import model_problems
from .block_shapes import BLOCKS, MOST_BLOCKS, SURFACES
from .element_shapes import plain
from .shapes import anything, flag, many, one_of, shape, string

if TYPE_CHECKING:
    from collections.abc import Iterator

Blocks = list[dict[str, Any]]

LARGEST_VIEW = 250_000
MOST_MARKDOWN = 12_000
MOST_TABLE_CHARACTERS = 20_000
MOST_OF_A_KIND = {"table": 1, "data_visualization": 2}
LITERAL = ("text", "plain_text")  # shown letter by letter, so it mentions nobody
BROADCAST = re.compile(r"<!(channel|here|everyone)\b")

COMMON = {
    "blocks!": many(anything, 0, 1000),
    "private_metadata": string(3000, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
}
VIEWS = {
    "modal": shape(
        COMMON
        | {
            "type!": one_of("modal"),
            "title!": plain(24),
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": flag,
            "notify_on_close": flag,
            "submit_disabled": flag,
        }
    ),
    "home": shape(COMMON | {"type!": one_of("home")}),
}


def problems(blocks: Any, surface: str) -> list[str]:
    """Say what is wrong with blocks on a surface: "message", "modal" or "home"."""
    if not isinstance(blocks, list):
        return ["blocks: must be a list"]
    found = [
        problem for index, block in enumerate(blocks) for problem in _block_problems(block, f"blocks[{index}]", surface)
    ]
    if found:
        return found
    return [*_together(blocks, surface)]


def view_problems(view: Any) -> list[str]:
    """Say what is wrong with a modal or a Home view."""
    kind = view.get("type") if isinstance(view, dict) else None
    if not isinstance(kind, str) or kind not in VIEWS:
        return [f"view: type must be modal or home, not {kind!r}"]
    found = [*VIEWS[kind](view, "view"), *problems(view.get("blocks"), kind)]
    if kind == "modal" and "submit" not in view and _has_input(view.get("blocks")):
        found.append("view: a modal with an input block needs submit")
    if len(json.dumps(view)) > LARGEST_VIEW:
        found.append(f"view: is larger than {LARGEST_VIEW} bytes")
    return found


def broadcasts(value: Any) -> bool:
    """Whether this text, or anything inside these blocks, would notify a whole channel."""
    if isinstance(value, dict):
        if value.get("type") in LITERAL:
            return False
        shown = (
            part for name, part in value.items() if name not in ("private_metadata", "block_id")
        )  # nobody's to read
        return value.get("type") == "broadcast" or any(broadcasts(part) for part in shown)
    if isinstance(value, list):
        return any(broadcasts(part) for part in value)
    return isinstance(value, str) and BROADCAST.search(value) is not None


def _block_problems(block: Any, at: str, surface: str) -> Iterator[str]:
    kind = block.get("type") if isinstance(block, dict) else None
    if not isinstance(kind, str) or kind not in BLOCKS:
        yield f"{at}: unknown block {kind!r}"
    elif kind not in SURFACES[surface]:
        yield f"{at}: {kind} is not allowed in a {surface}"
    else:
        own = [*BLOCKS[kind](block, at)]
        yield from own or (f"{at}: {problem}" for problem in model_problems(block))


def _together(blocks: Blocks, surface: str) -> Iterator[str]:
    """What only shows when the blocks are seen side by side."""
    if len(blocks) > MOST_BLOCKS[surface]:
        yield f"blocks: at most {MOST_BLOCKS[surface]} in a {surface}, not {len(blocks)}"
    yield from _repeated("block_id", blocks, "blocks")
    for index, block in enumerate(blocks):
        yield from _repeated("action_id", [*_elements(block)], f"blocks[{index}]")
    yield from _elements_on(blocks, surface)
    yield from _sizes(blocks)


def _sizes(blocks: Blocks) -> Iterator[str]:
    kinds = Counter(block["type"] for block in blocks)
    for kind, most in MOST_OF_A_KIND.items():
        if kinds[kind] > most:
            yield f"blocks: at most {most} {kind}, not {kinds[kind]}"
    if sum(len(block["text"]) for block in blocks if block["type"] == "markdown") > MOST_MARKDOWN:
        yield f"blocks: markdown is longer than {MOST_MARKDOWN} characters in all"
    cells = [cell for block in blocks if block["type"] == "data_table" for row in block["rows"] for cell in row]
    if sum(len(str(cell.get("text", cell.get("value", "")))) for cell in cells) > MOST_TABLE_CHARACTERS:
        yield f"blocks: data tables hold more than {MOST_TABLE_CHARACTERS} characters in all"


def _elements_on(blocks: Blocks, surface: str) -> Iterator[str]:
    elements = [element for block in blocks for element in _elements(block)]
    kinds = {element.get("type") for element in elements}
    if surface != "modal" and "file_input" in kinds:
        yield "blocks: file_input is only allowed in a modal"
    if surface != "message" and "workflow_button" in kinds:
        yield "blocks: workflow_button is only allowed in a message"
    if surface != "modal" and any("response_url_enabled" in element for element in elements):
        yield "blocks: response_url_enabled is only allowed in a modal"
    if sum(bool(element.get("focus_on_load")) for element in elements) > 1:
        yield "blocks: only one element may have focus_on_load"


def _elements(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from (block[name] for name in ("element", "accessory") if name in block)
    if block["type"] in {"actions", "context_actions"}:
        yield from block["elements"]
    if block["type"] == "card":
        yield from block.get("actions", [])


def _repeated(name: str, things: Blocks, at: str) -> Iterator[str]:
    counted = Counter(thing[name] for thing in things if name in thing)
    yield from (f"{at}: {name} {value!r} is used {times} times" for value, times in counted.items() if times > 1)


def _has_input(blocks: Any) -> bool:
    return isinstance(blocks, list) and any(
        isinstance(block, dict) and block.get("type") == "input" for block in blocks
    )
