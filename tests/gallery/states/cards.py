"""The card: sent, answered, closed; where others read along, and by direct message; in every language."""

from dataclasses import replace
from typing import Any

from bot.cli.sample_facts import card_facts, declined
from bot.slack.blocks.invitations import CardFacts, card, own_card, question_card, reminder_card
from bot.texts import LANGUAGES
from tests.gallery.documents import NOW, Narrow, States, Whisper
from tests.gallery.states.people import COMMENTS, NAMES

PLACES = {"thread": True, "dm": False}


def states() -> States:
    for language in LANGUAGES:
        for place, is_shared in PLACES.items():
            yield (
                f"card-narrow-{place}-{language}",
                Narrow(card(card_facts(NOW, language=language, is_shared=is_shared))),
            )
            for state, facts in _course(language=language, is_shared=is_shared).items():
                yield f"card-{place}-{state}-{language}", card(facts)
        yield (
            f"card-dm-rehearsal-{language}",
            question_card(changed(card_facts(NOW, language=language), is_rehearsal=True)),
        )
        yield f"card-dm-reminder-{language}", reminder_card(card_facts(NOW, language=language))
        yield from _open(language)
    yield from _answers()
    yield from _odd()


def _course(**where: Any) -> dict[str, CardFacts]:
    """What becomes of a card."""
    sent = card_facts(NOW, **where)
    closed = card_facts(NOW, state="declined", **where)
    return {
        "sent": sent,
        "answered": card_facts(NOW, state="answered", **where),
        "snoozed": card_facts(NOW, state="waiting", **where),
        "closed": closed,
        "opted-out": declined(closed, NOW),
        "withdrawn": card_facts(NOW, state="withdrawn", **where),
    }


def _open(language: str) -> States:
    """A card that others of the company may answer, and what whoever did so is whispered."""
    facts = changed(card_facts(NOW, language=language, is_shared=True), is_open=True)
    yield f"card-open-{language}", card(facts)
    yield f"card-open-shut-{language}", card(changed(facts, shut_at=NOW))
    yield f"card-open-own-{language}", Whisper(own_card(changed(facts, state="answered")))


def _answers() -> States:
    """The private thanks, by what was said."""
    answered = card_facts(NOW, state="answered")
    assert answered.response
    without_words = replace(answered.response, comment=None, wants_reply=False)
    long = replace(answered.response, comment="Exports time out every Monday, and nobody tells us why. " * 9)
    yield "card-dm-answered-score-only", card(replace(answered, response=without_words))
    yield "card-dm-answered-long-comment", card(replace(answered, response=long))


def _odd() -> States:
    """Names and words nobody thought of."""
    for which, name in NAMES.items():
        facts = card_facts(NOW, state="answered", name=name, comment=COMMENTS.get(which, "Fine."))
        yield f"card-dm-answered-{which}", card(facts)
        yield f"card-thread-answered-{which}", card(card_facts(NOW, state="answered", is_shared=True, name=name))
    yield "card-thread-no-occasion", card(changed(card_facts(NOW, is_shared=True), occasion_label=None))
    yield "card-dm-no-occasion", card(changed(card_facts(NOW), occasion_label=None))
    yield (
        "card-thread-hebrew-occasion",
        card(changed(card_facts(NOW, is_shared=True), occasion_label=COMMENTS["hebrew"])),
    )
    own = "On a scale from 0 to 10, would you choose {subject} again if you had to decide *today*?"
    yield "card-dm-own-question", card(changed(card_facts(NOW), question=own))
    yield (
        "card-thread-long-company",
        card(
            replace(
                card_facts(NOW, is_shared=True),
                company="Northwind Traders & Söhne Handelsgesellschaft für Büroausstattung",
            )
        ),
    )


def changed(facts: CardFacts, **columns: Any) -> CardFacts:
    return replace(facts, invitation=replace(facts.invitation, **columns))
