"""A fake Slack with a real clock and its rate limits on, for bots that are processes of their own."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial

import pytest
import pytest_asyncio

from storage.database import Database
from tests import databases
from tests.fake_slack import FakeSlack
from tests.live.bot_process import BotProcess
from tests.replicas.hosting import add_surveys, furnish, settings
from tests.replicas.pair import ADMIN, CHANNELS, CY, BalancedSlack, Pair


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as slack:
        yield slack
    assert slack.violations == []


@pytest.fixture
async def postgres_url(postgres: str, worker_id: str) -> AsyncIterator[str]:
    """A migrated, empty Postgres database."""
    url = await databases.copy_template(postgres, f"{databases.TEMPLATE}_{worker_id}")
    yield url
    await databases.drop(url)


# Starting two processes takes seconds, so the tests of a module share a pair, and each brings customers of its own.
for_module = partial(pytest_asyncio.fixture, scope="module", loop_scope="module")


@for_module()
async def replicated(postgres: str, worker_id: str) -> AsyncIterator[Database]:
    """A migrated, empty Postgres database."""
    url = await databases.copy_template(postgres, f"{databases.TEMPLATE}_{worker_id}")
    database = Database(url)
    yield database
    await database.close()
    await databases.drop(url)


@for_module()
async def balanced() -> AsyncIterator[BalancedSlack]:
    async with BalancedSlack() as slack:
        furnish(slack, customers=[], alert_channels=CHANNELS)
        slack.add_user(CY, name="cy")
        slack.add_user(ADMIN, name="ada", is_admin=True)
        yield slack
    assert slack.violations == []


@pytest.fixture(scope="module")
def both(
    balanced: BalancedSlack, replicated: Database, tmp_path_factory: pytest.TempPathFactory
) -> tuple[BotProcess, BotProcess]:
    """Two processes that share a database, not started yet."""
    url = replicated.engine.url.render_as_string(hide_password=False)
    folder, shared = tmp_path_factory.mktemp("pair"), settings(balanced, url)
    return BotProcess(folder, shared, name="first"), BotProcess(folder, shared, name="second")


@for_module()
async def pair(
    balanced: BalancedSlack, both: tuple[BotProcess, BotProcess], replicated: Database
) -> AsyncIterator[Pair]:
    """At work, and stopped as an orchestrator stops them."""
    first, second = both
    async with first, second:
        balanced.balance(first, second)
        await add_surveys(replicated, balanced.team_id, CHANNELS)
        yield Pair(balanced, both, replicated)
        await asyncio.gather(first.stop(), second.stop())
