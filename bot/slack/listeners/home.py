"""The Home tab: somebody opens it, or says on it whether they want to be asked."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.services import contacts, declines, privacy
from bot.slack import payloads
from bot.slack.blocks.privacy import erased, erased_page
from bot.slack.home import publish
from bot.slack.middleware import Desk
from bot.slack.payloads import Click
from bot.texts import speaker
from storage.models import Contact

Act = Callable[..., Awaitable[None]]


async def opened(event: dict[str, Any], desk: Desk) -> None:
    """Slack tells of the messages tab too."""
    if event.get("tab") != "messages":
        desk.show(publish(desk))


async def surveys_turned(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    page = payloads.click_about(body).id
    await ack()
    desk.show(publish(desk, survey_page=max(1, page)))


async def stop_asking_me_clicked(ack: AsyncAck, desk: Desk) -> None:
    """Also for somebody nobody ever asked: from now on they are known, as one who is not to be."""
    await _act(desk, declines.stop_asking_me)
    await ack()
    desk.show(publish(desk))


async def allow_asking_me_clicked(ack: AsyncAck, desk: Desk) -> None:
    await _act(desk, declines.allow_asking_me)
    await ack()
    desk.show(publish(desk))


async def erase_me_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """In Home, after `/nps me`, or in the page "What we keep"; Slack has asked whether they are sure."""
    pressed = payloads.click(body)
    async with desk.transaction() as tx:
        done = await privacy.erase_answers(tx, desk.workspace_id, desk.user_id, now=desk.now)
    await ack()
    desk.show(_show_erased(desk, pressed, stays_opted_out=bool(done and done.stays_opted_out)))


async def _show_erased(desk: Desk, pressed: Click, *, stays_opted_out: bool) -> None:
    say = speaker((await desk.person()).language or "en")
    told = erased(say, stays_opted_out=stays_opted_out)
    await desk.office.database.wipe()
    if pressed.is_in_modal and pressed.view_id:
        await desk.slack.views_update(view_id=pressed.view_id, view=erased_page(say, told))
    else:
        await desk.replace_or_whisper(told)
    await publish(desk)


async def _act(desk: Desk, act: Act) -> None:
    contact = await _met(desk)
    with suppress(LookupError):  # erased this moment: Home says what is so now
        async with desk.transaction() as tx:
            await act(tx, contact, now=desk.now)


async def _met(desk: Desk) -> Contact:
    async with desk.reading() as tx:
        known = await contacts.by_user(tx, desk.workspace_id, desk.user_id)
    if known is not None:
        return known
    facts = (await desk.person()).facts()
    async with desk.transaction() as tx:
        return await contacts.meet(tx, desk.workspace_id, facts, now=desk.now)
