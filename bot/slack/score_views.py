"""The number itself: bare `/nps`, and the same of some people or another time."""

from dataclasses import replace

from bot.services import account_answers, reports
from bot.services.reports import Standing
from bot.services.scopes import Scope
from bot.slack import asking
from bot.slack.blocks import reports as report_blocks
from bot.slack.blocks import score_details as detail_blocks
from bot.slack.blocks.kit import Message
from bot.slack.blocks.views import Page, about
from bot.slack.middleware import Desk


async def score(desk: Desk, scope: Scope) -> Page:
    if scope.is_whole:
        return Page(await _overview(desk))
    return Page(report_blocks.scoped(await _standing(desk, scope), scope, about(scope)))


async def score_public(desk: Desk, scope: Scope) -> Message:
    return report_blocks.scoped(await _standing(desk, scope), scope, about(scope))


async def score_details(desk: Desk, scope: Scope) -> Message:
    standing = await _standing(desk, scope)
    since, before = scope.window(now=desk.now, days=standing.score.days)
    earlier = scope.period.before_since if scope.period else since - (before - since)
    ours, within = (desk.workspace_id, scope.kind), scope.within
    async with desk.reading() as tx:
        revenue = await account_answers.by_revenue(tx, *ours, within=within, since=since, before=before)
        alike = await account_answers.by_account(tx, *ours, within=within, since=earlier, before=since)
    worth = alike.worth if alike.is_needed else None
    return detail_blocks.score_details(replace(standing, before_worth=worth), revenue)


async def _overview(desk: Desk) -> Message:
    async with desk.reading() as tx:
        report = await reports.overview(tx, desk.workspace_id, now=desk.now)
    message = report_blocks.overview(report, workspace_url=desk.office.workspace_url)
    return await asking.with_choice(desk, await desk.caller(), message)


async def _standing(desk: Desk, scope: Scope) -> Standing:
    kind, within = scope.kind, scope.within
    async with desk.reading() as tx:
        if scope.period:
            return await reports.over(tx, desk.workspace_id, kind, within=within, period=scope.period)
        return await reports.standing(tx, desk.workspace_id, kind, within=within, now=desk.now)
