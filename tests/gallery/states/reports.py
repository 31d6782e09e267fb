"""`/nps` with few answers and many, good scores and bad ones; the list of unhappy answers; help."""

from dataclasses import replace

from bot.cli.sample_facts import URL
from bot.cli.samples import report, unhappy
from bot.errors import NotUnderstood
from bot.rules.scoring import Category, Tally
from bot.services.answer_lists import Listed
from bot.slack.blocks.answer_lists import answer_list
from bot.slack.blocks.help import help_page, puzzled_page
from bot.slack.blocks.reports import overview
from bot.texts import speaker
from bot.texts.markup import Mrkdwn
from bot.texts.refusals import sentence
from tests.gallery.documents import NOW, States, Whisper
from tests.gallery.states.people import LONG_COMMENT

NOTHING = Tally()
# This quarter, the one before, after support.
SCORES = {
    "no-answers": (NOTHING, NOTHING, NOTHING),
    "1-answer": (Tally(1), NOTHING, NOTHING),
    "9-answers": (Tally(4, 3, 2), Tally(2, 1, 0), Tally(1, 1, 0)),
    "12-answers": (Tally(6, 4, 2), Tally(5, 5, 2), Tally(0, 0, 1)),
    "40-answers": (Tally(24, 9, 7), Tally(20, 8, 10), Tally(5, 1, 2)),
    "10000-answers": (Tally(5200, 2700, 2100), Tally(4300, 2900, 2300), Tally(900, 300, 250)),
    "negative": (Tally(8, 10, 22), Tally(20, 10, 10), Tally(8, 8, 14)),
    "zero": (Tally(14, 12, 14), Tally(10, 10, 10), NOTHING),
    "only-support": (NOTHING, NOTHING, Tally(18, 7, 9)),
}
WAITING = (1, 5, 100)


def states() -> States:
    for name, (answers, before, support) in SCORES.items():
        shown = report(NOW, answers=answers, before=before, after_support=support)
        yield f"nps-{name}", Whisper(overview(shown, workspace_url=URL))
    for waiting in WAITING:
        answers, before, support = SCORES["40-answers"]
        shown = report(NOW, answers=answers, before=before, after_support=support, waiting=waiting)
        yield f"nps-{waiting}-waiting", Whisper(overview(shown, workspace_url=URL))
    few = report(NOW, answers=Tally(6, 4, 2), before=NOTHING, after_support=NOTHING)
    score = replace(few.relational.score, days=365)
    year = replace(few.relational, score=score)
    yield "nps-widened", Whisper(overview(replace(few, relational=year), workspace_url=URL))
    yield from _lists()


def _lists() -> States:
    for count in (0, 1, 20):
        yield (
            f"detractors-{count}",
            Whisper(answer_list(Listed(Category.DETRACTOR, unhappy(NOW, count=count)), Mrkdwn(""), workspace_url=URL)),
        )
    (one,) = unhappy(NOW, count=1)
    odd = [replace(one, response=replace(one.response, comment=words)) for words in (LONG_COMMENT, None)]
    odd.append(replace(one, follow_up=None))
    yield "detractors-odd", Whisper(answer_list(Listed(Category.DETRACTOR, odd), Mrkdwn(""), workspace_url=URL))
    yield "help", Whisper(help_page())
    yield "help-puzzled", Whisper(puzzled_page(sentence(NotUnderstood("reprot", "help"), speaker("en"))))
