"""Queries about workspaces: who installed the bot, whether asking is halted."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from storage.database import Transaction, keep, once
from storage.models import Workspace


async def get(tx: Transaction, workspace_id: str) -> Workspace | None:
    return await once(tx, ("workspace", workspace_id), lambda: tx.get(Workspace, workspace_id, populate_existing=True))


async def all_ids(tx: Transaction) -> Sequence[str]:
    return (await tx.scalars(select(Workspace.id).order_by(Workspace.id))).all()


async def add(tx: Transaction, workspace: Workspace) -> None:
    """Known from now on, unless another process was faster."""
    await keep(tx, workspace)


async def set_identity(tx: Transaction, workspace_id: str, *, name: str, url: str, bot_user_id: str) -> None:
    await _update(tx, workspace_id, name=name, url=url, bot_user_id=bot_user_id)


async def set_takes_typed(tx: Transaction, workspace_id: str, *, takes_typed: bool) -> None:
    await _update(tx, workspace_id, takes_typed=takes_typed)


async def set_time_zone(tx: Transaction, workspace_id: str, time_zone: str | None) -> None:
    await _update(tx, workspace_id, time_zone=time_zone)


async def hold(tx: Transaction, workspace_id: str) -> None:
    """Let nobody change it before this transaction ends; others may hold it too."""
    await tx.execute(select(Workspace.id).where(Workspace.id == workspace_id).with_for_update(read=True))


async def begin_halt(tx: Transaction, workspace_id: str, *, at: datetime, by: str) -> bool:
    query = (
        update(Workspace)
        .where(Workspace.id == workspace_id, Workspace.halted_at.is_(None))
        .values(halted_at=at, halted_by=by)
        .returning(Workspace.id)
    )
    return (await tx.scalar(query)) is not None


async def end_halt(tx: Transaction, workspace_id: str, *, begun_at: datetime) -> bool:
    query = (
        update(Workspace)
        .where(Workspace.id == workspace_id, Workspace.halted_at == begun_at)
        .values(halted_at=None, halted_by=None)
        .returning(Workspace.id)
    )
    return (await tx.scalar(query)) is not None


async def _update(tx: Transaction, workspace_id: str, **values: object) -> None:
    await tx.execute(update(Workspace).where(Workspace.id == workspace_id).values(**values))
