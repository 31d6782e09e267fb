"""`/nps benchmarks`: what others published, beside the reader's own number where that may stand there."""

from bot.services import benchmarks as service
from bot.services.scopes import Scope
from bot.slack.blocks.benchmarks import benchmark_page
from bot.slack.blocks.views import Page
from bot.slack.middleware import Desk


async def benchmarks(desk: Desk, scope: Scope) -> Page:
    async with desk.reading() as tx:
        found = await service.page(tx, desk.workspace_id, scope, now=desk.now)
    return Page(benchmark_page(found, scope), has_more=found.page < found.pages)
