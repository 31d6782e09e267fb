"""Slack tells what became of a channel: the bot was let in, it was shared, archived, or given a new id."""

from typing import Any

import structlog

from bot.services import (
    alerts,
    deliveries,
    digests,
    editions,
    favour_cards,
    follow_ups,
    invitations,
    routes,
    schedules,
    surveys,
)
from bot.slack.middleware import Desk

log = structlog.get_logger()


async def member_joined(event: dict[str, Any], context: dict[str, Any], desk: Desk) -> None:
    """Only our own joining matters: what waited for it leaves."""
    if event.get("user") == context.get("bot_user_id"):
        await _mended(desk, event["channel"])


async def unarchived(event: dict[str, Any], desk: Desk) -> None:
    await _mended(desk, event["channel"])


async def shared(event: dict[str, Any], desk: Desk) -> None:
    """Another company reads along now: no alert may go there any more."""
    desk.office.people.forget_channel(event["channel"])
    await _stop_alerts(desk, event["channel"])


async def unshared(event: dict[str, Any], desk: Desk) -> None:
    """Still shared with a third company? Slack says so in `is_ext_shared`."""
    desk.office.people.forget_channel(event["channel"])
    if event.get("is_ext_shared"):
        return
    async with desk.transaction() as tx:
        await editions.channel_unshared(tx, desk.workspace_id, event["channel"])
        await alerts.channel_unshared(tx, desk.workspace_id, event["channel"], now=desk.now)
    desk.office.wake_courier()


async def id_changed(event: dict[str, Any], desk: Desk) -> None:
    """A private channel gets a new id when sharing begins; that it is shared may have been told before, in vain."""
    old, new = event["old_channel_id"], event["new_channel_id"]
    async with desk.transaction() as tx:
        for noun in (digests, editions, routes, surveys, schedules, invitations, follow_ups, favour_cards, deliveries):
            await noun.channel_renamed(tx, desk.workspace_id, old=old, new=new)
    channel = await desk.office.people.channel(new, fresh=True)
    if channel is not None and channel.is_shared:
        await _stop_alerts(desk, new)


async def _stop_alerts(desk: Desk, channel_id: str) -> None:
    async with desk.transaction() as tx:
        await editions.channel_shared(tx, desk.workspace_id, channel_id, now=desk.now)
    async with desk.transaction() as tx:
        stopped = await alerts.channel_shared(tx, desk.workspace_id, channel_id, now=desk.now)
    desk.office.wake_courier()
    if stopped:
        log.info("alerts_stopped", workspace_id=desk.workspace_id, channel_id=channel_id)


async def _mended(desk: Desk, channel_id: str) -> None:
    desk.office.people.forget_channel(channel_id)
    async with desk.transaction() as tx:
        await alerts.channel_mended(tx, desk.workspace_id, channel_id, now=desk.now)
    desk.office.wake_courier()
