"""Queries about withholdings: who was not asked, and why."""

from collections.abc import Sequence

from sqlalchemy import select

from storage.database import Transaction, add
from storage.models import Withholding

__all__ = ["add", "latest"]


async def latest(tx: Transaction, contact_id: int, *, limit: int) -> Sequence[Withholding]:
    query = select(Withholding).where(Withholding.contact_id == contact_id)
    return (await tx.scalars(query.order_by(Withholding.withheld_at.desc(), Withholding.id.desc()).limit(limit))).all()
