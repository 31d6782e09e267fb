"""Queries about favours: whom we asked for one, and what came of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Row, Select, func, select, update

from storage import database
from storage.database import Transaction
from storage.models import Contact, Favour, FavourOffer, Workspace

QUOTE = "quote"
Given: TypeAlias = Row[Favour, Contact]


async def set_up(tx: Transaction, workspace_id: str, *, kinds: tuple[str, ...], review_url: str | None) -> None:
    query = update(Workspace).where(Workspace.id == workspace_id)
    await tx.execute(query.values(favours=kinds, review_url=review_url))


async def offer_of(tx: Transaction, response_id: int) -> FavourOffer | None:
    return await tx.scalar(select(FavourOffer).where(FavourOffer.response_id == response_id))


async def last_offered_at(tx: Transaction, contact_id: int) -> datetime | None:
    return await tx.scalar(select(func.max(FavourOffer.offered_at)).where(FavourOffer.contact_id == contact_id))


async def add_offer(tx: Transaction, offer: FavourOffer) -> bool:
    """False when it was made before."""
    return await database.keep(tx, offer)


async def set_taken(tx: Transaction, response_id: int, *, at: datetime) -> None:
    query = update(FavourOffer).where(FavourOffer.response_id == response_id, FavourOffer.taken_at.is_(None))
    await tx.execute(query.values(taken_at=at))


async def add(tx: Transaction, favour: Favour) -> int | None:
    """Its id; None when this answer brought one of this kind before."""
    if not await database.keep(tx, favour):
        return None
    query = select(Favour.id).where(Favour.response_id == favour.response_id, Favour.kind == favour.kind)
    return await tx.scalar(query)


async def get(tx: Transaction, favour_id: int) -> Favour | None:
    return await tx.get(Favour, favour_id, populate_existing=True)


async def with_person(tx: Transaction, favour_id: int) -> Given | None:
    query = select(Favour, Contact).join(Contact, Contact.id == Favour.contact_id)
    return (await tx.execute(query.where(Favour.id == favour_id))).one_or_none()


async def of_contact(tx: Transaction, contact_id: int, *, limit: int) -> Sequence[Favour]:
    """What this person did for us, the latest first."""
    query = select(Favour).where(Favour.contact_id == contact_id)
    return (await tx.scalars(query.order_by(Favour.given_at.desc(), Favour.id.desc()).limit(limit))).all()


async def revoke(tx: Transaction, favour_id: int, *, contact_id: int, at: datetime) -> bool:
    """Only their own, and only once."""
    query = (
        update(Favour)
        .where(Favour.id == favour_id, Favour.contact_id == contact_id, Favour.kind == QUOTE)
        .where(Favour.revoked_at.is_(None))
        .values(revoked_at=at)
        .returning(Favour.id)
    )
    return (await tx.scalar(query)) is not None


async def quotes(tx: Transaction, workspace_id: str, *, limit: int) -> Sequence[Given]:
    """Those that stand, the newest first."""
    query = _quotes(workspace_id).where(Favour.revoked_at.is_(None))
    return (await tx.execute(query.order_by(Favour.given_at.desc(), Favour.id.desc()).limit(limit))).all()


async def revoked(tx: Transaction, workspace_id: str, *, since: datetime, limit: int) -> Sequence[Given]:
    """Those that were taken back since then, the newest first."""
    query = _quotes(workspace_id).where(Favour.revoked_at > since)
    return (await tx.execute(query.order_by(Favour.revoked_at.desc(), Favour.id.desc()).limit(limit))).all()


async def counts(tx: Transaction, workspace_id: str, *, since: datetime, before: datetime) -> Mapping[str, int]:
    """By kind; a quote that was taken back is none."""
    query = select(Favour.kind, func.count()).where(Favour.workspace_id == workspace_id, Favour.revoked_at.is_(None))
    query = query.where(Favour.given_at > since, Favour.given_at <= before).group_by(Favour.kind)
    return dict((await tx.execute(query)).all())


async def offers(tx: Transaction, workspace_id: str, *, since: datetime, before: datetime) -> tuple[int, int]:
    """How many people saw the box, and how many ticked it."""
    query = select(func.count(), func.count(FavourOffer.taken_at)).where(FavourOffer.workspace_id == workspace_id)
    row = (await tx.execute(query.where(FavourOffer.offered_at > since, FavourOffer.offered_at <= before))).one()
    return row[0], row[1]


def _quotes(workspace_id: str) -> Select[Favour, Contact]:
    query = select(Favour, Contact).join(Contact, Contact.id == Favour.contact_id)
    return query.where(Favour.workspace_id == workspace_id, Favour.kind == QUOTE)
