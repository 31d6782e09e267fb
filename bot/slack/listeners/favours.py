"""Somebody does us a favour, or takes back that we may quote them; a manager chooses what is asked for."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.rules.favours import FavourKind
from bot.rules.permissions import Permission
from bot.services import favours
from bot.services.favours import Gift, Setup, Taken
from bot.slack import payloads, submissions
from bot.slack.blocks import favour_reports
from bot.slack.blocks.favours import consent, consent_mark, favours_thanks, signature
from bot.slack.contexts import FavoursContext, FavoursSetupContext, unpack
from bot.slack.home import show_own_page
from bot.slack.middleware import Desk
from bot.slack.submissions import Submission


async def favours_sent(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """Kept, then acknowledged with the thanks where the modal stood."""
    sent = submissions.submission(body)
    opened = unpack(FavoursContext, sent.metadata)
    async with desk.transaction() as tx:
        taken = await favours.taken_by(tx, desk.workspace_id, opened.invitation_id, user_id=desk.user_id)
        given = await favours.give(tx, taken, _gift(sent, taken, opened), now=desk.now)
    if not given:
        await ack()
        return
    is_quoted = any(favour.kind == FavourKind.QUOTE for favour in given)
    await ack(response_action="update", view=favours_thanks(taken.invitation.language, is_quoted=is_quoted))
    desk.office.wake_courier()


async def revoke_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """In Home, after `/nps me`, or under "What we keep"."""
    pressed = payloads.click_about(body)
    async with desk.transaction() as tx:
        await favours.revoke(tx, desk.workspace_id, pressed.id, user_id=desk.user_id, now=desk.now)
    await ack()
    desk.show(show_own_page(desk, pressed.click))


async def edit_clicked(ack: AsyncAck, desk: Desk) -> None:
    await ack()
    desk.attend(_open_setup(desk))


async def setup_sent(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    sent = submissions.submission(body)
    await desk.require(Permission.CONFIGURE)
    chosen = Setup(frozenset(map(FavourKind, sent.chosen("kinds"))), sent.text("review_url"))
    async with desk.transaction() as tx:
        await favours.set_up(tx, desk.workspace_id, chosen)
        report = await favours.report(tx, desk.workspace_id, now=desk.now)
    await ack()
    there = desk.at(unpack(FavoursSetupContext, sent.metadata).response_url)
    desk.attend(there.replace_or_whisper(favour_reports.promoters_page(report, is_manager=True)))


async def _open_setup(desk: Desk) -> None:
    await desk.require(Permission.CONFIGURE)
    async with desk.reading() as tx:
        setup = await favours.setup_of(tx, desk.workspace_id)
    await desk.open(favour_reports.favours_setup_modal(setup, response_url=desk.origin.response_url))


def _gift(sent: Submission, taken: Taken, opened: FavoursContext) -> Gift:
    """Words that changed since they were shown are not agreed to."""
    is_agreed = consent_mark(taken) == opened.mark
    return Gift(
        who=sent.text("who"),
        reach=sent.text("reach"),
        praise=sent.text("praise"),
        colleague_id=sent.text("colleague"),
        consent=consent(taken) if is_agreed else None,
        named_as=signature(sent.text("naming")),
    )
