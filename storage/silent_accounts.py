"""
Queries about who has not been heard from: accounts nobody of which answered anything, and people who did not.

Answers given in confidence are not looked at, so whoever was asked in confidence is in no list: to be missing there
would say that they answered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Subquery, and_, case, func, or_, select

from storage.database import Transaction
from storage.models import Account, Contact, ExitReason, Invitation, ListedStaff, Response, Withholding
from storage.reports import KINDS, MODES, STATES
from storage.slices import NAMED, Slice

OPEN_CARD = "open_card"


@dataclass(frozen=True)
class Since:
    """From when on nobody was heard; `kinds`: of all surveys that give scores; `day`: the same on the calendar."""

    workspace_id: str
    since: datetime
    day: date
    kinds: Sequence[str]
    within: Slice


@dataclass(frozen=True)
class SilentAccount:
    """One with nobody's answer."""

    id: int
    name: str
    owner_id: str | None
    arr: int | None
    renews_on: date | None


@dataclass(frozen=True)
class SilentPerson:
    """`asked`: how often since then; `because`: why they were last not asked."""

    id: int
    name: str
    account: str
    owner_id: str | None
    arr: int | None
    asked: int
    last_asked_at: datetime | None
    because: str | None = None


async def count_accounts(tx: Transaction, it: Since) -> Row[Any, *tuple[Any, ...]]:
    """Of active accounts: all, the silent ones, what those pay a year, and those asked in confidence."""
    silent, confided = _is_silent(it), _is_confided(it)
    query = select(
        func.count(),
        _count(silent),
        func.sum(case((silent, func.coalesce(Account.arr, 0)), else_=0)),
        _count(and_(confided, _is_unheard(it))),
    ).where(*_active(it))
    found: Row[Any, *tuple[Any, ...]] = (await tx.execute(query)).one()
    return found


async def accounts(tx: Transaction, it: Since, *, limit: int, offset: int) -> Sequence[SilentAccount]:
    """What they pay decides, the most first; those nobody priced come last."""
    columns = (Account.id, Account.name, Account.owner_id, Account.arr, Account.renews_on)
    query = select(*columns).where(*_active(it), _is_silent(it)).order_by(*_BY_REVENUE).limit(limit).offset(offset)
    return [SilentAccount(*row) for row in await tx.execute(query)]


async def people_of(tx: Transaction, it: Since, account_ids: Sequence[int]) -> Mapping[int, Row[int, int, int, int]]:
    """Of each of these accounts: how many people are known, how many opted out, how often they were asked."""
    asked = _asked(it, Invitation.contact_id.in_(select(Contact.id).where(Contact.account_id.in_(account_ids))))
    query = (
        select(
            Contact.account_id,
            func.count(),
            _count(Contact.opted_out_at.is_not(None)),
            func.coalesce(func.sum(asked.c.times), 0),
        )
        .outerjoin(asked, asked.c.contact_id == Contact.id)
        .where(Contact.account_id.in_(account_ids))
        .group_by(Contact.account_id)
    )
    return {row[0]: row for row in await tx.execute(query)}


async def count_people(tx: Transaction, it: Since) -> Row[Any, *tuple[Any, ...]]:
    """Of people of accounts: all, opted out, asked in confidence; of the others: asked, silent, never asked."""
    asked, silent = _asked(it), Contact.id.not_in(_heard(it))
    may, confided = Contact.opted_out_at.is_(None), func.coalesce(asked.c.confided, 0) > 0
    open_ = and_(may, ~confided)
    query = _with_account(
        select(
            func.count(),
            _count(~may),
            _count(and_(may, confided)),
            _count(and_(open_, asked.c.times > 0)),
            _count(and_(open_, silent)),
            _count(and_(open_, silent, asked.c.times.is_(None))),
        ),
        asked,
    )
    return (await tx.execute(query.where(*_customers(it)))).one()


