"""How soon somebody was looked after: working time from the opening of a follow-up to the first colleague's touch."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import inf, isinf
from statistics import median

from bot.rules.calendar import DAY, Calendar
from bot.rules.closing import Step

FIRST_REPLIES = (Step.CLAIMED, Step.RESOLVED)  # steps by which a colleague shows that somebody is looked after
FIRST_REPLY_TARGET = timedelta(hours=8)  # of working time; after that a follow-up nobody touched is overdue
LONGEST_LOOKED_AT = timedelta(days=60)  # of working time nobody wants to know more than "more than that"


@dataclass(frozen=True)
class Touch:
    """When a follow-up was opened, and when somebody first touched it; None: nobody has."""

    opened_at: datetime
    touched_at: datetime | None = None


@dataclass(frozen=True)
class Replies:
    """`median`: working time, None while half or more still wait; `same_day` of `counted` within their working day."""

    median: timedelta | None = None
    same_day: int = 0
    counted: int = 0


def first_replies(touches: Iterable[Touch], calendar: Calendar, *, now: datetime) -> Replies:
    """Whoever waits beyond their working day counts as waiting for ever; whose day is not over is left out."""
    settled = [each for each in touches if each.touched_at or working_day_ends(calendar, each.opened_at) <= now]
    if not settled:
        return Replies()
    middle = median(_seconds(each, calendar) for each in settled)
    same_day = sum(_is_same_day(each, calendar) for each in settled)
    return Replies(None if isinf(middle) else timedelta(seconds=middle), same_day, len(settled))


def is_overdue(opened_at: datetime, calendar: Calendar, *, now: datetime) -> bool:
    return working_time(calendar, opened_at, now) > FIRST_REPLY_TARGET


def working_time(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """How much of it lies within working hours; no more than sixty days are looked at."""
    first, last = calendar.on(start), calendar.on(min(end, start + LONGEST_LOOKED_AT))
    days = (first + n * DAY for n in range((last - first).days + 1))
    return sum((_overlap(calendar, day, start, end) for day in days if calendar.is_working_day(day)), timedelta())


def working_day_ends(calendar: Calendar, at: datetime) -> datetime:
    """The end of the working day that runs at that instant, or else comes next."""
    opening = calendar.next_open(at, with_blackouts=False)
    return _closing(calendar, calendar.on(opening))


def _seconds(touch: Touch, calendar: Calendar) -> float:
    if touch.touched_at is None:
        return inf
    return working_time(calendar, touch.opened_at, touch.touched_at).total_seconds()


def _is_same_day(touch: Touch, calendar: Calendar) -> bool:
    return touch.touched_at is not None and touch.touched_at <= working_day_ends(calendar, touch.opened_at)


def _overlap(calendar: Calendar, day: date, start: datetime, end: datetime) -> timedelta:
    begins, ends = max(start, calendar.opening(day)), min(end, _closing(calendar, day))
    return max(ends - begins, timedelta())


def _closing(calendar: Calendar, day: date) -> datetime:
    midnight = datetime.combine(day, time(), calendar.zone)
    return (midnight + timedelta(hours=calendar.window.closes)).astimezone(UTC)
