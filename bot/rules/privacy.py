"""Privacy: what a person was promised when they were asked, and so for ever, whatever the survey says later."""

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from bot.rules.calendar import Calendar

LONGEST_REST = 30  # days on which nobody works, one after the other
DAY = timedelta(days=1)


class Privacy(StrEnum):
    """Colleagues see an answer with the name, or without it and without what leads to the name."""

    NAMED = "named"
    CONFIDENTIAL = "confidential"


def next_morning(team: Calendar, at: datetime) -> datetime:
    """When colleagues hear of a confidential answer given then: as work begins on a later day."""
    return team.next_open(team.opening(team.on(at) + DAY), with_blackouts=False)


def heard_until(team: Calendar, *, now: datetime) -> datetime:
    """Confidential answers given before that moment have been told by now, and no others."""
    day = team.on(now)
    for _ in range(LONGEST_REST):
        if team.next_open(team.opening(day), with_blackouts=False) <= now:
            break
        day -= DAY
    return datetime.combine(day, time(), team.zone).astimezone(UTC)


def newest_day_first(given_at: datetime, privacy: str, score: int, comment: str | None) -> tuple[int, bool, int, str]:
    """
    Where an answer stands in a list that is sorted already, the newest first: one in confidence after all of its day.

    Among those that show their minute its place would tell its own; and of one day nothing tells who was first.
    """
    day = -given_at.astimezone(UTC).toordinal()
    return (day, False, 0, "") if privacy == Privacy.NAMED else (day, True, -score, comment or "")
