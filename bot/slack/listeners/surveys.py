"""Colleagues set things up: surveys, the alert channel, managers, and undoing a halt."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.errors import InputRefused, PlaceRefused
from bot.rules.permissions import Permission
from bot.rules.retry import Obstacle
from bot.services import alerts, deliveries, halts, roles, surveys, workspaces
from bot.services.surveys import SurveyKind, Wording
from bot.slack import payloads
from bot.slack.blocks import surveys as blocks
from bot.slack.middleware import Desk
from bot.slack.payloads import Submission
from bot.slack.wire import SurveyContext, unpack
from storage.database import Transaction
from storage.models import Survey


async def first_channel_picked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """Two clicks: the menu, the channel. What waited for it leaves."""
    await ack()
    desk.attend(_choose_first_channel(desk, payloads.click(body).value))


async def edit_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await ack()
    desk.attend(_open_survey(desk, payloads.click_about(body).id))


async def new_clicked(ack: AsyncAck, desk: Desk) -> None:
    await ack()
    desk.attend(_open_survey(desk, None))


async def survey_sent(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    sent = payloads.submission(body)
    await desk.require(Permission.CONFIGURE)
    context, channel_id = unpack(SurveyContext, sent.metadata), sent.text("alert_channel")
    invite_bot = await _needs_invitation(desk, channel_id)
    async with desk.transaction() as tx:
        survey = await _save(tx, desk, sent, context.survey_id)
        if channel_id != survey.alert_channel_id:
            await alerts.set_channel(tx, survey, channel_id, now=desk.now)
        survey = await surveys.get(tx, survey.id)
    await ack()
    told = blocks.saved(survey, is_new=context.survey_id is None, invite_bot=invite_bot)
    desk.attend(desk.at(context.response_url).whisper(told))


async def managers_sent(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await desk.require(Permission.APPOINT)
    chosen = payloads.submission(body).people("managers")
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
    caller = await desk.caller()
    channel = await desk.office.people.channel(channel_id, fresh=True)
    if channel is not None and channel.is_shared:
        raise PlaceRefused("shared", channel_id)
    if channel is not None and channel.is_archived:
        raise PlaceRefused("archived", channel_id)
    async with desk.transaction() as tx:
        await roles.remember_admin(tx, caller, now=desk.now)
        released = await alerts.choose_first_channel(tx, caller, channel_id, now=desk.now)
    invite_bot = channel is None or not channel.is_member
    await desk.whisper(blocks.channel_chosen(channel_id, released=released, invite_bot=invite_bot))


async def _open_survey(desk: Desk, survey_id: int | None) -> None:
    await desk.require(Permission.CONFIGURE)
    async with desk.reading() as tx:
        survey = await surveys.get(tx, survey_id, workspace_id=desk.workspace_id) if survey_id else None
        workspace = await workspaces.get(tx, desk.workspace_id)
        usual = await surveys.usual_alert_channel(tx, desk.workspace_id)
    view = blocks.survey_modal(
        survey,
        subject=workspace.name,
        alert_channel_id=survey.alert_channel_id if survey else usual,
        response_url=desk.origin.response_url,
    )
    await desk.open(view)


async def _needs_invitation(desk: Desk, channel_id: str | None) -> bool:
    """Whether the bot still has to be let in. Raises InputRefused for a channel that can take no alerts."""
    if channel_id is None:
        return False
    channel = await desk.office.people.channel(channel_id, fresh=True)
    if channel is not None and channel.is_shared:
        raise InputRefused("alert_channel", "channel_shared")
    if channel is not None and channel.is_archived:
        raise InputRefused("alert_channel", "channel_archived")
    return channel is None or not channel.is_member


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
    if sent.ticked("paused"):
        await surveys.pause(tx, survey, now=desk.now)
    elif survey.paused_at is not None:
        await surveys.resume(tx, survey)
        await deliveries.release(tx, desk.workspace_id, obstacles=[Obstacle.PAUSED], survey_id=survey.id, now=desk.now)
    return survey
