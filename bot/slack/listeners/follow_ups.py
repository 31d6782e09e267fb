"""The team looks after an answer: claim, resolve, reopen, read."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.errors import InputRefused, QuestionGone
from bot.rules.closing import Outcome, RootCause
from bot.rules.permissions import Permission
from bot.services import follow_ups
from bot.services.deliveries import Drawing
from bot.services.follow_ups import Resolution
from bot.slack import payloads, submissions
from bot.slack.blocks.follow_ups import AlertFacts, alert_card, full_comment, resolve_modal
from bot.slack.facts import alert_facts
from bot.slack.middleware import Desk
from bot.slack.redraws import replace
from bot.slack.wire import FollowUpContext, unpack
from storage.database import Transaction
from storage.models import FollowUp


async def claim_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """Journey five: exactly one winner; whoever was slower sees who."""
    await desk.require(Permission.FOLLOW_UP)
    follow_up_id = payloads.click_about(body).id
    async with desk.transaction() as tx:
        drawing = await follow_ups.claim(tx, await _found(tx, desk, follow_up_id), by=desk.user_id, now=desk.now)
    await ack()
    desk.show(_redraw(desk, drawing))


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
        found = await _found(tx, desk, context.follow_up_id)
        drawing = await follow_ups.resolve(tx, found, how, by=desk.user_id, now=desk.now)
    await ack()
    desk.show(_redraw(desk, drawing, response_url=context.response_url))


async def reopen_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await desk.require(Permission.FOLLOW_UP)
    follow_up_id = payloads.click_about(body).id
    async with desk.transaction() as tx:
        drawing = await follow_ups.reopen(tx, await _found(tx, desk, follow_up_id), by=desk.user_id, now=desk.now)
    await ack()
    desk.show(_redraw(desk, drawing))


async def read_all_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await ack()
    desk.attend(_open_comment(desk, payloads.click_about(body).id))


async def _redraw(desk: Desk, drawing: Drawing, *, response_url: str | None = None) -> None:
    """At once, but where outsiders may read: there the outbox takes the alert out instead."""
    facts = await _facts(desk, drawing.subject_id)
    place = facts.follow_up.card_channel_id
    if place and await desk.office.people.is_among_ourselves(place):
        await replace(desk, alert_card(facts), drawing, response_url=response_url)


async def _open_resolve(desk: Desk, follow_up_id: int) -> None:
    await desk.require(Permission.FOLLOW_UP)
    facts = await _facts(desk, follow_up_id)
    await desk.open(resolve_modal(facts, response_url=desk.origin.response_url))


async def _open_comment(desk: Desk, follow_up_id: int) -> None:
    await desk.require(Permission.READ)
    await desk.open(full_comment(await _facts(desk, follow_up_id)))


async def _facts(desk: Desk, follow_up_id: int) -> AlertFacts:
    async with desk.reading() as tx:
        facts = await alert_facts(tx, follow_up_id, workspace_id=desk.workspace_id)
    if facts is None:
        raise QuestionGone
    return facts


async def _found(tx: Transaction, desk: Desk, follow_up_id: int) -> FollowUp:
    found = await follow_ups.get(tx, follow_up_id, workspace_id=desk.workspace_id)
    if found is None:
        raise QuestionGone
    return found
