"""
A file of answers: its columns, and how they are written, for a spreadsheet (CSV) or for another program (JSON lines).

Columns are only ever added, at the end: somebody's spreadsheet counts on them.
"""

import csv
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from io import StringIO
from typing import NamedTuple

from bot.rules.cells import guarded, instant, written

BYTE_ORDER_MARK = "\ufeff"  # or Excel takes UTF-8 for something else


class Format(StrEnum):
    CSV = "csv"
    JSONL = "jsonl"


class NotCounted(StrEnum):
    """Why an answer is in no score."""

    TOLD_TO_COLLEAGUE = "told_to_colleague"  # in a review meeting
    LATER_ANSWER = "later_answer"  # the same person answered again in that time, and that one counts
    REPEAT = "repeat"  # too soon after their last one


class AnswerLine(NamedTuple):
    """One answer, as a line of the file. Of a confidential one `date` is a day, and what leads to a name is None."""

    id: int | None
    date: datetime | date
    survey: str
    kind: str
    score: int
    category: str
    comment: str | None
    solved: str | None
    wants_reply: bool
    themes: Sequence[str]
    user_id: str | None
    name: str | None
    role: str | None
    account: str | None
    segment: str | None
    owner_id: str | None
    trigger: str | None
    occasion: str | None
    channel_id: str | None
    language: str | None
    mode: str
    is_late: bool | None
    is_repeat: bool | None
    counted: bool
    not_counted_because: str | None
    privacy: str


COLUMNS = AnswerLine._fields
THEMES = COLUMNS.index("themes")


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
