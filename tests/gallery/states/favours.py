"""Favours: the box after a 9 or 10, what happy people can do, the page about oneself; and what the team sees of it."""

from dataclasses import replace
from datetime import timedelta

from bot.cli import favour_samples
from bot.cli.favour_samples import EVERYTHING
from bot.cli.sample_facts import COLLEAGUE, COMMENT, WORKSPACE, card_facts, response
from bot.cli.samples import own_page
from bot.rules.favours import FavourKind
from bot.services.favours import FavourReport, Quotes, Setup, Taken
from bot.slack.blocks.favour_reports import favour_card, favours_setup_modal, promoters_page, quote_list
from bot.slack.blocks.favours import consent, favours_modal, favours_thanks
from bot.slack.blocks.home import HomeFacts, home
from bot.slack.blocks.privacy import about_me_page, what_we_keep
from bot.slack.blocks.responses import comment_modal
from bot.texts import LANGUAGES
from storage.models import Favour
from tests.gallery.documents import NOW, States, Whisper
from tests.gallery.states.people import COMMENTS, LONG_COMMENT, NAMES

HELPERS = {"U0BO": "Bo Lind", "U0CY": "Cy Young"}


def states() -> States:
    for language in LANGUAGES:
        facts = card_facts(NOW, language=language, state="answered", score=10)
        answer = response(NOW, score=10)
        yield f"favour-box-{language}", comment_modal(facts, answer, response_url=None, offers_favour=True)
        yield f"favours-{language}", favours_modal(taken(language), HELPERS)
        yield f"favours-thanks-{language}", favours_thanks(language, is_quoted=True)
        page = replace(own_page(NOW, language=language, answers=1), favours=_given(language))
        yield f"home-favours-{language}", home(HomeFacts(page))
        yield f"me-favours-page-{language}", about_me_page(page)
        yield f"what-we-keep-favours-{language}", what_we_keep(facts, _given(language))
    yield from _odd()
    yield from _for_colleagues()


def taken(language: str = "en", *, setup: Setup = EVERYTHING, comment: str | None = COMMENT) -> Taken:
    facts = card_facts(NOW, language=language, state="answered")
    return favour_samples.taken(facts, response(NOW, score=10, comment=comment), setup=setup)


def _odd() -> States:
    yield "favours-no-words", favours_modal(taken(comment=None), {})
    yield "favours-long-words", favours_modal(taken(comment=LONG_COMMENT), HELPERS)
    yield "favours-review-only", favours_modal(taken(setup=replace(EVERYTHING, kinds={FavourKind.REVIEW})), {})
    yield "favours-no-account", favours_modal(replace(taken(), account=None), {})
    yield "favours-thanks-no-quote", favours_thanks("en", is_quoted=False)
    for which, name in NAMES.items():
        odd = taken(comment=COMMENTS.get(which, COMMENT))
        yield f"favours-{which}", favours_modal(replace(odd, contact=replace(odd.contact, name=name)), HELPERS)


def _for_colleagues() -> States:
    contact = card_facts(NOW).contact
    for favour in _given("en"):
        yield f"favour-{favour.id}-{favour.kind}", favour_card(favour, contact)
    yield "favour-kudos-for-me", favour_card(replace(_favour(9, "kudos", words="Bo."), colleague_id=COLLEAGUE), contact)
    for which, name in NAMES.items():
        odd = _favour(10, "kudos", words=COMMENTS.get(which, LONG_COMMENT[:1000]))
        yield f"favour-odd-{which}", favour_card(odd, replace(contact, name=name))
    quote, _, _, revoked = _given("en")
    yield "quotes", Whisper(quote_list(Quotes([(quote, contact)] * 3, [(revoked, contact)])))
    yield "quotes-none", Whisper(quote_list(Quotes([], [])))
    yield "quotes-all-revoked", Whisper(quote_list(Quotes([], [(revoked, contact)])))
    counts = {"quote": 3, "referral": 1, "kudos": 12}
    yield (
        "promoters",
        Whisper(promoters_page(FavourReport(365, EVERYTHING, counts, 40, 16, "C0ALERTS"), is_manager=True)),
    )
    yield "promoters-none", Whisper(promoters_page(FavourReport(365, Setup(), {}, 0, 0, None), is_manager=False))
    yield "favours-setup", favours_setup_modal(EVERYTHING, response_url=None)
    yield "favours-setup-empty", favours_setup_modal(Setup(), response_url=None)


def _given(language: str) -> list[Favour]:
    agreed = {"consent": consent(taken(language)), "named_as": "Ana Ruiz, Beta GmbH"}
    return [
        _favour(1, "quote", words=COMMENT, **agreed),
        _favour(2, "referral", who="Zoe Zimmer, Zeta AG", reach="zoe@zeta.example"),
        _favour(3, "kudos", words="Bo stayed until it worked."),
        _favour(4, "quote", words="Fine.", revoked_at=NOW + timedelta(days=3), **agreed),
    ]


def _favour(favour_id: int, kind: str, **columns: object) -> Favour:
    whose = {"workspace_id": WORKSPACE, "contact_id": 1, "response_id": 1, "survey_id": 1}
    return Favour(id=favour_id, **whose, kind=kind, given_at=NOW, **columns)
