"""`/nps events`: what other programs told, gathered for whoever looks, with buttons for whoever may repair."""

from bot.rules.permissions import Permission
from bot.services import events, roles
from bot.slack.blocks.events import event_list
from bot.slack.blocks.kit import Message
from bot.slack.middleware import Desk


async def drawn(desk: Desk) -> Message:
    """As things are now. Raises OutsidersCannot."""
    caller = await desk.require(Permission.READ)
    async with desk.reading() as tx:
        listed = await events.latest(tx, desk.workspace_id)
        may_repair = await roles.allows(tx, caller, Permission.CONFIGURE)
    return event_list(listed, may_repair=may_repair)
