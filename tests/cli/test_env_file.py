"""`.env` is read alike by everybody who reads it, and changing a setting changes nothing else."""

import re
from pathlib import Path

import pytest
from dotenv import dotenv_values
from hypothesis import given
from hypothesis import strategies as st

from bot import settings
from bot.cli import env_file
from bot.settings import SettingsRefused

values = st.text(min_size=1, max_size=80).filter(env_file.can_be_written).map(str.strip)
COMPOSE_QUOTED = re.compile(r"'((?:\\'|[^'\\])*)'")


def as_compose_reads(line: str) -> str:
    """Docker compose, on a line of ours: between single quotes everything stands for itself but an escaped quote."""
    value = line.partition("=")[2]
    if re.fullmatch(r'"[^"$\\]*"', value):
        return value[1:-1]
    quoted = COMPOSE_QUOTED.fullmatch(value)
    return quoted[1].replace("\\'", "'") if quoted else value


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("env") / ".env"


@given(value=values)
def test_every_value_is_read_as_it_was_written(file: Path, value: str) -> None:
    env_file.write(file, {"COMPANY_NAME": value})
    assert dotenv_values(file) == {"COMPANY_NAME": value}
    [line] = file.read_text(encoding="utf-8").splitlines()
    assert as_compose_reads(line) == value


@pytest.mark.parametrize("value", ["a\\b", "${HOME}", "a\nb", "\x1b[31m"])
def test_what_is_not_read_alike_everywhere_cannot_be_written(value: str) -> None:
    assert not env_file.can_be_written(value)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "PORT=1\n"),
        ("A=b", "A=b\nPORT=1\n"),
        ("# PORT=3\nPORT = 2 # two\n\nA='b\nc'\n", "# PORT=3\nPORT=1\n\nA='b\nc'\n"),
        ("PORT=2\nA=b\nexport PORT=3\n", "PORT=1\nA=b\n"),
        ("what is this?\n", "what is this?\nPORT=1\n"),
    ],
)
def test_other_lines_stay_as_they_are(tmp_path: Path, before: str, after: str) -> None:
    file = tmp_path / ".env"
    file.write_text(before)
    env_file.write(file, {"PORT": "1"})
    assert file.read_text() == after


def test_a_file_behind_a_link_is_changed_and_the_link_stays(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("A=b\n")
    (tmp_path / ".env").symlink_to("real")
    env_file.write(tmp_path / ".env", {"PORT": "1"})
    assert (tmp_path / ".env").is_symlink()
    assert (tmp_path / "real").read_text() == "A=b\nPORT=1\n"


def test_a_folder_that_cannot_be_written_keeps_the_file_it_has(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()  # nothing can take its place
    with pytest.raises(IsADirectoryError):
        env_file.write(tmp_path / ".env", {"PORT": "1"})
    assert [path.name for path in tmp_path.iterdir()] == [".env"]


def test_a_line_with_an_open_quote_swallows_nothing_of_ours(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("OTHER='abc\n", encoding="utf-8")
    with pytest.raises(SettingsRefused, match="a quote that is not closed"):
        env_file.write(path, {"COMPANY_NAME": "Jo's"})
    assert path.read_text(encoding="utf-8") == "OTHER='abc\n"
    assert [each.name for each in tmp_path.iterdir()] == [".env"]


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_bytes("COMPANY_NAME=Söhne\n".encode("latin-1"))
    with pytest.raises(SettingsRefused, match="UTF-8"):
        env_file.read(path)


def test_a_start_beside_a_file_that_is_not_utf_8_ends_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_bytes("COMPANY_NAME=Söhne\n".encode("latin-1"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsRefused, match="UTF-8"):
        settings.read()
