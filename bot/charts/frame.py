"""Where things are in a picture: which scores its axis has, and what stands at which height."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.charts.values import Chart, Dot

STEP = 25  # points between two lines
LEAST_SPAN = 100  # points: so a small change never looks like a large one
WIDTH, LEFT, RIGHT = 760, 68, 20
TOP, PLOT_HEIGHT, FOOT = 104, 280, 100
MARK_ROW, NEAR = 24, 26  # marks that are nearer than this to each other stand below each other
LINE_HEIGHT, ROOM_BELOW = 22, 20


@dataclass(frozen=True)
class Axis:
    """From `low` to `high`, in points."""

    low: int
    high: int

    @property
    def lines(self) -> list[int]:
        return list(range(self.low, self.high + 1, STEP))


def axis(dots: Sequence[Dot]) -> Axis:
    """Every range and zero are on it, and it spans at least half of what there is."""
    shown = [dot for dot in dots if dot.score is not None]
    low = min([0.0, *(dot.low for dot in shown)])
    high = max([0.0, *(dot.high for dot in shown)])
    bottom, top = int(low // STEP) * STEP, -int(-high // STEP) * STEP
    while top - bottom < LEAST_SPAN:
        bottom, top = (bottom, top + STEP) if top < LEAST_SPAN and top - high <= low - bottom else (bottom - STEP, top)
        bottom, top = max(bottom, -LEAST_SPAN), min(top, LEAST_SPAN)
    return Axis(bottom, top)


@dataclass(frozen=True)
class Frame:
    """Heights and places, in units of which a picture has 760 across."""

    chart: Chart
    axis: Axis
    mark_rows: Sequence[int]  # how far down each mark stands
    below: int  # lines of words under the plot

    @property
    def top(self) -> int:
        return TOP + MARK_ROW * (max(self.mark_rows, default=-1) + 1)

    @property
    def bottom(self) -> int:
        return self.top + PLOT_HEIGHT

    @property
    def height(self) -> int:
        return self.bottom + FOOT + LINE_HEIGHT * self.below + ROOM_BELOW

    @property
    def slot(self) -> float:
        """How wide one span is."""
        return (WIDTH - LEFT - RIGHT) / max(len(self.chart.dots), 1)

    def across(self, spans: float) -> float:
        return LEFT + self.slot * spans

    def middle(self, number: int) -> float:
        return self.across(number + 0.5)

    def up(self, points: float) -> float:
        return self.bottom - PLOT_HEIGHT * (points - self.axis.low) / (self.axis.high - self.axis.low)


def framed(chart: Chart, *, below: int) -> Frame:
    frame = Frame(chart, axis(chart.dots), (), below)
    return Frame(chart, frame.axis, _rows([frame.across(mark.at) for mark in chart.marks]), below)


def _rows(places: Sequence[float]) -> list[int]:
    """Each mark in the first row where it stands clear of those before it."""
    ends: list[float] = []
    rows: list[int] = []
    for place in places:
        row = next((n for n, end in enumerate(ends) if place - end >= NEAR), len(ends))
        ends[row : row + 1] = [place]
        rows.append(row)
    return rows
