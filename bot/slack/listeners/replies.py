"""A colleague replies to a customer from the alert, and the customer writes back."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.errors import InputRefused
from bot.rules.permissions import Permission
from bot.rules.replying import Way
from bot.services import replies
from bot.services.replies import Draft, Words
from bot.slack import payloads, submissions
from bot.slack.blocks.replies import Reply, write_back_modal, written_back
from bot.slack.blocks.replying import reply_modal, reply_preview
from bot.slack.contexts import FollowUpContext, ReplyContext, unpack, unpack_words
from bot.slack.middleware import Desk


async def reply_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await ack()
    desk.attend(_open_reply(desk, payloads.click_about(body).id))


async def reply_worded(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """What the customer would see, on top of the words: *Back* leads to them again."""
    await desk.require(Permission.FOLLOW_UP)
    sent = submissions.submission(body)
    words = sent.text("words")
    if words is None:
        raise InputRefused("words", "reply_missing")
    follow_up_id = unpack(FollowUpContext, sent.metadata).follow_up_id
    async with desk.reading() as tx:
        found = await replies.to_reply_to(tx, desk.workspace_id, follow_up_id)
    reply = Reply(found.facts, follow_up_id, words, (await desk.person()).name)
    way = Way.EITHER if sent.ticked("thread") else Way.DIRECT
    await ack(response_action="push", view=reply_preview(reply, way))


async def reply_sent(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await desk.require(Permission.FOLLOW_UP)
    sent = submissions.submission(body)
    context, words = unpack_words(ReplyContext, sent.metadata)
    draft = Draft(
        follow_up_id=context.follow_up_id,
        words=words,
        signature=(await desk.person()).name,
        way=Way(context.way),
        source=f"view:{sent.view_id}",
    )
    async with desk.transaction() as tx:
        await replies.send(tx, desk.workspace_id, draft, by=desk.user_id, now=desk.now)
    await ack(response_action="clear")
    desk.office.wake_courier()


async def write_back_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """Only for the person the message was for; in a thread others see the button, too."""
    follow_up_id = payloads.click_about(body).id
    async with desk.reading() as tx:
        found = await replies.addressed_to(tx, desk.workspace_id, follow_up_id, user_id=desk.user_id)
    await ack()
    desk.show(desk.open(write_back_modal(found.facts, follow_up_id)))


async def write_back_sent(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """Kept, and thanked for in the same window."""
    sent = submissions.submission(body)
    text = sent.text("words")
    if text is None:
        await ack()
        return
    words = Words(desk.user_id, text, source=f"view:{sent.view_id}")
    follow_up_id = unpack(FollowUpContext, sent.metadata).follow_up_id
    async with desk.transaction() as tx:
        found = await replies.hear(tx, desk.workspace_id, follow_up_id, words, now=desk.now)
    await ack(response_action="update", view=written_back(found.facts))
    desk.office.wake_courier()


async def _open_reply(desk: Desk, follow_up_id: int) -> None:
    await desk.require(Permission.FOLLOW_UP)
    async with desk.reading() as tx:
        found = await replies.to_reply_to(tx, desk.workspace_id, follow_up_id)
    await desk.open(reply_modal(found))
