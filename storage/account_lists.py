"""Queries about all accounts at once, as lists of them need each: a few columns, no rows of answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from storage.database import Transaction
from storage.models import Account
from storage.slices import Slice


@dataclass(frozen=True, slots=True)
class Listed:
    """One account in a list."""

    id: int
    name: str
    segment: str | None
    owner_id: str | None
    arr: int | None
    renews_on: date | None


async def all_of(tx: Transaction, workspace_id: str, *, within: Slice) -> Sequence[Listed]:
    columns = (Account.id, Account.name, Account.segment, Account.owner_id, Account.arr, Account.renews_on)
    query = select(*columns).where(Account.workspace_id == workspace_id, *within.companies())
    return [Listed(*row) for row in await tx.execute(query.order_by(Account.id))]
