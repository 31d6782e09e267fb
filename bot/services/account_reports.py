"""`/nps account`: everything about one account on one page, and which account somebody means by a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.rules.health import Health, Signs, health
from bot.rules.names import meant, nearest
from bot.rules.privacy import Privacy
from bot.services import account_health, accounts, calendars, surveys, workspaces
from storage import account_reports as queries
from storage.account_reports import Said
from storage.database import Transaction
from storage.models import Account, Contact, Response

PEOPLE, ANSWERS, FOLLOW_UPS, SCORES = 10, 5, 5, 3  # shown on a page; scores of each person
CHOICES = 10

__all__ = ["AccountReport", "Found", "Person", "Said", "find", "report"]


@dataclass(frozen=True)
class Found:
    """The accounts a name fits, a few of them; `count` of all that do. `nearest`: where none does, some come close."""

    accounts: Sequence[tuple[int, str]] = ()
    count: int = 0
    nearest: Sequence[str] = ()


@dataclass(frozen=True)
class Person:
    """Somebody of the account; their last answers, the newest first."""

    contact: Contact
    scores: Sequence[Response] = ()


@dataclass(frozen=True)
class AccountReport:
    """A few of each; counts are of all. `has_confidential`: answers are left out whose giver nobody may know."""

    account: Account
    health: Health
    signs: Signs
    today: date
    people: Sequence[Person] = ()
    people_count: int = 0
    answers: Sequence[Said] = ()
    answers_count: int = 0
    follow_ups: Sequence[Said] = ()
    open_count: int = 0
    past_count: int = 0
    currency: str | None = None
    has_confidential: bool = False


async def find(tx: Transaction, workspace_id: str, name: str) -> Found:
    """Whom somebody means by a name, or a part of it, however it is written."""
    names = await queries.names(tx, workspace_id)
    fitting = meant(name, names)
    if fitting:
        return Found([(key, names[key]) for key in fitting[:CHOICES]], len(fitting))
    return Found(nearest=[names[key] for key in nearest(name, names)])


async def report(tx: Transaction, workspace_id: str, account_id: int, *, now: datetime) -> AccountReport | None:
    """None for an account of another workspace."""
    account = await accounts.get(tx, account_id)
    if account is None or account.workspace_id != workspace_id:
        return None
    known = await account_health.signs_of(tx, workspace_id, {account_id: account.arr}, only=account_id, now=now)
    total, over = await queries.count_follow_ups(tx, account_id)
    return AccountReport(
        account=account,
        health=health(known[account_id]),
        signs=known[account_id],
        today=(await calendars.of_team(tx, workspace_id)).on(now),
        people=await _people(tx, account_id),
        people_count=await queries.count_people(tx, account_id),
        answers=await queries.answers(tx, account_id, limit=ANSWERS),
        answers_count=await queries.count_answers(tx, account_id),
        follow_ups=await queries.follow_ups(tx, account_id, limit=FOLLOW_UPS),
        open_count=total - int(over or 0),
        past_count=int(over or 0),
        currency=(await workspaces.get(tx, workspace_id)).currency,
        has_confidential=await has_confidential(tx, workspace_id),
    )


async def has_confidential(tx: Transaction, workspace_id: str) -> bool:
    return any(each.privacy == Privacy.CONFIDENTIAL for each in await surveys.all_of(tx, workspace_id))


async def _people(tx: Transaction, account_id: int) -> Sequence[Person]:
    found = await queries.people(tx, account_id, limit=PEOPLE)
    scores = await queries.latest_scores(tx, [each.id for each in found], latest=SCORES)
    return [Person(each, scores.get(each.id, ())) for each in found]