async def people(tx: Transaction, it: Since, *, limit: int, offset: int) -> Sequence[SilentPerson]:
    """Whose account pays most first."""
    asked = _asked(it)
    columns = (Contact.id, Contact.name, Account.name, Account.owner_id, Account.arr)
    query = (
        _with_account(select(*columns, func.coalesce(asked.c.times, 0), asked.c.last_at), asked)
        .where(*_customers(it), Contact.opted_out_at.is_(None), Contact.id.not_in(_heard(it)))
        .where(or_(asked.c.confided.is_(None), asked.c.confided == 0))
        .order_by(*_BY_REVENUE, Contact.is_decision_maker.desc(), Contact.name, Contact.id)
        .limit(limit)
        .offset(offset)
    )
    return [SilentPerson(*row) for row in await tx.execute(query)]


async def latest_reasons(tx: Transaction, contact_ids: Sequence[int], *, since: datetime) -> Mapping[int, str]:
    """Why each of these people was not asked the last time somebody wanted to."""
    query = (
        select(Withholding.contact_id, Withholding.because)
        .where(Withholding.contact_id.in_(contact_ids), Withholding.withheld_at > since)
        .order_by(Withholding.withheld_at, Withholding.id)
    )
    return dict((await tx.execute(query)).all())


_BY_REVENUE = (Account.arr.is_(None), Account.arr.desc(), Account.name, Account.id)


def _active(it: Since) -> tuple[ColumnElement[bool], ...]:
    """Who pays nothing has left, and who began since then has hardly had the time."""
    pays = or_(Account.arr.is_(None), Account.arr > 0)
    began = or_(Account.started_on.is_(None), Account.started_on <= it.day)
    return (Account.workspace_id == it.workspace_id, pays, began, *it.within.companies())


def _is_silent(it: Since) -> ColumnElement[bool]:
    return and_(_is_unheard(it), ~_is_confided(it))


def _is_unheard(it: Since) -> ColumnElement[bool]:
    answered = select(Contact.account_id).join(Response, Response.contact_id == Contact.id).where(*_answers(it))
    left = (
        select(Contact.account_id)
        .join(ExitReason, ExitReason.contact_id == Contact.id)
        .where(ExitReason.workspace_id == it.workspace_id, ExitReason.answered_at > it.since)
    )
    known = Contact.account_id.is_not(None)
    return and_(Account.id.not_in(answered.where(known)), Account.id.not_in(left.where(known)))


def _is_confided(it: Since) -> ColumnElement[bool]:
    confided = (
        select(Contact.account_id)
        .join(Invitation, Invitation.contact_id == Contact.id)
        .where(*_questions(it), Invitation.privacy != NAMED, Contact.account_id.is_not(None))
    )
    return Account.id.in_(confided)


def _answers(it: Since) -> tuple[ColumnElement[bool], ...]:
    ours = Response.workspace_id == it.workspace_id, Response.kind.in_(it.kinds), Response.answered_at > it.since
    return (*ours, Response.mode.in_(MODES), Response.is_rehearsal.is_(False), Response.privacy == NAMED)


def _questions(it: Since) -> tuple[ColumnElement[bool], ...]:
    ours = Invitation.workspace_id == it.workspace_id, Invitation.sent_at > it.since
    every = Invitation.kind.in_(KINDS), Invitation.mode.in_(MODES), Invitation.state.in_(STATES)
    return (*ours, *every, Invitation.is_rehearsal.is_(False), Invitation.trigger != OPEN_CARD)


def _asked(it: Since, *where: ColumnElement[bool]) -> Subquery:
    return (
        select(
            Invitation.contact_id,
            func.count().label("times"),
            func.max(Invitation.sent_at).label("last_at"),
            _count(Invitation.privacy != NAMED).label("confided"),
        )
        .where(*_questions(it), *where)
        .group_by(Invitation.contact_id)
        .subquery()
    )


def _heard(it: Since) -> Select[int]:
    return select(Response.contact_id).where(*_answers(it))


def _with_account(query: Select[*tuple[Any, ...]], asked: Subquery) -> Select[*tuple[Any, ...]]:
    return (
        query.select_from(Contact)
        .join(Account, Account.id == Contact.account_id)
        .outerjoin(asked, asked.c.contact_id == Contact.id)
    )


def _customers(it: Since) -> tuple[ColumnElement[bool], ...]:
    staff = select(ListedStaff.user_id).where(ListedStaff.workspace_id == it.workspace_id)
    pays = or_(Account.arr.is_(None), Account.arr > 0)
    return (Contact.workspace_id == it.workspace_id, Contact.user_id.not_in(staff), pays, *it.within.people())


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
