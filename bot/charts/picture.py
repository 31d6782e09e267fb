"""
A score in time as a picture: an SVG of ours, drawn as a PNG.

It has its own light ground, and says nothing by colour alone: the line is dark, few answers are a hollow dot, the
range is a band between two edges, and what happened has a number whose words stand below.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

import resvg_py

from bot.charts import font
from bot.charts.frame import LEFT, LINE_HEIGHT, MARK_ROW, RIGHT, TOP, WIDTH, Frame, framed
from bot.charts.values import Chart, Dot

SHARP = 2  # pixels to a unit
INK, FAINT, GRID, GROUND = "#1d1c1d", "#5c5b5d", "#dcdcdc", "#ffffff"
LINE, BAND, EDGE, SIGN = "#123047", "#bcd3e0", "#5f8aa0", "#8a4b08"
TITLE, TEXT, SMALL = 22.0, 15.0, 13.0
UNFIT = {"Cc", "Cs", "Cn", "Co"}  # what no XML may hold, or no font knows
MARK_LINES = 2  # of words for one mark
DOT, FLAG, GAP = 5.0, 9.0, 4.0


def png(chart: Chart) -> bytes:
    """Draw it; takes some tens of milliseconds, so not where others wait. 1520 pixels wide."""
    return resvg_py.svg_to_bytes(
        svg_string=svg(chart),
        zoom=SHARP,
        skip_system_fonts=True,
        font_files=[str(font.PATH)],
        font_family=font.FAMILY,
    )


def svg(chart: Chart) -> str:
    lines = list(_words_of_marks(chart))
    frame = framed(chart, below=len(lines))
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{frame.height}">',
        f'<rect width="{WIDTH}" height="{frame.height}" fill="{GROUND}"/>',
        *_heading(chart),
        *_grid(frame),
        *_bands(frame),
        *_zero(frame),
        *_marks(frame),
        *_scores(frame),
        *_legend(frame),
        *_feet(frame),
        *_below(frame, lines),
        "</svg>",
    ]
    return "".join(drawn)


def _heading(chart: Chart) -> Iterator[str]:
    widest = WIDTH - LEFT - RIGHT
    [title] = font.wrapped(chart.title, TITLE, widest=widest, most_lines=1)
    [subtitle] = font.wrapped(chart.subtitle, TEXT, widest=widest, most_lines=1)
    yield _text(LEFT, 36, title, size=TITLE)
    yield _text(LEFT, 60, subtitle, fill=FAINT)


def _grid(frame: Frame) -> Iterator[str]:
    for value in frame.axis.lines:
        y = frame.up(value)
        yield _line(LEFT, y, WIDTH - RIGHT, y, stroke=GRID, width=1)
        yield _text(LEFT - 10, y + 5, _signed(value), size=SMALL, anchor="end", fill=FAINT)


def _zero(frame: Frame) -> Iterator[str]:
    yield _line(LEFT, frame.up(0), WIDTH - RIGHT, frame.up(0), stroke=FAINT, width=1.5)
    if not _runs(frame.chart):
        centre = (LEFT + WIDTH - RIGHT) / 2
        yield _text(centre, frame.up(0) - 10, frame.chart.nothing, anchor="middle")


def _runs(chart: Chart) -> list[list[tuple[int, Dot]]]:
    """Each row of neighbours that have a score; between two rows is a gap."""
    by_having = groupby(enumerate(chart.dots), key=lambda each: each[1].score is not None)
    return [list(run) for has_score, run in by_having if has_score]


def _bands(frame: Frame) -> Iterator[str]:
    for run in _runs(frame.chart):
        yield from _band(frame, run)


def _scores(frame: Frame) -> Iterator[str]:
    for run in _runs(frame.chart):
        yield _path([(frame.middle(number), frame.up(dot.score or 0)) for number, dot in run], stroke=LINE, width=3)
        for number, dot in run:
            yield from _dot(frame, number, dot)


def _band(frame: Frame, run: Sequence[tuple[int, Dot]]) -> Iterator[str]:
    """Between the ends of the ranges; of one alone, a column."""
    reach = min(frame.slot / 4, 12) if len(run) == 1 else 0
    first, last = run[0], run[-1]
    ends = [(frame.middle(first[0]) - reach, first[1]), *((frame.middle(n), dot) for n, dot in run[1:-1])]
    ends.append((frame.middle(last[0]) + reach, last[1]))
    highs = [(x, frame.up(dot.high)) for x, dot in ends]
    lows = [(x, frame.up(dot.low)) for x, dot in ends]
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in [*highs, *reversed(lows)])
    yield f'<polygon points="{corners}" fill="{BAND}"/>'
    yield _path(highs, stroke=EDGE, width=1.5)
    yield _path(lows, stroke=EDGE, width=1.5)


def _dot(frame: Frame, number: int, dot: Dot) -> Iterator[str]:
    x, y = frame.middle(number), frame.up(dot.score or 0)
    yield _circle(x, y, DOT, fill=GROUND if dot.is_few else LINE, stroke=LINE)
    size = font.fitting_size(dot.caption, TEXT, widest=frame.slot - GAP)
    wide = font.width(dot.caption, size)
    yield (
        f'<rect x="{x - wide / 2 - 2:.1f}" y="{y - 29:.1f}" width="{wide + 4:.1f}" height="18" rx="3" '
        f'fill="{GROUND}" fill-opacity="0.8"/>'
    )
    yield _text(x, y - 15, dot.caption, size=size, anchor="middle")


def _marks(frame: Frame) -> Iterator[str]:
    for number, (mark, row) in enumerate(zip(frame.chart.marks, frame.mark_rows, strict=True), 1):
        x, y = frame.across(mark.at), TOP - 16 + MARK_ROW * row
        yield _line(x, y, x, frame.bottom, stroke=SIGN, width=1.5, dashes="3 4")
        yield from _sign(x, y, number)


def _sign(x: float, y: float, number: int) -> Iterator[str]:
    yield _circle(x, y, FLAG, fill=GROUND, stroke=SIGN)
    yield _text(x, y + 4, str(number), size=11, anchor="middle", fill=SIGN)


def _feet(frame: Frame) -> Iterator[str]:
    """Below every dot: the month, the year where it begins, and how many answered."""
    yield _text(LEFT - 10, frame.bottom + 64, frame.chart.counted, size=11, anchor="end", fill=FAINT)
    for number, dot in enumerate(frame.chart.dots):
        x = frame.middle(number)
        for down, words, fill in ((22, dot.label, INK), (40, dot.below, FAINT), (64, dot.count, FAINT)):
            size = font.fitting_size(words, SMALL, widest=frame.slot - GAP)
            yield _text(x, frame.bottom + down, words, size=size, anchor="middle", fill=fill)


def _legend(frame: Frame) -> Iterator[str]:
    """What a full dot, a hollow one and the band say."""
    if not _runs(frame.chart):
        return
    x, y = float(LEFT), frame.bottom + 92
    for number, words in enumerate(frame.chart.legend):
        if number < 2:  # noqa: PLR2004 - the two dots
            yield _circle(x + 6, y - 4, DOT, fill=GROUND if number else LINE, stroke=LINE)
        else:
            yield f'<rect x="{x:.1f}" y="{y - 11:.1f}" width="14" height="13" fill="{BAND}" stroke="{EDGE}"/>'
        yield _text(x + 20, y, words, size=SMALL, fill=FAINT)
        x += 20 + font.width(words, SMALL) + 24


def _words_of_marks(chart: Chart) -> Iterator[tuple[int | None, str]]:
    """Line by line; the first of each with its number."""
    for number, mark in enumerate(chart.marks, 1):
        words = mark.words if font.can_write(mark.words) else chart.unwritable
        lines = font.wrapped(words, TEXT, widest=WIDTH - LEFT - RIGHT - 28, most_lines=MARK_LINES)
        yield from ((None if row else number, line) for row, line in enumerate(lines))


def _below(frame: Frame, lines: Sequence[tuple[int | None, str]]) -> Iterator[str]:
    y = frame.bottom + 102.0
    for number, words in lines:
        y += LINE_HEIGHT
        if number is not None:
            yield from _sign(LEFT + 9, y - 5, number)
        yield _text(LEFT + 28, y, words)


def _text(x: float, y: float, words: str, *, size: float = TEXT, anchor: str = "start", fill: str = INK) -> str:
    drawn = escape("".join(letter for letter in words if unicodedata.category(letter) not in UNFIT))
    look = f'font-family="{font.FAMILY}" font-size="{size:.4g}" text-anchor="{anchor}" fill="{fill}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {look}>{drawn}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, *, stroke: str, width: float, dashes: str = "none") -> str:
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}" stroke-width="{width:g}" '
        f'stroke-dasharray="{dashes}"/>'
    )


def _path(places: Sequence[tuple[float, float]], *, stroke: str, width: float) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return (
        f'<polyline points="{points}" fill="none" stroke="{stroke}" stroke-width="{width:g}" stroke-linejoin="round"/>'
    )


def _circle(x: float, y: float, radius: float, *, fill: str, stroke: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{fill}" stroke="{stroke}" stroke-width="2"/>'


def _signed(value: int) -> str:
    return f"+{value}" if value > 0 else f"−{-value}" if value else "0"
