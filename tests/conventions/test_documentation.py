"""What can be set, typed or granted can be looked up; what is looked up is there."""

import re
from pathlib import Path

import pytest
import typer

from bot.__main__ import cli
from bot.cli.sheets.columns import COLUMNS
from bot.rules import answer_files
from bot.settings import Settings
from bot.slack import scopes
from bot.slack.blocks.help import COMMANDS
from tests.conventions.source import ROOT, modules

DOCS = ROOT / "docs"
DECISIONS = DOCS / "decisions"
WORD = re.compile(r"(?<!`)`([A-Za-z_]\w*)")  # the first one between backticks
LINK = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)")


def pages() -> list[Path]:
    return [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]


def text(*paths: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in paths if path.exists())


@pytest.fixture(scope="module")
def configuration() -> str:
    return text(DOCS / "configuration.md")


@pytest.mark.parametrize("setting", [name.upper() for name in Settings.model_fields])
def test_every_setting_is_documented(setting: str, configuration: str):
    assert f"`{setting}`" in configuration


@pytest.mark.parametrize("scope", [*scopes.NEEDED, *scopes.OPTIONAL, scopes.APP_TOKEN])
def test_every_scope_is_documented(scope: str, configuration: str):
    assert f"`{scope}`" in configuration


@pytest.mark.parametrize("command", dict.fromkeys(" ".join(command.split()[:2]) for command in COMMANDS))
def test_every_command_in_slack_is_documented(command: str):
    alone = r"(?! ?\w)" if command == "/nps" else r"\b"
    assert re.search(command + alone, text(*pages()))


@pytest.mark.parametrize("command", typer.main.get_command(cli).commands)
def test_every_command_on_the_command_line_is_documented(command: str):
    assert re.search(rf"\bnps-bot {command}\b", text(*pages()))


@pytest.mark.parametrize("column", dict.fromkeys(each.name for kind in COLUMNS.values() for each in kind))
def test_every_column_of_a_file_is_documented(column: str):
    assert f"| `{column}` |" in text(DOCS / "import.md")


def test_every_decision_is_listed_where_there_is_a_list():
    overview = DECISIONS / "README.md"
    decisions = [path.name for path in DECISIONS.glob("[0-9]*.md")]
    assert not overview.exists() or [name for name in decisions if name not in text(overview)] == []


def test_every_word_of_the_glossary_is_a_word_of_the_code():
    code = set(re.findall(r"\w+", text(*modules("bot", "storage"))))
    words = set(WORD.findall(text(DOCS / "glossary.md")))
    assert words, "docs/glossary.md teaches the words of the code"
    assert words - code == set()


@pytest.mark.parametrize("page", pages(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_to_a_file_of_ours_leads_somewhere(page: Path):
    assert [link for link in LINK.findall(text(page)) if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("column", answer_files.COLUMNS)
def test_every_column_of_a_file_of_answers_is_documented(column: str):
    assert f"| `{column}` |" in text(DOCS / "exports.md")
