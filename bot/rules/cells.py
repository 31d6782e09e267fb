"""Cells of a file that a spreadsheet opens: how a value is written there, so that no cell is run as a formula."""

import re
from datetime import UTC, date, datetime

# A spreadsheet takes such a cell for a formula, unless an apostrophe stands before it; the wide signs, a Japanese one.
FORMULA, GUARDED = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]"), re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def guarded(cell: str) -> str:
    return f"'{cell}" if FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    return cell[1:] if GUARDED.match(cell) else cell


def written(value: object) -> str:
    """What any of our values is in a cell; a time is told in UTC."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return instant(value)
        case date():
            return value.isoformat()
    return guarded(" ".join(value) if isinstance(value, tuple) else str(value))


def instant(at: datetime) -> str:
    """With its zone: 2026-03-31T10:42:00Z."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
