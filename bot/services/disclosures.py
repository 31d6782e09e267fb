"""
Disclosures: when colleagues hear of an answer.

Of one with a name at once. Of a confidential one on the next working morning, together with the others of that day: an
alert some minutes after somebody was seen to answer would name them.
"""

from datetime import UTC, datetime, time, timedelta

from bot.rules.calendar import Calendar
from bot.rules.privacy import Privacy
from bot.services import calendars
from storage.database import Transaction
from storage.models import Invitation, Response

LONGEST_REST = 30  # days on which nobody works, one after the other


def is_confidential(about: Response | Invitation) -> bool:
    return about.privacy == Privacy.CONFIDENTIAL


async def heard_at(tx: Transaction, response: Response, *, now: datetime) -> datetime:
    """When what was said just now may be told to colleagues and other programs. A rehearsal is told at once."""
    if response.is_rehearsal or not is_confidential(response):
        return now
    team = await calendars.of_team(tx, response.workspace_id)
    return team.next_open(team.opening(team.on(now) + timedelta(days=1)), with_blackouts=False)


def heard_until(team: Calendar, *, now: datetime) -> datetime:
    """Confidential answers given before that moment have been told by now."""
    day = team.on(now)
    for _ in range(LONGEST_REST):
        if team.next_open(team.opening(day), with_blackouts=False) <= now:
            break
        day -= timedelta(days=1)
    return datetime.combine(day, time(), team.zone).astimezone(UTC)


def told_of(response: Response, at: datetime | None) -> datetime | None:
    """A time of it as colleagues and programs may know it: of a confidential answer the day, in UTC."""
    if at is None or not is_confidential(response):
        return at
    return at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
