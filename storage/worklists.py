"""Queries about follow-ups that are not over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from storage.database import Transaction
from storage.follow_ups import CLAIMED, OPEN, WAITS
from storage.models import Account, Contact, FollowUp, Response

NAMED = "named"


@dataclass(frozen=True)
class Item:
    """One follow-up with the person who waits. `contact` None: what they said is confidential."""

    follow_up: FollowUp
    response: Response
    contact: Contact | None
    account: Account | None


async def items(
    tx: Transaction, workspace_id: str, *where: ColumnElement[bool], limit: int, now: datetime
) -> Sequence[Item]:
    """Longest waiting first."""
    query = (
        select(FollowUp, Response, Contact, Account)
        .join(Response, Response.id == FollowUp.response_id)
        .join(Contact, Contact.id == Response.contact_id)
        .outerjoin(Account, Account.id == Contact.account_id)
        .where(*_not_over(workspace_id, now), *where)
        .order_by(FollowUp.opened_at, FollowUp.id)
        .limit(limit)
    )
    return [_item(*row) for row in (await tx.execute(query))]


async def count(tx: Transaction, workspace_id: str, *where: ColumnElement[bool], now: datetime) -> int:
    query: Select[int] = select(func.count()).select_from(FollowUp).where(*_not_over(workspace_id, now), *where)
    return (await tx.execute(query)).scalar_one()


def everything() -> tuple[ColumnElement[bool], ...]:
    return ()


def claimed_by(user_id: str) -> tuple[ColumnElement[bool], ...]:
    return (FollowUp.claimed_by == user_id,)


def nobodys() -> tuple[ColumnElement[bool], ...]:
    return (FollowUp.claimed_by.is_(None),)


def overdue(now: datetime, *, opened_before: datetime) -> tuple[ColumnElement[bool], ...]:
    """Without a first reply that was due, or open for too long; what is put off is not."""
    unanswered = and_(FollowUp.reply_due_at <= now, FollowUp.contacted_at.is_(None))
    asleep = and_(FollowUp.snoozed_until.is_not(None), FollowUp.snoozed_until > now)
    return (or_(unanswered, FollowUp.opened_at <= opened_before), ~asleep)


def _item(follow_up: FollowUp, response: Response, contact: Contact, account: Account | None) -> Item:
    is_named = response.privacy == NAMED
    return Item(follow_up, response, contact if is_named else None, account if is_named else None)


def _not_over(workspace_id: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Of those colleagues may hear of."""
    ours = FollowUp.workspace_id == workspace_id, FollowUp.is_rehearsal.is_(False)
    return (*ours, FollowUp.state.in_((OPEN, CLAIMED)), WAITS, FollowUp.opened_at <= now)
