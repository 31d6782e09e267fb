"""
A file of answers, written a page at a time to a file that is open: for Slack, and for the command line.

A page becomes text, and goes to the disk, in a thread beside other work.
"""

import asyncio
import csv
import json
from collections.abc import Iterable
from datetime import datetime
from io import StringIO
from typing import Protocol

from bot.rules.answer_files import COLUMNS, AnswerLine, Format
from bot.rules.cells import guarded, instant, written
from bot.services import answer_files
from bot.services.answer_files import AnswerFile, Page, Place
from storage.database import Database

BYTE_ORDER_MARK = "\ufeff"  # or Excel takes UTF-8 for something else
THEMES = COLUMNS.index("themes")


class Paper(Protocol):
    """A file that takes bytes."""

    def write(self, text: bytes, /) -> object: ...


async def write(database: Database, wanted: AnswerFile, format: Format, to: Paper) -> int:  # noqa: A002
    """Returns how many answers. Each page is its own look at the database, and is written beside other work."""
    count = 0
    place: Place | None = answer_files.FIRST
    await asyncio.to_thread(to.write, heading(format).encode())
    while place is not None:
        async with database.reading() as tx:
            page = await answer_files.page(tx, wanted, place)
        await asyncio.to_thread(_put, to, page, format)
        count, place = count + len(page.lines), page.next
    return count


def _put(to: Paper, page: Page, format: Format) -> None:  # noqa: A002
    to.write(lines(page.lines, format).encode())


def heading(format: Format) -> str:  # noqa: A002 - the word for it
    return f"{BYTE_ORDER_MARK}{','.join(COLUMNS)}\r\n" if format is Format.CSV else ""


def lines(rows: Iterable[AnswerLine], format: Format) -> str:  # noqa: A002
    """Rows as they stand in a file."""
    return _as_csv(rows) if format is Format.CSV else _as_json(rows)


def _as_csv(rows: Iterable[AnswerLine]) -> str:
    text = StringIO()
    sheet = csv.writer(text, lineterminator="\r\n")
    sheet.writerows(map(_cells, rows))
    return text.getvalue()


def _cells(row: AnswerLine) -> list[object]:
    """The csv module writes None and whole numbers as they should be."""
    cells: list[object] = [each if each is None or type(each) is int else written(each) for each in row]
    cells[THEMES] = guarded("; ".join(row.themes))
    return cells


def _as_json(rows: Iterable[AnswerLine]) -> str:
    """Nothing here is ever run, so words stand as they were written."""
    return "".join(f"{json.dumps(_fields(row), ensure_ascii=False)}\n" for row in rows)


def _fields(row: AnswerLine) -> dict[str, object]:
    at = instant(row.date) if isinstance(row.date, datetime) else row.date.isoformat()
    return {**row._asdict(), "date": at, "themes": list(row.themes)}
