"""Colleagues set things up: surveys, the alert channel, managers, and undoing a halt."""

from datetime import timedelta
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.errors import InputRefused
from bot.rules import emoji
from bot.rules.permissions import Permission
from bot.rules.privacy import Privacy
from bot.rules.retry import Obstacle
from bot.services import alerts, calendars, deliveries, halts, roles, surveys, workspaces
from bot.services.surveys import SurveyKind, Wording
from bot.slack import payloads, picks, submissions
from bot.slack.alert_rooms import furnished, look_into, room_for
from bot.slack.blocks import surveys as blocks
from bot.slack.blocks.surveys import AlertRoom
from bot.slack.contexts import SurveyContext, unpack
from bot.slack.home import publish
from bot.slack.middleware import Desk
from bot.slack.picks import ChannelMove
from bot.slack.submissions import Submission
from storage.database import Transaction
from storage.models import Survey


async def first_channel_picked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """Two clicks: the menu, the channel. What waited for it leaves."""
    await ack()
    desk.attend(_choose_first_channel(desk, payloads.click(body).value))


async def another_channel_picked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """The menu in a notice: what went to a channel that takes no alerts goes elsewhere."""
    await ack()
    desk.attend(_move_channel(desk, picks.channel_move(body)))


async def edit_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await ack()
    desk.attend(_open_survey(desk, payloads.click_about(body).id))


async def new_clicked(ack: AsyncAck, desk: Desk) -> None:
    await ack()
    desk.attend(_open_survey(desk, None))


async def survey_sent(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    sent = submissions.submission(body)
    await desk.require(Permission.CONFIGURE)
    context, channel_id = unpack(SurveyContext, sent.metadata), sent.text("alert_channel")
    room = await room_for(desk, channel_id, field="alert_channel")
    async with desk.transaction() as tx:
        survey = await _save(tx, desk, sent, context.survey_id)
        if channel_id != _running(survey):
            await alerts.set_channel(tx, survey, channel_id, now=desk.now)
        survey = await surveys.get(tx, survey.id)
    await ack()
    desk.attend(_tell_saved(desk.at(context.response_url), survey, room, is_new=context.survey_id is None))


async def managers_sent(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await desk.require(Permission.APPOINT)
    chosen = submissions.submission(body).people("managers")
    async with desk.transaction() as tx:
        await roles.set_managers(tx, desk.workspace_id, chosen, by=desk.user_id, now=desk.now)
    await ack()


async def lift_halt_clicked(ack: AsyncAck, desk: Desk) -> None:
    await desk.require(Permission.HALT)
    async with desk.transaction() as tx:
        restored = await halts.lift(tx, desk.workspace_id, now=desk.now)
    await ack()
    desk.attend(desk.replace_or_whisper(blocks.lifted(restored)))


async def _choose_first_channel(desk: Desk, channel_id: str) -> None:
    person = await desk.person()
    caller = person.caller(desk.workspace_id)
    room = await look_into(desk, channel_id)
    async with desk.transaction() as tx:
        await roles.remember_admin(tx, caller, now=desk.now)
        released = await alerts.choose_first_channel(tx, caller, channel_id, now=desk.now)
        await calendars.settle_team(tx, desk.workspace_id, person.time_zone)
    await desk.whisper(blocks.channel_chosen(await furnished(desk, room), released=released))
    desk.show(publish(desk))


async def _move_channel(desk: Desk, move: ChannelMove) -> None:
    caller = await desk.require(Permission.CONFIGURE)
    room = await look_into(desk, move.new)
    async with desk.transaction() as tx:
        released = await alerts.move(tx, caller, old=move.old, new=move.new, now=desk.now)
    await desk.whisper(blocks.channel_chosen(await furnished(desk, room), released=released))


async def _tell_saved(desk: Desk, survey: Survey, room: AlertRoom, *, is_new: bool) -> None:
    await desk.whisper(blocks.saved(survey, is_new=is_new, room=await furnished(desk, room)))
    desk.show(publish(desk))


async def _open_survey(desk: Desk, survey_id: int | None) -> None:
    await desk.require(Permission.CONFIGURE)
    async with desk.reading() as tx:
        survey = await surveys.get(tx, survey_id, workspace_id=desk.workspace_id) if survey_id else None
        workspace = await workspaces.get(tx, desk.workspace_id)
        usual = await surveys.usual_alert_channel(tx, desk.workspace_id)
    view = blocks.survey_modal(
        survey,
        subject=workspace.name,
        alert_channel_id=_running(survey) if survey else usual,
        response_url=desk.origin.response_url,
    )
    await desk.open(view)


def _running(survey: Survey) -> str | None:
    """Its alert channel, unless that takes none: saving must not fail for what nobody touched."""
    return None if survey.alerts_stopped_because else survey.alert_channel_id


async def _save(tx: Transaction, desk: Desk, sent: Submission, survey_id: int | None) -> Survey:
    wording = Wording(
        name=sent.text("name") or "",
        subject=sent.text("subject"),
        question=sent.text("question"),
        language=sent.text("language") or "en",
    )
    if survey_id is None:
        kind = SurveyKind(sent.text("kind") or SurveyKind.TRANSACTIONAL)
        survey = await surveys.create(tx, desk.workspace_id, kind=kind, wording=wording, by=desk.user_id, now=desk.now)
    else:
        survey = await surveys.get(tx, survey_id, workspace_id=desk.workspace_id)
        await surveys.reword(tx, survey, wording)
    await _choose_emoji(tx, sent, survey)
    if "privacy" in sent.values:
        await surveys.set_privacy(tx, survey, _privacy(sent))
    if "open" in sent.values:
        await surveys.set_open(tx, survey, is_open=sent.ticked("open"))
    if "after_days" in sent.values:
        days = sent.text("after_days") or ""
        await surveys.set_after_days(tx, survey, int(days) if days.isdecimal() else 0)
    if sent.ticked("paused"):
        await surveys.pause(tx, survey, now=desk.now)
    elif survey.paused_at is not None:
        await surveys.resume(tx, survey)
        await deliveries.release(tx, desk.workspace_id, obstacles=[Obstacle.PAUSED], survey_id=survey.id, now=desk.now)
    return survey


async def _choose_emoji(tx: Transaction, sent: Submission, survey: Survey) -> None:
    """The modal of a relational survey has no such fields."""
    if "delay" not in sent.values:
        return
    pasted = sent.text("reaction")
    name = emoji.name_of(pasted) if pasted else None
    if pasted and name is None:
        raise InputRefused("reaction", "reaction_unknown")
    channels = sent.channels("reaction_channels")
    await surveys.set_reaction(tx, survey, name, delay=_delay(sent), channels=channels)


def _privacy(sent: Submission) -> Privacy:
    """Raises InputRefused: whoever answers on an open card does so where others see that they do."""
    if sent.ticked("privacy") and sent.ticked("open"):
        raise InputRefused("privacy", "confidential_open")
    return Privacy.CONFIDENTIAL if sent.ticked("privacy") else Privacy.NAMED


def _delay(sent: Submission) -> timedelta:
    hours = sent.text("delay") or ""
    if not hours.isdecimal() or len(hours) > 2:  # noqa: PLR2004 - two digits
        raise InputRefused("delay", "delay_length")
    return timedelta(hours=int(hours))
