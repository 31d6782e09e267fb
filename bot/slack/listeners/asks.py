"""A colleague asks: the shortcut on a message, its modal, and the buttons of the whisper."""

from dataclasses import replace
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.rules.permissions import Permission
from bot.services import contacts, departures, invitations, open_cards, surveys
from bot.services.surveys import SurveyKind
from bot.slack import asking, payloads, submissions
from bot.slack.blocks import asks
from bot.slack.contexts import AskContext, AskPlan, unpack
from bot.slack.middleware import Desk
from bot.slack.payloads import Shortcut
from bot.slack.submissions import Submission
from bot.slack.typed_commands import Rehearse


async def shortcut_used(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    shortcut = payloads.shortcut(body)
    await ack()
    desk.attend(_open_modal(desk, _about(desk, shortcut), SurveyKind.TRANSACTIONAL))


async def ask_somebody_clicked(ack: AsyncAck, desk: Desk) -> None:
    """The button in Home and in the first message: whom is still to be chosen."""
    await ack()
    desk.attend(_open_modal(desk, AskContext(), SurveyKind.RELATIONAL))


async def rehearse_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    pressed = payloads.click(body)
    await ack()
    desk.attend(asking.rehearse(desk, Rehearse(), request_id=pressed.source))


async def ask_sent(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    sent = submissions.submission(body)
    context = unpack(AskContext, sent.metadata)
    plan = _plan(desk, sent, context)
    await ack()
    desk.attend(asking.carry_out(desk.beside(context.channel_id, context.thread_ts), plan))


async def ask_anyway_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """A colleague overrules what the rules said, for this one ask; it is recorded."""
    plan = payloads.ask_plan(body)
    await ack()
    desk.attend(asking.carry_out(desk, plan, overruled=True))


async def ask_instead_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """Somebody said they are not the right person, and named another: under the same rules as every ask."""
    plan = payloads.ask_plan(body)
    await ack()
    desk.attend(asking.carry_out(desk, plan))


async def ask_now_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """A colleague does not wait for working hours; it is recorded."""
    await desk.require(Permission.ASK)
    invitation_id = payloads.click_about(body).id
    async with desk.transaction() as tx:
        invitation = await departures.hurry(tx, desk.workspace_id, invitation_id, now=desk.now)
        contact = await contacts.get(tx, invitation.contact_id)
    await ack()
    desk.office.wake_courier()
    desk.attend(desk.replace_or_whisper(asks.will_ask(invitation, contact, now=desk.now)))


async def dont_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """Do not ask, or take the question back while it is unanswered."""
    await desk.require(Permission.ASK)
    invitation_id = payloads.click_about(body).id
    async with desk.transaction() as tx:
        taken = await invitations.take_back(tx, desk.workspace_id, invitation_id, now=desk.now)
        await open_cards.take_down(tx, invitation_id, now=desk.now)
        contact = await contacts.get(tx, taken.contact_id)
    await ack()
    desk.attend(desk.replace_or_whisper(asks.taken_back(contact, taken)))


def _about(desk: Desk, shortcut: Shortcut) -> AskContext:
    """The message somebody pointed at; of a message of their own the person is still to be chosen."""
    context = shortcut.context
    return replace(context, author_id=None) if context.author_id == desk.user_id else context


async def _open_modal(desk: Desk, context: AskContext, kind: SurveyKind) -> None:
    await desk.require(Permission.ASK)
    async with desk.reading() as tx:
        known = list(filter(surveys.is_asked_by_hand, await surveys.all_of(tx, desk.workspace_id)))
        usual = await surveys.usual(tx, desk.workspace_id, kind)
    await desk.open(asks.ask_modal(context, known, usual=usual))


def _plan(desk: Desk, sent: Submission, context: AskContext) -> AskPlan:
    plan = AskPlan(
        user_id=sent.text("person") or "",
        survey_id=int(sent.text("survey") or 0),
        request_id=sent.view_id,
        is_later=sent.text("time") == asks.LATER,
        occasion=sent.text("occasion"),
    )
    if context.channel_id is None or context.message_ts is None:
        return plan
    thread_ts = context.thread_ts or context.message_ts
    link = asking.permalink(desk, context.channel_id, context.message_ts, thread_ts)
    return replace(plan, channel_id=context.channel_id, thread_ts=thread_ts, permalink=link)
