"""Somebody says why they did not renew: a reason on the card, and what they write."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.rules.exits import Reason
from bot.services import exits
from bot.services.exits import Choice, Recorded, Words
from bot.slack import payloads, submissions
from bot.slack.blocks.exits import reason_modal
from bot.slack.contexts import ReasonContext, unpack
from bot.slack.middleware import Desk
from bot.slack.redraws import show_card
from bot.slack.wire import REASON


async def reason_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """Kept, then acknowledged, then the modal, then the thanks."""
    pressed = payloads.click_about(body)
    choice = Choice(
        invitation_id=pressed.id,
        user_id=desk.user_id,
        reason=Reason(pressed.click.action_id.removeprefix(REASON)),
        acted_at=pressed.click.acted_at,
        card=pressed.click.origin.card,
    )
    async with desk.transaction() as tx:
        recorded = await exits.record_reason(tx, desk.workspace_id, choice, now=desk.now)
    await ack()
    desk.show(_modal_then_thanks(desk, recorded))


async def words_sent(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """The reason only when it differs from the one the modal opened with: an old modal must not undo a newer click."""
    sent = submissions.submission(body)
    opened, chosen = unpack(ReasonContext, sent.metadata), sent.text("reason")
    words = Words(
        invitation_id=opened.invitation_id,
        user_id=desk.user_id,
        reason=Reason(chosen) if chosen and chosen != opened.reason else None,
        comment=sent.text("comment"),
        replaces_comment=opened.had_comment,
    )
    async with desk.transaction() as tx:
        recorded = await exits.record_words(tx, desk.workspace_id, words, now=desk.now)
    await ack()
    desk.show(_thanks(desk, recorded, response_url=opened.response_url))


async def change_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """The button "Add or change": the modal as it was left."""
    pressed = payloads.click_about(body)
    async with desk.reading() as tx:
        found = await exits.to_change(tx, desk.workspace_id, pressed.id, user_id=desk.user_id, now=desk.now)
    await ack()
    desk.show(_open_modal(desk, found))


async def _modal_then_thanks(desk: Desk, recorded: Recorded) -> None:
    try:
        # The modal first: Slack forgets a trigger_id after three seconds.
        await _open_modal(desk, recorded)
    finally:
        await _thanks(desk, recorded)


async def _open_modal(desk: Desk, recorded: Recorded) -> None:
    await desk.open(reason_modal(recorded.facts, recorded.answer, response_url=desk.origin.response_url))


async def _thanks(desk: Desk, recorded: Recorded, *, response_url: str | None = None) -> None:
    if recorded.drawing is not None:
        await show_card(desk, recorded.drawing, response_url=response_url)
