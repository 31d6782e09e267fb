"""Upcoming: who is asked next, and which surveys ask by themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.services import schedules, surveys
from storage import upcoming as queries
from storage.database import Transaction

SHOWN = 3


@dataclass(frozen=True)
class Ask:
    """A question that waits for its hour."""

    name: str
    send_at: datetime


@dataclass(frozen=True)
class Upcoming:
    """The next of `count` questions that wait, and the names of surveys that ask by themselves."""

    asks: Sequence[Ask]
    count: int
    running: Sequence[str] = ()


async def upcoming(tx: Transaction, workspace_id: str) -> Upcoming:
    found = [Ask(*row) for row in await queries.next_asks(tx, workspace_id, limit=SHOWN)]
    running = {each.survey_id for each in await schedules.of_workspace(tx, workspace_id) if each.paused_at is None}
    known = await surveys.all_of(tx, workspace_id)
    names = [each.name for each in known if each.id in running and each.paused_at is None]
    return Upcoming(found, await queries.count(tx, workspace_id) if found else 0, names)
