"""Queries about the clock of a follow-up."""

from datetime import datetime

from storage.database import Transaction
from storage.follow_ups import set_columns


async def set_due(tx: Transaction, follow_up_id: int, reply_due_at: datetime | None) -> None:
    await set_columns(tx, follow_up_id, reply_due_at=reply_due_at)


async def forget_contact(tx: Transaction, follow_up_id: int) -> None:
    await set_columns(tx, follow_up_id, contacted_at=None)


async def set_escalated(tx: Transaction, follow_up_id: int, *, at: datetime) -> None:
    await set_columns(tx, follow_up_id, escalated_at=at)
