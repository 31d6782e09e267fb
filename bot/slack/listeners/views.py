"""The menus under a number: another view, time, page, other people; and what else can be done with it."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.errors import InputRefused
from bot.rules.permissions import Permission
from bot.rules.wanted import QUOTES, Filter, Wanted, unquoted
from bot.services import dimensions
from bot.slack import exporting, payloads, submissions, views
from bot.slack.blocks import views as blocks
from bot.slack.blocks.kit import Message
from bot.slack.blocks.views import NARROWING, NO_PERIOD
from bot.slack.contexts import ViewAct, ViewContext, unpack
from bot.slack.middleware import Desk
from bot.slack.payloads import Click
from bot.slack.submissions import Submission
from bot.slack.wire import PAGER

Change = Callable[[Wanted, str], Wanted]
MENUS = ("survey", "segment", "role")
NAME = re.compile(r"""\s*"[^"]*"|[^,]+""")


async def view_picked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await _changed(body, ack, desk, views.elsewhere)


async def period_picked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await _changed(body, ack, desk, lambda shown, words: replace(shown, period=_period(words), page=1))


async def rest_picked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """A menu of the view's own: its one word."""
    await _changed(body, ack, desk, lambda shown, word: replace(shown, rest=(word,), page=1))


async def page_turned(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await _changed(body, ack, desk, lambda shown, page: shown.on(int(page)))


async def show_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """A button that leads to another view, by its words."""
    pressed = payloads.click(body)
    await ack()
    desk.attend(_show(desk, pressed))


async def narrow_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await ack()
    desk.attend(_open_filters(desk, payloads.click(body)))


async def more_picked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await ack()
    desk.attend(_do(desk, payloads.click(body)))


async def narrowed(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    sent = submissions.submission(body)
    context = unpack(ViewContext, sent.metadata)
    message = await views.drawn(desk, _narrowed(await views.understood(desk, context.words), sent))
    await ack()
    desk.attend(desk.at(context.response_url).replace_or_whisper(message))


async def share_sent(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """Raises InputRefused for a channel that another company reads, that is archived, or where the bot is not."""
    sent = submissions.submission(body)
    context, channel_id = unpack(ViewContext, sent.metadata), sent.text("channel") or ""
    await desk.require(Permission.READ)
    await _check(desk, channel_id)
    message = blocks.shared(await views.public(desk, await views.understood(desk, context.words)), by=desk.user_id)
    await ack()
    desk.attend(_share(desk.at(context.response_url), channel_id, message))


async def _changed(body: dict[str, Any], ack: AsyncAck, desk: Desk, change: Change) -> None:
    pressed = payloads.click(body)
    await ack()
    desk.attend(_redraw(desk, pressed, change))


async def _redraw(desk: Desk, pressed: Click, change: Change) -> None:
    wanted = change(await _shown(desk, pressed), pressed.value)
    await desk.replace_or_whisper(await views.drawn(desk, wanted))


async def _show(desk: Desk, pressed: Click) -> None:
    await desk.replace_or_whisper(await views.drawn(desk, await views.understood(desk, pressed.value)))


async def _shown(desk: Desk, pressed: Click) -> Wanted:
    """What stands above the menu, from the words beside it."""
    return await views.understood(desk, pressed.block_id.removeprefix(PAGER))


async def _open_filters(desk: Desk, pressed: Click) -> None:
    await desk.require(Permission.READ)
    shown = await _shown(desk, pressed)
    async with desk.reading() as tx:
        known = await dimensions.known(tx, desk.workspace_id)
    await desk.open(blocks.narrow_modal(shown, known, response_url=desk.origin.response_url))


async def _do(desk: Desk, pressed: Click) -> None:
    await desk.require(Permission.READ)
    shown, act = await _shown(desk, pressed), ViewAct(pressed.value)
    match act:
        case ViewAct.DETAILS:
            await desk.open(blocks.details_modal(await views.details(desk, shown)))
        case ViewAct.EXPLAIN:
            await desk.open(blocks.explained_modal(views.explained(shown)))
        case ViewAct.SHARE:
            await _open_share(desk, shown)
        case ViewAct.EXPORT:
            await desk.whisper(await exporting.order(desk, await views.scope_of(desk, shown)))


async def _open_share(desk: Desk, shown: Wanted) -> None:
    origin = desk.origin
    here = origin.channel_id if (origin.channel_id or "").startswith(("C", "G")) else None
    message = await views.public(desk, shown)
    await desk.open(blocks.share_modal(message, shown, channel_id=here, response_url=origin.response_url))


async def _check(desk: Desk, channel_id: str) -> None:
    channel = await desk.office.people.channel(channel_id, fresh=True)
    if channel is None or not channel.is_member:
        raise InputRefused("channel", "share_not_member")
    if channel.is_shared:
        raise InputRefused("channel", "share_shared")
    if channel.is_archived:
        raise InputRefused("channel", "share_archived")


async def _share(desk: Desk, channel_id: str, message: Message) -> None:
    await desk.slack.chat_postMessage(channel=channel_id, text=message.text, blocks=list(message.blocks))
    await desk.whisper(blocks.shared_there(channel_id))


def _period(words: str) -> str | None:
    return None if words == NO_PERIOD else words


def _is_too_long(it: Filter) -> bool:
    """For a menu of Slack's, which therefore never had it."""
    return it.dimension in MENUS and not blocks.is_offered(it.value)


def _names(text: str) -> list[str]:
    """With commas between; one that has a comma itself stands in quotes."""
    parts = NAME.findall(text.translate(QUOTES))
    return [name for name in map(unquoted, parts) if name]


def _narrowed(shown: Wanted, sent: Submission) -> Wanted:
    """The filters of the modal, and those that it does not offer as they were."""
    kept = [each for each in shown.filters if each.dimension not in NARROWING or _is_too_long(each)]
    found = [Filter(name, value) for name in MENUS for value in sent.chosen(name)]
    found += [Filter("owner", f"<@{user_id}>") for user_id in sent.people("owner")]
    found += [Filter("channel", f"<#{channel_id}>") for channel_id in sent.channels("channel")]
    found += [Filter("account", name) for name in _names(sent.text("account") or "")]
    return replace(shown, filters=(*kept, *found), page=1)
