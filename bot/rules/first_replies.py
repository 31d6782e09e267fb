"""How soon the person heard from us: working time from the opening of a follow-up to the first reply."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import inf, isinf
from statistics import median

from bot.rules.calendar import Calendar


@dataclass(frozen=True)
class Heard:
    """When a follow-up was opened, and when the person first heard from us; None: not yet."""

    opened_at: datetime
    replied_at: datetime | None = None


@dataclass(frozen=True)
class Replies:
    """`median`: working time, None while half or more still wait; `same_day` of `counted` within their working day."""

    median: timedelta | None = None
    same_day: int = 0
    counted: int = 0


def first_replies(answers: Iterable[Heard], calendar: Calendar, *, now: datetime) -> Replies:
    """Whoever waits beyond their working day counts as waiting for ever; whose day is not over is left out."""
    settled = [each for each in answers if each.replied_at or working_day_ends(calendar, each.opened_at) <= now]
    if not settled:
        return Replies()
    middle = median(_seconds(each, calendar) for each in settled)
    same_day = sum(_is_same_day(each, calendar) for each in settled)
    return Replies(None if isinf(middle) else timedelta(seconds=middle), same_day, len(settled))


def working_day_ends(calendar: Calendar, at: datetime) -> datetime:
    """The end of the working day that runs at that instant, or else comes next."""
    opening = calendar.next_open(at, with_blackouts=False)
    return _closing(calendar, calendar.on(opening))


def _seconds(one: Heard, calendar: Calendar) -> float:
    if one.replied_at is None:
        return inf
    return calendar.worked(one.opened_at, one.replied_at).total_seconds()


def _is_same_day(one: Heard, calendar: Calendar) -> bool:
    return one.replied_at is not None and one.replied_at <= working_day_ends(calendar, one.opened_at)


def _closing(calendar: Calendar, day: date) -> datetime:
    midnight = datetime.combine(day, time(), calendar.zone)
    return (midnight + timedelta(hours=calendar.window.closes)).astimezone(UTC)
