"""The trend in words: a line for every month or quarter, what may be said of the change, and what happened."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from babel.dates import format_date

from bot.rules.scoring import ENOUGH, FEW
from bot.rules.timeline import Movement, Point, Span, Step
from bot.rules.trend import Verdict, difference
from bot.services.surveys import SurveyKind
from bot.services.trends import Trend
from bot.slack import wire
from bot.slack.blocks.kit import Block, Message, actions, button, context, section
from bot.slack.blocks.score_details import exactly
from bot.slack.blocks.scores import answers_of, categories, changed, likely, lines, signed
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, as_plain, bold, escape, isolated, mention, shorten
from storage.models import TimelineNote

SHOWN_NOTES = 12  # in the view and in the picture; the modal has them all
SHOWN_ON_HOME = 3
LONGEST_DESCRIPTION = 2000  # what Slack takes beside a picture
MENTIONED, CHANNEL = re.compile(r"<@[^>]+>"), re.compile(r"<#[^>]+>")
say = speaker("en")
KINDS = {
    SurveyKind.RELATIONAL: "relationship",
    SurveyKind.TRANSACTIONAL: "after interactions",
}


def trend_view(
    trend: Trend,
    words: str,
    *,
    about: Mrkdwn | None = None,
    chart: Block | None = None,
    picture: Mrkdwn | None = None,
    offers_picture: bool = False,
) -> Message:
    """
    `words`: what somebody types to see it. `chart`: of Slack's own, where it takes one. `picture`: where ours is, or
    why there is none.
    """
    title, numbers, notes = heading(trend, about), table(trend), note_lines(trend)
    small = lines(picture, how_to_note(trend))
    offered = [button(say("Picture"), wire.SHOW_PICTURE, words, aloud=say("Send me the picture"))]
    kept = button(say("Notes"), wire.SHOW_NOTES, "notes", aloud=say("Notes on the time line"))
    blocks = [
        section(title),
        *([chart] if chart else []),
        section(numbers),
        *([section(notes)] if notes else []),
        context(small),
        actions(*(offered if offers_picture else []), kept),
    ]
    return Message(lines(title, numbers, notes, small), blocks)


def trend_public(trend: Trend, *, about: Mrkdwn | None = None) -> Message:
    """What others may see: the numbers, and nothing that anybody wrote."""
    title, numbers = heading(trend, about), table(trend)
    return Message(lines(title, numbers), [section(title), section(numbers)])


def trend_details(trend: Trend) -> Message:
    """What every score is made of, and the test of the change."""
    counts = [
        say.mrkdwn("{when}: {counts}", when=full_name(point.span), counts=categories(point.answers))
        for point in trend.points
        if point.answers.responses
    ]
    told = [lines(bold(say("What each score is made of")), counts)] if counts else [table(trend)]
    told += [_test(trend.movement)] if trend.movement else []
    return Message(Mrkdwn("\n\n".join(told)), [section(each) for each in told])


def picture_words(trend: Trend, about: Mrkdwn | None = None) -> Message:
    """Before the picture, in a direct message: the same numbers."""
    told = lines(heading(trend, about), table(trend), note_lines(trend))
    return Message(told, [section(told)])


def picture_sent() -> Message:
    text = say.mrkdwn("The picture is in your direct messages with me.")
    return Message(text, [section(text)])


def heading(trend: Trend, about: Mrkdwn | None = None) -> Mrkdwn:
    """What is counted, of whom, and from when to when."""
    by = say("NPS by quarter") if trend.step is Step.QUARTER else say("NPS by month")
    return say.mrkdwn("{title}, {about}, {time}", title=bold(by), about=about or about_kind(trend), time=time_of(trend))


def about_kind(trend: Trend) -> Mrkdwn:
    return escape(KINDS.get(trend.kind, trend.kind))


def time_of(trend: Trend) -> str:
    """From the first span to the last: "December 2024 to November 2025"."""
    first, last = trend.points[0].span, trend.points[-1].span
    return full_name(first) if first == last else say("{first} to {last}", first=full_name(first), last=full_name(last))


def table(trend: Trend) -> Mrkdwn:
    """Every point in a line, neighbours without answers in one; and the change, if there is one to tell."""
    if trend.is_empty:
        return say.mrkdwn("No answers yet in that time. Ask somebody: type `/nps ask @person`.")
    return lines(list(_rows(trend.points)), moved(trend))


def moved(trend: Trend) -> Mrkdwn:
    """What may be said of the first and the last point that can be compared."""
    if trend.movement is None:
        unit = say("quarters") if trend.step is Step.QUARTER else say("months")
        return say.mrkdwn("No comparison yet: it takes two {unit} with {n} answers each.", unit=unit, n=ENOUGH)
    return bold(_movement(trend.movement))


def note_lines(trend: Trend) -> Mrkdwn | None:
    """What happened in that time, numbered as in the picture."""
    if not trend.notes:
        return None
    shown = shown_notes(trend)
    told = [_note(number, note) for number, note in enumerate(shown, 1)]
    more = len(trend.notes) - len(shown)
    if more:
        told.append(say.many("and {n} earlier one", "and {n} earlier ones", more))
    return lines(bold(say("Meanwhile")), told)


def shown_notes(trend: Trend) -> Sequence[TimelineNote]:
    return trend.notes[-SHOWN_NOTES:]


def how_to_note(trend: Trend) -> Mrkdwn:
    if trend.notes:
        on = trend.notes[-1].noted_on.isoformat()
        return say.mrkdwn("`/nps compare before {on}` compares the time before a day with the time after it.", on=on)
    on = trend.until_on.isoformat()
    return say.mrkdwn("`/nps note {on} launched onboarding` puts what happened on the time line.", on=on)


def small_trend(trend: Trend) -> Mrkdwn | None:
    """One short line for Home: the last scores, and the change if it is clear. None where there is no score."""
    shown = [point for point in trend.points if point.shown is not None][-SHOWN_ON_HOME:]
    if not shown:
        return None
    told = ", ".join(say("{when} {score}", when=short_name(each), score=signed(each.shown or 0)) for each in shown)
    if trend.movement is None:
        return say.mrkdwn("Trend: {told}", told=told)
    return say.mrkdwn("Trend: {told}. {moved}", told=told, moved=_movement(trend.movement))


def description(trend: Trend, about: Mrkdwn | None = None) -> str:
    """The same in words, for whoever does not see the picture."""
    told = lines(heading(trend, about), table(trend), note_lines(trend)).replace("*", "").replace("`", "")
    return shorten(unnamed(Mrkdwn(told)), LONGEST_DESCRIPTION)


def unnamed(text: Mrkdwn) -> str:
    """Where Slack puts no names in: in a picture, and beside it."""
    without_people = MENTIONED.sub(say("a colleague"), text)
    return as_plain(Mrkdwn(CHANNEL.sub(say("a channel"), without_people)), {})


def full_name(span: Span) -> str:
    """November 2025, or Q4 2025."""
    if span.step is Step.QUARTER:
        return say("Q{quarter} {year}", quarter=quarter_of(span), year=str(span.first_on.year))
    return format_date(span.first_on, "MMMM y", locale="en")


def short_name(point: Point) -> str:
    """Nov, or Q4."""
    span = point.span
    return f"Q{quarter_of(span)}" if span.step is Step.QUARTER else format_date(span.first_on, "MMM", locale="en")


def quarter_of(span: Span) -> int:
    return (span.first_on.month + 2) // 3


def full_date(day: date) -> str:
    return format_date(day, "d MMMM y", locale="en")


def _rows(points: Sequence[Point]) -> Iterator[Mrkdwn]:
    for has_answers, group in groupby(points, key=lambda point: point.answers.responses > 0):
        row = list(group)
        if has_answers:
            yield from map(_row, row)
        else:
            yield _empty(row)


def _empty(row: Sequence[Point]) -> Mrkdwn:
    first, last = full_name(row[0].span), full_name(row[-1].span)
    time = first if len(row) == 1 else say("{first} to {last}", first=first, last=last)
    return say.mrkdwn("{time}: no answers", time=time)


def _row(point: Point) -> Mrkdwn:
    when, answers, score = full_name(point.span), answers_of(point.answers.responses), point.score
    when = say("{when} so far", when=when) if point.is_open else when
    if score is None or point.shown is None:
        return say.mrkdwn("{when}: {answers}; a score is shown from {few} on", when=when, answers=answers, few=FEW)
    line = say.mrkdwn(
        "{when}: {score} (likely {range}), {answers}",
        when=when,
        score=bold(signed(point.shown)),
        range=likely(score),
        answers=answers,
    )
    return line if point.answers.responses >= ENOUGH else say.mrkdwn("{line}; few answers", line=line)


def _movement(told: Movement) -> str:
    first, last = full_name(told.first.span), full_name(told.last.span)
    if told.change.verdict is Verdict.NO_CLEAR_CHANGE:
        return say("From {first} to {last}: no clear change.", first=first, last=last)
    change = changed(told.change)
    return say("From {first} to {last}: {change}", first=first, last=last, change=change[:1].lower() + change[1:])


def _note(number: int, note: TimelineNote) -> Mrkdwn:
    told = say.mrkdwn(
        "{number}. {day}: {words}", number=number, day=full_date(note.noted_on), words=isolated(note.words)
    )
    by = mention(note.written_by) if note.written_by else None
    return say.mrkdwn("{told} ({who})", told=told, who=by) if by else told


def _test(told: Movement) -> Mrkdwn:
    found = difference(told.first.answers, told.last.answers)
    return lines(
        bold(_movement(told)),
        say.mrkdwn(
            "Difference {value} (adjusted) · 95% range {low} to {high} · p = {p}",
            value=exactly(found.value),
            low=exactly(found.low),
            high=exactly(found.high),
            p=f"{found.p:.4f}",
        ),
    )
