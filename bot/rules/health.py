"""
How an account is: a weighted mean of what is known of it, always shown with its parts.

A part that nobody knows is left out and said to be missing; it never counts as good or bad. Where nobody of the account
said anything within 180 days the state is unknown, whatever it pays. Some facts weigh more than any mean: they cap it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from bot.rules.scoring import Tally

FRESH = timedelta(days=180)  # what was said before is no sign of how an account is now
YEAR = timedelta(days=365)  # between the two revenues that are compared
LAST_ASKED = 3  # so many questions tell whether they still answer
DECIDES = 2  # whoever decides counts as so many people
GREEN_FROM, AMBER_FROM = 70, 40
CAP = 69  # amber at best
FALLEN, HELD = 0.8, 1.0  # revenue now by revenue a year ago: 0 points up to the first, 100 from the second on


class State(StrEnum):
    """In the order in which somebody should look."""

    RED = "red"
    UNKNOWN = "unknown"
    AMBER = "amber"
    GREEN = "green"


class Part(StrEnum):
    OUTCOMES = "outcomes"
    SENTIMENT = "sentiment"
    REVENUE = "revenue"
    ENGAGEMENT = "engagement"


class Cap(StrEnum):
    UNHAPPY_WAITS = "unhappy_waits"  # an unhappy answer is not looked after yet
    UNHAPPY_DECIDER = "unhappy_decider"


WEIGHTS: Mapping[Part, int] = {Part.OUTCOMES: 40, Part.SENTIMENT: 30, Part.REVENUE: 20, Part.ENGAGEMENT: 10}


@dataclass(frozen=True)
class Outcomes:
    """How often something was solved, as those say for whom it should have been."""

    yes: int = 0
    partly: int = 0
    no: int = 0

    @property
    def answers(self) -> int:
        return self.yes + self.partly + self.no


@dataclass(frozen=True)
class Signs:
    """
    What is known of one account. `people`: how each felt when they last said so, `deciders`: those among them who
    decide; all of the last 180 days. `arr_before`: a year ago; None where nobody wrote it down.
    """

    outcomes: Outcomes = field(default_factory=Outcomes)
    people: Tally = field(default_factory=Tally)
    deciders: Tally = field(default_factory=Tally)
    arr: int | None = None
    arr_before: int | None = None
    asked: int = 0  # of the last three questions that are over
    answered: int = 0
    unhappy_waiting: int = 0  # unhappy answers whose follow-up is not resolved


@dataclass(frozen=True)
class Health:
    """`value` from 0 to 100, None where the state is unknown; each part from 0 to 100; `caps` that held it down."""

    state: State
    value: float | None
    parts: Mapping[Part, float]
    caps: Sequence[Cap] = ()

    @property
    def missing(self) -> Sequence[Part]:
        return [part for part in Part if part not in self.parts]

    @property
    def points(self) -> int | None:
        """As a person reads it: cut off, not rounded, so that 69.9 is no 70 beside a state that says amber."""
        return None if self.value is None else int(self.value)


def health(signs: Signs) -> Health:
    parts = _parts(signs)
    if not (signs.outcomes.answers or signs.people.responses):
        return Health(State.UNKNOWN, None, parts)
    mean = sum(WEIGHTS[part] * value for part, value in parts.items()) / sum(WEIGHTS[part] for part in parts)
    caps = _caps(signs) if mean > CAP else ()
    value = min(mean, CAP) if caps else mean
    return Health(_state(value), value, parts, caps)


def sentiment(people: Tally, deciders: Tally) -> float | None:
    """50 + 50·S, with S the share of promoters less that of detractors, who decides counted twice."""
    more = DECIDES - 1
    heard = people.responses + more * deciders.responses
    balance = people.promoters - people.detractors + more * (deciders.promoters - deciders.detractors)
    return 50 + 50 * balance / heard if heard else None


def solved(outcomes: Outcomes) -> float | None:
    """Yes is 100, partly 50, no 0."""
    return (100 * outcomes.yes + 50 * outcomes.partly) / outcomes.answers if outcomes.answers else None


def revenue(now: int | None, before: int | None) -> float | None:
    """100 where it held or grew, 0 where a fifth or more is gone, evenly in between; None where one is not known."""
    if now is None or not before:
        return None
    return 100 * min(1.0, max(0.0, (now / before - FALLEN) / (HELD - FALLEN)))


def engagement(answered: int, asked: int) -> float | None:
    return 100 * answered / asked if asked else None


def _parts(signs: Signs) -> dict[Part, float]:
    known = {
        Part.OUTCOMES: solved(signs.outcomes),
        Part.SENTIMENT: sentiment(signs.people, signs.deciders),
        Part.REVENUE: revenue(signs.arr, signs.arr_before),
        Part.ENGAGEMENT: engagement(signs.answered, signs.asked),
    }
    return {part: value for part, value in known.items() if value is not None}


def _caps(signs: Signs) -> tuple[Cap, ...]:
    found = {Cap.UNHAPPY_WAITS: signs.unhappy_waiting, Cap.UNHAPPY_DECIDER: signs.deciders.detractors}
    return tuple(cap for cap, holds in found.items() if holds)


def _state(value: float) -> State:
    if value >= GREEN_FROM:
        return State.GREEN
    return State.AMBER if value >= AMBER_FROM else State.RED
