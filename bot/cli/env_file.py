"""The file `.env`: read, and changed in place without losing a line of somebody else's."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path
from tempfile import NamedTemporaryFile

from dotenv import dotenv_values
from dotenv.parser import parse_stream

from bot.settings import SettingsRefused

PLAIN = re.compile(r"[\w./:@%+,=-]*", re.ASCII)  # needs no quotes, wherever it is read
# docker compose and python-dotenv read these differently, whatever quotes stand around them.
AMBIGUOUS = re.compile(r"\\|\$\{|[\x00-\x1f\x7f-\x9f\u2028\u2029]")
NOT_IGNORED = 1  # git's answer; 0: ignored, 128: not in a work tree


def read(path: Path) -> dict[str, str]:
    """What is set there and not empty; nothing when there is no such file. Raises SettingsRefused."""
    try:
        return {name: value for name, value in dotenv_values(path).items() if value}
    except UnicodeDecodeError:
        raise SettingsRefused(".env is not text in UTF-8. Save it as UTF-8, then run setup again.") from None


def write(path: Path, settings: Mapping[str, str]) -> None:
    """
    Set these and keep every other line. Raises SettingsRefused.

    Only the owner may read the file, and there is never half of one.
    """
    path = path.resolve()  # behind a link, the file itself is replaced
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    after = "".join(_changed(before, settings))
    _check(after, settings)
    with NamedTemporaryFile("w", dir=path.parent, prefix=".env.", encoding="utf-8", delete=False) as file:
        try:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)  # made with mode 0600
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def _check(text: str, settings: Mapping[str, str]) -> None:
    """Raises SettingsRefused when a line that was there before would swallow one of ours, as an open quote does."""
    found = dotenv_values(stream=StringIO(text))
    if any(found.get(name) != value for name, value in settings.items()):
        raise SettingsRefused(
            ".env holds a line with a quote that is not closed. Mend that line, then run setup again."
        )


def is_writable(path: Path) -> bool:
    return os.access(path.resolve().parent, os.W_OK)


def can_be_written(value: str) -> bool:
    """Whether every program that reads the file will read the same."""
    return AMBIGUOUS.search(value) is None


def would_be_committed(path: Path) -> bool:
    """Whether git has the file, or would take it with the next `git add .`."""
    git = shutil.which("git")
    if git is None:
        return False
    command = [git, "-C", str(path.resolve().parent), "check-ignore", "--quiet", path.name]
    ended = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - fixed words and a path
    return ended.returncode == NOT_IGNORED


def _changed(before: str, settings: Mapping[str, str]) -> Iterator[str]:
    left = dict(settings)
    text = before if before.endswith("\n") or not before else before + "\n"
    for line in parse_stream(StringIO(text)):
        if line.key not in settings:
            yield line.original.string
        elif line.key in left:  # a second line with the same name would win over ours
            yield _leading(line.original.string) + _line(line.key, left.pop(line.key))
    yield from (_line(name, value) for name, value in left.items())


def _leading(original: str) -> str:
    """The empty lines that stood before a setting: the parser counts them to it."""
    return original[: len(original) - len(original.lstrip())]


def _line(name: str, value: str) -> str:
    return f"{name}={value if PLAIN.fullmatch(value) else _quoted(value)}\n"


def _quoted(value: str) -> str:
    """In the quotes that need nothing escaped: older versions of docker compose keep the backslash."""
    if "'" in value and not re.search(r'["$]', value):
        return f'"{value}"'
    escaped = value.replace("'", "\\'")
    return f"'{escaped}'"
