"""Colleagues set up digests, and act on what one says: take somebody on, see who will be asked."""

from dataclasses import replace
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.errors import InputRefused, QuestionGone, TakenAlready
from bot.rules.permissions import Permission
from bot.services import deliveries, digests, editions, follow_ups, summaries
from bot.services.digests import Choice
from bot.services.reports import Slice
from bot.slack import digesting, payloads, scheduling, submissions
from bot.slack.blocks import digest_setup as setup_blocks
from bot.slack.blocks import digests as blocks
from bot.slack.blocks.digest_setup import digest_modal
from bot.slack.blocks.reports import alert_url
from bot.slack.blocks.surveys import AlertRoom
from bot.slack.contexts import DigestContext, unpack
from bot.slack.facts import alert_facts
from bot.slack.middleware import Desk
from storage.database import Transaction
from storage.models import Digest, FollowUp


async def set_up_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await ack()
    desk.attend(_open(desk, payloads.click_about(body).id))


async def digest_sent(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    sent = submissions.submission(body)
    await desk.require(Permission.CONFIGURE)
    context, choice = unpack(DigestContext, sent.metadata), digesting.chosen(sent)
    if context.digest_id is not None and sent.ticked("remove"):
        removed = await _remove(desk, context.digest_id)
        await ack()
        desk.attend(desk.at(context.response_url).whisper(setup_blocks.removed(removed or choice.channel_id)))
        return
    room = await _room(desk, choice.channel_id)
    digest = await _save(desk, choice, context.digest_id)
    await ack()
    desk.attend(_tell_saved(desk.at(context.response_url), digest, room))


async def take_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """Exactly one winner; for whoever was slower the digest is drawn anew too."""
    await desk.require(Permission.FOLLOW_UP)
    follow_up_id = payloads.click_about(body).id
    try:
        await _take(desk, follow_up_id)
    except TakenAlready:
        async with desk.transaction() as tx:
            await _draw(tx, desk)
        raise
    await ack()
    desk.show(_tell_taken(desk, follow_up_id))


async def see_who_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """What `/nps preview` shows, for each survey of the digest that asks by itself."""
    chosen = payloads.click(body).value
    await ack()
    desk.attend(_see_who(desk, Slice(tuple(int(each) for each in chosen.split() if _is_id(each)))))


async def _open(desk: Desk, digest_id: int) -> None:
    await desk.require(Permission.CONFIGURE)
    draft = await digesting.drafted(desk, digest_id)
    await desk.open(digest_modal(draft, response_url=desk.origin.response_url))


async def _remove(desk: Desk, digest_id: int) -> str | None:
    """Where it went; None when it was gone before."""
    async with desk.transaction() as tx:
        digest = await digests.get(tx, digest_id, workspace_id=desk.workspace_id)
        if digest is not None:
            await digests.remove(tx, digest, now=desk.now)
    return digest.channel_id if digest else None


async def _save(desk: Desk, choice: Choice, digest_id: int | None) -> Digest:
    """One that somebody removed meanwhile is set up anew."""
    time_zone, user_id = (await desk.person()).time_zone, desk.user_id
    async with desk.transaction() as tx:
        digest = await digests.get(tx, digest_id, workspace_id=desk.workspace_id) if digest_id else None
        if digest is None:
            return await digests.set_up(tx, desk.workspace_id, choice, by=user_id, time_zone=time_zone, now=desk.now)
        await digests.change(tx, digest, choice, now=desk.now)
        return await digests.get(tx, digest.id) or digest


async def _room(desk: Desk, channel_id: str) -> AlertRoom:
    """Raises InputRefused for a channel where outsiders read, or nobody."""
    channel = await desk.office.people.channel(channel_id, fresh=True)
    if channel is not None and channel.is_shared:
        raise InputRefused("channel", "digest_shared")
    if channel is not None and channel.is_archived:
        raise InputRefused("channel", "channel_archived")
    return AlertRoom(channel_id, needs_invitation=channel is None or not channel.is_member)


async def _tell_saved(desk: Desk, digest: Digest, room: AlertRoom) -> None:
    if not room.needs_invitation:
        room = replace(room, has_guests=await desk.office.people.has_guests(digest.channel_id))
    await desk.whisper(setup_blocks.saved(digest, room=room))


async def _take(desk: Desk, follow_up_id: int) -> None:
    async with desk.transaction() as tx:
        drawing = await follow_ups.claim(tx, await _found(tx, desk, follow_up_id), by=desk.user_id, now=desk.now)
        await deliveries.hasten(tx, drawing.key, now=desk.now)  # nobody holds the alert: the outbox draws it at once
        await _draw(tx, desk)


async def _draw(tx: Transaction, desk: Desk) -> None:
    """The digest that was clicked, if it is one that stands in a channel."""
    card = desk.origin.card
    edition = await editions.at(tx, desk.workspace_id, card) if card else None
    if edition is not None:
        await editions.draw(tx, edition, now=desk.now)


async def _tell_taken(desk: Desk, follow_up_id: int) -> None:
    async with desk.reading() as tx:
        follow_up = await _found(tx, desk, follow_up_id)
        facts = await alert_facts(tx, follow_up.id)
    if facts is None:
        raise QuestionGone
    await desk.whisper(
        blocks.taken(facts.contact.name if facts.contact else None, alert_url(follow_up, desk.office.workspace_url))
    )


async def _see_who(desk: Desk, within: Slice) -> None:
    await desk.require(Permission.READ)
    async with desk.reading() as tx:
        planned = [survey.name for survey, _ in await summaries.planned(tx, desk.workspace_id, within)]
    if not planned:
        await desk.whisper(blocks.nobody_planned())
    for name in planned:
        await desk.whisper(await scheduling.previewed(desk, name))


async def _found(tx: Transaction, desk: Desk, follow_up_id: int) -> FollowUp:
    found = await follow_ups.get(tx, follow_up_id, workspace_id=desk.workspace_id)
    if found is None:
        raise QuestionGone
    return found


def _is_id(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) < len(str(2**31))
