"""Queries about contacts: the people who were or may be asked."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select, update

from storage.database import Transaction, is_sqlite, keep
from storage.models import Contact, Invitation, Suppression


async def get(tx: Transaction, contact_id: int) -> Contact | None:
    return await tx.get(Contact, contact_id, populate_existing=True)


async def by_user(tx: Transaction, workspace_id: str, user_id: str) -> Contact | None:
    query = select(Contact).where(Contact.workspace_id == workspace_id, Contact.user_id == user_id)
    return await tx.scalar(query)


async def by_id_or_name(tx: Transaction, text: str) -> Sequence[Contact]:
    """In every workspace; names and handles are compared without regard to case (on SQLite that of a to z)."""
    lower = text.lower()
    named = (Contact.name == text, func.lower(Contact.name) == lower, func.lower(Contact.handle) == lower)
    matches = or_(Contact.user_id == text, *named)
    return (await tx.scalars(select(Contact).where(matches).order_by(Contact.id))).all()


async def add(tx: Transaction, contact: Contact) -> None:
    """Known from now on, unless somebody else was faster."""
    await keep(tx, contact)


async def set_facts(
    tx: Transaction, contact_id: int, *, name: str, handle: str | None, language: str | None, home_team_id: str | None
) -> None:
    await _update(tx, contact_id, name=name, handle=handle, language=language, home_team_id=home_team_id)


async def hold_questions(tx: Transaction, contact_id: int) -> None:
    query = select(Invitation.id).where(Invitation.contact_id == contact_id).order_by(Invitation.id).with_for_update()
    await tx.execute(query)


async def hold(tx: Transaction, contact_id: int) -> None:
    if not is_sqlite(tx):  # there a transaction that writes is the only one
        await tx.execute(select(Contact.id).where(Contact.id == contact_id).with_for_update())


async def set_opted_out(tx: Transaction, contact_id: int, at: datetime | None) -> None:
    await _update(tx, contact_id, opted_out_at=at)


async def suppression(tx: Transaction, workspace_id: str, fingerprint: str) -> Suppression | None:
    return await tx.get(Suppression, (workspace_id, fingerprint), populate_existing=True)


async def add_suppression(tx: Transaction, suppression: Suppression) -> None:
    await tx.merge(suppression)
    await tx.flush()


async def _update(tx: Transaction, contact_id: int, **values: object) -> None:
    await tx.execute(update(Contact).where(Contact.id == contact_id).values(**values))
