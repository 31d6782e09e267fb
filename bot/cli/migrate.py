"""`nps-bot migrate`: bring the database up to date."""

from rich.console import Console

from bot.settings import SettingsRefused, StorageSettings
from storage.database import Database
from storage.schema import migrate


async def run(settings: StorageSettings, console: Console) -> None:
    """Raises SettingsRefused when the database does not answer."""
    database = Database(settings.database_url)
    try:
        if not await database.is_reachable():
            raise SettingsRefused("The database does not answer. Check DATABASE_URL, and that it runs.")
        await migrate(database)
        console.print("The database is up to date.")
    finally:
        await database.close()
