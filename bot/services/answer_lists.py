"""Answer lists: the latest detractors, passives or promoters one by one, with what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.rules.privacy import heard_until
from bot.rules.scoring import HIGHEST, LOWEST, PASSIVE_FROM, PROMOTER_FROM, Category
from bot.services import calendars
from bot.services.disclosures import place_in_list
from bot.services.scopes import Scope
from bot.services.surveys import SurveyKind
from storage import answer_lists as queries
from storage.answer_lists import Unhappy, Wanted
from storage.database import Transaction

USUAL_PAGE = 10
SCORED = (SurveyKind.RELATIONAL, SurveyKind.TRANSACTIONAL)
SCORES = {
    Category.DETRACTOR: (LOWEST, PASSIVE_FROM - 1),
    Category.PASSIVE: (PASSIVE_FROM, PROMOTER_FROM - 1),
    Category.PROMOTER: (PROMOTER_FROM, HIGHEST),
}

__all__ = ["Listed", "Unhappy", "newest"]


@dataclass(frozen=True)
class Listed:
    """A page of them."""

    category: Category
    answers: Sequence[Unhappy]
    has_more: bool = False


async def newest(
    tx: Transaction, workspace_id: str, category: Category, scope: Scope, *, size: int = USUAL_PAGE, now: datetime
) -> Listed:
    """Of both kinds of survey that give scores, unless one is chosen, and of all time, unless a period is."""
    lowest, highest = SCORES[category]
    wanted = Wanted(
        workspace_id,
        kinds=(scope.kind,) if scope.names_kind else SCORED,
        lowest=lowest,
        highest=highest,
        since=scope.period.since if scope.period else None,
        before=scope.period.until if scope.period else now,
        heard_until=heard_until(await calendars.of_team(tx, workspace_id), now=now),
        within=scope.within,
    )
    first = (scope.wanted.page - 1) * size
    found = await queries.newest(tx, wanted, limit=size + 1, offset=first)
    shown = sorted(found[:size], key=lambda one: place_in_list(one.response))
    return Listed(category, shown, has_more=len(found) > size)
