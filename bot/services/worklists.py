"""Worklists: the follow-ups that are not over, somebody's own, nobody's, or those that should have been answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.rules.closing import RESOLVE_WITHIN
from storage import worklists as queries
from storage.database import Transaction
from storage.worklists import Item

__all__ = ["Item", "Which", "Worklist", "is_overdue", "worklist"]
MOST_SHOWN = 15  # a message holds fifty blocks


class Which(StrEnum):
    ALL = "all"
    MINE = "mine"
    OPEN = "open"  # nobody has taken it
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Worklist:
    """The longest waiting first; `count` of all there are."""

    which: Which
    items: Sequence[Item]
    count: int


async def worklist(tx: Transaction, workspace_id: str, which: Which, *, by: str, now: datetime) -> Worklist:
    """`by`: whose own ones are meant by mine."""
    where = {
        Which.ALL: queries.everything(),
        Which.MINE: queries.claimed_by(by),
        Which.OPEN: queries.nobodys(),
        Which.OVERDUE: queries.overdue(now, opened_before=now - RESOLVE_WITHIN),
    }[which]
    items = await queries.items(tx, workspace_id, *where, limit=MOST_SHOWN, now=now)
    return Worklist(which, items, await queries.count(tx, workspace_id, *where, now=now))


def is_overdue(item: Item, *, now: datetime) -> bool:
    """The same as the list of those says."""
    follow_up = item.follow_up
    if follow_up.snoozed_until is not None and follow_up.snoozed_until > now:
        return False
    is_unanswered = follow_up.contacted_at is None and follow_up.reply_due_at is not None
    is_late = is_unanswered and follow_up.reply_due_at is not None and follow_up.reply_due_at <= now
    return is_late or follow_up.opened_at <= now - RESOLVE_WITHIN
