"""Trends: the score by calendar month, or by quarter, with what happened meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo

from bot.rules.periods import TICK
from bot.rules.scoring import tally
from bot.rules.timeline import Movement, Point, Span, Step, borders, fitting_step, movement, spans, usual_first
from bot.services import calendars, timeline_notes
from bot.services.reports import Slice
from bot.services.surveys import SurveyKind
from storage import trends as queries
from storage.database import Transaction
from storage.models import TimelineNote

EVERYBODY = Slice()


@dataclass(frozen=True)
class Trend:
    """What a time line is drawn from. `until_on`: its last day where the team is; `movement`: None of too few."""

    kind: SurveyKind
    step: Step
    points: Sequence[Point]
    until_on: date
    movement: Movement | None = None
    notes: Sequence[TimelineNote] = field(default_factory=tuple)

    @property
    def is_empty(self) -> bool:
        return not any(point.answers.responses for point in self.points)


async def trend(
    tx: Transaction,
    workspace_id: str,
    kind: SurveyKind = SurveyKind.RELATIONAL,
    *,
    within: Slice = EVERYBODY,
    since: datetime | None = None,
    until: datetime,
) -> Trend:
    """The calendar months that a period touches, whole but for the last instant looked at; without `since`, twelve."""
    zone = await calendars.zone_of_team(tx, workspace_id)
    until_on = until.astimezone(zone).date()
    first = (since + TICK).astimezone(zone).date() if since else usual_first(until_on)
    look = _Look(tx, workspace_id, kind, within, zone, until)
    row = await look.at(spans(first, until_on))
    if (step := fitting_step(row)) is Step.QUARTER:
        row = await look.at(spans(first, until_on, step))
    shown_from = row[0].span.first_on
    notes = await timeline_notes.between(tx, workspace_id, first=shown_from, last=until_on)
    return Trend(kind, step, row, until_on, movement(row), notes)


def finished(trend: Trend) -> Trend:
    """Without what is not over yet: its picture changes once a month, not with every answer."""
    points = [point for point in trend.points if not point.is_open]
    until_on = points[-1].span.next_on - timedelta(days=1) if points else trend.until_on
    return replace(trend, points=points, until_on=until_on, movement=movement(points))


@dataclass(frozen=True)
class _Look:
    """One look at the answers of one kind, at one moment."""

    tx: Transaction
    workspace_id: str
    kind: SurveyKind
    within: Slice
    zone: tzinfo
    until: datetime

    async def at(self, row: Sequence[Span]) -> list[Point]:
        count = queries.latest_per_person if self.kind is SurveyKind.RELATIONAL else queries.every_answer
        edges = borders(row, zone=self.zone, until=self.until)
        found = await count(self.tx, self.workspace_id, kind=self.kind, borders=edges, within=self.within)
        looked_until = (self.until + TICK).astimezone(self.zone).date()
        return [
            Point(span, tally(found.get(number, {})), is_open=looked_until < span.next_on)
            for number, span in enumerate(row)
        ]
