"""
Dimensions: what reports can be narrowed to and broken down by, and its values here.

Names are understood however they are written; one that names nothing, or two things, is refused with what it could
have been.
"""

from calendar import month_name
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from bot.errors import NotUnderstood, NotYours
from bot.rules.triggers import TriggerKind
from bot.rules.wanted import SCORE, Filter, unquoted
from bot.services import surveys
from bot.services.surveys import SurveyKind
from storage import dimensions as queries
from storage.database import Transaction
from storage.models import Survey

MOST = 200  # values of one dimension that are looked through
OCCASIONS = {
    "colleague": TriggerKind.COLLEAGUE,
    "emoji": TriggerKind.REACTION,
    "event": TriggerKind.EVENT,
    "schedule": TriggerKind.SCHEDULE,
    "check-in": TriggerKind.LIFECYCLE,
    "workflow": TriggerKind.WORKFLOW,
}
KINDS = {"relationship": SurveyKind.RELATIONAL, "interactions": SurveyKind.TRANSACTIONAL}
DIMENSIONS = ("survey", "kind", "segment", "owner", "account", "channel", "role", "occasion", "agent")
ME, AGENT = "me", "agent"
MONTHS = tuple(name.lower() for name in month_name if name)


@dataclass(frozen=True)
class Known:
    """What a report of this workspace can be narrowed to, beside owners, agents, accounts and channels."""

    surveys: Sequence[Survey]
    segments: Sequence[str]
    roles: Sequence[str]
    properties: Sequence[str] = ()


@dataclass(frozen=True)
class Asker:
    """Who typed it, and where: "me" is they, and what is proposed is proposed for the view they wanted."""

    workspace_id: str
    user_id: str
    view: str

    def refused(self, word: str, nearest: Iterable[str] = ()) -> NotUnderstood:
        near, view = next(iter(nearest), None), "" if self.view == SCORE else f"{self.view} "
        return NotUnderstood(word, f"{view}{near}" if near else None)


async def known(tx: Transaction, workspace_id: str) -> Known:
    return Known(
        await _surveys(tx, workspace_id),
        await queries.segments(tx, workspace_id, limit=MOST),
        await queries.roles(tx, workspace_id, limit=MOST),
        await queries.property_names(tx, workspace_id, limit=MOST),
    )


async def account_ids(tx: Transaction, workspace_id: str, names: Iterable[str]) -> tuple[int, ...]:
    wanted = set(names)
    return tuple(id_ for id_, name in await queries.accounts(tx, workspace_id) if name in wanted)


async def dimension(tx: Transaction, asker: Asker, name: str) -> str:
    """The name of a dimension as we have it. Raises NotUnderstood."""
    names = await _names(tx, asker)
    if _typed(name) not in names:
        raise asker.refused(name, _nearest(name, names.values()))
    return names[_typed(name)]


async def settled(tx: Transaction, asker: Asker, it: Filter) -> Filter:
    """With the value as it is stored. Raises NotUnderstood."""
    return await SETTLE.get(it.dimension, _property)(tx, asker, it)


async def of_bare(tx: Transaction, asker: Asker, word: str) -> Filter:
    """The only dimension with that value; a survey before its kind of the same name. Raises NotUnderstood."""
    if Filter("owner", word).user_id or Filter("channel", word).channel_id:
        raise asker.refused(word, [f"{'owner' if word[1] == '@' else 'channel'}:{word}"])
    values, typed = await _values(tx, asker.workspace_id), _typed(word)
    fits = [Filter(name, each) for name, found in values.items() for each in found if _typed(each) == typed]
    if len(fits) == 1 or {each.dimension for each in fits} == {"survey", "kind"}:
        return next((each for each in fits if each.dimension == "survey"), fits[0])
    if fits:
        raise asker.refused(word, [each.words for each in fits])
    every = {each: Filter(name, each).words for name, found in values.items() for each in found}
    near = [every[each] for each in _nearest(word, every)]
    raise asker.refused(word, near or get_close_matches(word.casefold(), MONTHS, n=1, cutoff=0.7))


def _nearest(word: str, known: Iterable[str]) -> Sequence[str]:
    folded = {each.casefold(): each for each in known}
    return [folded[each] for each in get_close_matches(word.casefold(), folded, n=1, cutoff=0.5)]


