"""Queries about what a report can be narrowed to: names as they are stored, for names as people type them."""

from collections.abc import Sequence

from sqlalchemy import Row, func, select, true

from storage.database import Transaction, is_sqlite
from storage.models import Account, Contact
from storage.slices import property_of


async def segments(tx: Transaction, workspace_id: str, *, limit: int) -> Sequence[str]:
    query = select(Account.segment).where(Account.workspace_id == workspace_id, Account.segment.is_not(None)).distinct()
    return [word for word in await tx.scalars(query.order_by(Account.segment).limit(limit)) if word]


async def roles(tx: Transaction, workspace_id: str, *, limit: int) -> Sequence[str]:
    query = select(Contact.role).where(Contact.workspace_id == workspace_id, Contact.role.is_not(None)).distinct()
    return [word for word in await tx.scalars(query.order_by(Contact.role).limit(limit)) if word]


async def accounts(tx: Transaction, workspace_id: str) -> Sequence[Row[int, str]]:
    """All of them: which name somebody means is not for a database to say, each compares letters in its own way."""
    query = select(Account.id, Account.name).where(Account.workspace_id == workspace_id)
    return (await tx.execute(query.order_by(Account.name))).all()


async def property_names(tx: Transaction, workspace_id: str, *, limit: int) -> Sequence[str]:
    """What is noted about anybody."""
    each = func.json_each if is_sqlite(tx) else func.json_object_keys
    found = each(Contact.properties).table_valued("key")
    keys = found if is_sqlite(tx) else found.render_derived()
    query = select(keys.c.key).select_from(Contact).join(keys, true())
    noted = query.where(Contact.workspace_id == workspace_id, Contact.properties.is_not(None))
    return sorted((await tx.scalars(noted.distinct().limit(limit))).all())


async def property_values(tx: Transaction, workspace_id: str, name: str, *, limit: int) -> Sequence[str]:
    found = property_of(name)
    query = select(found).where(Contact.workspace_id == workspace_id, found.is_not(None)).distinct().limit(limit)
    return sorted((await tx.scalars(query)).all())
