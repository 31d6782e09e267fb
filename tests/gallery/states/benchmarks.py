"""Scores of others: every page, beside every number of ours that may stand there, and without one."""

from bot.rules.periods import Period
from bot.rules.scoring import Tally, nps
from bot.rules.wanted import Filter, Wanted
from bot.services.benchmarks import PAGE, BenchmarkPage, published
from bot.services.reports import Score
from bot.services.scopes import Scope
from bot.services.surveys import SurveyKind
from bot.slack.blocks.benchmarks import benchmark_page
from tests.gallery.documents import NOW, Narrow, States, Whisper
from tests.gallery.states.people import NAMES

OWN = {0: (0, 0, 0), 1: (1, 0, 0), 9: (5, 3, 1), 10: (2, 3, 5), 29: (20, 5, 4), 30: (21, 5, 4), 100: (40, 30, 30)}
OWN[100_000] = (52_000, 31_000, 17_000)
PAGES = -(-len(published()) // PAGE)


def states() -> States:
    for page in range(1, PAGES + 1):
        yield f"benchmarks-page-{page}", Whisper(benchmark_page(_page(page, _score(100)), Scope()))
    for count in OWN:
        yield f"benchmarks-own-{count}", Whisper(benchmark_page(_page(PAGES, _score(count)), Scope()))
    yield "benchmarks-narrow", Narrow(benchmark_page(_page(1, _score(30)), Scope()))
    interactions = Scope(Wanted("benchmarks", filters=(Filter("kind", "interactions"),)), SurveyKind.TRANSACTIONAL)
    yield "benchmarks-another-kind", Whisper(benchmark_page(_page(PAGES, None), interactions))
    for which, name in NAMES.items():
        period = Period("2026-Q3", NOW, NOW, NOW)
        scope = Scope(Wanted("benchmarks", filters=(Filter("account", name),), period=period.words), period=period)
        yield f"benchmarks-{which}", Whisper(benchmark_page(_page(PAGES, _score(29)), scope))


def _page(page: int, own: Score | None) -> BenchmarkPage:
    return BenchmarkPage(published()[(page - 1) * PAGE : page * PAGE], own, page, PAGES)


def _score(count: int) -> Score:
    answers = Tally(*OWN[count])
    return Score(SurveyKind.RELATIONAL, 90 if count > 9 else 365, answers, nps(answers), 0.3)
