"""
A file of answers: what a line of it says, for a spreadsheet (CSV) or for another program (JSON lines).

Columns are only ever added, at the end: somebody's spreadsheet counts on them.
"""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple


class Format(StrEnum):
    CSV = "csv"
    JSONL = "jsonl"


class NotCounted(StrEnum):
    """Why an answer is in no score."""

    TOLD_TO_COLLEAGUE = "told_to_colleague"  # in a review meeting
    VOLUNTEERED = "volunteered"  # on a card that stood open for all of their company
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
