"""One of each question and modal after somebody was looked after or is happy, drawn from made-up rows."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.rules.favours import FavourKind
from bot.services.cards import CardFacts
from bot.services.favours import Setup, Taken
from bot.services.surveys import SurveyKind
from bot.slack.blocks.favours import favours_modal, favours_thanks
from bot.slack.blocks.kit import View
from bot.slack.blocks.responses import comment_modal
from storage.models import Response

EVERYTHING = Setup(frozenset(FavourKind), "https://reviews.example/northwind")


def recovery_facts(facts: CardFacts) -> CardFacts:
    """The same card, asked some weeks after somebody was looked after."""
    answer = replace(facts.response, kind=SurveyKind.RECOVERY, wants_reply=False) if facts.response else None
    return replace(facts, invitation=replace(facts.invitation, kind=SurveyKind.RECOVERY), response=answer)


def taken(facts: CardFacts, answer: Response, **changed: Any) -> Taken:
    """A happy person who ticked the box."""
    everything = Taken(facts.invitation, facts.contact, answer, EVERYTHING, facts.company, "Beta GmbH", ["U0SAMPLE"])
    return replace(everything, **changed)


def favour_views(facts: CardFacts, answer: Response, now: datetime) -> Iterator[View]:
    happy = replace(answer, score=10, answered_at=now)
    yield comment_modal(facts, happy, response_url=None, offers_favour=True)
    yield favours_modal(taken(facts, happy), {"U0SAMPLE": "Bo Lind"})
    yield favours_thanks(facts.invitation.language, is_quoted=True)
