"""Somebody answers: a score on the card, a score in the modal, and what they write."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.errors import NotInvited
from bot.rules.scoring import Category, category
from bot.services import cards, favours, open_cards, responses
from bot.services.favours import Taken
from bot.services.responses import Choice, Recorded, Words
from bot.slack import open_cards as joining
from bot.slack import payloads, submissions
from bot.slack.blocks.favours import favours_modal
from bot.slack.blocks.responses import comment_modal
from bot.slack.contexts import CommentContext, unpack
from bot.slack.middleware import Desk
from bot.slack.payloads import ScoreClick
from bot.slack.redraws import show_card
from storage.models import Response


async def score_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """Journey one: kept, then acknowledged, then the modal, then the thanks."""
    clicked = payloads.score_click(body)
    recorded = await _record(desk, clicked)
    await ack()
    desk.show(_modal_then_thanks(desk, recorded))


async def score_picked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """The menu in the modal: kept at once, and the question follows the score."""
    picked = payloads.score_click(body)
    recorded = await _record(desk, picked)
    await ack()
    desk.show(_prompt_follows(desk, recorded, picked))


async def comment_sent(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """Journey two: an empty ack closes the modal."""
    sent = submissions.comment_submission(body)
    words = Words(
        invitation_id=sent.context.invitation_id,
        user_id=desk.user_id,
        source=sent.source,
        score=sent.score,
        comment=sent.comment,
        solved=sent.solved,
        wants_reply=sent.wants_reply,
        replaces_comment=sent.context.had_comment,
        replaces_solved=sent.context.had_solved,
        replaces_reply=sent.context.had_reply,
    )
    async with desk.transaction() as tx:
        recorded = await responses.record_words(tx, desk.workspace_id, words, now=desk.now)
        taken = await favours.take(tx, recorded.response, now=desk.now) if sent.does_favour else None
    await ack()
    desk.show(_favours_then_thanks(desk, recorded, taken, response_url=sent.context.response_url))


async def change_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """The button "Add or change": the modal as it was left."""
    pressed = payloads.click_about(body)
    async with desk.reading() as tx:
        found = await responses.to_change(tx, desk.workspace_id, pressed.id, user_id=desk.user_id, now=desk.now)
    await ack()
    desk.show(_open_modal(desk, found))


async def _record(desk: Desk, clicked: ScoreClick) -> Recorded:
    choice = Choice(
        invitation_id=clicked.invitation_id,
        user_id=desk.user_id,
        score=clicked.score,
        acted_at=clicked.click.acted_at,
        source=clicked.click.source,
        card=clicked.click.origin.card,
    )
    try:
        async with desk.transaction() as tx:
            return await responses.record_score(tx, desk.workspace_id, choice, now=desk.now)
    except NotInvited:
        return await joining.answer(desk, choice)


async def _modal_then_thanks(desk: Desk, recorded: Recorded) -> None:
    try:
        # The modal first: Slack forgets a trigger_id after three seconds.
        await _open_modal(desk, recorded)
    finally:
        await _thanks(desk, recorded)


async def _favours_then_thanks(
    desk: Desk, recorded: Recorded, taken: Taken | None, *, response_url: str | None
) -> None:
    try:
        if taken is not None:
            helpers = [await desk.office.people.person(each) for each in taken.helpers]
            await desk.open(favours_modal(taken, {each.user_id: each.name for each in helpers if each.is_colleague}))
    finally:
        await _thanks(desk, recorded, response_url=response_url)


async def _offers_favour(desk: Desk, response: Response) -> bool:
    """Only happy people are offered to do one, and nobody waits for the database because of the others."""
    if category(response.score) is not Category.PROMOTER:
        return False
    async with desk.reading() as tx:
        setup = await favours.setup_of(tx, desk.workspace_id)
    if not setup.kinds:
        return False
    async with desk.transaction() as tx:
        return await favours.offer(tx, response, now=desk.now)


async def _open_modal(desk: Desk, recorded: Recorded) -> None:
    is_without = open_cards.is_without_card(recorded.mine.invitation)
    response_url = None if is_without else desk.origin.response_url
    offers = await _offers_favour(desk, recorded.response)
    view = comment_modal(recorded.facts, recorded.response, response_url=response_url, offers_favour=offers)
    await desk.open(view)


async def _thanks(desk: Desk, recorded: Recorded, *, response_url: str | None = None) -> None:
    if recorded.drawing is not None:
        await show_card(desk, recorded.drawing, response_url=response_url)


async def _prompt_follows(desk: Desk, recorded: Recorded, picked: ScoreClick) -> None:
    async with desk.reading() as tx:
        facts = await cards.facts(tx, picked.invitation_id)
    opened = unpack(CommentContext, picked.click.metadata) if picked.click.metadata else None
    response_url = opened.response_url if opened else None
    if picked.click.view_id and facts is not None and facts.response is not None:
        offers = await _offers_favour(desk, facts.response)
        view = comment_modal(facts, facts.response, response_url=response_url, opened=opened, offers_favour=offers)
        await desk.slack.views_update(view_id=picked.click.view_id, view=view)
    await _thanks(desk, recorded, response_url=response_url)
