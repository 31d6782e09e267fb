"""`nps-bot export report`: the answers that some words ask for, as `/nps export` writes them."""

import asyncio
import csv
import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.rules.answer_files import COLUMNS
from storage.database import Database
from tests.cli.conftest import CommandLine
from tests.factories import make_workspace
from tests.services.crowd import make_account
from tests.services.test_answer_files import ODD, SUPPORT, give

NOW = datetime.now(UTC)  # an operator's clock
LONG_AGO = NOW - timedelta(days=3000)


@pytest.fixture
async def keeper(nps_bot: CommandLine, database: Database, database_url: str) -> CommandLine:
    async with database.transaction() as tx:
        await make_workspace(tx, now=LONG_AGO)
        await give(tx, 1, 9, at=LONG_AGO, comment=ODD)
        await give(tx, 2, 3, at=NOW - timedelta(days=2), comment="=1+1")
        await give(tx, 3, 7, at=NOW - timedelta(days=1), survey=SUPPORT)
        await make_account(tx, "Beta GmbH", [1, 2], now=NOW, segment="enterprise")
    nps_bot.set(DATABASE_URL=database_url)
    return nps_bot


async def report(bot: CommandLine, *words: str) -> list[dict[str, str]]:
    outcome = await bot.run("export", "report", *words, "--to", "out.csv")
    assert (outcome.code, "answers written to" in outcome.said) == (0, True), outcome.said
    text = await asyncio.to_thread(Path("out.csv").read_text, "utf-8-sig")
    return list(csv.DictReader(text.splitlines(keepends=True), strict=True))


async def test_without_words_all_answers_there_are(keeper: CommandLine):
    rows = await report(keeper)
    assert [row["user_id"] for row in rows] == ["U0001", "U0002", "U0003"]
    assert tuple(rows[0]) == COLUMNS
    assert rows[1]["comment"] == "'=1+1"
    assert stat.S_IMODE((await asyncio.to_thread(Path("out.csv").stat)).st_mode) == 0o600


@pytest.mark.parametrize(
    ("words", "people"),
    [
        (["segment:enterprise"], ["U0001", "U0002"]),
        (["last", "30", "days"], ["U0002", "U0003"]),
        (["enterprise", "last 30 days"], ["U0002"]),
        (["kind:interactions"], ["U0003"]),
    ],
)
async def test_words_say_which(keeper: CommandLine, words: list[str], people: list[str]):
    assert [row["user_id"] for row in await report(keeper, *words)] == people


async def test_for_a_program_it_is_one_json_object_a_line(keeper: CommandLine):
    outcome = await keeper.run("export", "report", "--format", "jsonl", "--to", "out.jsonl")
    assert outcome.code == 0
    lines = (await asyncio.to_thread(Path("out.jsonl").read_text, "utf-8")).split("\n")[:-1]
    told = [json.loads(line) for line in lines]
    assert [each["comment"] for each in told] == [ODD, "=1+1", None]
    assert [tuple(each) for each in told] == [COLUMNS] * 3


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["segment:enterprize"], "Did you mean"),
        (["last", "fortnight"], "I do not understand that time. Write it like"),
    ],
)
async def test_words_that_mean_nothing_are_told(keeper: CommandLine, words: list[str], sentence: str):
    outcome = await keeper.run("export", "report", *words, "--to", "out.csv")
    assert (outcome.code, sentence in outcome.said) == (2, True), outcome.said
    assert not await asyncio.to_thread(Path("out.csv").exists)
