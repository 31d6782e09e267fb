"""Colleagues ask for the picture of a trend, and look after the notes on the time line."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.rules.permissions import Permission
from bot.services import roles, timeline_notes
from bot.slack import payloads, trend_views, views
from bot.slack.blocks.kit import View
from bot.slack.blocks.timeline_notes import notes_modal
from bot.slack.blocks.trends import picture_sent
from bot.slack.blocks.views import about
from bot.slack.middleware import Desk


async def picture_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    words = payloads.click(body).value
    await ack()
    desk.attend(_send(desk, words))


async def notes_clicked(ack: AsyncAck, desk: Desk) -> None:
    await ack()
    desk.attend(_open(desk))


async def note_removed(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """Safe to repeat: whoever was slower sees the list without it, too."""
    about_note = payloads.click_about(body)
    await desk.require(Permission.CONFIGURE)
    async with desk.transaction() as tx:
        await timeline_notes.remove(tx, desk.workspace_id, about_note.id)
    await ack()
    desk.show(_redraw(desk, about_note.click.view_id or ""))


async def _send(desk: Desk, words: str) -> None:
    await desk.require(Permission.READ)
    scope = await views.scope_of(desk, await views.understood(desk, words))
    await trend_views.send_picture(desk, await trend_views.gathered(desk, scope), about(scope))
    await desk.whisper(picture_sent())


async def _open(desk: Desk) -> None:
    await desk.require(Permission.READ)
    await desk.open(await _modal(desk))


async def _redraw(desk: Desk, view_id: str) -> None:
    await desk.slack.views_update(view_id=view_id, view=await _modal(desk))


async def _modal(desk: Desk) -> View:
    caller = await desk.caller()
    async with desk.reading() as tx:
        found = await timeline_notes.all_of(tx, desk.workspace_id)
        may_remove = await roles.allows(tx, caller, Permission.CONFIGURE)
    return notes_modal(found, may_remove=may_remove)
