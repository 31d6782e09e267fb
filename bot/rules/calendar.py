"""When questions may leave: working hours and working days, by the clock on the wall where the person is."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SEARCHED = 800  # days; longer than any blackout that can be set, with the holidays around it


@dataclass(frozen=True)
class Window:
    """Hours of the day, the last one excluded (0 to 24), and days of the week (Monday is 0)."""

    opens: int = 9
    closes: int = 17
    weekdays: frozenset[int] = frozenset(range(5))


ROUND_THE_CLOCK = Window(0, 24, frozenset(range(7)))


@dataclass(frozen=True)
class Blackout:
    """Days on which a workspace asks nobody, both ends included."""

    first_on: date
    last_on: date
    name: str | None = None


@dataclass(frozen=True)
class Calendar:
    """One person's: `is_holiday` says what is celebrated where they are."""

    zone: tzinfo = UTC
    window: Window = Window()
    is_holiday: Callable[[date], bool] = lambda _: False
    blackouts: Collection[Blackout] = ()

    def is_working_day(self, day: date) -> bool:
        return day.weekday() in self.window.weekdays and not self.is_holiday(day)

    def is_asking_day(self, day: date) -> bool:
        return self.is_working_day(day) and not self._in_blackout(day)

    def is_blacked_out(self, at: datetime) -> bool:
        return self._in_blackout(self.on(at))

    def is_open(self, at: datetime) -> bool:
        """Whether a question may leave at this instant."""
        return self.is_worked(at) and not self.is_blacked_out(at)

    def is_worked(self, at: datetime) -> bool:
        """Whether that instant is in working hours; blackouts stop questions, not work."""
        local = at.astimezone(self.zone)
        in_hours = self.window.opens <= local.hour < self.window.closes
        return in_hours and self.is_working_day(local.date())

    def next_open(self, at: datetime, *, minute: int = 0, with_blackouts: bool = True) -> datetime:
        """
        The first instant from `at` on at which a question may leave, in UTC: `at` itself when it may.

        `minute` (0 to 59) after the opening, so that not everybody is asked on the stroke of the hour. Without a
        working day in sight, far away: whoever asked is told, and what waits too long is taken back.
        """
        calendar = self if with_blackouts else Calendar(self.zone, self.window, self.is_holiday)
        if calendar.is_open(at):
            return at.astimezone(UTC)
        days = (calendar.on(at) + n * DAY for n in range(SEARCHED))
        openings = (calendar.opening(day, minute=minute) for day in days if calendar.is_working_day(day))
        return next((each for each in openings if each > at and calendar.is_open(each)), at + SEARCHED * DAY)

    def opening(self, day: date, *, minute: int = 0) -> datetime:
        """So many minutes after the window opens on that day, in UTC; not later than its last minute."""
        longest = (self.window.closes - self.window.opens) * 60
        local = datetime.combine(day, time(self.window.opens), self.zone)
        # Hours are added on the wall, so that a day on which clocks change has the same hours as every other.
        return (local + timedelta(minutes=minute % longest)).astimezone(UTC)

    def after(self, at: datetime, worked: timedelta) -> datetime:
        """
        When so much working time has passed since `at`, in UTC. Blackouts count: they stop questions, not work.

        Without a working day in sight, far away.
        """
        left = worked
        for day in (self.on(at) + n * DAY for n in range(SEARCHED)):
            opens, closes = self._working_hours(day)
            begins = max(at, opens)
            if begins + left <= closes and begins < closes:
                return (begins + left).astimezone(UTC)
            left -= max(closes - begins, timedelta(0))
        return at + SEARCHED * DAY

    def worked(self, since: datetime, until: datetime) -> timedelta:
        """How much working time lies between the two; nothing when `until` is earlier."""
        days = range((self.on(until) - self.on(since)).days + 1)
        spans = (self._working_hours(self.on(since) + n * DAY) for n in days)
        return sum((max(min(until, closes) - max(since, opens), timedelta(0)) for opens, closes in spans), timedelta(0))

    def _working_hours(self, day: date) -> tuple[datetime, datetime]:
        """From and to, in UTC; the same instant twice on a day off."""
        opens = self.opening(day)
        if not self.is_working_day(day):
            return opens, opens
        hours = timedelta(hours=self.window.closes - self.window.opens)
        local = datetime.combine(day, time(self.window.opens), self.zone)
        return opens, (local + hours).astimezone(UTC)

    def on(self, at: datetime) -> date:
        """Which day it is where the person is."""
        return at.astimezone(self.zone).date()

    def _in_blackout(self, day: date) -> bool:
        return any(each.first_on <= day <= each.last_on for each in self.blackouts)
