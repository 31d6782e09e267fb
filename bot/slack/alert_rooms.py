"""A channel somebody chose for alerts: whether it can take any, and what to mind of it."""

from dataclasses import replace

from bot.errors import InputRefused, PlaceRefused
from bot.slack.blocks.surveys import AlertRoom
from bot.slack.middleware import Desk


async def look_into(desk: Desk, channel_id: str) -> AlertRoom:
    """Raises PlaceRefused for a channel that can take no alerts."""
    channel = await desk.office.people.channel(channel_id, fresh=True)
    if channel is not None and channel.is_shared:
        raise PlaceRefused("shared", channel_id)
    if channel is not None and channel.is_archived:
        raise PlaceRefused("archived", channel_id)
    return AlertRoom(channel_id, needs_invitation=channel is None or not channel.is_member)


async def room_for(desk: Desk, channel_id: str | None, *, field: str) -> AlertRoom:
    """The same for one chosen in a field of a modal. Raises InputRefused."""
    try:
        return await look_into(desk, channel_id) if channel_id else AlertRoom(None)
    except PlaceRefused as refused:
        raise InputRefused(field, f"channel_{refused.because}") from None


async def furnished(desk: Desk, room: AlertRoom) -> AlertRoom:
    """With what takes longer to find out than Slack waits for an answer."""
    if room.channel_id is None or room.needs_invitation:
        return room
    return replace(room, has_guests=await desk.office.people.has_guests(room.channel_id))
