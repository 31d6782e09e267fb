"""`nps-bot migrate`: once, twice, and against nothing."""

from pathlib import Path

from storage.database import Database
from storage.schema import is_current
from tests.cli.conftest import CommandLine


async def test_migrating_twice_is_as_good_as_once(nps_bot: CommandLine, tmp_path: Path) -> None:
    for _ in range(2):
        outcome = await nps_bot.run("migrate")
        assert (outcome.code, outcome.said) == (0, "The database is up to date.")
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'nps.db'}")
    assert await is_current(database)
    await database.close()


async def test_migrating_a_database_another_process_has_in_use_is_harmless(
    nps_bot: CommandLine, server_url: str | None, database: Database
) -> None:
    nps_bot.set(DATABASE_URL=database.engine.url.render_as_string(hide_password=False))
    async with database.reading():
        assert (await nps_bot.run("migrate")).code == 0


async def test_a_database_that_does_not_answer_ends_it_with_one_sentence(nps_bot: CommandLine) -> None:
    nps_bot.set(DATABASE_URL="postgresql://nobody:hidden@127.0.0.1:1/nowhere")
    outcome = await nps_bot.run("migrate")
    assert outcome.code == 2
    assert outcome.said == "The database does not answer. Check DATABASE_URL, and that it runs."
