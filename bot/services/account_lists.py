"""`/nps accounts`: what renews when, how those accounts are, and how much of the revenue due soon is exposed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.rules.health import Health, State, health
from bot.rules.renewals import Due, Renewing, Retention, due_soon, retention, urgency
from bot.services import account_health, calendars, workspaces
from storage import account_lists as queries
from storage.account_lists import Listed
from storage.database import Transaction
from storage.slices import ALL, Slice

PAGE = 10  # accounts in one message

__all__ = ["PAGE", "AccountList", "Line", "Listed", "Which", "listed"]


@dataclass(frozen=True)
class Which:
    """Which accounts: of some owners or segments, in one state; all where nothing is said. Pages count from 1."""

    within: Slice = ALL
    state: State | None = None
    page: int = 1


@dataclass(frozen=True)
class Line:
    account: Listed
    health: Health


@dataclass(frozen=True)
class AccountList:
    """
    One page, soonest renewal first. `due`, `retention` and `known` are about all accounts, or all of the slice,
    whatever their state; `count`: how many the list has.
    """

    which: Which
    lines: Sequence[Line]
    count: int
    known: int
    today: date
    due: Mapping[State, Due]
    retention: Retention = field(default_factory=Retention)
    currency: str | None = None

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // PAGE))


async def listed(tx: Transaction, workspace_id: str, which: Which, *, now: datetime) -> AccountList:
    """A page beyond the last is the last."""
    accounts = await queries.all_of(tx, workspace_id, within=which.within)
    revenues = {each.id: each.arr for each in accounts}
    signs = await account_health.signs_of(tx, workspace_id, revenues, now=now)
    states = {account_id: health(each) for account_id, each in signs.items()}
    renewing = {each.id: _renewing(each, states[each.id]) for each in accounts}
    today = (await calendars.of_team(tx, workspace_id)).on(now)
    chosen = [each for each in accounts if which.state in (None, states[each.id].state)]
    page = min(max(which.page, 1), max(1, -(-len(chosen) // PAGE)))
    in_order = sorted(chosen, key=lambda each: urgency(renewing[each.id], today=today))
    return AccountList(
        which=replace(which, page=page),
        lines=[Line(each, states[each.id]) for each in in_order[(page - 1) * PAGE : page * PAGE]],
        count=len(chosen),
        known=len(accounts),
        today=today,
        due=due_soon(renewing.values(), today=today),
        retention=retention((each.arr_before, each.arr) for each in signs.values()),
        currency=(await workspaces.get(tx, workspace_id)).currency,
    )


def _renewing(account: Listed, health: Health) -> Renewing:
    return Renewing(account.name, health.state, account.renews_on, account.arr)