def _one_of(asker: Asker, it: Filter, values: Iterable[str]) -> Filter:
    values = list(values)
    for value in values:
        if _typed(value) == _typed(it.value):
            return Filter(it.dimension, value)
    raise asker.refused(it.words, [Filter(it.dimension, each).words for each in _nearest(it.value, values)])


async def _names(tx: Transaction, asker: Asker) -> Mapping[str, str]:
    """Every dimension as we have it, by how it is compared."""
    noted = await queries.property_names(tx, asker.workspace_id, limit=MOST)
    return {_typed(each): each for each in (*noted, *DIMENSIONS)}


def _typed(word: str) -> str:
    """How names are compared: quotes in them cannot be typed."""
    return unquoted(word).casefold()


async def _surveys(tx: Transaction, workspace_id: str) -> Sequence[Survey]:
    return [each for each in await surveys.all_of(tx, workspace_id) if surveys.gives_scores(each)]


async def _survey(tx: Transaction, asker: Asker, it: Filter) -> Filter:
    return _one_of(asker, it, [each.name for each in await _surveys(tx, asker.workspace_id)])


async def _kind(_: Transaction, asker: Asker, it: Filter) -> Filter:
    return _one_of(asker, it, KINDS)


async def _segment(tx: Transaction, asker: Asker, it: Filter) -> Filter:
    return _one_of(asker, it, await queries.segments(tx, asker.workspace_id, limit=MOST))


async def _role(tx: Transaction, asker: Asker, it: Filter) -> Filter:
    return _one_of(asker, it, await queries.roles(tx, asker.workspace_id, limit=MOST))


async def _occasion(tx: Transaction, asker: Asker, it: Filter) -> Filter:
    """A survey's name too: "support" is an occasion to whoever asks after support."""
    names = [each.name for each in await _surveys(tx, asker.workspace_id)]
    found = _one_of(asker, it, [*OCCASIONS, *names])
    return found if found.value in OCCASIONS else Filter("survey", found.value)


async def _account(tx: Transaction, asker: Asker, it: Filter) -> Filter:
    """By its whole name, or by the only one it is part of."""
    names = [name for _, name in await queries.accounts(tx, asker.workspace_id)]
    parts = [name for name in names if _typed(it.value) in _typed(name)]
    return Filter(it.dimension, parts[0]) if len(parts) == 1 else _one_of(asker, it, names)


async def _person(_: Transaction, asker: Asker, it: Filter) -> Filter:
    user_id = asker.user_id if it.value.casefold() == ME else it.user_id
    if user_id is None:
        raise asker.refused(it.words, [f"{it.dimension}:{ME if it.dimension == AGENT else '@name'}"])
    if it.dimension == AGENT and user_id != asker.user_id:
        raise NotYours
    return Filter(it.dimension, f"<@{user_id}>")


async def _channel(_: Transaction, asker: Asker, it: Filter) -> Filter:
    if it.channel_id is None:
        raise asker.refused(it.words, ["channel:#name"])
    return Filter(it.dimension, f"<#{it.channel_id}>")


async def _property(tx: Transaction, asker: Asker, it: Filter) -> Filter:
    names = await _names(tx, asker)
    name = names.get(_typed(it.dimension))
    if name is None:
        near = _nearest(it.dimension, names.values())
        raise asker.refused(it.words, [Filter(each, it.value).words for each in near])
    values = await queries.property_values(tx, asker.workspace_id, name, limit=MOST)
    return _one_of(asker, Filter(name, it.value), values)


async def _values(tx: Transaction, workspace_id: str) -> Mapping[str, Sequence[str]]:
    """Every value that may be typed without its dimension."""
    here = await known(tx, workspace_id)
    named = {
        "survey": [each.name for each in here.surveys],
        "kind": list(KINDS),
        "segment": here.segments,
        "role": here.roles,
        "account": [name for _, name in await queries.accounts(tx, workspace_id)],
    }
    noted = {
        name: await queries.property_values(tx, workspace_id, name, limit=MOST)
        for name in here.properties
        if _typed(name) not in DIMENSIONS
    }
    return {**noted, **named}


SETTLE: Mapping[str, Callable[[Transaction, Asker, Filter], Awaitable[Filter]]] = {
    "survey": _survey,
    "kind": _kind,
    "segment": _segment,
    "owner": _person,
    "agent": _person,
    "account": _account,
    "channel": _channel,
    "role": _role,
    "occasion": _occasion,
}
