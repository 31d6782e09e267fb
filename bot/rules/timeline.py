"""
The time line: calendar months side by side, or quarters where months hold too few answers. Nothing is in two of them.

Months are those of the team's clock. The change that is told is that from the first point to the last one with enough
answers to be compared, and the test of `rules.trend` decides about it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from enum import StrEnum

from bot.rules.periods import TICK, months_later
from bot.rules.scoring import ENOUGH, FEW, Nps, Tally, nps, points
from bot.rules.trend import Change, change

USUAL_MONTHS = 12
MOST_POINTS = 20  # what a picture and one chart of Slack's hold; of a longer time, the last ones


class Step(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"


MONTHS = {Step.MONTH: 1, Step.QUARTER: 3}


@dataclass(frozen=True)
class Span:
    """One calendar month or quarter."""

    first_on: date
    step: Step = Step.MONTH

    @property
    def next_on(self) -> date:
        """The first day after it."""
        return months_later(self.first_on, MONTHS[self.step])


@dataclass(frozen=True)
class Point:
    """What people answered within one span. `is_open`: it is not over yet."""

    span: Span
    answers: Tally
    is_open: bool = False

    @property
    def score(self) -> Nps | None:
        """None under ten answers: then there are only counts."""
        return nps(self.answers) if self.answers.responses >= FEW else None

    @property
    def shown(self) -> int | None:
        """The score as people see it."""
        return points(self.answers) if self.answers.responses >= FEW else None


@dataclass(frozen=True)
class Movement:
    """From the first point to the last that may be compared."""

    first: Point
    last: Point
    change: Change


def spans(first: date, last: date, step: Step = Step.MONTH) -> list[Span]:
    """Those any of whose days lie between the two, both included; the last ones of too many."""
    months = MONTHS[step]
    begins, found = first.replace(month=(first.month - 1) // months * months + 1, day=1), list[Span]()
    while begins <= last:
        found.append(Span(begins, step))
        begins = found[-1].next_on
    return found[-MOST_POINTS:]


def usual_first(today: date) -> date:
    """The first day of the twelve months that end with this one."""
    return months_later(today.replace(day=1), 1 - USUAL_MONTHS)


def borders(row: Sequence[Span], *, zone: tzinfo, until: datetime) -> list[datetime]:
    """The instants between spans, one more than there are; each ends the one before it. None after `until`."""
    days = [*(span.first_on for span in row), row[-1].next_on]
    instants = [datetime.combine(day, time(), zone).astimezone(UTC) - TICK for day in days]
    return [*instants[:-1], min(instants[-1], until)]


def fitting_step(months: Sequence[Point]) -> Step:
    """
    Quarters when more than half of the months in which anybody answered hold fewer than 30 answers.

    A month that is not over yet has no say, unless there is no other.
    """
    answered = [point for point in months if point.answers.responses]
    counted = [point for point in answered if not point.is_open] or answered
    few = sum(point.answers.responses < ENOUGH for point in counted)
    return Step.QUARTER if few * 2 > len(counted) else Step.MONTH


def movement(row: Sequence[Point]) -> Movement | None:
    """None where there are no two points with enough answers."""
    enough = [point for point in row if point.answers.responses >= ENOUGH]
    if len(enough) < 2:  # noqa: PLR2004 - a pair
        return None
    first, last = enough[0], enough[-1]
    told = change(first.answers, last.answers)
    return Movement(first, last, told) if told else None
