"""Starting together, as replicas of one deployment do."""

from collections import Counter

import pytest
from sqlalchemy import select

from storage.database import Database
from storage.models import Survey
from tests.live.bot_process import BotProcess
from tests.replicas.pair import all_at_once
from tests.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_two_processes_that_start_at_once_on_a_new_database_both_start(
    both: tuple[BotProcess, BotProcess], replicated: Database
) -> None:
    try:
        async with all_at_once(replicated, "workspaces"):
            for bot in both:
                bot.launch()
        for bot in both:
            await until(bot.is_ready, "both to be ready", within=30)
        async with replicated.reading() as tx:
            made = Counter(await tx.scalars(select(Survey.name)))
            assert made == {"relationship": 1, "support": 1, "not-renewed": 1, "recovery": 1}
    finally:
        for bot in both:
            bot.kill()
