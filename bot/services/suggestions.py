"""Suggestions: words of unhappy people that a word list could learn; from the newest comments of a year only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.rules.odds import MOST_SUGGESTED, Suggestion, suggestions
from bot.rules.privacy import heard_until
from bot.rules.scoring import Category
from bot.rules.sought import SCORES
from bot.rules.themes import Theme, reader
from bot.services import calendars
from bot.services.surveys import SurveyKind
from storage import suggestions as queries
from storage.database import Transaction
from storage.slices import ALL
from storage.suggestions import Asked

WINDOW = timedelta(days=365)
LEARNT_FROM = 500  # comments of either group, and of either kind of survey
KINDS = (SurveyKind.RELATIONAL, SurveyKind.TRANSACTIONAL)


@dataclass(frozen=True)
class Suggested:
    """A word that no theme has yet, and the language of those who wrote it."""

    language: str
    suggestion: Suggestion


async def suggested(
    tx: Transaction, workspace_id: str, known: Sequence[Theme], *, now: datetime
) -> Sequence[Suggested]:
    """The clearest first, whatever the language."""
    told = heard_until(await calendars.of_team(tx, workspace_id), now=now)
    asked = [Asked(workspace_id, each, now - WINDOW, now, ALL, told) for each in KINDS]
    unhappy, happy = [await _by_language(tx, asked, each) for each in (Category.DETRACTOR, Category.PROMOTER)]
    found = [
        Suggested(language, each)
        for language in sorted({*unhappy, *happy})
        for each in suggestions(unhappy.get(language, ()), happy.get(language, ()), reader(known, language))
        if each.z > 0
    ]
    return sorted(found, key=lambda each: -each.suggestion.z)[:MOST_SUGGESTED]


async def _by_language(tx: Transaction, asked: Sequence[Asked], which: Category) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for each in asked:
        for language, comment in await queries.words(tx, each, SCORES[which], limit=LEARNT_FROM):
            found[language].append(comment or "")
    return found
