"""Weekly: when a digest falls due, and which seven days it tells of, by the clock where whoever set it up lives."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAY = timedelta(days=1)
WEEK_DAYS = 7


@dataclass(frozen=True)
class Week:
    """Seven days, the very first instant excluded; `told_at`: when they are told of, not before the last."""

    since: datetime
    until: datetime
    told_at: datetime


@dataclass(frozen=True)
class Slot:
    """An hour of a day of the week (Monday is 0). Where clocks leap over that hour, the one after it."""

    weekday: int = 0
    hour: int = 9
    zone: tzinfo = UTC

    def next_after(self, at: datetime) -> datetime:
        """The first one that is still to come, in UTC."""
        return next(each for each in self._around(at) if each > at)

    def last_until(self, at: datetime) -> datetime:
        """The latest one that has come: of several that were slept through, only this one is made up for."""
        return [each for each in self._around(at) if each <= at][-1]

    def _around(self, at: datetime) -> list[datetime]:
        local = at.astimezone(self.zone).date()
        nearest = local + (self.weekday - local.weekday()) * DAY
        days = (nearest + n * WEEK_DAYS * DAY for n in (-1, 0, 1))
        return [datetime.combine(day, time(self.hour), self.zone).astimezone(UTC) for day in days]


def week_before(at: datetime, zone: tzinfo) -> Week:
    """The last seven whole days, so that weeks that follow each other leave no answer out and tell of none twice."""
    today = at.astimezone(zone).date()
    return Week(_midnight(today - WEEK_DAYS * DAY, zone), _midnight(today, zone), at)


def week_until(at: datetime, zone: tzinfo) -> Week:
    """For somebody who asks now: today, and the six days before it."""
    today = at.astimezone(zone).date()
    return Week(_midnight(today - (WEEK_DAYS - 1) * DAY, zone), at, at)


def days_of(week: Week, zone: tzinfo) -> tuple[date, date]:
    """The first and the last day, both included."""
    last = max(week.since, week.until - timedelta(microseconds=1))
    return week.since.astimezone(zone).date(), last.astimezone(zone).date()


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
