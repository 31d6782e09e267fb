"""What renews when, how much revenue is exposed, and how much of last year's is still there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.rules.health import State

SOON = timedelta(days=90)
RANKS = {state: rank for rank, state in enumerate(State)}


@dataclass(frozen=True)
class Renewing:
    """One account as the list of renewals needs it. `arr` None: nobody told."""

    name: str
    state: State
    renews_on: date | None
    arr: int | None


@dataclass(frozen=True)
class Due:
    """Accounts of one state that renew soon: how many, what they pay a year, and how many of them nobody priced."""

    accounts: int = 0
    arr: int = 0
    unpriced: int = 0


@dataclass(frozen=True)
class Retention:
    """
    Of the accounts that paid a year ago, what they paid then, in all, and what came and went since.

    Whoever pays nothing now is churned. Accounts whose revenue is unknown on either day are not among them.
    """

    accounts: int = 0
    start: int = 0
    expansion: int = 0
    contraction: int = 0
    churned: int = 0

    @property
    def net(self) -> float | None:
        """NRR: the share of that revenue that is there now, growth included."""
        gained = self.expansion - self.contraction - self.churned
        return (self.start + gained) / self.start if self.start else None

    @property
    def gross(self) -> float | None:
        """GRR: the same without growth, so never more than all of it."""
        return (self.start - self.contraction - self.churned) / self.start if self.start else None


def retention(revenues: Iterable[tuple[int | None, int | None]]) -> Retention:
    """From each account's revenue a year ago and now."""
    known = [(before, now) for before, now in revenues if before and now is not None]
    return Retention(
        accounts=len(known),
        start=sum(before for before, _ in known),
        expansion=sum(max(now - before, 0) for before, now in known),
        contraction=sum(max(before - now, 0) for before, now in known if now),
        churned=sum(before for before, now in known if not now),
    )


def is_soon(renews_on: date | None, *, today: date) -> bool:
    """Within 90 days, today and the last of them included."""
    return renews_on is not None and today <= renews_on <= today + SOON


def due_soon(accounts: Iterable[Renewing], *, today: date) -> Mapping[State, Due]:
    """What renews within 90 days, by state; every state is there."""
    found = dict.fromkeys(State, Due())
    for each in accounts:
        if is_soon(each.renews_on, today=today):
            so_far = found[each.state]
            found[each.state] = Due(
                so_far.accounts + 1, so_far.arr + (each.arr or 0), so_far.unpriced + (each.arr is None)
            )
    return found


def urgency(account: Renewing, *, today: date) -> tuple[object, ...]:
    """
    What to sort by: the month of the renewal, the soonest first; within a month red, unknown, amber, green; then the
    day, the higher revenue, the name. Whose day has passed comes after, and whoever has none, last.
    """
    on, rank = account.renews_on, RANKS[account.state]
    if on is None:
        when: tuple[int, ...] = (2, 0, 0)
    else:
        when = (0, on.year, on.month) if on >= today else (1, -on.year, -on.month)
    return (*when, rank, on or today, -(account.arr or 0), account.name.casefold(), account.name)
