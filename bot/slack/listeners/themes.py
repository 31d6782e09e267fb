"""Managers say which words stand for what comments are about."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.errors import ThemeGone
from bot.rules.permissions import Permission
from bot.services import themes, word_lists
from bot.slack import payloads, picks, submissions
from bot.slack import word_lists as pages
from bot.slack.blocks.themes import theme_modal
from bot.slack.contexts import ThemeContext, unpack
from bot.slack.middleware import Desk


async def add_clicked(ack: AsyncAck, desk: Desk) -> None:
    await ack()
    desk.attend(_open(desk, None))


async def edit_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    key = payloads.click(body).value
    await ack()
    desk.attend(_open(desk, key))


async def theme_sent(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    sent = submissions.submission(body)
    await desk.require(Permission.CONFIGURE)
    context = unpack(ThemeContext, sent.metadata)
    async with desk.transaction() as tx:
        await pages.save(tx, desk, sent, context.key)
    await ack()
    desk.attend(_tell(desk.at(context.response_url)))


async def word_picked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """A suggested word goes to the theme that was chosen beside it."""
    learnt = picks.word_learnt(body)
    await desk.require(Permission.CONFIGURE)
    async with desk.transaction() as tx:
        await word_lists.add_word(tx, desk.workspace_id, learnt.theme, learnt.word, language=learnt.language)
    await ack()
    desk.attend(_tell(desk))


async def restore_clicked(ack: AsyncAck, desk: Desk) -> None:
    await desk.require(Permission.CONFIGURE)
    async with desk.transaction() as tx:
        await word_lists.restore_all(tx, desk.workspace_id)
    await ack()
    desk.attend(_tell(desk))


async def _open(desk: Desk, key: str | None) -> None:
    """Raises ThemeGone."""
    await desk.require(Permission.CONFIGURE)
    async with desk.reading() as tx:
        known = {each.key: each for each in await themes.word_list(tx, desk.workspace_id)}
    if key is not None and key not in known:
        raise ThemeGone
    theme = known[key] if key else None
    await desk.open(theme_modal(theme, is_brought=key in word_lists.BROUGHT, response_url=desk.origin.response_url))


async def _tell(desk: Desk) -> None:
    await desk.replace_or_whisper(await pages.listed(desk))
