"""Writing a file of rows that a spreadsheet opens without running anything, and that an import takes back."""

import csv
import os
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any, cast

from bot.cli.sheets.columns import COLUMNS, PROPERTY, Kind
from bot.rules.cells import guarded, written

BYTE_ORDER_MARK = "\ufeff"  # or Excel takes UTF-8 for something else


async def write(
    file: IO[str], kind: Kind, rows: AsyncIterator[Mapping[str, Any]], *, properties: Sequence[str] = ()
) -> int:
    """Write a header and every row; returns how many."""
    columns, count = [each for each in COLUMNS[kind] if each.is_written], 0
    file.write(BYTE_ORDER_MARK)
    sheet = csv.writer(file, lineterminator="\r\n")
    sheet.writerow([*(each.name for each in columns), *(PROPERTY + name for name in properties)])
    async for row in rows:
        noted = row.get("properties", {})
        sheet.writerow(
            [*(written(row[each.key]) for each in columns), *(guarded(noted.get(name, "")) for name in properties)]
        )
        count += 1
    return count


@contextmanager
def private_file(path: Path) -> Iterator[TextIOWrapper]:
    """A file only its owner may read, there whole or not at all."""
    path = path.resolve()  # behind a link, the file itself is replaced
    with NamedTemporaryFile(
        "w", dir=path.parent, prefix=f".{path.name}.", encoding="utf-8", newline="", delete=False
    ) as file:
        try:
            yield cast("TextIOWrapper", file.file)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)  # made with mode 0600
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
