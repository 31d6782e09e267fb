"""Bring the tables up to date: one migration at a time however many replicas start together."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 0x4E5053  # "NPS": any number no other program takes


async def migrate(database: Database) -> None:
    """Apply what is missing. Safe to run from many replicas at once, and twice."""
    async with database.engine.begin() as connection:
        # SQLite's transaction begins IMMEDIATE with its first statement: from then on nobody else is writing.
        lock = text("SELECT :lock") if database.is_sqlite else text("SELECT pg_advisory_xact_lock(:lock)")
        await connection.execute(lock, {"lock": LOCK})
        await connection.run_sync(_upgrade)


async def is_current(database: Database) -> bool:
    """Whether the tables are what this version of the bot needs."""
    async with database.reading() as tx:
        connection = await tx.connection()
        return await connection.run_sync(_revision) == _newest()


def config(connection: Connection | None = None) -> Config:
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    made.attributes["connection"] = connection
    return made


def _upgrade(connection: Connection) -> None:
    if _revision(connection) != _newest():
        command.upgrade(config(connection), "head")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


@cache
def _newest() -> str | None:
    return ScriptDirectory.from_config(config()).get_current_head()
