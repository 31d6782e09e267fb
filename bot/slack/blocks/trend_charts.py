"""The trend as a picture: Slack's own chart where it can show it, and the values ours is drawn from."""

from collections.abc import Sequence

from bot.charts import Chart, Dot, Mark
from bot.rules.scoring import ENOUGH, rounded
from bot.rules.timeline import Point, Step
from bot.services.trends import Trend
from bot.slack.blocks.kit import CHART, Block
from bot.slack.blocks.scores import signed
from bot.slack.blocks.trends import (
    about_kind,
    full_date,
    short_name,
    shown_notes,
    time_of,
    unnamed,
)
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, isolated
from storage.models import TimelineNote

THOUSANDS_FROM = 10_000
LEAST_POINTS = 2  # of a line
say = speaker("en")


def slack_chart(trend: Trend) -> Block | None:
    """
    The score and both ends of its range, as lines of Slack's own.

    None where a month between two has no score: Slack joins neighbours, and would hide the gap. Or of one point only.
    """
    has_score = [point.shown is not None for point in trend.points]
    if has_score.count(True) < LEAST_POINTS:
        return None
    first, last = has_score.index(True), len(has_score) - has_score[::-1].index(True)
    if not all(has_score[first:last]):
        return None
    row = trend.points[first:last]
    labels = _labels(row)
    series = [
        _series(say("likely up to"), labels, [rounded(point.score.high) for point in row if point.score]),
        _series(say("NPS"), labels, [point.shown or 0 for point in row]),
        _series(say("likely from"), labels, [rounded(point.score.low) for point in row if point.score]),
    ]
    axes = {"categories": labels, "y_label": say("points")}
    chart = {"type": "line", "series": series, "axis_config": axes}
    return {"type": CHART, "title": _title(trend), "chart": chart}


def trend_chart(trend: Trend, about: Mrkdwn | None = None) -> Chart:
    """What our picture is drawn from."""
    subtitle = say("{about}, {time}", about=unnamed(about or about_kind(trend)), time=time_of(trend))
    return Chart(
        title=_title(trend),
        subtitle=subtitle[:1].upper() + subtitle[1:],
        dots=[_dot(number, point) for number, point in enumerate(trend.points)],
        marks=[_mark(trend, note) for note in shown_notes(trend)],
        counted=say("answers"),
        legend=[say("score"), say("of fewer than {n} answers", n=ENOUGH), say("likely range")],
        nothing=say("No score yet: it takes ten answers."),
        unwritable=say("(its words are in the message)"),
    )


def picture_block(file_id: str, words: str) -> Block:
    """A picture that is in Slack already; `words` are its description."""
    return {"type": "image", "slack_file": {"id": file_id}, "alt_text": words}


def _title(trend: Trend) -> str:
    return say("NPS by quarter") if trend.step is Step.QUARTER else say("NPS by month")


def _series(name: str, labels: Sequence[str], values: Sequence[int]) -> dict[str, object]:
    data = [{"label": label, "value": value} for label, value in zip(labels, values, strict=True)]
    return {"name": name, "data": data}


def _labels(row: Sequence[Point]) -> list[str]:
    """Short, so that twelve fit beside each other; with the year where that would be the same twice."""
    names = [short_name(point) for point in row]
    if len(set(names)) == len(names):
        return names
    return [say("{when} {year}", when=short_name(point), year=str(point.span.first_on.year)) for point in row]


def _dot(number: int, point: Point) -> Dot:
    is_first_of_year = number == 0 or point.span.first_on.month == 1
    below = str(point.span.first_on.year) if is_first_of_year else ""
    label, count, score = short_name(point), _count(point.answers.responses), point.score
    if score is None or point.shown is None:
        return Dot(label, below, count)
    is_few = point.answers.responses < ENOUGH
    return Dot(label, below, count, score.value, score.low, score.high, signed(point.shown), is_few=is_few)


def _count(answers: int) -> str:
    return say("{n}k", n=answers // 1000) if answers >= THOUSANDS_FROM else str(answers)


def _mark(trend: Trend, note: TimelineNote) -> Mark:
    """Where its day is within its month."""
    number = sum(point.span.next_on <= note.noted_on for point in trend.points)
    span = trend.points[number].span
    share = (note.noted_on - span.first_on).days / (span.next_on - span.first_on).days
    return Mark(number + share, say("{day}: {words}", day=full_date(note.noted_on), words=isolated(note.words)))
