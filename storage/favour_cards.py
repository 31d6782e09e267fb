"""Queries about the news of favours: where they stand in Slack."""

from collections.abc import Sequence
from typing import TypeAlias

from sqlalchemy import Row, select, update

from storage.database import Transaction
from storage.models import Contact, Delivery, Favour

FAVOUR = "favour"  # the kind of delivery that brings the news
Given: TypeAlias = Row[Favour, Contact]


async def given(tx: Transaction, favour_id: int) -> Given | None:
    """With who did it; None once they were erased."""
    query = select(Favour, Contact).join(Contact, Contact.id == Favour.contact_id)
    return (await tx.execute(query.where(Favour.id == favour_id))).one_or_none()


async def set_card(tx: Transaction, favour_id: int, *, channel_id: str | None, ts: str | None) -> None:
    await tx.execute(update(Favour).where(Favour.id == favour_id).values(card_channel_id=channel_id, card_ts=ts))


async def owed_to(tx: Transaction, workspace_id: str, user_id: str) -> Sequence[Delivery]:
    query = select(Delivery).where(Delivery.workspace_id == workspace_id, Delivery.recipient_id == user_id)
    query = query.where(Delivery.kind == FAVOUR, Delivery.settled_at.is_(None))
    return (await tx.scalars(query.order_by(Delivery.id))).all()


async def standing_in(tx: Transaction, workspace_id: str, channel_id: str) -> Sequence[Favour]:
    """Those the team was told of in that channel."""
    query = select(Favour).where(Favour.workspace_id == workspace_id, Favour.card_channel_id == channel_id)
    return (await tx.scalars(query.where(Favour.card_ts.is_not(None)).order_by(Favour.id))).all()


async def rename_channel(tx: Transaction, workspace_id: str, *, old: str, new: str) -> None:
    query = update(Favour).where(Favour.workspace_id == workspace_id, Favour.card_channel_id == old)
    await tx.execute(query.values(card_channel_id=new))
