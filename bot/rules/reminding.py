"""When a question nobody answered is brought to mind: once, three working days after it was sent."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import islice
from typing import TypeAlias

from bot.rules.triggers import TriggerKind

REMINDED = frozenset({TriggerKind.SCHEDULE, TriggerKind.LIFECYCLE})  # what a colleague asked, a colleague may repeat
WORKING_DAYS = 3
LOOKED_AHEAD = 60  # days; no question is open for longer
SATURDAY = 5
Calendar: TypeAlias = Callable[[date], bool]


def on_weekdays(day: date) -> bool:
    """Monday to Friday."""
    return day.weekday() < SATURDAY


def reminder_at(sent_at: datetime, zone: tzinfo, *, is_working_day: Calendar = on_weekdays) -> datetime | None:
    """At the same time of day, so many of the person's working days later; None when there are too few of them."""
    local = sent_at.astimezone(zone)
    days = (local.date() + timedelta(days=number) for number in range(1, LOOKED_AHEAD))
    working = list(islice(filter(is_working_day, days), WORKING_DAYS))
    if len(working) < WORKING_DAYS:
        return None
    return datetime.combine(working[-1], local.timetz()).astimezone(UTC)


def is_reminder_due(sent_at: datetime, zone: tzinfo, *, now: datetime, is_working_day: Calendar = on_weekdays) -> bool:
    """Late, it still waits for a working day."""
    at = reminder_at(sent_at, zone, is_working_day=is_working_day)
    return at is not None and at <= now and is_working_day(now.astimezone(zone).date())
