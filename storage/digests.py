"""Queries about digests: which channel hears of whom once a week, and when it is next due."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from storage import database
from storage.database import Transaction
from storage.models import Digest


async def get(tx: Transaction, digest_id: int) -> Digest | None:
    """Also one that was removed."""
    return await tx.get(Digest, digest_id, populate_existing=True)


async def of_workspace(tx: Transaction, workspace_id: str) -> Sequence[Digest]:
    """Oldest first."""
    query = select(Digest).where(Digest.workspace_id == workspace_id, Digest.removed_at.is_(None))
    return (await tx.scalars(query.order_by(Digest.id))).all()


async def due(tx: Transaction, *, now: datetime) -> Sequence[Digest]:
    query = select(Digest).where(*_RUNS, Digest.due_at <= now)
    return (await tx.scalars(query.order_by(Digest.due_at, Digest.id))).all()


async def add(tx: Transaction, digest: Digest) -> None:
    await database.add(tx, digest)


async def change(tx: Transaction, digest_id: int, **chosen: object) -> None:
    await tx.execute(update(Digest).where(Digest.id == digest_id).values(**chosen))


async def take_turn(tx: Transaction, digest_id: int, *, due_at: datetime, next_due_at: datetime) -> bool:
    """Compare and set: of all who find it due, one gets True."""
    query = update(Digest).where(Digest.id == digest_id, Digest.due_at == due_at, *_RUNS)
    return (await tx.scalar(query.values(due_at=next_due_at).returning(Digest.id))) is not None


async def stop(tx: Transaction, workspace_id: str, channel_id: str, because: str) -> Sequence[Digest]:
    """Those of a channel that may not go there now; those of which that was said before are left out."""
    query = (
        update(Digest)
        .where(
            Digest.workspace_id == workspace_id,
            Digest.channel_id == channel_id,
            Digest.removed_at.is_(None),
            Digest.stopped_because.is_distinct_from(because),
        )
        .values(stopped_because=because)
        .returning(Digest)
    )
    return (await tx.scalars(query)).all()


async def let_go(tx: Transaction, workspace_id: str, channel_id: str) -> None:
    where = (Digest.workspace_id == workspace_id) & (Digest.channel_id == channel_id)
    await tx.execute(update(Digest).where(where).values(stopped_because=None))


async def rename_channel(tx: Transaction, workspace_id: str, *, old: str, new: str) -> None:
    where = (Digest.workspace_id == workspace_id) & (Digest.channel_id == old)
    await tx.execute(update(Digest).where(where).values(channel_id=new))


async def of_owner(tx: Transaction, workspace_id: str, user_id: str) -> Sequence[Digest]:
    """Those about the accounts of this colleague, removed ones too."""
    query = select(Digest).where(Digest.workspace_id == workspace_id, Digest.owner_id == user_id)
    return (await tx.scalars(query.order_by(Digest.id))).all()


async def unsign(tx: Transaction, workspace_id: str, user_id: str) -> None:
    where = (Digest.workspace_id == workspace_id) & (Digest.set_up_by == user_id)
    await tx.execute(update(Digest).where(where).values(set_up_by=None))


_RUNS = (Digest.removed_at.is_(None), Digest.paused_at.is_(None), Digest.stopped_because.is_(None))
