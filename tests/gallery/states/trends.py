"""The trend with no answers, few and very many, with gaps and with notes in every script; and the notes in a window."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.errors import ScopeMissing
from bot.rules.scoring import Tally
from bot.rules.timeline import Point, Step, movement, spans, usual_first
from bot.services.surveys import SurveyKind
from bot.services.trends import Trend
from bot.slack.blocks import trends as blocks
from bot.slack.blocks.timeline_notes import noted, notes_modal
from bot.slack.blocks.trend_charts import slack_chart
from bot.texts import speaker
from bot.texts.markup import Mrkdwn
from bot.texts.refusals import sentence
from storage.models import TimelineNote
from tests.gallery.documents import NOW, Narrow, States, Whisper
from tests.gallery.states.people import NAMES

TODAY = NOW.date()
USUAL = [Tally(24 + 3 * n, 9 + n, 17 - n) for n in range(12)]
GAPS = [Tally(24, 9, 7), Tally(2, 1, 1), Tally(), Tally(), Tally(6, 4, 2), *USUAL[:5], Tally(1), Tally(30, 20, 50)]
NOTES = [
    (date(2026, 3, 1), "launched onboarding"),
    (date(2026, 8, 15), "new prices"),
    (TODAY, "an incident all morning"),
]
COUNTS = {
    "0": [Tally()] * 12,
    "1": [*[Tally()] * 11, Tally(1)],
    "9": [*[Tally()] * 11, Tally(5, 2, 2)],
    "10": [*[Tally()] * 10, Tally(4, 3, 3), Tally(6, 2, 2)],
    "29": [*[Tally()] * 10, Tally(19, 5, 5), Tally(10, 9, 10)],
    "30": [*[Tally()] * 10, Tally(10, 10, 10), Tally(20, 5, 5)],
    "100": [*[Tally()] * 6, *[Tally(50 + n, 30, 20 - n) for n in range(6)]],
    "100000": [Tally(50_000 + 1000 * n, 30_000, 20_000 - 1000 * n) for n in range(12)],
    "usual": USUAL,
    "gaps": GAPS,
    "negative": [Tally(8 + n, 10, 32 - n) for n in range(12)],
}


def a_trend(tallies: Sequence[Tally], notes: Sequence[tuple[date, str]] = (), *, step: Step = Step.MONTH) -> Trend:
    row = spans(usual_first(TODAY) - timedelta(days=700), TODAY, step)[-len(tallies) :]
    points = [Point(span, answers, is_open=span is row[-1]) for span, answers in zip(row, tallies, strict=True)]
    kept = [a_note(number, on, words) for number, (on, words) in enumerate(notes, 1)]
    return Trend(SurveyKind.RELATIONAL, step, points, TODAY, movement(points), kept)


def a_note(number: int, on: date, words: str) -> TimelineNote:
    by = "U0BO" if number % 2 else None  # None: a colleague who was forgotten
    return TimelineNote(id=number, workspace_id="T0", noted_on=on, words=words, written_by=by, written_at=NOW)


def states() -> States:
    for name, tallies in COUNTS.items():
        yield f"trend-{name}", Whisper(blocks.trend_view(a_trend(tallies), "trend"))
    usual = a_trend(USUAL, NOTES)
    yield "trend-notes", Whisper(blocks.trend_view(usual, "trend", offers_picture=True))
    yield "trend-notes-narrow", Narrow(blocks.trend_view(usual, "trend", offers_picture=True))
    quarters = a_trend([Tally(20, 5, 4), Tally(30, 10, 8), Tally(11, 7, 9), Tally(40, 4, 2)], step=Step.QUARTER)
    yield "trend-quarters", Whisper(blocks.trend_view(quarters, "trend"))
    yield "trend-chart", Whisper(blocks.trend_view(usual, "trend", chart=slack_chart(usual), offers_picture=True))
    yield from _where_the_picture_is(usual)
    odd = [(TODAY, words) for words in [*NAMES.values(), "W" * 80, "x " * 40, "<!channel> & <@U0BO>"]]
    yield "trend-odd-notes", Whisper(blocks.trend_view(a_trend(GAPS, odd), "trend"))
    yield "notes", notes_modal([a_note(n, on, words) for n, (on, words) in enumerate(odd, 1)], may_remove=True)
    yield "notes-read", notes_modal([a_note(n, on, words) for n, (on, words) in enumerate(NOTES, 1)], may_remove=False)
    yield "notes-none", notes_modal([], may_remove=True)
    yield "notes-90", notes_modal([a_note(n, TODAY, "launched onboarding") for n in range(90)], may_remove=True)
    yield "note-written", Whisper(noted(*NOTES[0]))


def _where_the_picture_is(usual: Trend) -> States:
    missing = sentence(ScopeMissing("files:write"), speaker("en"))
    yield "trend-no-scope", Whisper(blocks.trend_view(usual, "trend", picture=missing))
    sent = blocks.picture_sent()
    yield "trend-picture-sent", Whisper(blocks.trend_view(usual, "trend", picture=sent.text))
    yield "trend-picture", Whisper(sent)
    yield "trend-before-picture", blocks.picture_words(usual, Mrkdwn("relationship, enterprise, accounts of <@U0BO>"))
    yield "trend-public", blocks.trend_public(usual)
    for name in ("0", "usual"):
        yield f"trend-details-{name}", Whisper(blocks.trend_details(a_trend(COUNTS[name])))
