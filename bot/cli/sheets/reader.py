"""Reading a file of rows: its kind by its header, every row with its line, and a sentence for each that is wrong."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.cli.sheets import columns
from bot.cli.sheets.cells import CellRefused
from bot.cli.sheets.columns import COLUMNS, NEEDED, PROPERTY, Column, Kind
from bot.services.rows import Row

SCALE = re.compile(r"(?:nps[ _-]*)?score\W*[ _(\[]*(\d+)\s*(?:-|–|_|to|\.\.)+\s*(\d+)\W*", re.IGNORECASE)
OURS = ("0", "10")


class SheetRefused(Exception):  # noqa: N818 - a sentence for the operator, not a bug
    """One sentence about a file that cannot be read at all."""


@dataclass(frozen=True)
class Bad:
    """A row that means nothing, and why."""

    line: int
    sentence: str


@dataclass(frozen=True)
class Sheet:
    """A file that can be read. `lines`: how many, for whoever waits."""

    path: Path
    kind: Kind
    columns: Sequence[Column]
    separator: str
    lines: int

    def rows(self) -> Iterator[Row | Bad]:
        records = _records(self.path, self.separator)
        next(records)
        for line, record in records:
            if any(record):
                yield self._row(line, record)

    def _row(self, line: int, record: Sequence[str]) -> Row | Bad:
        if len(record) != len(self.columns):
            return Bad(line, f"It has {len(record)} cells, and the header {len(self.columns)}.")
        if any("\0" in cell for cell in record):
            return Bad(line, "It holds a character that is no text.")
        try:
            found = columns.given(self.columns, record)
        except CellRefused as refused:
            return Bad(line, str(refused))
        missing = next((name for name in NEEDED[self.kind] if found[name] is None), None)
        return Bad(line, f"The {missing} is missing.") if missing else Row(line, found)


def opened(path: Path) -> Sheet:
    """Look through a file. Raises SheetRefused."""
    try:
        separator = _separator(path)
        lines = sum(1 for _ in _records(path, separator))
        if not lines:
            raise SheetRefused(f"{path.name} is empty. Its first line names its columns.")
        _, header = next(_records(path, separator))
    except OSError as error:
        raise SheetRefused(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise SheetRefused(f"{path.name} is not text in UTF-8. In a spreadsheet, save it as CSV UTF-8.") from None
    except csv.Error as error:
        raise SheetRefused(f"{path.name} is no CSV file ({error}).") from None
    kind, found = _columns(path, [_named(cell) for cell in header])
    return Sheet(path, kind, found, separator, lines - 1)


def _records(path: Path, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins on."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader, line = csv.reader(file, delimiter=separator, strict=True), 1
        for record in reader:
            yield line, record
            line = reader.line_num + 1


def _separator(path: Path) -> str:
    with path.open(encoding="utf-8-sig") as file:
        header = file.readline()
    return ";" if header.count(";") > header.count(",") else ","


def _named(cell: str) -> str:
    """The name of a column however it is written; that of a property is its own."""
    bare = cell.strip()
    if bare[: len(PROPERTY)].lower() == PROPERTY:
        return PROPERTY + bare[len(PROPERTY) :].strip()
    scale = SCALE.fullmatch(bare)
    if scale is not None and scale.groups() != OURS:
        raise SheetRefused(
            f"Scores from {scale[1]} to {scale[2]} cannot be taken over: the question is asked from 0 to 10, and no "
            f"arithmetic makes the answers to another one comparable."
        )
    return "score" if scale else bare.lower().replace(" ", "_")


def _columns(path: Path, names: Sequence[str]) -> tuple[Kind, Sequence[Column]]:
    kind = columns.kind_of(names)
    if kind is None:
        raise SheetRefused(
            f"{path.name} is not recognised by its first line. Answers have a column score, contacts user_id or email, "
            f"accounts name."
        )
    found = {name: columns.column(kind, name) for name in names}
    known = ", ".join(each.name for each in COLUMNS[kind])
    strange = [name for name, column in found.items() if column is None]
    if strange:
        raise SheetRefused(f'A file of {kind} has no column "{strange[0]}". It may have: {known}.')
    if len(found) < len(names):
        raise SheetRefused(f"{path.name} has a column twice.")
    missing = [name for name in NEEDED[kind] if name not in found]
    if missing or (kind is Kind.ANSWERS and not {"user_id", "email"} & set(names)):
        raise SheetRefused(f"A file of {kind} needs the column {missing[0] if missing else 'user_id or email'}.")
    return kind, [column for column in found.values() if column is not None]
