"""Colleagues say when questions leave, and what is broken just now."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.errors import InputRefused
from bot.rules.calendar import Window
from bot.rules.permissions import Permission
from bot.services import accounts, calendars, incidents
from bot.services.calendars import Calendars
from bot.slack import payloads, submissions
from bot.slack.blocks import calendars as blocks
from bot.slack.contexts import CalendarContext, unpack
from bot.slack.middleware import Desk
from bot.slack.submissions import Submission
from storage.database import Transaction


async def edit_clicked(ack: AsyncAck, desk: Desk) -> None:
    await ack()
    desk.attend(_open(desk, CalendarContext(desk.origin.response_url)))


async def declare_clicked(ack: AsyncAck, desk: Desk) -> None:
    await ack()
    desk.attend(_open_incident(desk, CalendarContext(desk.origin.response_url)))


async def calendar_sent(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    sent = submissions.submission(body)
    await desk.require(Permission.CONFIGURE)
    async with desk.transaction() as tx:
        await calendars.change(tx, desk.workspace_id, _changed(sent))
        await calendars.move_team(tx, desk.workspace_id, sent.text("team_zone"))
    await ack()
    desk.attend(_tell(desk.at(unpack(CalendarContext, sent.metadata).response_url)))


async def incident_sent(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    sent = submissions.submission(body)
    await desk.require(Permission.CONFIGURE)
    async with desk.transaction() as tx:
        account_id = await _account(tx, desk, sent.text("account"))
        await incidents.started(tx, desk.workspace_id, account_id, key=f"by_hand:{sent.view_id}", now=desk.now)
    await ack()
    desk.attend(_tell(desk.at(unpack(CalendarContext, sent.metadata).response_url)))


async def end_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await desk.require(Permission.CONFIGURE)
    key = payloads.click(body).value
    async with desk.transaction() as tx:
        await incidents.ended(tx, desk.workspace_id, key=key, now=desk.now)
    await ack()
    desk.attend(_tell(desk))


async def _tell(desk: Desk) -> None:
    async with desk.reading() as tx:
        overview = await calendars.overview(tx, desk.workspace_id)
    await desk.replace_or_whisper(blocks.calendar_page(overview))


async def _open(desk: Desk, context: CalendarContext) -> None:
    await desk.require(Permission.CONFIGURE)
    async with desk.reading() as tx:
        known = await calendars.overview(tx, desk.workspace_id)
    await desk.open(blocks.calendar_modal(known, context))


async def _open_incident(desk: Desk, context: CalendarContext) -> None:
    await desk.require(Permission.CONFIGURE)
    await desk.open(blocks.incident_modal(context))


async def _account(tx: Transaction, desk: Desk, name: str | None) -> int | None:
    """Raises InputRefused for a name no account has."""
    if name is None:
        return None
    found = await accounts.named(tx, desk.workspace_id, name)
    if found is None:
        raise InputRefused(field="account", because="account_unknown")
    return found.id


def _changed(sent: Submission) -> Calendars:
    """Raises InputRefused."""
    weekdays = frozenset(map(int, sent.chosen("weekdays")))
    window = Window(int(sent.text("opens") or 0), int(sent.text("closes") or 0), weekdays)
    return Calendars(window, sent.ticked("holidays"), calendars.read_blackouts(sent.text("blackouts") or ""))
