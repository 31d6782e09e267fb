"""Colleagues read comments, and put right what they are about."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.rules.permissions import Permission
from bot.rules.wanted import tokens
from bot.services import comments
from bot.slack import payloads, picks, views
from bot.slack.middleware import Desk
from bot.slack.wire import REST


async def theme_corrected(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """About price, or not about speed: whoever follows up answers may say so."""
    said = picks.correction(body)
    await desk.require(Permission.FOLLOW_UP)
    async with desk.transaction() as tx:
        await comments.correct(
            tx, desk.workspace_id, said.response_id, said.theme, is_about=said.is_about, now=desk.now
        )
    await ack()
    desk.attend(_redraw(desk, said.words))


async def comments_picked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """Another category or theme: the words beside the menu, with others in their place."""
    picked = payloads.click(body)
    await ack()
    rest = [each.replace('"', "") for each in tokens(picked.value.removeprefix(REST))]
    desk.attend(_redraw(desk, picked.block_id, rest=rest))


async def _redraw(desk: Desk, words: str, *, rest: Sequence[str] | None = None) -> None:
    shown = await views.understood(desk, words)
    wanted = shown if rest is None else replace(shown, rest=tuple(rest), page=1)
    await desk.replace_or_whisper(await views.drawn(desk, wanted))
