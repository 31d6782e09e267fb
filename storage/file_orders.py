"""Queries about files that colleagues asked for."""

from datetime import datetime

from sqlalchemy import delete, select, update

from storage import database
from storage.database import Transaction
from storage.models import FileOrder


async def keep(tx: Transaction, order: FileOrder) -> bool:
    """False where the same person waits for one already."""
    return await database.keep(tx, order)


async def take(tx: Transaction, workspace_id: str, *, due_by: datetime, until: datetime) -> FileOrder | None:
    """Compare and set: the one that waits longest, for one caller only. None when none is due."""
    is_due = (FileOrder.workspace_id == workspace_id) & (FileOrder.due_at <= due_by)
    first = select(FileOrder.id).where(is_due).order_by(FileOrder.due_at, FileOrder.id).limit(1)
    query = update(FileOrder).where(FileOrder.id.in_(first.with_for_update(skip_locked=True)), is_due)
    taken = query.values(due_at=until, attempts=FileOrder.attempts + 1).returning(FileOrder)
    return (await tx.scalars(taken)).first()


async def put_back(tx: Transaction, order: FileOrder, *, attempts: int, due_at: datetime) -> None:
    """Unless somebody else has taken it since."""
    mine = (FileOrder.id == order.id) & (FileOrder.attempts == order.attempts)
    await tx.execute(update(FileOrder).where(mine).values(attempts=attempts, due_at=due_at))


async def is_current(tx: Transaction, order: FileOrder) -> bool:
    query = select(FileOrder.id).where(FileOrder.id == order.id, FileOrder.round == order.round)
    return (await tx.scalars(query)).first() is not None


async def remove(tx: Transaction, order: FileOrder) -> bool:
    """False where somebody was erased since it was taken."""
    query = delete(FileOrder).where(FileOrder.id == order.id, FileOrder.round == order.round)
    return (await tx.scalars(query.returning(FileOrder.id))).first() is not None


async def count_round(tx: Transaction, workspace_id: str) -> None:
    """Held in one order, so that two who are erased at once do not wait for each other."""
    ours = select(FileOrder.id).where(FileOrder.workspace_id == workspace_id).order_by(FileOrder.id)
    held = (await tx.scalars(ours.with_for_update())).all()
    await tx.execute(update(FileOrder).where(FileOrder.id.in_(held)).values(round=FileOrder.round + 1))


async def forget(tx: Transaction, workspace_id: str, user_id: str) -> None:
    query = delete(FileOrder).where(FileOrder.workspace_id == workspace_id, FileOrder.user_id == user_id)
    await tx.execute(query)
