"""What a customer opens: the modal after a score, and "What we keep"."""

from dataclasses import replace

from bot.cli.sample_facts import card_facts, declined, response
from bot.services.surveys import SurveyKind
from bot.slack.blocks.privacy import what_we_keep
from bot.slack.blocks.responses import comment_modal
from bot.slack.blocks.right_person import right_person_modal
from bot.texts import LANGUAGES
from storage.models import Response
from tests.gallery.documents import NOW, States
from tests.gallery.states.cards import PLACES, changed
from tests.gallery.states.people import COMMENTS, LONG_COMMENT

SCORES = {"detractor": 4, "passive": 8, "promoter": 10}


def states() -> States:
    for language in LANGUAGES:
        facts = card_facts(NOW, language=language, state="answered", is_shared=True)
        for category, score in SCORES.items():
            yield f"comment-{category}-{language}", comment_modal(facts, _bare(score), response_url=None)
        for place, is_shared in PLACES.items():
            facts = card_facts(NOW, language=language, state="answered", is_shared=is_shared)
            yield f"what-we-keep-{place}-{language}", what_we_keep(facts)
        yield f"what-we-keep-opted-out-{language}", what_we_keep(declined(facts, NOW))
        yield f"right-person-{language}", right_person_modal(facts)
    yield from _filled_in()


def _filled_in() -> States:
    facts = card_facts(NOW, state="answered")
    for which, words in {"again": "Exports time out every Monday.", "3000": LONG_COMMENT, **COMMENTS}.items():
        yield f"comment-{which}", comment_modal(facts, response(NOW, comment=words), response_url=None)
    relational = changed(facts, kind=SurveyKind.RELATIONAL, occasion_label=None)
    yield "comment-relational", comment_modal(relational, _bare(10), response_url=None)
    yield "comment-rehearsal", comment_modal(changed(facts, is_rehearsal=True), _bare(4), response_url=None)


def _bare(score: int) -> Response:
    """As the modal opens: a score, and nothing else yet."""
    return replace(response(NOW, score=score, comment=None), solved=None, wants_reply=False)
