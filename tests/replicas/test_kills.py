"""Killed at any moment, it loses nothing it has acknowledged, asks nobody twice, and tells of every unhappy answer."""

from pathlib import Path

from storage.database import Database
from tests.fake_slack import FakeSlack
from tests.live.bot_process import BotProcess
from tests.replicas import findings
from tests.replicas.hosting import settings
from tests.replicas.ordeal import Ordeal


async def test_three_kills_lose_no_acknowledged_click_no_comment_no_alert_and_ask_nobody_twice(
    slack: FakeSlack, database_url: str, database: Database, tmp_path: Path
) -> None:
    ordeal = Ordeal(slack, BotProcess(tmp_path, settings(slack, database_url)), database, kills=3, seed=20)
    await ordeal.run()
    found = await findings.look(ordeal)
    assert found.broken == {}, found
    assert found.clicks_acknowledged >= 30
    assert found.alerts_owed >= 5
