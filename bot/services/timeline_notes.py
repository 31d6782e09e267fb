"""Notes on the time line: what happened on a day, so that whoever sees the score move knows what else did."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.errors import InputRefused
from bot.services import calendars
from storage import timeline_notes as queries
from storage.database import Transaction
from storage.models import TimelineNote

MOST_NOTES, LONGEST_NOTE = 90, 80  # what a modal of Slack's holds; one line under a picture
EARLIEST = date(2000, 1, 1)


async def write(tx: Transaction, workspace_id: str, *, noted_on: date, words: str, by: str, now: datetime) -> None:
    """Safe to repeat: the same words stand at a day once. Raises InputRefused."""
    today = (await calendars.of_team(tx, workspace_id)).on(now)
    if not EARLIEST <= noted_on <= today:
        raise InputRefused("note", "note_day")
    if not 0 < len(words) <= LONGEST_NOTE:
        raise InputRefused("note", "note_length")
    if await queries.count(tx, workspace_id) >= MOST_NOTES:
        raise InputRefused("note", "notes_many")
    note = TimelineNote(workspace_id=workspace_id, noted_on=noted_on, words=words, written_by=by, written_at=now)
    await queries.add(tx, note)


async def between(tx: Transaction, workspace_id: str, *, first: date, last: date) -> Sequence[TimelineNote]:
    return await queries.between(tx, workspace_id, first=first, last=last)


async def all_of(tx: Transaction, workspace_id: str) -> Sequence[TimelineNote]:
    """The newest day first."""
    return await queries.latest(tx, workspace_id, limit=MOST_NOTES)


async def remove(tx: Transaction, workspace_id: str, note_id: int) -> None:
    """Safe to repeat."""
    await queries.remove(tx, workspace_id, note_id)
