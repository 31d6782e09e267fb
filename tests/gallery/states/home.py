"""The Home tab, and what an admin reads first."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.cli.sample_facts import COLLEAGUE, COMPANY, card_facts, declined, exit_reason, response
from bot.cli.samples import colleagues_home, own_page
from bot.rules.retry import Obstacle
from bot.rules.scoring import Tally
from bot.services.first_steps import FirstSteps
from bot.services.upcoming import Ask, Upcoming
from bot.services.upkeep import Upkeep
from bot.slack.blocks.first_steps import welcome
from bot.slack.blocks.home import Cared, HomeFacts, Managed, home
from bot.slack.blocks.privacy import OwnPage, about_me, erased, erased_page
from bot.slack.home import FEW_ANSWERS, SHOWN_EXITS
from bot.texts import LANGUAGES, speaker
from storage.models import Survey
from tests.gallery.documents import NOW, States, Whisper
from tests.gallery.states.people import COMMENTS, LONG_COMMENT
from tests.gallery.states.surveys import a_survey

FRESH = FirstSteps(None, has_rehearsed=False, has_asked=False)
HALF = FirstSteps("C0SAMPLE", has_rehearsed=True, has_asked=False)
BY_ITSELF = FirstSteps("C0SAMPLE", has_rehearsed=True, has_asked=False, has_scheduled=True)
LONGEST_COMPANY = "Hohenstein-Fürstenberg-Langenburgh Maschinenbau & Söhne GmbH & Co. KGaA"


def states() -> States:
    yield "welcome", welcome(FRESH, COMPANY)
    yield "welcome-half-way", welcome(HALF, LONGEST_COMPANY)
    for language in LANGUAGES:
        for name, page in _own_pages(language):
            yield f"home-guest-{name}-{language}", home(HomeFacts(page))
            yield f"me-{name}-{language}", Whisper(about_me(page))
        gone = erased(speaker(language), stays_opted_out=True)
        yield f"erased-{language}", Whisper(gone)
        yield f"erased-on-card-{language}", erased_page(speaker(language), gone)
    for name, facts in _colleagues():
        yield f"home-{name}", home(facts)


def _own_pages(language: str) -> Iterator[tuple[str, OwnPage]]:
    yield "unknown", OwnPage(COMPANY, language)
    yield "no-answers", own_page(NOW, language=language, answers=0)
    yield "answers", replace(own_page(NOW, language=language, answers=2), next_ask_at=NOW + timedelta(days=80))
    yield "opted-out", replace(own_page(NOW, language=language), contact=declined(card_facts(NOW), NOW).contact)


def _colleagues() -> Iterator[tuple[str, HomeFacts]]:
    yield "admin-first", colleagues_home(NOW, FRESH, answers=Tally())
    yield "admin-half-way", colleagues_home(NOW, HALF, answers=Tally(1, 0, 0))
    yield "admin-scheduled", colleagues_home(NOW, BY_ITSELF, answers=Tally(1, 0, 0))
    yield "manager", colleagues_home(NOW, None, answers=Tally(4210, 1980, 3810))
    yield "member", replace(colleagues_home(NOW, None), managed=None, cared=None)
    many = [a_survey(f"survey-{number}") for number in range(30)]
    yield "thirty-surveys", replace(colleagues_home(NOW, None), managed=Managed(many, [COLLEAGUE]))
    for page in (2, 3):
        yield f"surveys-page-{page}", replace(colleagues_home(NOW, None), managed=Managed(many, [COLLEAGUE], page))
    yield "well", replace(colleagues_home(NOW, None), cared=Cared(Upkeep()))
    yield "everything", everything(colleagues_home(NOW, FRESH), many)
    long_words = [response(NOW, comment=LONG_COMMENT), *(response(NOW, comment=each) for each in COMMENTS.values())]
    yield "long-words", replace(colleagues_home(NOW, None), own=replace(own_page(NOW), answers=long_words))


def everything(facts: HomeFacts, surveys: list[Survey]) -> HomeFacts:
    """As much of each as there can be."""
    work = facts.work
    mine = replace(work.mine, items=list(work.mine.items) * 15, count=120)
    ahead = Upcoming([Ask(LONG_COMMENT, NOW)] * 3, 812, [each.name for each in surveys])
    parked = {(obstacle, f"C{n}"): n for n, obstacle in enumerate(Obstacle)}
    kept = Upkeep(parked, is_late=True, homeless=["support"], failing=["https://hooks.example"] * 20, is_halted=True)
    answers = [response(NOW, comment=LONG_COMMENT)] * FEW_ANSWERS
    return replace(
        facts,
        own=replace(facts.own, answers=answers, exits=[exit_reason(NOW)] * SHOWN_EXITS),
        work=replace(work, mine=mine, upcoming=ahead, comments=list(work.comments) * 3),
        managed=Managed(surveys, [COLLEAGUE] * 40, 2),
        cared=Cared(kept, ["files:write", "users:read.email"]),
    )
