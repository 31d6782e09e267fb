"""Each Web API method is one function; this table says what Slack asks of a caller before running it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.fake_slack.records import Json, SlackError

if TYPE_CHECKING:
    from tests.fake_slack.fake import FakeSlack

Run = Callable[["FakeSlack", Json], Json]

ALWAYS_ALLOWED = frozenset({"token", "team_id"})  # Bolt's client adds team_id to everything


@dataclass(frozen=True)
class Method:
    """`token` is "bot", "app" or None; `tier` None is a method with a limit of its own."""

    name: str
    run: Run
    scope: str | None
    tier: int | None
    required: frozenset[str]
    optional: frozenset[str]
    token: str | None

    def unknown(self, args: Json) -> list[str]:
        return sorted(args.keys() - self.required - self.optional - ALWAYS_ALLOWED)

    def missing(self, args: Json) -> list[str]:
        return sorted(name for name in self.required if args.get(name) in (None, ""))


METHODS: dict[str, Method] = {}


def method(
    name: str,
    *,
    scope: str | None = None,
    tier: int | None = None,
    required: str = "",
    optional: str = "",
    token: str | None = "bot",
) -> Callable[[Run], Run]:
    """Enter a function in the table under Slack's name for it; argument names are separated by spaces."""

    def enter(run: Run) -> Run:
        METHODS[name] = Method(name, run, scope, tier, frozenset(required.split()), frozenset(optional.split()), token)
        return run

    return enter


def flag(args: Json, name: str) -> bool:
    """Slack takes true, "true", 1 and "1" for yes."""
    return str(args.get(name, "")).lower() in {"true", "1"}


def page(items: list[Any], args: Json, *, usual: int) -> tuple[list[Any], Json]:
    """One page of a list and the response_metadata that leads to the next."""
    cursor = str(args.get("cursor") or 0)
    if not cursor.isdecimal():
        raise SlackError("invalid_cursor")
    start = int(cursor)
    end = start + int(args.get("limit") or usual)
    return items[start:end], {"next_cursor": str(end) if end < len(items) else ""}
