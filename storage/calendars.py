"""Queries about calendars: the hours in which a workspace asks, and the days on which it does not."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select, update

from storage.database import Transaction
from storage.models import Blackout, Workspace


async def blackouts(tx: Transaction, workspace_id: str) -> Sequence[Blackout]:
    query = select(Blackout).where(Blackout.workspace_id == workspace_id)
    return (await tx.scalars(query.order_by(Blackout.first_on, Blackout.last_on))).all()


async def set_window(
    tx: Transaction, workspace_id: str, *, opens: int, closes: int, weekdays: tuple[str, ...], keeps_holidays: bool
) -> None:
    """The workspace's row stays locked until the transaction ends, so of two who change the dates one waits."""
    values = {"opens": opens, "closes": closes, "weekdays": weekdays, "keeps_holidays": keeps_holidays}
    await tx.execute(update(Workspace).where(Workspace.id == workspace_id).values(**values))


async def set_blackouts(tx: Transaction, workspace_id: str, dates: Sequence[tuple[date, date, str | None]]) -> None:
    """These and no others."""
    await tx.execute(delete(Blackout).where(Blackout.workspace_id == workspace_id))
    tx.add_all(
        Blackout(workspace_id=workspace_id, first_on=first, last_on=last, name=name) for first, last, name in dates
    )
    await tx.flush()
