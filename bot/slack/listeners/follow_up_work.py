"""Between taking and resolving: hand over, log a contact, put off. Each opens a modal from the alert's menu."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.errors import InputRefused
from bot.rules.closing import ContactKind
from bot.rules.permissions import Permission
from bot.services import calendars, work
from bot.slack import alert_desk, picks, submissions, wire
from bot.slack.blocks import follow_up_work as blocks
from bot.slack.contexts import FollowUpContext, unpack
from bot.slack.middleware import Desk
from bot.slack.picks import WorkPicked

LONGEST_SNOOZE = timedelta(days=90)


async def work_picked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await ack()
    desk.attend(_open(desk, picks.work_picked(body)))


async def handed_over(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await desk.require(Permission.FOLLOW_UP)
    sent = submissions.submission(body)
    context, to = unpack(FollowUpContext, sent.metadata), sent.text("to") or ""
    if not (await desk.office.people.person(to)).is_colleague:
        raise InputRefused("to", "to_colleague")
    async with desk.transaction() as tx:
        drawing = await work.hand_over(
            tx,
            await alert_desk.found(tx, desk, context.follow_up_id),
            from_=context.claimed_by,
            to=to,
            by=desk.user_id,
            note=sent.text("note"),
            now=desk.now,
        )
    await ack()
    desk.show(alert_desk.redraw(desk, drawing, response_url=context.response_url))


async def contacted(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await desk.require(Permission.FOLLOW_UP)
    sent = submissions.submission(body)
    context, how = unpack(FollowUpContext, sent.metadata), ContactKind(sent.text("how") or "")
    async with desk.transaction() as tx:
        follow_up = await alert_desk.found(tx, desk, context.follow_up_id)
        drawing = await work.contacted(tx, follow_up, how, note=sent.text("note"), by=desk.user_id, now=desk.now)
    await ack()
    desk.show(alert_desk.redraw(desk, drawing, response_url=context.response_url))


async def snoozed(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await desk.require(Permission.FOLLOW_UP)
    sent = submissions.submission(body)
    context, day = unpack(FollowUpContext, sent.metadata), sent.day("until")
    async with desk.transaction() as tx:
        team = await calendars.of_team(tx, desk.workspace_id)
        if day is None or not timedelta(0) < day - team.on(desk.now) <= LONGEST_SNOOZE:
            raise InputRefused("until", "until_day")
        follow_up = await alert_desk.found(tx, desk, context.follow_up_id)
        until = team.next_open(team.opening(day), with_blackouts=False)
        drawing = await work.snooze(tx, follow_up, until, by=desk.user_id, now=desk.now)
    await ack()
    desk.show(alert_desk.redraw(desk, drawing, response_url=context.response_url))


async def _open(desk: Desk, picked: WorkPicked) -> None:
    await desk.require(Permission.FOLLOW_UP)
    facts, url = await alert_desk.facts(desk, picked.follow_up_id), desk.origin.response_url
    tomorrow = await _next_working_day(desk)
    opened: dict[str, Callable[[], dict[str, object]]] = {
        wire.HAND_OVER: lambda: blocks.hand_over_modal(facts, response_url=url),
        wire.CONTACTED: lambda: blocks.contacted_modal(facts, response_url=url),
        wire.SNOOZE: lambda: blocks.snooze_modal(facts, until=tomorrow, response_url=url),
    }
    await desk.open(opened[picked.what]())


async def _next_working_day(desk: Desk) -> date:
    """Where the team is; not today."""
    async with desk.reading() as tx:
        team = await calendars.of_team(tx, desk.workspace_id)
    tomorrow = team.opening(team.on(desk.now) + timedelta(days=1))
    return team.on(team.next_open(tomorrow, with_blackouts=False))
