"""The team looks after an answer: claim, resolve, reopen, read."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.errors import InputRefused
from bot.rules.closing import Outcome, RootCause
from bot.rules.permissions import Permission
from bot.services import follow_ups
from bot.services.follow_ups import Resolution
from bot.slack import alert_desk, payloads, submissions
from bot.slack.blocks.follow_up_work import full_comment, resolve_modal
from bot.slack.contexts import FollowUpContext, unpack
from bot.slack.middleware import Desk


async def claim_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """Journey five: exactly one winner; whoever was slower sees who."""
    await desk.require(Permission.FOLLOW_UP)
    follow_up_id = payloads.click_about(body).id
    async with desk.transaction() as tx:
        found = await alert_desk.found(tx, desk, follow_up_id)
        drawing = await follow_ups.claim(tx, found, by=desk.user_id, now=desk.now)
    await ack()
    desk.show(alert_desk.redraw(desk, drawing))


async def resolve_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await ack()
    desk.attend(_open_resolve(desk, payloads.click_about(body).id))


async def resolve_sent(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await desk.require(Permission.FOLLOW_UP)
    sent = submissions.submission(body)
    context = unpack(FollowUpContext, sent.metadata)
    note = sent.text("note")
    if note is None:
        raise InputRefused("note", "note_missing")
    how = Resolution(Outcome(sent.text("outcome") or ""), RootCause(sent.text("root_cause") or ""), note)
    async with desk.transaction() as tx:
        found = await alert_desk.found(tx, desk, context.follow_up_id)
        drawing = await follow_ups.resolve(tx, found, how, by=desk.user_id, now=desk.now)
    await ack()
    desk.show(alert_desk.redraw(desk, drawing, response_url=context.response_url))


async def reopen_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await desk.require(Permission.FOLLOW_UP)
    follow_up_id = payloads.click_about(body).id
    async with desk.transaction() as tx:
        found = await alert_desk.found(tx, desk, follow_up_id)
        drawing = await follow_ups.reopen(tx, found, by=desk.user_id, now=desk.now)
    await ack()
    desk.show(alert_desk.redraw(desk, drawing))


async def read_all_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await ack()
    desk.attend(_open_comment(desk, payloads.click_about(body).id))


async def _open_resolve(desk: Desk, follow_up_id: int) -> None:
    await desk.require(Permission.FOLLOW_UP)
    facts = await alert_desk.facts(desk, follow_up_id)
    await desk.open(resolve_modal(facts, response_url=desk.origin.response_url))


async def _open_comment(desk: Desk, follow_up_id: int) -> None:
    await desk.require(Permission.READ)
    await desk.open(full_comment(await alert_desk.facts(desk, follow_up_id)))
