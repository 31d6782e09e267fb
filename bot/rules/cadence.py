"""
Cadences: from which day on it is somebody's turn to be asked by a survey that asks by itself, and at what minute.

A quarter counts from a person's own last question. Whoever was never asked gets a day by lot among the weekdays after
the start, so that a round is spread evenly and nobody can tell when it is their turn.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from typing import TypeAlias

from bot.rules.calendar import Window
from bot.rules.recontact import Candidate

CHECK_IN_GRACE = timedelta(days=14)  # how late a check-in may come
TRY_AGAIN = timedelta(days=28)  # after a question that never left
DAY = timedelta(days=1)
SATURDAY = 5
LEAST_EVERY_DAYS, MOST_EVERY_DAYS = 90, 730  # nobody is asked the same more often, see `recontact`
MOST_CHECK_IN_DAY, MOST_A_DAY = 365, 200


@dataclass(frozen=True)
class Cadence:
    """Everybody over and over. `check_ins_until_day`: accounts younger than that are still being checked in with."""

    every_days: int = 90
    spread_days: int = 30
    first_after_days: int = 30
    most_a_day: int = 20
    most_on_first_day: int = 5
    check_ins_until_day: int | None = None


@dataclass(frozen=True)
class CheckIn:
    """Everybody once, on that day after the start of their account."""

    day: int
    most_a_day: int = 20
    most_on_first_day: int = 5


Rhythm: TypeAlias = Cadence | CheckIn


@dataclass(frozen=True)
class Lots:
    """What chance gave a person, once and for all: a place among the days, and one in the hours; from 0 to below 1."""

    day: float
    minute: float


@dataclass(frozen=True)
class Member:
    """One person of the audience. Dates are theirs; `last_tried_on`: a question of this survey that never left."""

    key: int
    lots: Lots
    zone: tzinfo
    first_seen_on: date
    account_id: int | None = None
    account_started_on: date | None = None
    last_same_on: date | None = None
    last_check_in_on: date | None = None
    last_tried_on: date | None = None
    window: Window = field(default_factory=Window)
    candidate: Candidate = field(default_factory=Candidate)

    @property
    def began_on(self) -> date:
        return self.account_started_on or self.first_seen_on


def draw_lots(salt: str, survey_id: int, contact_id: int) -> Lots:
    """The same for ever, even over everybody, and nothing that could be guessed."""
    drawn = hmac.new(salt.encode(), f"{survey_id}:{contact_id}".encode(), hashlib.sha256).digest()
    return Lots(_share(drawn[:6]), _share(drawn[6:12]))


def due_on(member: Member, rhythm: Rhythm, started_on: date, slots: Sequence[date]) -> date | None:
    """From which day on it is somebody's turn; None: never, as things are."""
    if isinstance(rhythm, CheckIn):
        return _check_in_on(member, rhythm, started_on)
    asked = [day for day in (member.last_same_on, member.last_check_in_on) if day]
    if asked:
        due = max(asked) + rhythm.every_days * DAY
    else:
        slot = slots[int(member.lots.day * len(slots))]
        due = max(slot, member.first_seen_on + rhythm.first_after_days * DAY)
    tried = member.last_tried_on
    return max(due, _after_check_ins(member, rhythm), tried + TRY_AGAIN if tried else due)


def weekdays(start: date, days: int) -> list[date]:
    """Those among so many days from then on."""
    found = [start + n * DAY for n in range(days)]
    return [day for day in found if day.weekday() < SATURDAY]


def moment(member: Member, on: date) -> datetime:
    """When on that day a person is asked: their own minute within the hours in which questions leave."""
    open_for = 60 * (member.window.closes - member.window.opens)
    opening = datetime.combine(on, time(member.window.opens), member.zone)
    return opening + timedelta(minutes=int(member.lots.minute * open_for))


def _check_in_on(member: Member, check_in: CheckIn, started_on: date) -> date | None:
    """Once; and not for those whose day was long over when the schedule began."""
    due = member.began_on + check_in.day * DAY
    is_done = member.last_same_on or member.last_tried_on
    return None if is_done or due + CHECK_IN_GRACE < started_on else due


def _after_check_ins(member: Member, cadence: Cadence) -> date:
    """The first day on which no check-in can come any more."""
    if cadence.check_ins_until_day is None:
        return date.min
    last = member.began_on + cadence.check_ins_until_day * DAY
    is_done = member.last_check_in_on is not None and member.last_check_in_on >= last
    return date.min if is_done else last + CHECK_IN_GRACE + DAY


def _share(drawn: bytes) -> float:
    return float(int.from_bytes(drawn) / 256 ** len(drawn))
