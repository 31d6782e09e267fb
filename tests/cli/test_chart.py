"""`nps-bot chart`: a picture in a file, or into another program; the numbers on the screen are the same."""

import sys
import time
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from PIL import Image

from tests.cli.conftest import CommandLine
from tests.fake_slack import FakeSlack
from tests.house import ADMIN, House, open_house
from tests.journeys.test_reporting import answers


@pytest.fixture
async def house(slack: FakeSlack, database_url: str):
    async with open_house(slack, database_url, "http") as house:
        yield house


@pytest.fixture
def drawer(nps_bot: CommandLine, house: House) -> CommandLine:
    nps_bot.set(DATABASE_URL=house.bot.settings.database_url)
    return nps_bot


async def test_it_is_drawn_to_a_file_and_said(drawer: CommandLine, house: House, tmp_path: Path):
    slack_clock = house.slack.clock.now
    house.slack.clock.now = time.time()  # which the command goes by
    await answers(house, {10: 24, 8: 9, 3: 7}, days_ago=0)
    await house.nps(ADMIN, f"note {house.now:%Y-%m-%d} launched onboarding")
    house.slack.clock.now = slack_clock
    outcome = await drawer.run("chart", "--to", "trend.png")
    assert outcome.code == 0, outcome.said
    assert "so far: +43 (likely +16 to +63), 40 answers" in outcome.said
    assert "launched onboarding" in outcome.said
    assert "Drawn to trend.png." in outcome.said
    assert Image.open(BytesIO((tmp_path / "trend.png").read_bytes())).size[0] == 1520


async def test_without_a_file_it_is_written_where_the_output_goes(drawer: CommandLine, monkeypatch: pytest.MonkeyPatch):
    output = BytesIO()
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(output))
    outcome = await drawer.run("chart", "--kind", "transactional")
    assert outcome.code == 0
    assert Image.open(output).size[0] == 1520


async def test_where_it_cannot_write_it_says_so(drawer: CommandLine):
    outcome = await drawer.run("chart", "--to", "nowhere/trend.png")
    assert (outcome.code, "nowhere/trend.png cannot be written" in outcome.said) == (2, True)
    assert (await drawer.run("chart", "--kind", "exit")).code == 2
