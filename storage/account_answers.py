"""Queries about answers by account: how much revenue speaks, and how alike colleagues are. One statement each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Float, Row, Subquery, case, cast, func, select

from storage.database import Transaction
from storage.models import Account, Contact, Response
from storage.reports import GIVER, SELF
from storage.slices import ALL, NAMED, Slice


@dataclass(frozen=True)
class Counted:
    """Which answers: of one kind in a window, each person's latest or all but their repeats."""

    workspace_id: str
    kind: str
    since: datetime
    before: datetime
    is_latest_only: bool
    within: Slice = ALL


async def weights(
    tx: Transaction, counted: Counted, *, promoters_from: int, passives_from: int
) -> Row[Any, *tuple[Any, ...]]:
    """
    The sums of the weights of answers: how many weigh something, all, squared, promoters', detractors', how many weigh
    nothing. What an account pays is split over its answers; confidential ones are left out, since few large accounts
    would tell whose people said it.
    """
    answers = _answers(counted, Response.privacy == NAMED)
    size, (happy, unhappy) = func.count(), _sides(answers, promoters_from, passives_from)
    by_account = (
        select(
            cast(Account.arr, Float).label("arr"), size.label("size"), happy.label("happy"), unhappy.label("unhappy")
        )
        .select_from(answers)
        .join(Contact, Contact.id == answers.c.contact_id)
        .outerjoin(Account, (Account.id == Contact.account_id) & (Account.arr > 0))
        .group_by(Account.id, Account.arr)
        .subquery()
    )
    arr, n, known = by_account.c.arr, by_account.c.size, by_account.c.arr.is_not(None)
    query = select(
        _sum(case((known, n), else_=0)),
        _sum(arr),
        _sum(arr * arr / n),
        _sum(arr * by_account.c.happy / n),
        _sum(arr * by_account.c.unhappy / n),
        _sum(case((known, 0), else_=n)),
    )
    return (await tx.execute(query)).one()


async def clusters(
    tx: Transaction, counted: Counted, *, promoters_from: int, passives_from: int
) -> Row[Any, *tuple[Any, ...]]:
    """
    How many accounts, answers, promoters, detractors; and, with S an account's promoters less its detractors and n its
    answers, the sums of S², S·n and n². Whoever belongs to no account is one of their own.
    """
    answers = _answers(counted)
    size, (happy, unhappy) = func.count(), _sides(answers, promoters_from, passives_from)
    by_account = (
        select(size.label("size"), happy.label("happy"), unhappy.label("unhappy"))
        .select_from(answers)
        .join(Contact, Contact.id == answers.c.contact_id)
        .group_by(func.coalesce(Contact.account_id, -Contact.id))
        .subquery()
    )
    n, balance = by_account.c.size, by_account.c.happy - by_account.c.unhappy
    sums = (n, by_account.c.happy, by_account.c.unhappy, balance * balance, balance * n, n * n)
    return (await tx.execute(select(func.count(), *map(_sum, sums)))).one()


def _answers(counted: Counted, *where: ColumnElement[bool]) -> Subquery:
    place = func.row_number().over(partition_by=GIVER, order_by=(Response.answered_at.desc(), Response.id.desc()))
    query = select(Response.contact_id, Response.score, place.label("place")).where(
        Response.workspace_id == counted.workspace_id,
        Response.kind == counted.kind,
        Response.answered_at > counted.since,
        Response.answered_at <= counted.before,
        Response.is_rehearsal.is_(False),
        Response.mode == SELF,
        *counted.within.of(Response),
        *where,
    )
    if not counted.is_latest_only:
        return query.where(Response.is_repeat.is_(False)).subquery()
    placed = query.subquery()
    return select(placed).where(placed.c.place == 1).subquery()


def _sides(answers: Subquery, promoters_from: int, passives_from: int) -> tuple[ColumnElement[int], ColumnElement[int]]:
    happy, unhappy = answers.c.score >= promoters_from, answers.c.score < passives_from
    return func.sum(case((happy, 1), else_=0)), func.sum(case((unhappy, 1), else_=0))


def _sum(value: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.coalesce(func.sum(value), 0)
