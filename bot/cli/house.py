"""The database a command works on, and the one workspace in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.services import workspaces
from bot.settings import SettingsRefused, StorageSettings
from storage.database import Database
from storage.schema import is_current


@asynccontextmanager
async def opened(settings: StorageSettings) -> AsyncIterator[Database]:
    """Raises SettingsRefused when it does not answer, or is not up to date."""
    database = Database(settings.database_url)
    try:
        if not await database.is_reachable() or not await is_current(database):
            raise SettingsRefused(
                "The database does not answer, or is not up to date. Check DATABASE_URL; run migrate."
            )
        yield database
    finally:
        await database.close()


async def the_workspace(database: Database, named: str | None) -> str:
    """Its id. Raises SettingsRefused when there is none, or several and none was named."""
    async with database.reading() as tx:
        known = await workspaces.all_ids(tx)
    if named in known:
        return str(named)
    if named or len(known) > 1:
        raise SettingsRefused(f"Name one of these workspaces with --workspace: {', '.join(known) or 'none yet'}.")
    if not known:
        raise SettingsRefused("The bot has not run with this database yet. Start it once: nps-bot serve.")
    return known[0]
