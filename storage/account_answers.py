"""Queries about answers by account: how much revenue speaks, and how alike colleagues are. One statement each."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Float, Row, Select, Subquery, case, cast, func, select

from storage.database import Transaction
from storage.models import Account, Contact, Response
from storage.reports import counted
from storage.slices import NAMED, Slice
from storage.windows import Make, Window, rows


@dataclass(frozen=True)
class Bands:
    """From which score on somebody is a promoter, and from which a passive."""

    promoters_from: int
    passives_from: int


async def weights(
    tx: Transaction,
    workspace_id: str,
    *,
    kind: str,
    within: Slice,
    since: datetime,
    before: datetime,
    bands: Bands,
) -> Row[Any, *tuple[Any, ...]]:
    """
    The sums of the weights of answers: how many weigh something, all, squared, promoters', detractors', how many weigh
    nothing. What an account pays is split over its answers; confidential ones are left out, since few large accounts
    would tell whose people said it.
    """
    named = [Response.privacy == NAMED]
    answers = counted(workspace_id, kind=kind, since=since, before=before, within=within, also=named)
    size, (happy, unhappy) = func.count(), _sides(answers, bands)
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
    tx: Transaction, workspace_id: str, *, kind: str, within: Slice, since: datetime, before: datetime, bands: Bands
) -> Row[*tuple[Any, ...]]:
    """
    How many accounts, answers, promoters, detractors; and, with S an account's promoters less its detractors and n its
    answers, the sums of S², S·n and n². Whoever belongs to no account is one of their own.
    """
    (row,) = await rows(tx, _by_bands(bands), Window(workspace_id, kind, since, before, within))
    return row


@cache
def _by_bands(bands: Bands) -> Make:
    return lambda window: _clusters(window, bands)


def _clusters(window: Window, bands: Bands) -> Select[*tuple[Any, ...]]:
    when, kind, within = window.since, window.kind, window.within
    answers = counted(window.workspace_id, kind=kind, since=when, before=window.before, within=within)
    size, (happy, unhappy) = func.count(), _sides(answers, bands)
    by_account = (
        select(size.label("size"), happy.label("happy"), unhappy.label("unhappy"))
        .select_from(answers)
        .join(Contact, Contact.id == answers.c.contact_id)
        .group_by(func.coalesce(Contact.account_id, -Contact.id))
        .subquery()
    )
    n, balance = by_account.c.size, by_account.c.happy - by_account.c.unhappy
    sums = (n, by_account.c.happy, by_account.c.unhappy, balance * balance, balance * n, n * n)
    return select(func.count(), *map(_sum, sums))


def _sides(answers: Subquery, bands: Bands) -> tuple[ColumnElement[int], ColumnElement[int]]:
    happy, unhappy = answers.c.score >= bands.promoters_from, answers.c.score < bands.passives_from
    return func.sum(case((happy, 1), else_=0)), func.sum(case((unhappy, 1), else_=0))


def _sum(value: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.coalesce(func.sum(value), 0)
