"""Slack refuses JSON of the wrong shape, so this is a small language to say which shape is right.

A rule takes a value and where it was found, and yields one sentence for each thing wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Rule = Callable[[Any, str], Iterator[str]]


def string(most: int, least: int = 1) -> Rule:
    """A JSON string of `least` to `most` characters."""

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"{at}: must be a string, not {type(value).__name__}"
        elif not least <= len(value) <= most:
            yield f"{at}: must be {least} to {most} characters long, not {len(value)}"

    return check


def whole(least: int, most: int) -> Rule:
    """A whole number between two bounds."""

    def check(value: Any, at: str) -> Iterator[str]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield f"{at}: must be a whole number"
        elif not least <= value <= most:
            yield f"{at}: must be between {least} and {most}, not {value}"

    return check


def flag(value: Any, at: str) -> Iterator[str]:
    """JSON true or false."""
    if not isinstance(value, bool):
        yield f"{at}: must be true or false"


def number(value: Any, at: str) -> Iterator[str]:
    """A JSON number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield f"{at}: must be a number"


def anything(_value: Any, _at: str) -> Iterator[str]:
    """Whatever it is, others check it."""
    return iter(())


def one_of(*choices: str) -> Rule:
    """One of a few words."""

    def check(value: Any, at: str) -> Iterator[str]:
        if value not in choices:
            yield f"{at}: must be one of {', '.join(choices)}, not {value!r}"

    return check


def many(rule: Rule, least: int, most: int) -> Rule:
    """A list of `least` to `most` things that each follow `rule`."""

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{at}: must be a list"
            return
        if not least <= len(value) <= most:
            yield f"{at}: must have {least} to {most} items, not {len(value)}"
        for index, item in enumerate(value):
            yield from rule(item, f"{at}[{index}]")

    return check


def shape(fields: Mapping[str, Rule], *also: Rule) -> Rule:
    """An object with these fields and no others; a name that ends in `!` must be there.

    The rules in `also` are asked once every field is right in itself.
    """
    required = {name[:-1] for name in fields if name.endswith("!")}
    rules = {name.rstrip("!"): rule for name, rule in fields.items()}

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{at}: must be an object"
            return
        found = [f"{at}: {name} is missing" for name in sorted(required - value.keys())]
        for name, content in value.items():
            found += rules.get(name, _unknown)(content, f"{at}.{name}")
        yield from found or (problem for rule in also for problem in rule(value, at))

    return check


def kinds(table: Mapping[str, Rule], allowed: set[str] | None = None) -> Rule:
    """An object whose `type` names its rule in `table`; `allowed` are the types that may stand here."""

    def check(value: Any, at: str) -> Iterator[str]:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in table:
            yield f"{at}: unknown type {kind!r}"
        elif allowed is not None and kind not in allowed:
            yield f"{at}: {kind} is not allowed here"
        else:
            yield from table[kind](value, at)

    return check


def exactly_one(*names: str) -> Rule:
    """One of these fields, and only one."""

    def check(value: Any, at: str) -> Iterator[str]:
        if sum(name in value for name in names) != 1:
            yield f"{at}: exactly one of {', '.join(names)} is needed"

    return check


def at_least_one(*names: str) -> Rule:
    """One of these fields, or more."""

    def check(value: Any, at: str) -> Iterator[str]:
        if not any(name in value for name in names):
            yield f"{at}: one of {', '.join(names)} is needed"

    return check


def _unknown(_value: Any, at: str) -> Iterator[str]:
    yield f"{at}: Slack knows no such key"
