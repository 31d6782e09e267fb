"""Queries about lanes: how fast Slack lets us speak in one place."""

from datetime import datetime

from sqlalchemy import case, delete, select

from storage.database import Transaction, insert
from storage.models import Lane


async def reserve(tx: Transaction, name: str, *, now: datetime, free_at: datetime) -> datetime | None:
    """Take a lane's next slot; None when it is ours, else when the lane is free."""
    query = (
        insert(tx, Lane)
        .values(name=name, free_at=free_at)
        .on_conflict_do_update(index_elements=[Lane.name], set_={"free_at": free_at}, where=Lane.free_at <= now)
        .returning(Lane.name)
    )
    if (await tx.scalar(query)) is not None:
        return None
    return (await tx.execute(select(Lane.free_at).where(Lane.name == name))).scalar_one()


async def hold(tx: Transaction, name: str, *, until: datetime) -> None:
    """Close a lane, and every lane below it, until then: Slack said so."""
    later = case((Lane.free_at > until, Lane.free_at), else_=until)
    query = insert(tx, Lane).values(name=name, free_at=until)
    await tx.execute(query.on_conflict_do_update(index_elements=[Lane.name], set_={"free_at": later}))


async def forget(tx: Transaction, *, before: datetime, limit: int) -> int:
    """Drop lanes nothing went through since; returns how many."""
    names = select(Lane.name).where(Lane.free_at <= before).limit(limit)
    query = delete(Lane).where(Lane.name.in_(names.scalar_subquery())).returning(Lane.name)
    return len((await tx.scalars(query)).all())
