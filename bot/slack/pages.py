"""Pages that commands answer with: what is set up, what is to come, and what customers did for us."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.rules.permissions import Permission
from bot.services import (
    calendars,
    favours,
    recoveries,
    roles,
    routes,
    staff,
    surveys,
    timeline_notes,
    workspaces,
)
from bot.slack import digesting, event_log, scheduling, typed_commands, webhook_pages, word_lists
from bot.slack.blocks import calendars as calendar_blocks
from bot.slack.blocks import favour_reports
from bot.slack.blocks import routes as route_blocks
from bot.slack.blocks import staff as staff_blocks
from bot.slack.blocks import surveys as survey_blocks
from bot.slack.blocks.managers import managers_modal
from bot.slack.blocks.recovery_reports import recovery_report
from bot.slack.blocks.timeline_notes import noted
from bot.slack.middleware import Desk
from bot.slack.payloads import Command
from bot.slack.typed_commands import Typed


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
    await desk.open(managers_modal(managers))


async def _staff(desk: Desk, _: Typed, __: Command) -> None:
    await desk.require(Permission.APPOINT)
    async with desk.reading() as tx:
        named = await staff.of_workspace(tx, desk.workspace_id)
    await desk.answer(staff_blocks.staff_named(named, await desk.office.roster.groups()))


async def _events(desk: Desk, _: Typed, __: Command) -> None:
    await desk.answer(await event_log.drawn(desk))


async def _webhooks(desk: Desk, _: Typed, __: Command) -> None:
    await desk.answer(await webhook_pages.listed(desk))


async def _favours(desk: Desk, _: Typed, __: Command) -> None:
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


async def _recovery(desk: Desk, _: Typed, __: Command) -> None:
    await desk.require(Permission.READ)
    async with desk.reading() as tx:
        report = await recoveries.report(tx, desk.workspace_id, now=desk.now)
    await desk.answer(recovery_report(report))


async def _themes(desk: Desk, _: Typed, __: Command) -> None:
    await desk.answer(await word_lists.listed(desk))


async def _note(desk: Desk, typed: typed_commands.WriteNote, _: Command) -> None:
    await desk.require(Permission.CONFIGURE)
    async with desk.transaction() as tx:
        on, words = typed.noted_on, typed.words
        await timeline_notes.write(tx, desk.workspace_id, noted_on=on, words=words, by=desk.user_id, now=desk.now)
    await desk.answer(noted(typed.noted_on, typed.words))


PAGES: dict[type, Callable[[Desk, Any, Command], Awaitable[None]]] = {
    typed_commands.ShowRecovery: _recovery,
    typed_commands.ShowFavours: _favours,
    typed_commands.ShowQuotes: _quotes,
    typed_commands.ShowSurveys: _surveys,
    typed_commands.ShowCalendar: _calendar,
    typed_commands.ShowRoutes: _routes,
    typed_commands.ShowSchedules: _schedule,
    typed_commands.ShowPreview: _preview,
    typed_commands.ShowDigest: _digest,
    typed_commands.ShowDigests: _digests,
    typed_commands.WriteNote: _note,
    typed_commands.ShowManagers: _managers,
    typed_commands.ShowStaff: _staff,
    typed_commands.ShowEvents: _events,
    typed_commands.ShowWebhooks: _webhooks,
    typed_commands.ShowThemes: _themes,
}
