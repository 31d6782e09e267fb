"""Months of asking by everything that asks: as often, on such days and at such hours as the rules say."""

from pathlib import Path

from bot.rules.triggers import TriggerKind
from tests.simulation.year import BY_ITSELF, Size, live


async def test_months_of_asking_keep_every_promise(tmp_path: Path, sqlite_template: Path):
    asked = await live(tmp_path, sqlite_template, Size(people=60, accounts=12, days=52))
    assert all(asked[trigger] for trigger in (*BY_ITSELF, TriggerKind.EVENT)), asked
