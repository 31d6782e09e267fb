"""Files of answers: that one is being written, that it comes, and why one does not."""

from bot.cli.sample_facts import COMPANY
from bot.rules.periods import Period
from bot.rules.wanted import Filter, Wanted
from bot.services.scopes import Scope
from bot.services.surveys import SurveyKind
from bot.slack.blocks.answer_files import file_comes, file_failed, file_not_allowed, file_ordered, file_waits
from bot.slack.scopes import FILES
from tests.gallery.documents import NOW, States, Whisper
from tests.gallery.states.people import NAMES

COUNTS = (0, 1, 9, 10, 29, 30, 100, 100_000)
QUARTER = Period("2026-Q3", NOW, NOW, NOW)


def states() -> States:
    yield "file-ordered", Whisper(file_ordered(Scope()))
    yield "file-waits", Whisper(file_waits())
    for count in COUNTS:
        yield f"file-comes-{count}", file_comes(_narrowed("segment", "enterprise"), count)
    for which, name in NAMES.items():
        yield f"file-comes-{which}", file_comes(_narrowed("account", f"{name}, {COMPANY}"), 12)
    yield "file-of-one-kind", file_comes(Scope(Wanted(filters=(Filter("kind", "interactions"),)), TRANSACTIONAL), 7)
    yield "file-failed", file_failed()
    yield "file-not-allowed", Whisper(file_not_allowed(FILES))


TRANSACTIONAL = SurveyKind.TRANSACTIONAL


def _narrowed(dimension: str, value: str) -> Scope:
    filters = (Filter(dimension, value), Filter("owner", "<@U0BO>"))
    return Scope(Wanted(filters=filters, period=QUARTER.words), period=QUARTER)
