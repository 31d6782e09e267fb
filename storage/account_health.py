"""
Queries about how accounts are: one statement a sign, for all of a workspace's accounts at once or for one of them.

Nothing confidential is among it: it would tell whose people said it. Rows begin with the account's id; accounts about
which there is nothing to say have none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, SQLColumnExpression, Subquery, and_, case, func, select

from storage.database import Transaction
from storage.follow_ups import CLAIMED, OPEN, WAITS
from storage.models import Account, AccountRevenue, Contact, FollowUp, Invitation, Response
from storage.reports import SELF
from storage.slices import NAMED

FINISHED = ("answered", "declined", "expired")


@dataclass(frozen=True)
class Accounts:
    """Whose signs: those of all accounts of a workspace, or of one; what was said from then on, up to now."""

    workspace_id: str
    since: datetime
    before: datetime
    account_id: int | None = None

    def of(self, column: SQLColumnExpression[Any]) -> ColumnElement[bool]:
        return column.is_not(None) if self.account_id is None else column == self.account_id

    def people(self, column: SQLColumnExpression[int]) -> list[ColumnElement[bool]]:
        """So that of one account only its people's rows are looked at."""
        theirs = select(Contact.id).where(Contact.account_id == self.account_id)
        return [] if self.account_id is None else [column.in_(theirs)]


async def felt(
    tx: Transaction, accounts: Accounts, *, kind: str, promoters_from: int, passives_from: int
) -> Sequence[Row[Any, *tuple[Any, ...]]]:
    """How people felt when they last said so: promoters, passives, detractors, then the same of those who decide."""
    latest = _latest(accounts, kind)
    score, decides = latest.c.score, Contact.is_decision_maker
    groups = (score >= promoters_from, and_(score >= passives_from, score < promoters_from), score < passives_from)
    query = (
        select(Contact.account_id, *map(_count, groups), *(_count(and_(group, decides)) for group in groups))
        .join(Contact, Contact.id == latest.c.contact_id)
        .where(latest.c.place == 1, accounts.of(Contact.account_id))
        .group_by(Contact.account_id)
    )
    return (await tx.execute(query)).all()


async def solved(
    tx: Transaction, accounts: Accounts, *, kind: str, words: Sequence[str]
) -> Sequence[Row[Any, *tuple[Any, ...]]]:
    """How often each of these words was the answer to "Did we solve it?", in their order."""
    query = (
        select(Contact.account_id, *(_count(Response.solved == word) for word in words))
        .join(Contact, Contact.id == Response.contact_id)
        .where(*_said(accounts, kind), Response.solved.is_not(None), accounts.of(Contact.account_id))
        .group_by(Contact.account_id)
    )
    return (await tx.execute(query)).all()


async def last_asked(
    tx: Transaction, accounts: Accounts, *, kinds: Sequence[str], latest: int
) -> Sequence[Row[int, int, int]]:
    """Of the last so many questions that are over: how many there are, how many were answered."""
    place = func.row_number().over(
        partition_by=Contact.account_id, order_by=(Invitation.sent_at.desc(), Invitation.id.desc())
    )
    asked = (
        select(Contact.account_id, Invitation.state, place.label("place"))
        .join(Contact, Contact.id == Invitation.contact_id)
        .where(Invitation.workspace_id == accounts.workspace_id, Invitation.kind.in_(kinds))
        .where(Invitation.sent_at > accounts.since, Invitation.sent_at <= accounts.before)
        .where(Invitation.state.in_(FINISHED), Invitation.is_rehearsal.is_(False), Invitation.privacy == NAMED)
        .where(Invitation.mode == SELF)
        .where(*accounts.people(Invitation.contact_id))
        .where(accounts.of(Contact.account_id))
        .subquery()
    )
    query = (
        select(asked.c.account_id, func.count(), _count(asked.c.state == "answered"))
        .where(asked.c.place <= latest)
        .group_by(asked.c.account_id)
    )
    return (await tx.execute(query)).all()


async def unhappy_waiting(tx: Transaction, accounts: Accounts, *, highest: int) -> Mapping[int | None, int]:
    """How many answers up to that score nobody has dealt with yet, however old they are."""
    query = (
        select(Contact.account_id, func.count())
        .select_from(FollowUp)
        .join(Response, Response.id == FollowUp.response_id)
        .join(Contact, Contact.id == Response.contact_id)
        .where(FollowUp.workspace_id == accounts.workspace_id, FollowUp.state.in_((OPEN, CLAIMED)), WAITS)
        .where(FollowUp.is_rehearsal.is_(False), FollowUp.opened_at <= accounts.before)
        .where(Response.score <= highest, Response.privacy == NAMED, accounts.of(Contact.account_id))
        .group_by(Contact.account_id)
    )
    return dict((await tx.execute(query)).all())


async def revenues_at(tx: Transaction, accounts: Accounts, *, at: datetime) -> Mapping[int, int | None]:
    """What each paid a year then; accounts of which we had not heard by then are absent."""
    place = func.row_number().over(
        partition_by=AccountRevenue.account_id, order_by=(AccountRevenue.since.desc(), AccountRevenue.id.desc())
    )
    known = (
        select(AccountRevenue.account_id, AccountRevenue.arr, place.label("place"))
        .join(Account, Account.id == AccountRevenue.account_id)
        .where(Account.workspace_id == accounts.workspace_id, AccountRevenue.since <= at)
        .where(accounts.of(AccountRevenue.account_id))
        .subquery()
    )
    return dict((await tx.execute(select(known.c.account_id, known.c.arr).where(known.c.place == 1))).all())


def _latest(accounts: Accounts, kind: str) -> Subquery:
    place = func.row_number().over(
        partition_by=Response.contact_id, order_by=(Response.answered_at.desc(), Response.id.desc())
    )
    return select(Response.contact_id, Response.score, place.label("place")).where(*_said(accounts, kind)).subquery()


def _said(accounts: Accounts, kind: str) -> tuple[ColumnElement[bool], ...]:
    """What people answered themselves, with their name."""
    return (
        Response.workspace_id == accounts.workspace_id,
        Response.kind == kind,
        Response.answered_at > accounts.since,
        Response.answered_at <= accounts.before,
        Response.is_rehearsal.is_(False),
        Response.mode == SELF,
        Response.privacy == NAMED,
        *accounts.people(Response.contact_id),
    )


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
