"""`/nps coverage`: who was asked at all, and what became of the questions."""

from bot.services import coverage as services
from bot.services.scopes import Scope
from bot.slack.blocks.coverage import coverage_page
from bot.slack.blocks.kit import Message
from bot.slack.blocks.views import Page, dated
from bot.slack.middleware import Desk


async def coverage(desk: Desk, scope: Scope) -> Page:
    return Page(await coverage_public(desk, scope))


async def coverage_public(desk: Desk, scope: Scope) -> Message:
    async with desk.reading() as tx:
        found = await services.coverage(tx, desk.workspace_id, scope, now=desk.now)
    return coverage_page(found, dated(scope))
