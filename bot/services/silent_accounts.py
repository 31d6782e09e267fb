"""`/nps silent`: accounts and people nobody has heard from in two quarters, with the reason where one is known."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.services import calendars, surveys, workspaces
from bot.services.account_reports import has_confidential
from storage import silent_accounts as queries
from storage.database import Transaction
from storage.silent_accounts import SilentAccount, SilentPerson, Since
from storage.slices import ALL, Slice

TWO_QUARTERS = timedelta(days=180)
PAGE = 10

__all__ = ["PAGE", "Line", "SilentAccount", "SilentAccounts", "SilentPeople", "SilentPerson", "accounts", "people"]


@dataclass(frozen=True)
class Line:
    """A silent account with what is known of why: how many people, how many of them opted out, how often asked."""

    account: SilentAccount
    people: int = 0
    opted_out: int = 0
    asked: int = 0


@dataclass(frozen=True)
class SilentAccounts:
    """
    One page, the highest revenue first. `active`: how many accounts pay; `arr`: what the silent ones pay.
    `confided`: accounts asked in confidence, of which nothing else was heard: whether they answered is not told.
    """

    lines: Sequence[Line]
    page: int
    active: int
    silent: int
    arr: int
    confided: int = 0
    currency: str | None = None
    has_confidential: bool = False


@dataclass(frozen=True)
class SilentPeople:
    """
    One page, whose account pays most first. Of `known` people of accounts that pay, some `opted_out`, some were
    `confided`, asked in confidence; of the others `asked` were asked and `silent` are silent, `never_asked` among them.
    """

    lines: Sequence[SilentPerson]
    page: int
    known: int
    opted_out: int
    confided: int
    asked: int
    silent: int
    never_asked: int
    has_confidential: bool = False

    @property
    def eligible(self) -> int:
        """Who may be asked, as far as is told."""
        return self.known - self.opted_out - self.confided


async def accounts(
    tx: Transaction, workspace_id: str, *, within: Slice = ALL, page: int = 1, now: datetime
) -> SilentAccounts:
    """A page beyond the last is the last."""
    it = await _since(tx, workspace_id, within, now=now)
    active, silent, arr, confided = await queries.count_accounts(tx, it)
    page = _page(page, silent)
    found = await queries.accounts(tx, it, limit=PAGE, offset=(page - 1) * PAGE)
    about = await queries.people_of(tx, it, [each.id for each in found]) if found else {}
    return SilentAccounts(
        lines=[Line(each, *map(int, about[each.id][1:])) if each.id in about else Line(each) for each in found],
        page=page,
        active=active,
        silent=silent,
        arr=int(arr or 0),
        confided=confided,
        currency=(await workspaces.get(tx, workspace_id)).currency,
        has_confidential=await has_confidential(tx, workspace_id),
    )


async def people(
    tx: Transaction, workspace_id: str, *, within: Slice = ALL, page: int = 1, now: datetime
) -> SilentPeople:
    """A page beyond the last is the last."""
    it = await _since(tx, workspace_id, within, now=now)
    known, opted_out, confided, asked, silent, never_asked = map(int, await queries.count_people(tx, it))
    page = _page(page, silent)
    found = await queries.people(tx, it, limit=PAGE, offset=(page - 1) * PAGE)
    reasons = await queries.latest_reasons(tx, [each.id for each in found], since=it.since) if found else {}
    return SilentPeople(
        lines=[replace(each, because=reasons.get(each.id)) for each in found],
        page=page,
        known=known,
        opted_out=opted_out,
        confided=confided,
        asked=asked,
        silent=silent,
        never_asked=never_asked,
        has_confidential=await has_confidential(tx, workspace_id),
    )


async def _since(tx: Transaction, workspace_id: str, within: Slice, *, now: datetime) -> Since:
    since = now - TWO_QUARTERS
    kinds = [each for each in surveys.SurveyKind if each != surveys.SurveyKind.EXIT]
    return Since(workspace_id, since, (await calendars.of_team(tx, workspace_id)).on(since), kinds, within)


def _page(wanted: int, count: int) -> int:
    return min(max(wanted, 1), max(1, -(-count // PAGE)))
