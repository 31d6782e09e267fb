"""Queries about contacts: the people who were or may be asked."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select, update

from storage.database import Transaction, is_sqlite, keep
from storage.models import Contact, Invitation, Suppression


async def get(tx: Transaction, contact_id: int) -> Contact | None:
    return await tx.get(Contact, contact_id, populate_existing=True)


async def by_user(tx: Transaction, workspace_id: str, user_id: str) -> Contact | None:
    query = select(Contact).where(Contact.workspace_id == workspace_id, Contact.user_id == user_id)
    return await tx.scalar(query)


async def by_email(tx: Transaction, workspace_id: str, email: str, *, limit: int) -> Sequence[Contact]:
    """Those whose imported address it is."""
    query = select(Contact).where(Contact.workspace_id == workspace_id, Contact.email == email)
    return (await tx.scalars(query.order_by(Contact.id).limit(limit))).all()


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
    tx: Transaction,
    contact_id: int,
    *,
    name: str,
    handle: str | None,
    language: str | None,
    home_team_id: str | None,
    time_zone: str | None,
) -> None:
    """What Slack keeps to itself stays what it was: it may have been imported."""
    await _update(
        tx,
        contact_id,
        name=name,
        handle=handle,
        language=func.coalesce(language, Contact.language),
        home_team_id=func.coalesce(home_team_id, Contact.home_team_id),
        time_zone=func.coalesce(time_zone, Contact.time_zone),
    )


async def set_account(tx: Transaction, contact_id: int, account_id: int | None) -> None:
    """What was recognised; what a colleague said meanwhile stays."""
    is_guessed = Contact.is_account_by_hand.is_(False)
    await tx.execute(update(Contact).where(Contact.id == contact_id, is_guessed).values(account_id=account_id))


async def without_account(tx: Transaction, workspace_id: str, *, limit: int) -> Sequence[Contact]:
    query = select(Contact).where(Contact.workspace_id == workspace_id, Contact.account_id.is_(None))
    return (await tx.scalars(query.order_by(Contact.name, Contact.id).limit(limit))).all()


async def to_recognise(tx: Transaction, workspace_id: str, *, after: int, limit: int) -> Sequence[Contact]:
    """People whose account nobody said, by id; nobody else changes them before this transaction ends."""
    guessed = (Contact.workspace_id == workspace_id, Contact.is_account_by_hand.is_(False), Contact.id > after)
    return (await tx.scalars(select(Contact).where(*guessed).order_by(Contact.id).limit(limit).with_for_update())).all()


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


async def suppressions(tx: Transaction, workspace_id: str, fingerprints: Iterable[str]) -> Sequence[Suppression]:
    query = select(Suppression).where(Suppression.workspace_id == workspace_id)
    return (await tx.scalars(query.where(Suppression.fingerprint.in_(fingerprints)))).all()


async def add_suppression(tx: Transaction, suppression: Suppression) -> None:
    await tx.merge(suppression)
    await tx.flush()


async def _update(tx: Transaction, contact_id: int, **values: object) -> None:
    await tx.execute(update(Contact).where(Contact.id == contact_id).values(**values))
