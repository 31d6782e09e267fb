"""An admin names who is staff, and Slack tells of changes to user groups."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.rules.permissions import Permission
from bot.services import staff
from bot.services.staff import Staff
from bot.slack import submissions
from bot.slack.blocks import staff as blocks
from bot.slack.contexts import StaffContext, unpack
from bot.slack.home import publish
from bot.slack.middleware import Desk
from bot.slack.submissions import Submission


async def edit_staff_clicked(ack: AsyncAck, desk: Desk) -> None:
    await ack()
    desk.attend(_open_modal(desk))


async def staff_sent(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    sent = submissions.submission(body)
    await desk.require(Permission.APPOINT)
    async with desk.transaction() as tx:
        named = await staff.name(tx, desk.workspace_id, group_id=_group_id(sent), user_ids=sent.people("people"))
    await ack()
    desk.attend(_tell_named(desk.at(unpack(StaffContext, sent.metadata).response_url), named))
    desk.show(publish(desk))


async def group_changed(event: dict[str, Any], desk: Desk) -> None:
    """Somebody came into a user group or left it."""
    desk.office.roster.forget_group(event["subteam_id"])


async def _open_modal(desk: Desk) -> None:
    await desk.require(Permission.APPOINT)
    async with desk.reading() as tx:
        named = await staff.of_workspace(tx, desk.workspace_id)
    groups = await desk.office.roster.groups()
    await desk.open(blocks.staff_modal(named, groups, response_url=desk.origin.response_url))


async def _tell_named(desk: Desk, named: Staff) -> None:
    await desk.replace_or_whisper(blocks.staff_named(named, await desk.office.roster.groups()))


def _group_id(sent: Submission) -> str | None:
    """None also from a modal without the menu: there was no group, and none to choose from."""
    chosen = sent.text("group")
    return chosen if chosen != blocks.NO_GROUP else None
