"""Scopes: whose answers somebody wants to see, and from when, understood from what they typed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.errors import NotComparable, TooMuchWanted
from bot.rules.periods import Period, period
from bot.rules.versus import completed, share_answers
from bot.rules.wanted import Filter, Wanted
from bot.services import calendars, dimensions, surveys
from bot.services.dimensions import DIMENSIONS, KINDS, OCCASIONS, Asker
from bot.services.surveys import SurveyKind
from storage.database import Transaction
from storage.slices import ALL, Slice

USUAL_DAYS = 90

__all__ = ["Scope", "Slice", "resolve", "versus"]


@dataclass(frozen=True)
class Scope:
    """Whose answers, of which kind, from when; `period` None: the last 90 days, a year where those hold few."""

    wanted: Wanted = field(default_factory=Wanted)
    kind: SurveyKind = SurveyKind.RELATIONAL
    within: Slice = ALL
    period: Period | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing was narrowed."""
        return not self.wanted.filters and self.period is None

    def is_about_others(self, user_id: str) -> bool:
        """Whether it tells what another colleague's questions were answered."""
        return any(each != user_id for each in self.within.agent_ids)

    @property
    def names_kind(self) -> bool:
        """Whether it was said which kind of answers is meant."""
        return any(each.dimension in ("survey", "kind") for each in self.wanted.filters)

    def window(self, *, now: datetime, days: int = USUAL_DAYS) -> tuple[datetime, datetime]:
        """From when to when, where no period was chosen: so many days up to now. The first instant is left out."""
        return (self.period.since, self.period.until) if self.period else (now - timedelta(days=days), now)


async def resolve(tx: Transaction, asker: Asker, wanted: Wanted, *, own: int | None = 0, now: datetime) -> Scope:
    """
    The scope of what is wanted, its words as they are stored.

    `own`: how many of its bare words belong to the view itself, None: all; the others are values without their
    dimension. Raises NotUnderstood and TooMuchWanted.
    """
    mine, bare = (wanted.rest, ()) if own is None else (wanted.rest[:own], wanted.rest[own:])
    filters = [await dimensions.settled(tx, asker, each) for each in wanted.filters]
    filters += [await dimensions.of_bare(tx, asker, word) for word in bare]
    settled = replace(wanted, rest=mine, filters=tuple(dict.fromkeys(filters)))
    if settled.is_too_long:
        raise TooMuchWanted
    kind, within = await _narrowed(tx, asker, settled.filters)
    return Scope(settled, kind, within, await _period(tx, asker.workspace_id, settled.period, now=now))


async def versus(tx: Transaction, asker: Asker, left: Wanted, right: Wanted, *, now: datetime) -> tuple[Scope, Scope]:
    """Two scopes that share no answer. Raises NotUnderstood, NotComparable and TooMuchWanted."""
    sides = [(await resolve(tx, asker, each, now=now)).wanted for each in (left, right)]
    both = completed(*sides), completed(*reversed(sides))
    one, other = [await resolve(tx, asker, each, now=now) for each in both]
    if one.kind is not other.kind:
        raise NotComparable("kinds")
    (since, until), (other_since, other_until) = one.window(now=now), other.window(now=now)
    overlap = since < other_until and other_since < until
    if overlap and share_answers(one.wanted.filters, other.wanted.filters):
        raise NotComparable("shared")
    return one, other


async def _period(tx: Transaction, workspace_id: str, words: str | None, *, now: datetime) -> Period | None:
    if words is None:
        return None
    return period(words, zone=await calendars.zone_of_team(tx, workspace_id), now=now)


async def _narrowed(tx: Transaction, asker: Asker, filters: Sequence[Filter]) -> tuple[SurveyKind, Slice]:
    """Surveys of two kinds are never pooled. Raises NotUnderstood."""
    chosen = [each for each in await surveys.all_of(tx, asker.workspace_id) if each.name in _values(filters, "survey")]
    kinds = {SurveyKind(each.kind) for each in chosen} | {KINDS[word] for word in _values(filters, "kind")}
    if len(kinds) > 1:
        raise asker.refused(" ".join(each.words for each in filters if each.dimension in ("survey", "kind")))
    accounts = _values(filters, "account")
    within = Slice(
        survey_ids=tuple(each.id for each in chosen),
        owner_ids=_people(filters, "owner"),
        segments=_values(filters, "segment"),
        account_ids=await dimensions.account_ids(tx, asker.workspace_id, accounts) if accounts else (),
        roles=_values(filters, "role"),
        properties=_properties(filters),
        channel_ids=tuple(each.channel_id or "" for each in filters if each.dimension == "channel"),
        triggers=tuple(OCCASIONS[word] for word in _values(filters, "occasion")),
        agent_ids=_people(filters, "agent"),
    )
    return next(iter(kinds), SurveyKind.RELATIONAL), within


def _values(filters: Sequence[Filter], dimension: str) -> tuple[str, ...]:
    return tuple(each.value for each in filters if each.dimension == dimension)


def _people(filters: Sequence[Filter], dimension: str) -> tuple[str, ...]:
    return tuple(each.user_id or "" for each in filters if each.dimension == dimension)


def _properties(filters: Sequence[Filter]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    names = dict.fromkeys(each.dimension for each in filters if each.dimension not in DIMENSIONS)
    return tuple((name, _values(filters, name)) for name in names)
