"""Slack tells of emoji that were put on messages, and taken away again."""

from typing import Any

from bot.slack import payloads, reacting
from bot.slack.middleware import Desk


async def added(event: dict[str, Any], desk: Desk) -> None:
    reaction = payloads.reaction(event)
    if reaction is not None:
        await reacting.start(desk, reaction)


async def removed(event: dict[str, Any], desk: Desk) -> None:
    reaction = payloads.reaction(event)
    if reaction is not None:
        await reacting.stop(desk, reaction)
