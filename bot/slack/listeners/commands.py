"""`/nps` and the words after it. Nothing is at stake yet, so the command is acknowledged first."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.errors import NotUnderstood, Withheld
from bot.rules.permissions import Permission
from bot.rules.recontact import Because
from bot.services import (
    calendars,
    exits,
    favours,
    halts,
    recoveries,
    reports,
    roles,
    routes,
    staff,
    surveys,
    withholdings,
    worklists,
    workspaces,
)
from bot.services.surveys import SurveyKind
from bot.services.worklists import Which
from bot.slack import asking, digesting, event_log, grammar, payloads, scheduling, typed_commands, webhook_pages
from bot.slack.blocks import calendars as calendar_blocks
from bot.slack.blocks import favour_reports
from bot.slack.blocks import help as help_blocks
from bot.slack.blocks import interviews as interview_blocks
from bot.slack.blocks import reports as report_blocks
from bot.slack.blocks import routes as route_blocks
from bot.slack.blocks import staff as staff_blocks
from bot.slack.blocks import surveys as survey_blocks
from bot.slack.blocks import withholdings as withholding_blocks
from bot.slack.blocks import worklists as worklist_blocks
from bot.slack.blocks.exit_reports import exit_report
from bot.slack.blocks.privacy import about_me
from bot.slack.blocks.recovery_reports import recovery_report
from bot.slack.home import own_page
from bot.slack.middleware import Desk
from bot.slack.payloads import Command
from bot.slack.typed_commands import Typed
from bot.slack.wire import InterviewContext
from bot.texts import speaker
from bot.texts.refusals import sentence


async def nps_typed(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """Journey four."""
    command = payloads.command(body)
    await ack()
    desk.attend(_answer(desk, command))


async def _answer(desk: Desk, command: Command) -> None:
    try:
        typed = grammar.parse(command.text)
    except NotUnderstood as puzzled:
        await desk.answer(help_blocks.help_page(sentence(puzzled, speaker("en"))))
        return
    await ANSWERS[type(typed)](desk, typed, command)


async def _report(desk: Desk, _: Typed, __: Command) -> None:
    caller = await desk.require(Permission.READ)
    async with desk.reading() as tx:
        report = await reports.overview(tx, desk.workspace_id, now=desk.now)
    message = report_blocks.overview(report, workspace_url=desk.office.workspace_url)
    await desk.answer(await asking.with_choice(desk, caller, message))


async def _detractors(desk: Desk, typed: typed_commands.ShowDetractors, _: Command) -> None:
    await desk.require(Permission.READ)
    async with desk.reading() as tx:
        found = await reports.detractors(tx, desk.workspace_id, limit=typed.limit)
    await desk.answer(report_blocks.detractor_list(found, workspace_url=desk.office.workspace_url))


async def _follow_ups(desk: Desk, typed: typed_commands.ShowFollowUps, _: Command) -> None:
    await desk.require(Permission.READ)
    async with desk.reading() as tx:
        listed = await worklists.worklist(tx, desk.workspace_id, Which(typed.which), by=desk.user_id, now=desk.now)
    url = desk.office.workspace_url
    await desk.answer(worklist_blocks.follow_up_list(listed, workspace_url=url, now=desk.now))


async def _ask(desk: Desk, typed: typed_commands.AskSomebody, command: Command) -> None:
    await desk.require(Permission.ASK)
    plan = await asking.planned(desk, typed, request_id=command.request_id)
    await asking.carry_out(desk, plan)


async def _why(desk: Desk, typed: typed_commands.ExplainAsking, _: Command) -> None:
    await desk.require(Permission.READ)
    person = await asking.find(desk, typed.who)
    async with desk.reading() as tx:
        why = await withholdings.why(
            tx, desk.workspace_id, person.facts(), asking.candidate(desk, person), now=desk.now
        )
    await desk.answer(withholding_blocks.why_asked(why))


async def _record(desk: Desk, typed: typed_commands.RecordInterview, _: Command) -> None:
    """Raises Withheld for whoever has nothing to tell in a review meeting: bots, and oneself."""
    await desk.require(Permission.FOLLOW_UP)
    person = await asking.find(desk, typed.who)
    known = asking.candidate(desk, person)
    if known.is_bot or known.is_oneself:
        raise Withheld(Because.BOT if known.is_bot else Because.ONESELF)
    opened = InterviewContext(person.user_id, desk.origin.channel_id, desk.origin.response_url)
    async with desk.reading() as tx:
        offered = await surveys.of_kind(tx, desk.workspace_id, SurveyKind.RELATIONAL)
    await desk.open(interview_blocks.interview_modal(opened, person.name, offered, today=desk.now.date()))


async def _exits(desk: Desk, _: Typed, __: Command) -> None:
    await desk.require(Permission.READ)
    async with desk.reading() as tx:
        report = await exits.report(tx, desk.workspace_id, now=desk.now)
    await desk.answer(exit_report(report))


async def _recovery(desk: Desk, _: Typed, __: Command) -> None:
    await desk.require(Permission.READ)
    async with desk.reading() as tx:
        report = await recoveries.report(tx, desk.workspace_id, now=desk.now)
    await desk.answer(recovery_report(report))


async def _promoters(desk: Desk, _: Typed, __: Command) -> None:
    caller = await desk.require(Permission.READ)
    async with desk.reading() as tx:
        report = await favours.report(tx, desk.workspace_id, now=desk.now)
        is_manager = await roles.allows(tx, caller, Permission.CONFIGURE)
    await desk.answer(favour_reports.promoters_page(report, is_manager=is_manager))


async def _quotes(desk: Desk, _: Typed, __: Command) -> None:
    await desk.require(Permission.READ)
    async with desk.reading() as tx:
        found = await favours.quotes(tx, desk.workspace_id, now=desk.now)
    await desk.answer(favour_reports.quote_list(found))


async def _me(desk: Desk, _: Typed, __: Command) -> None:
    """For everybody, guests too."""
    await desk.answer(about_me(await own_page(desk)))


async def _try(desk: Desk, typed: typed_commands.Rehearse, command: Command) -> None:
    await asking.rehearse(desk, typed, request_id=command.request_id)


async def _surveys(desk: Desk, _: Typed, __: Command) -> None:
    await desk.require(Permission.CONFIGURE)
    async with desk.reading() as tx:
        workspace = await workspaces.get(tx, desk.workspace_id)
        found = await surveys.all_of(tx, desk.workspace_id)
        managers = await roles.managers(tx, desk.workspace_id)
    await desk.answer(survey_blocks.survey_list(found, subject=workspace.name, managers=managers))


async def _calendar(desk: Desk, _: Typed, __: Command) -> None:
    await desk.require(Permission.CONFIGURE)
    async with desk.reading() as tx:
        overview = await calendars.overview(tx, desk.workspace_id)
    await desk.answer(calendar_blocks.calendar_page(overview))


async def _routes(desk: Desk, _: Typed, __: Command) -> None:
    await desk.require(Permission.CONFIGURE)
    async with desk.reading() as tx:
        overview = await routes.overview(tx, desk.workspace_id)
    await desk.answer(route_blocks.route_list(overview))


async def _schedule(desk: Desk, typed: typed_commands.ShowSchedules, _: Command) -> None:
    await desk.require(Permission.CONFIGURE)
    await desk.answer(await scheduling.listed(desk, typed.survey))


async def _preview(desk: Desk, typed: typed_commands.ShowPreview, _: Command) -> None:
    await desk.require(Permission.READ)
    await desk.answer(await scheduling.previewed(desk, typed.survey))


async def _digest(desk: Desk, _: Typed, __: Command) -> None:
    await desk.require(Permission.READ)
    await desk.answer(await digesting.shown_now(desk))


async def _digests(desk: Desk, _: Typed, __: Command) -> None:
    await desk.require(Permission.CONFIGURE)
    await desk.answer(await digesting.listed(desk))


async def _managers(desk: Desk, _: Typed, __: Command) -> None:
    await desk.require(Permission.APPOINT)
    async with desk.reading() as tx:
        managers = await roles.managers(tx, desk.workspace_id)
    await desk.open(survey_blocks.managers_modal(managers))


async def _staff(desk: Desk, _: Typed, __: Command) -> None:
    await desk.require(Permission.APPOINT)
    async with desk.reading() as tx:
        named = await staff.of_workspace(tx, desk.workspace_id)
    await desk.answer(staff_blocks.staff_named(named, await desk.office.roster.groups()))


async def _events(desk: Desk, _: Typed, __: Command) -> None:
    await desk.answer(await event_log.drawn(desk))


async def _webhooks(desk: Desk, _: Typed, __: Command) -> None:
    await desk.answer(await webhook_pages.listed(desk))


async def _stop(desk: Desk, _: Typed, __: Command) -> None:
    await desk.require(Permission.HALT)
    async with desk.transaction() as tx:
        halt = await halts.halt(tx, desk.workspace_id, by=desk.user_id, now=desk.now)
    desk.office.wake_courier()
    await desk.answer(survey_blocks.halted(halt))


async def _start(desk: Desk, _: Typed, __: Command) -> None:
    await desk.require(Permission.HALT)
    async with desk.transaction() as tx:
        restored = await halts.lift(tx, desk.workspace_id, now=desk.now)
    await desk.answer(survey_blocks.lifted(restored))


async def _help(desk: Desk, _: Typed, __: Command) -> None:
    await desk.answer(help_blocks.help_page())


ANSWERS: dict[type, Callable[[Desk, Any, Command], Awaitable[None]]] = {
    typed_commands.ShowReport: _report,
    typed_commands.ShowDetractors: _detractors,
    typed_commands.ShowFollowUps: _follow_ups,
    typed_commands.AskSomebody: _ask,
    typed_commands.ExplainAsking: _why,
    typed_commands.RecordInterview: _record,
    typed_commands.ShowExits: _exits,
    typed_commands.ShowRecovery: _recovery,
    typed_commands.ShowPromoters: _promoters,
    typed_commands.ShowQuotes: _quotes,
    typed_commands.ShowMe: _me,
    typed_commands.Rehearse: _try,
    typed_commands.ShowSurveys: _surveys,
    typed_commands.ShowCalendar: _calendar,
    typed_commands.ShowRoutes: _routes,
    typed_commands.ShowSchedules: _schedule,
    typed_commands.ShowPreview: _preview,
    typed_commands.ShowDigest: _digest,
    typed_commands.ShowDigests: _digests,
    typed_commands.ShowManagers: _managers,
    typed_commands.ShowStaff: _staff,
    typed_commands.ShowEvents: _events,
    typed_commands.ShowWebhooks: _webhooks,
    typed_commands.HaltAsking: _stop,
    typed_commands.ResumeAsking: _start,
    typed_commands.ShowHelp: _help,
}
