"""Queries about accounts: the companies whose people are contacts."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Text, false, func, or_, select, type_coerce

from storage.database import Transaction, is_sqlite
from storage.models import Account

ASKING = 1  # what such a lock is about; there is no other so far
_SIGNS = select(Account.id, Account.team_id, Account.domains)


async def get(tx: Transaction, account_id: int) -> Account | None:
    return await tx.get(Account, account_id, populate_existing=True)


async def by_sign(
    tx: Transaction, workspace_id: str, *, name: str | None, crm_id: str | None, team_id: str | None, domain: str | None
) -> Account | None:
    """The first that has one of these."""
    signs: list[ColumnElement[bool]] = []
    signs += [column == value for column, value in _columns(name, crm_id, team_id) if value]
    signs += [type_coerce(Account.domains, Text).contains(f" {domain} ", autoescape=True)] if domain else []
    query = select(Account).where(Account.workspace_id == workspace_id, or_(false(), *signs))
    return await tx.scalar(query.order_by(Account.id).limit(1))


async def of_workspace(tx: Transaction, workspace_id: str) -> Sequence[Account]:
    return (await tx.scalars(select(Account).where(Account.workspace_id == workspace_id).order_by(Account.name))).all()


async def signs(tx: Transaction, workspace_id: str) -> Sequence[Row[int, str | None, tuple[str, ...]]]:
    """By what every account's people are recognised."""
    return (await tx.execute(_SIGNS.where(Account.workspace_id == workspace_id).order_by(Account.id))).all()


async def signs_like(
    tx: Transaction, workspace_id: str, *, team_id: str | None, domains: Sequence[str]
) -> Sequence[Row[int, str | None, tuple[str, ...]]]:
    """The same, of the few accounts that have this Slack workspace or one of these domains."""
    text = type_coerce(Account.domains, Text)
    fits = or_(Account.team_id == team_id, *(text.contains(f" {domain} ", autoescape=True) for domain in domains))
    return (await tx.execute(_SIGNS.where(Account.workspace_id == workspace_id, fits))).all()


async def hold(tx: Transaction, account_id: int) -> None:
    """
    Let nobody else count who of this account was asked before this transaction ends.

    Not the row: an import changes accounts before their people, and asking goes the other way round.
    """
    if not is_sqlite(tx):  # there a transaction that writes is the only one
        await tx.execute(select(func.pg_advisory_xact_lock(ASKING, account_id)))


def _columns(name: str | None, crm_id: str | None, team_id: str | None) -> list[tuple[Any, str | None]]:
    return [(Account.name, name), (Account.crm_id, crm_id), (Account.team_id, team_id)]
