"""`nps-bot chart`: the score in time as a picture, for whoever wants it in a slide or a report."""

import sys
from enum import StrEnum
from pathlib import Path

from rich.console import Console

from bot.app import utc_now
from bot.charts import png
from bot.cli import house
from bot.services import trends
from bot.services.surveys import SurveyKind
from bot.settings import SettingsRefused, StorageSettings
from bot.slack.blocks.trend_charts import trend_chart
from bot.slack.blocks.trends import description


class Scored(StrEnum):
    """Surveys whose scores make a trend."""

    RELATIONAL = SurveyKind.RELATIONAL
    TRANSACTIONAL = SurveyKind.TRANSACTIONAL


async def run(
    settings: StorageSettings, console: Console, *, kind: Scored, to: Path | None, workspace: str | None
) -> None:
    """To a file, and the same in words on the screen; or the picture alone, into a program. Raises SettingsRefused."""
    if to is None and sys.stdout.isatty():
        raise SettingsRefused("A terminal shows no pictures. Name a file: nps-bot chart --to trend.png")
    async with house.opened(settings) as database:
        workspace_id = await house.the_workspace(database, workspace)
        async with database.reading() as tx:
            found = await trends.trend(tx, workspace_id, SurveyKind(kind.value), until=utc_now())
    picture = png(trend_chart(found))
    if to is None:
        sys.stdout.buffer.write(picture)
        return
    _write(to, picture)
    console.print(description(found), markup=False, highlight=False)
    console.print(f"Drawn to {to}.", markup=False, highlight=False)


def _write(to: Path, picture: bytes) -> None:
    try:
        to.write_bytes(picture)
    except OSError as error:
        raise SettingsRefused(f"{to} cannot be written: {error.strerror}.") from None
