"""
Rounds: who is asked on which day by a survey that asks by itself.

One planner goes through the days ahead; its first day is what happens today, so a preview shows what will be done.
A day is a date where the person lives. What speaks against asking is looked at as of that day's first moment, so a plan
does not depend on when in the day it is made; whoever is free again in the course of a day is asked the next.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import TypeAlias

from bot.rules.cadence import CHECK_IN_GRACE, DAY, SATURDAY, Cadence, CheckIn, Member, Rhythm, due_on, moment, weekdays
from bot.rules.recontact import ACCOUNT_CAP, ACCOUNT_PERIOD, Because, Withhold, decide

TOLD_PASSED_OVER = timedelta(days=7)  # how long somebody a check-in came too late for is spoken of
PASSED_OVER = "passed_over"  # why not, beside the reasons of `recontact`

IsWorkingDay: TypeAlias = Callable[[tzinfo, date], bool]
People: TypeAlias = defaultdict[int | None, dict[int, date]]  # of an account, and when each was asked last


@dataclass(frozen=True)
class Asked:
    """Somebody was asked lately. `is_by_schedule`: by the schedule that is planned."""

    key: int
    account_id: int | None
    on: date
    is_by_schedule: bool = False


@dataclass(frozen=True)
class Turn:
    """Somebody's turn: the day, the moment, and since when it was due."""

    key: int
    on: date
    at: datetime
    due_on: date


@dataclass(frozen=True)
class Held:
    """Somebody's turn has come, and something speaks against it. `days_ago`: the last ask, where that is what does."""

    key: int
    because: str
    until: datetime | None = None
    days_ago: int | None = None


@dataclass(frozen=True)
class Day:
    """One date. `left`: how many are due and come another day, since this one is full."""

    on: date
    turns: tuple[Turn, ...] = ()
    held: tuple[Held, ...] = ()
    left: int = 0


def is_weekday(_: tzinfo, on: date) -> bool:
    return on.weekday() < SATURDAY


@dataclass(frozen=True)
class Circle:
    """A schedule and its people. `asked`: everything within a week; `has_begun`: the schedule has asked before that."""

    rhythm: Rhythm
    started_on: date
    members: Sequence[Member]
    asked: Sequence[Asked] = ()
    has_begun: bool = False
    is_working_day: IsWorkingDay = is_weekday


def preview(circle: Circle, *, now: datetime, days: int = 14) -> Sequence[Day]:
    """The days ahead, from the earliest date anybody lives in now; who is asked on one counts on those after it."""
    first = min((_today(each.zone, now) for each in circle.members), default=now.date())
    course = _Course(circle, now)
    return [course.day(first + n * DAY) for n in range(days)]


def today(circle: Circle, *, now: datetime) -> Day:
    """What is to be done now: of the days ahead, what falls on the very date each person lives in."""
    dates = {each.key: _today(each.zone, now) for each in circle.members}
    span = (max(dates.values()) - min(dates.values())).days + 1 if dates else 0
    days = preview(circle, now=now, days=span)
    turns = [turn for each in days for turn in each.turns if dates[turn.key] == each.on]
    held = [no for each in days for no in each.held if dates[no.key] == each.on]
    return Day(now.date(), tuple(turns), tuple(held), sum(each.left for each in days))


def room_on(rhythm: Rhythm, on: date, asked: Sequence[Asked], *, has_begun: bool) -> int:
    """How many more this schedule may ask on that date: few on its first."""
    ours = Counter(each.on for each in asked if each.is_by_schedule)
    is_first = not has_begun and not any(day < on for day in ours)
    most = min(rhythm.most_a_day, rhythm.most_on_first_day) if is_first else rhythm.most_a_day
    return max(0, most - ours[on])


