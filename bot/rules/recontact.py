"""May we ask this person now? One decision, one reason; a colleague may overrule the soft ones, for one ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

NEVER = datetime.max.replace(tzinfo=UTC)
FLOOR = timedelta(hours=24)  # nobody is asked twice within a day, whoever insists
REST_PERIOD = timedelta(days=28)  # any survey, same person
RECONTACT_PERIOD = timedelta(days=90)  # same survey, same person, from the last one sent
DECLINED_PERIOD = timedelta(days=30)
SNOOZE_PERIOD = timedelta(days=7)
UNANSWERED_UNTIL_DOUBLED = 2  # so many asks without a word, one after the other, double the wait
SNOOZES_UNTIL_DECLINED = 2  # "not now" a second time is a no
ACCOUNT_CAP, ACCOUNT_PERIOD = 2, timedelta(days=7)  # so many people of one account within so long


class Because(StrEnum):
    BOT = "bot"
    DEACTIVATED = "deactivated"
    STRANGER = "stranger"
    ONESELF = "oneself"
    STAFF = "staff"
    OPTED_OUT = "opted_out"
    WAITING = "waiting"
    INCIDENT = "incident"
    BLACKOUT = "blackout"
    FLOOR = "floor"
    DECLINED = "declined"
    RECONTACT = "recontact"
    REST = "rest"
    ACCOUNT = "account"
    TOO_SHORT = "too_short"
    NO_STAFF_REPLY = "no_staff_reply"
    OTHER_CASE = "other_case"


GATES = frozenset({Because.TOO_SHORT, Because.NO_STAFF_REPLY, Because.OTHER_CASE})
SOFT = frozenset({Because.DECLINED, Because.RECONTACT, Because.REST, Because.ACCOUNT}) | GATES


@dataclass(frozen=True)
class Candidate:
    """
    What the rules look at. Times are of what was *sent*; rehearsals do not count.

    `is_staff`, `closed_gate`, `has_other_case` are told of asks that start by themselves; by hand anybody may be asked.
    """

    is_bot: bool = False
    is_deactivated: bool = False
    is_stranger: bool = False
    is_oneself: bool = False
    is_staff: bool = False
    closed_gate: Because | None = None
    has_other_case: bool = False
    opted_out_at: datetime | None = None
    is_waiting: bool = False
    last_asked_at: datetime | None = None
    last_asked_same_survey_at: datetime | None = None
    declined_at: datetime | None = None
    unanswered_in_a_row: int = 0
    has_incident: bool = False  # something is broken for their account
    blacked_out_until: datetime | None = None
    account_free_at: datetime | None = None  # when fewer people of their account were asked lately

    @property
    def is_silent(self) -> bool:
        return self.unanswered_in_a_row >= UNANSWERED_UNTIL_DOUBLED


@dataclass(frozen=True)
class Eligible:
    """Ask."""


@dataclass(frozen=True)
class Withhold:
    """
    Do not ask. `until` is the first moment this reason no longer holds; None when time does not mend it.

    `is_doubled`: the wait is twice as long, since the last questions stayed unanswered.
    """

    because: Because
    until: datetime | None = None
    is_doubled: bool = False

    @property
    def may_be_overruled(self) -> bool:
        return self.because in SOFT


Decision = Eligible | Withhold


def decide(person: Candidate, *, now: datetime, overruled: bool = False) -> Decision:
    """
    A hard reason if one holds, else the soft one that holds longest: the date told is a date that is true.
    A closed gate is told last: who overrules what protects the person must know of it.

    `overruled`: a colleague insists, so soft reasons give way.
    """
    hard = [reason for reason in _hard(person) if now < _ends(reason)]
    if hard:
        return hard[0]
    soft = [] if overruled else [reason for reason in _soft(person) if now < _ends(reason)]
    gates = [] if overruled else _gates(person)
    return max(soft, key=_ends) if soft else next(iter(gates), Eligible())


def _ends(reason: Withhold) -> datetime:
    return reason.until or NEVER


def _hard(person: Candidate) -> list[Withhold]:
    facts = {
        Because.BOT: person.is_bot,
        Because.DEACTIVATED: person.is_deactivated,
        Because.STRANGER: person.is_stranger,
        Because.ONESELF: person.is_oneself,
        Because.STAFF: person.is_staff,
        Because.OPTED_OUT: person.opted_out_at is not None,
        Because.WAITING: person.is_waiting,
        Because.INCIDENT: person.has_incident,
    }
    found = [Withhold(because) for because, holds in facts.items() if holds]
    return [
        *found,
        *_until(Because.BLACKOUT, person.blacked_out_until),
        *_after(Because.FLOOR, person.last_asked_at, FLOOR),
    ]


def _soft(person: Candidate) -> list[Withhold]:
    silent = person.is_silent
    return [
        *_after(Because.DECLINED, person.declined_at, DECLINED_PERIOD),
        *_after(Because.RECONTACT, person.last_asked_same_survey_at, RECONTACT_PERIOD, is_doubled=silent),
        *_after(Because.REST, person.last_asked_at, REST_PERIOD, is_doubled=silent),
        *_until(Because.ACCOUNT, person.account_free_at),
    ]


def account_free_at(asked: Sequence[datetime]) -> datetime | None:
    """When the next person of an account may be asked; `asked`: when each of its other people last was."""
    latest = sorted(asked, reverse=True)[:ACCOUNT_CAP]
    return latest[-1] + ACCOUNT_PERIOD if len(latest) == ACCOUNT_CAP else None


def _until(because: Because, until: datetime | None) -> list[Withhold]:
    return [] if until is None else [Withhold(because, until)]


def _gates(person: Candidate) -> list[Withhold]:
    return [
        *([Withhold(person.closed_gate)] if person.closed_gate else []),
        *([Withhold(Because.OTHER_CASE)] if person.has_other_case else []),
    ]


def _after(because: Because, at: datetime | None, period: timedelta, *, is_doubled: bool = False) -> list[Withhold]:
    wait = 2 * period if is_doubled else period
    return [] if at is None else [Withhold(because, at + wait, is_doubled)]
