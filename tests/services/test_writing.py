"""A file of answers says what was stored, whatever it was, and no spreadsheet runs a word of it."""

import csv
import json
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.answer_files import COLUMNS, AnswerLine, Format
from bot.rules.cells import unguarded
from bot.writing import BYTE_ORDER_MARK, heading, lines

AT = datetime(2026, 3, 31, 10, 42, tzinfo=UTC)
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
BEGUN = st.builds("{}{}".format, st.sampled_from(["", *FORMULA_SIGNS, "'=", "''@", '"', "\n=", ","]), TEXT)
WORDS = st.none() | BEGUN
WHEN = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)) | st.dates()  # noqa: DTZ001


def a_line(**told: object) -> AnswerLine:
    usual = dict.fromkeys(COLUMNS) | {"id": 1, "date": AT, "survey": "relationship", "kind": "relational", "score": 9}
    usual |= {"category": "promoter", "wants_reply": False, "themes": (), "mode": "self", "is_late": False}
    return AnswerLine(**usual | {"is_repeat": False, "counted": True, "privacy": "named"} | told)


LINES = st.builds(
    a_line,
    date=WHEN,
    score=st.integers(0, 10),
    themes=st.lists(BEGUN, max_size=3).map(tuple),
    **dict.fromkeys(("comment", "name", "role", "account", "segment", "occasion", "survey", "owner_id"), WORDS),
)


def read_csv(text: str) -> list[dict[str, str]]:
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.DictReader(StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""), strict=True))


def as_cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case tuple():
            return "; ".join(value)
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
    return str(value)


@given(st.lists(LINES, max_size=4))
def test_what_is_written_for_a_spreadsheet_is_what_was_stored_and_nothing_of_it_runs(rows: list[AnswerLine]):
    found = read_csv(heading(Format.CSV) + lines(rows, Format.CSV))
    assert [{name: unguarded(cell) for name, cell in row.items()} for row in found] == [
        {name: as_cell(value) for name, value in row._asdict().items()} for row in rows
    ]
    assert [cell for row in found for cell in row.values() if cell.startswith(FORMULA_SIGNS)] == []


@given(st.lists(LINES, max_size=4))
def test_what_is_written_for_a_program_is_what_was_stored_word_for_word(rows: list[AnswerLine]):
    text = heading(Format.JSONL) + lines(rows, Format.JSONL)
    found = [json.loads(line) for line in text.split("\n")[:-1]]
    expected = [row._asdict() | {"date": as_cell(row.date), "themes": list(row.themes)} for row in rows]
    assert found == expected


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("+49 30 1234", "'+49 30 1234"),
        ("-", "'-"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("'tis", "'tis"),
        ("a=1", "a=1"),
    ],
)
def test_a_cell_that_would_run_gets_an_apostrophe(value: str, cell: str):
    [row] = read_csv(heading(Format.CSV) + lines([a_line(comment=value)], Format.CSV))
    assert row["comment"] == cell
    assert unguarded(cell) == value


def test_numbers_of_ours_stay_numbers_and_times_have_a_zone():
    [row] = read_csv(heading(Format.CSV) + lines([a_line(score=0)], Format.CSV))
    assert (row["id"], row["score"], row["date"], row["counted"]) == ("1", "0", "2026-03-31T10:42:00Z", "yes")
    [row] = read_csv(heading(Format.CSV) + lines([a_line(id=None, date=date(2026, 3, 31), is_late=None)], Format.CSV))
    assert (row["id"], row["date"], row["is_late"]) == ("", "2026-03-31", "")


def test_columns_only_ever_come_at_the_end():
    assert (
        *("id", "date", "survey", "kind", "score", "category", "comment", "solved", "wants_reply", "themes"),
        *("user_id", "name", "role", "account", "segment", "owner_id", "trigger", "occasion", "channel_id"),
        *("language", "mode", "is_late", "is_repeat", "counted", "not_counted_because", "privacy"),
    ) == COLUMNS