class _Course:
    """The days one after the other, and what is known after each."""

    def __init__(self, circle: Circle, now: datetime) -> None:
        self._circle, self._now = circle, now
        self._slots = weekdays(circle.started_on, getattr(circle.rhythm, "spread_days", 0)) or [circle.started_on]
        self._dates = {zone: _today(zone, now) for zone in {each.zone for each in circle.members}}
        self._asked = list(circle.asked)
        self._rests: dict[int, Held] = {}
        self._queue = [each for member in circle.members for each in self._with_due_date(member)]

    def day(self, on: date) -> Day:
        room = room_on(self._circle.rhythm, on, self._asked, has_begun=self._circle.has_begun)
        people = self._account_people(on)
        asked: list[tuple[date, Member]] = []
        held, left = [], 0
        for due, member in self._due(on):
            if len(asked) >= room:
                left += 1
                continue
            no = self._against(member, due, on, people)
            if no is None:
                asked.append((due, member))
                people[member.account_id][member.key] = on
            elif not _ends_on(no, on, member):
                held.append(no)
        self._keep(asked, on)
        turns = [Turn(member.key, on, moment(member, on), due) for due, member in asked]
        return Day(on, tuple(turns), tuple(held), left)

    def _due(self, on: date) -> Iterator[tuple[date, Member]]:
        """Whose turn it is, the longest due first; chance decides between those of one day."""
        due = [each for each in self._queue if each[0] <= on and self._may_be_asked_on(each[1], on)]
        yield from sorted(due, key=lambda each: (each[0], each[1].lots.day, each[1].key))

    def _may_be_asked_on(self, member: Member, on: date) -> bool:
        own_today = self._dates[member.zone]
        is_over = own_today > on or (own_today == on and moment(member, on) < self._now)
        return not is_over and self._circle.is_working_day(member.zone, on)

    def _against(self, member: Member, due: date, on: date, people: People) -> Held | None:
        if isinstance(self._circle.rhythm, CheckIn) and on > due + CHECK_IN_GRACE:
            return Held(member.key, PASSED_OVER)
        resting = self._rests.get(member.key)
        if resting is None or (resting.until is not None and resting.until <= _first_moment(on, member)):
            resting = _rest(member, on)
        if resting is None:
            return _account_rests(member, people)
        self._rests[member.key] = resting
        return resting

    def _account_people(self, on: date) -> People:
        """Who of each account was asked within the week, and when last."""
        people: People = defaultdict(dict)
        for each in self._asked:
            if timedelta(0) <= on - each.on <= ACCOUNT_PERIOD:  # a week that ends during a day counts until its end
                people[each.account_id][each.key] = max(each.on, people[each.account_id].get(each.key, each.on))
        return people

    def _keep(self, asked: Sequence[tuple[date, Member]], on: date) -> None:
        gone = {member.key for _, member in asked}
        self._asked += [Asked(each.key, each.account_id, on, is_by_schedule=True) for _, each in asked]
        self._rests = {key: no for key, no in self._rests.items() if key not in gone}
        again = [each for _, member in asked for each in self._with_due_date(_asked_on(member, on))]
        self._queue = [each for each in self._queue if each[1].key not in gone] + again

    def _with_due_date(self, member: Member) -> Iterator[tuple[date, Member]]:
        due = due_on(member, self._circle.rhythm, self._circle.started_on, self._slots)
        over = timedelta.max if isinstance(self._circle.rhythm, Cadence) else CHECK_IN_GRACE + TOLD_PASSED_OVER
        if due is not None and self._dates[member.zone] - due <= over:
            yield due, member


def _rest(member: Member, on: date) -> Held | None:
    candidate, now = member.candidate, _first_moment(on, member)
    no = decide(candidate, now=now)
    if not isinstance(no, Withhold):
        return None
    last = candidate.last_asked_same_survey_at if no.because is Because.RECONTACT else candidate.last_asked_at
    return Held(member.key, no.because, no.until, (now - last).days if last else None)


def _account_rests(member: Member, people: People) -> Held | None:
    """Enough of their colleagues were asked this week."""
    others = people[member.account_id]
    if member.account_id is None or member.key in others or len(others) < ACCOUNT_CAP:
        return None
    free_on = sorted(others.values())[-ACCOUNT_CAP] + ACCOUNT_PERIOD + DAY
    return Held(member.key, Because.ACCOUNT, _first_moment(free_on, member))


def _asked_on(member: Member, on: date) -> Member:
    at = moment(member, on)
    candidate = replace(member.candidate, last_asked_at=at, last_asked_same_survey_at=at)
    return replace(member, last_same_on=on, candidate=candidate)


def _ends_on(no: Held, on: date, member: Member) -> bool:
    """In the course of that very day: then it is nothing to speak of."""
    return no.until is not None and no.until <= _first_moment(on + DAY, member)


def _first_moment(on: date, member: Member) -> datetime:
    return datetime.combine(on, time(), member.zone)


def _today(zone: tzinfo, now: datetime) -> date:
    return now.astimezone(zone).date()
