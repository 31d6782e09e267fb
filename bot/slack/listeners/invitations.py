"""Somebody does not want to answer, now or ever, or wants to know what we keep."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.errors import NotInvited
from bot.services import cards, declines, favours, invitations
from bot.services.deliveries import Drawing
from bot.services.invitations import Open
from bot.slack import open_cards, payloads, submissions
from bot.slack.blocks.privacy import what_we_keep
from bot.slack.blocks.right_person import right_person_modal
from bot.slack.contexts import RightPersonContext, unpack
from bot.slack.middleware import Desk
from bot.slack.redraws import show_card

Act = Callable[..., Awaitable[Drawing]]


async def not_now_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await _act(body, ack, desk, declines.snooze)


async def wrong_person_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """Closed, and then: who would be?"""
    mine, drawing = await _done(body, desk, declines.wrong_person)
    await ack()
    desk.show(_ask_who_would_be(desk, mine, drawing))


async def right_person_sent(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    sent = submissions.submission(body)
    context, user_id = unpack(RightPersonContext, sent.metadata), sent.text("person")
    if user_id is not None:
        async with desk.transaction() as tx:
            mine = await invitations.opened_by(tx, desk.workspace_id, context.invitation_id, user_id=desk.user_id)
            await declines.name_another(tx, mine, user_id, now=desk.now)
        desk.office.wake_courier()
    await ack()


async def stop_asking_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await _act(body, ack, desk, declines.stop_asking)


async def allow_asking_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await _act(body, ack, desk, declines.allow_asking)


async def what_we_keep_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    pressed = payloads.click_about(body)
    try:
        mine = await _opened(desk, pressed.id)
    except NotInvited:
        mine = await _opened(desk, await open_cards.own(desk, pressed.id))
    await ack()
    desk.show(_open_privacy(desk, mine))


async def _opened(desk: Desk, invitation_id: int) -> Open:
    async with desk.transaction() as tx:
        return await invitations.opened_by(tx, desk.workspace_id, invitation_id, user_id=desk.user_id)


async def _act(body: dict[str, Any], ack: AsyncAck, desk: Desk, act: Act) -> None:
    mine, drawing = await _done(body, desk, act)
    await ack()
    desk.show(_show(desk, mine, drawing, view_id=payloads.click(body).view_id))


async def _done(body: dict[str, Any], desk: Desk, act: Act) -> tuple[Open, Drawing]:
    pressed = payloads.click_about(body)
    async with desk.transaction() as tx:
        mine = await invitations.all_opened_by(tx, desk.workspace_id, pressed.id, user_id=desk.user_id)
        mine = await invitations.proven(tx, mine, card=pressed.click.origin.card, now=desk.now)
        return mine, await act(tx, mine, now=desk.now)


async def _ask_who_would_be(desk: Desk, mine: Open, drawing: Drawing) -> None:
    """Where there is somebody to tell; in a rehearsal nobody else is asked."""
    invitation = mine.invitation
    try:
        if invitation.state in declines.UNANSWERED and invitation.asked_by and not invitation.is_rehearsal:
            async with desk.reading() as tx:
                facts = await cards.facts(tx, invitation.id)
            if facts is not None:
                await desk.open(right_person_modal(facts))
    finally:
        await show_card(desk, drawing)


async def _show(desk: Desk, mine: Open, drawing: Drawing, *, view_id: str | None) -> None:
    if view_id is not None:  # clicked in "What we keep": that page tells it too
        async with desk.reading() as tx:
            facts, done = await cards.facts(tx, mine.invitation.id), await favours.of_contact(tx, mine.contact)
        if facts is not None:
            await desk.slack.views_update(view_id=view_id, view=what_we_keep(facts, done))
    await show_card(desk, drawing)


async def _open_privacy(desk: Desk, mine: Open) -> None:
    async with desk.reading() as tx:
        facts, done = await cards.facts(tx, mine.invitation.id), await favours.of_contact(tx, mine.contact)
    if facts is not None:
        await desk.open(what_we_keep(facts, done))
