"""
Disclosures: when colleagues hear of an answer.

Of one with a name at once. Of a confidential one on the next working morning, together with the others of that day: an
alert some minutes after somebody was seen to answer would name them.
"""

from datetime import UTC, datetime

from bot.rules.privacy import Privacy, newest_day_first, next_morning
from bot.services import calendars
from storage.database import Transaction
from storage.models import Invitation, Response


def is_confidential(about: Response | Invitation) -> bool:
    return about.privacy == Privacy.CONFIDENTIAL


async def heard_at(tx: Transaction, response: Response, *, now: datetime) -> datetime:
    """When what was said just now may be told to colleagues and other programs. A rehearsal is told at once."""
    if response.is_rehearsal or not is_confidential(response):
        return now
    team = await calendars.of_team(tx, response.workspace_id)
    return next_morning(team, now)


def told_of(response: Response, at: datetime | None) -> datetime | None:
    """A time of it as colleagues and programs may know it: of a confidential answer the day, in UTC."""
    if at is None or not is_confidential(response):
        return at
    return at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def place_in_list(response: Response) -> tuple[int, bool, int, str]:
    """To sort a page of answers by that are the newest first, so that it tells nobody's minute."""
    return newest_day_first(response.answered_at, response.privacy, response.score, response.comment)
