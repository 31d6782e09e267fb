"""
Reasons: what the people who recommend us write about, and those who do not.

Counted are the comments of the very answers a score is made of; of confidential ones those that were told. Nothing here
says that a theme drives a score: who writes about it also gave that score, and no more is known.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.rules.privacy import heard_until
from bot.rules.scoring import FEW, HIGHEST, LOWEST, Category, Tally, category, tally
from bot.rules.shares import Share, wilson
from bot.rules.sought import SCORES
from bot.rules.themes import Theme
from bot.services import calendars, themes
from bot.services.scopes import Scope
from storage import reasons as queries
from storage.database import Transaction
from storage.reasons import Asked, Band, Group, Quoted

MOST_SHOWN, FEWEST_MENTIONS = 3, 3
MOST_COMPARED = 5
MOST_UNMATCHED = 3
SHORTEST_QUOTE = 20  # letters: a few words

__all__ = ["GoesWith", "OfCategory", "Quoted", "Reason", "Reasons", "reasons"]


@dataclass(frozen=True)
class Reason:
    """A theme, how many of a category's comments are about it, and one of them; None where all are a word or two."""

    theme: Theme
    share: Share
    quote: Quoted | None = None


@dataclass(frozen=True)
class OfCategory:
    """`matched` of its `comments` are about some theme. Too few comments for any reason: there are none."""

    category: Category
    comments: int = 0
    matched: int = 0
    reasons: Sequence[Reason] = ()

    @property
    def has_enough(self) -> bool:
        return self.comments >= FEW


@dataclass(frozen=True)
class GoesWith:
    """The scores of those who wrote about a theme, and of those who wrote about other things."""

    theme: Theme
    those: Tally
    others: Tally


@dataclass(frozen=True)
class Reasons:
    """`is_reading`: the list was changed, and not all comments have been read with it yet."""

    categories: Sequence[OfCategory] = ()
    comments: int = 0
    matched: int = 0
    goes_with: Sequence[GoesWith] = ()
    unmatched: Sequence[Quoted] = ()
    is_reading: bool = False


async def reasons(tx: Transaction, workspace_id: str, scope: Scope, *, now: datetime) -> Reasons:
    asked = await _asked(tx, workspace_id, scope, now=now)
    known = await themes.word_list(tx, workspace_id)
    groups = await queries.groups(tx, asked, shortest=SHORTEST_QUOTE)
    return Reasons(
        categories=[await _of_category(tx, asked, each, groups, known) for each in Category],
        comments=sum(each.count for each in groups),
        matched=sum(each.count for each in groups if each.themes),
        goes_with=_goes_with(groups, known),
        unmatched=await queries.quotes(
            tx, asked, Band(None, LOWEST, HIGHEST), shortest=SHORTEST_QUOTE, limit=MOST_UNMATCHED
        ),
        is_reading=await themes.is_reading(tx, workspace_id),
    )


async def _asked(tx: Transaction, workspace_id: str, scope: Scope, *, now: datetime) -> Asked:
    since, before = scope.window(now=now)
    told = heard_until(await calendars.of_team(tx, workspace_id), now=now)
    return Asked(workspace_id, scope.kind, since, before, scope.within, told)


async def _of_category(
    tx: Transaction, asked: Asked, which: Category, groups: Sequence[Group], known: Sequence[Theme]
) -> OfCategory:
    theirs = [each for each in groups if category(each.score) is which]
    comments = sum(each.count for each in theirs)
    matched = sum(each.count for each in theirs if each.themes)
    top = _top(theirs, known) if comments >= FEW else []
    return OfCategory(which, comments, matched, [await _reason(tx, asked, which, each, theirs) for each in top])


def _top(groups: Sequence[Group], known: Sequence[Theme]) -> Sequence[Theme]:
    """The most mentioned first; of as many the one that stands first in the list."""
    hits = _mentions(groups)
    mentioned = [each for each in known if hits[each.key] >= FEWEST_MENTIONS]
    return sorted(mentioned, key=lambda each: -hits[each.key])[:MOST_SHOWN]


async def _reason(tx: Transaction, asked: Asked, which: Category, theme: Theme, groups: Sequence[Group]) -> Reason:
    about = [each for each in groups if theme.key in each.themes]
    share = wilson(sum(each.count for each in about), sum(each.count for each in groups))
    if share is None:
        raise ValueError("a reason of nothing")
    newest = max((each.newest for each in about if each.newest), default=None)
    band = Band(theme.key, *SCORES[which])
    quotes = await queries.quotes(tx, asked, band, said_at=newest, shortest=SHORTEST_QUOTE, limit=1) if newest else []
    return Reason(theme, share, quotes[0] if quotes else None)


def _goes_with(groups: Sequence[Group], known: Sequence[Theme]) -> Sequence[GoesWith]:
    """The most mentioned themes, where both sides hold enough answers for a score."""
    hits = _mentions(groups)
    compared = [_compared(each, groups) for each in sorted(known, key=lambda each: -hits[each.key])]
    return [each for each in compared if min(each.those.responses, each.others.responses) >= FEW][:MOST_COMPARED]


def _compared(theme: Theme, groups: Sequence[Group]) -> GoesWith:
    those, others = Counter[int](), Counter[int]()
    for each in groups:
        (those if theme.key in each.themes else others)[each.score] += each.count
    return GoesWith(theme, tally(those), tally(others))


def _mentions(groups: Sequence[Group]) -> Mapping[str, int]:
    hits = Counter[str]()
    for each in groups:
        hits.update(dict.fromkeys(each.themes, each.count))
    return hits
