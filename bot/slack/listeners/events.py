"""An event nobody could be found for: a colleague says who it is about, or lets it be."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.rules.permissions import Permission
from bot.services import events
from bot.slack import contexts, event_log, hearing, payloads, submissions
from bot.slack.blocks.events import say_who_modal
from bot.slack.middleware import Desk


async def say_who_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    event_id = payloads.click_about(body).id
    await ack()
    desk.attend(_open(desk, event_id))


async def say_who_sent(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """Asked, or not, as if the event had come with this person."""
    sent = submissions.submission(body)
    context = contexts.unpack(contexts.EventContext, sent.metadata)
    await desk.require(Permission.CONFIGURE)
    await hearing.repaired(desk, context.event_id, sent.text("person") or "")
    await ack()
    desk.show(_redraw(desk.at(context.response_url)))


async def drop_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    event_id = payloads.click_about(body).id
    await desk.require(Permission.CONFIGURE)
    async with desk.transaction() as tx:
        await events.drop(tx, desk.workspace_id, event_id)
    await ack()
    desk.show(_redraw(desk))


async def _open(desk: Desk, event_id: int) -> None:
    await desk.require(Permission.CONFIGURE)
    async with desk.reading() as tx:
        waits = await events.waiting(tx, desk.workspace_id, event_id)
    if waits is None:  # a colleague was faster
        await _redraw(desk)
        return
    await desk.open(say_who_modal(waits.event, waits.told, response_url=desk.origin.response_url))


async def _redraw(desk: Desk) -> None:
    await desk.replace_or_whisper(await event_log.drawn(desk))
