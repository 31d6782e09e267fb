"""Colleagues let surveys ask by themselves: start, change, look ahead, pause, resume, add check-ins."""

from dataclasses import replace
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.errors import InputRefused
from bot.rules.permissions import Permission
from bot.services import audiences, rounds, schedules, surveys
from bot.slack import payloads, scheduling, submissions
from bot.slack.blocks import schedules as blocks
from bot.slack.blocks.schedule_modal import schedule_modal
from bot.slack.contexts import ScheduleContext, unpack
from bot.slack.home import publish
from bot.slack.middleware import Desk
from bot.texts import speaker
from bot.texts.refusals import sentence
from storage.models import Schedule, Survey

say = speaker("en")


async def schedules_clicked(ack: AsyncAck, desk: Desk) -> None:
    """The last of the first steps."""
    await ack()
    desk.attend(_show_list(desk))


async def schedule_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    await ack()
    desk.attend(_open(desk, payloads.click_about(body).id))


async def preview_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """Inside the modal: what would happen with what is chosen there; nothing is kept."""
    await ack()
    desk.attend(_preview(desk, submissions.submission(body)))


async def schedule_sent(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    sent = submissions.submission(body)
    await desk.require(Permission.CONFIGURE)
    context = unpack(ScheduleContext, sent.metadata)
    async with desk.transaction() as tx:
        survey = await surveys.get(tx, context.survey_id, workspace_id=desk.workspace_id)
        proposal = scheduling.proposed(sent, await audiences.offer(tx, desk.workspace_id))
        await schedules.start(tx, survey, proposal, by=desk.user_id, now=desk.now)
    await ack()
    desk.attend(_tell_started(desk.at(context.response_url), survey))


async def pause_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    survey_id = payloads.click_about(body).id
    await desk.require(Permission.CONFIGURE)
    async with desk.transaction() as tx:
        await schedules.pause(tx, desk.workspace_id, survey_id, now=desk.now)
    await ack()
    desk.attend(_redraw_list(desk))


async def resume_clicked(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    survey_id = payloads.click_about(body).id
    await desk.require(Permission.CONFIGURE)
    async with desk.transaction() as tx:
        await schedules.resume(tx, desk.workspace_id, survey_id)
    await ack()
    desk.attend(_redraw_list(desk))


async def add_check_ins_clicked(ack: AsyncAck, desk: Desk) -> None:
    await desk.require(Permission.CONFIGURE)
    async with desk.transaction() as tx:
        added = await schedules.add_check_ins(tx, desk.workspace_id, by=desk.user_id, now=desk.now)
    await ack()
    desk.attend(_begin([await _schedule(desk, each) for each in added], desk))


async def _begin(added: list[Schedule], desk: Desk) -> None:
    for each in added:
        await scheduling.gathering(desk).gather(each, now=desk.now)
    await _redraw_list(desk)


async def _show_list(desk: Desk) -> None:
    await desk.require(Permission.CONFIGURE)
    await desk.whisper(await scheduling.listed(desk))


async def _redraw_list(desk: Desk) -> None:
    await desk.replace_or_whisper(await scheduling.listed(desk))


async def _open(desk: Desk, survey_id: int) -> None:
    await desk.require(Permission.CONFIGURE)
    draft = await scheduling.drafted(desk, survey_id)
    await desk.open(schedule_modal(draft, response_url=desk.origin.response_url))


async def _preview(desk: Desk, sent: submissions.Submission) -> None:
    await desk.require(Permission.CONFIGURE)
    context = unpack(ScheduleContext, sent.metadata)
    draft = await scheduling.drafted(desk, context.survey_id)
    try:
        proposal = scheduling.proposed(sent, draft.offer)
        schedules.check(draft.survey, proposal.rhythm)
        draft = await scheduling.looked_ahead(desk, replace(draft, proposal=proposal))
    except InputRefused as refused:
        draft = replace(draft, no=sentence(refused, say))
    view = schedule_modal(draft, response_url=context.response_url)
    await desk.slack.views_update(view_id=sent.view_id, view=view)


async def _tell_started(desk: Desk, survey: Survey) -> None:
    schedule = await _schedule(desk, survey)
    await scheduling.gathering(desk).gather(schedule, now=desk.now)
    async with desk.reading() as tx:
        outlook = await rounds.outlook(tx, survey, schedules.proposal_of(schedule), now=desk.now)
    await desk.whisper(blocks.started(survey, schedule, outlook))
    desk.show(publish(desk))


async def _schedule(desk: Desk, survey: Survey) -> Schedule:
    async with desk.reading() as tx:
        found = await schedules.get(tx, survey.id)
    if found is None:
        raise LookupError(f"survey {survey.id} has no schedule")
    return found
