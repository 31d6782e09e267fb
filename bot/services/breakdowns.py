"""Breakdowns: one number for each segment, owner, channel or whatever else is known of people and questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.rules.groups import Group, Kept, kept, standouts
from bot.rules.scoring import ENOUGH, tally
from bot.rules.trend import Verdict
from bot.services import surveys
from bot.services.dimensions import OCCASIONS, Asker
from bot.services.scopes import Scope
from storage import breakdowns as queries
from storage.database import Transaction

OF_ASKS = ("survey", "channel", "occasion", "agent")  # whoever is in none of these could not be counted
HOLDS_CONFIDENTIAL = ("survey", "occasion")  # the only groups that do not tell whose answers they are
AGENT = "agent"


@dataclass(frozen=True)
class Breakdown:
    """`verdicts`: what may be said of each group that is shown beside all the others."""

    dimension: str
    kept: Kept
    verdicts: Mapping[str | None, Verdict]

    @property
    def groups(self) -> Sequence[Group]:
        return self.kept.shown


async def by(tx: Transaction, asker: Asker, dimension: str, scope: Scope, *, now: datetime) -> Breakdown:
    """Of agents only one's own row, and those with enough answers to be more than a few conversations."""
    groups = await _groups(tx, asker.workspace_id, dimension, scope, now=now)
    verdicts = {each.name: found for each, found in zip(groups, standouts(groups), strict=True)}
    if dimension == AGENT:
        shown = kept(groups, least=ENOUGH, always=asker.user_id)
    else:
        shown = kept(groups, are_confidential=dimension in HOLDS_CONFIDENTIAL)
    return Breakdown(dimension, shown, verdicts)


async def _groups(
    tx: Transaction, workspace_id: str, dimension: str, scope: Scope, *, now: datetime
) -> Sequence[Group]:
    since, before = scope.window(now=now)
    among: dict[str, Any] = {"kind": scope.kind, "within": scope.within, "since": since, "before": before}
    given = await queries.answers(tx, workspace_id, dimension, **among)
    asked = await queries.people_asked(tx, workspace_id, dimension, **among)
    known: Mapping[str | None, int] = {}
    if dimension not in OF_ASKS:
        known = await queries.people_eligible(tx, workspace_id, dimension, within=scope.within)
    names = await _names(tx, workspace_id, dimension)
    return [
        Group(
            names.get(value, value) if value else None,
            tally(given.get(value, {})),
            asked.get(value, 0),
            None if dimension in OF_ASKS else known.get(value, 0),
        )
        for value in {**given, **asked, **known}
    ]


async def _names(tx: Transaction, workspace_id: str, dimension: str) -> Mapping[str, str]:
    """How a value is called, where it is not its own name."""
    if dimension == "survey":
        return {str(each.id): each.name for each in await surveys.all_of(tx, workspace_id)}
    return {kind: word for word, kind in OCCASIONS.items()} if dimension == "occasion" else {}
