"""Queries about routes: which alerts go where, and where it goes when nobody replies."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, select, update

from storage import database
from storage.database import Transaction
from storage.models import Route, Workspace


async def get(tx: Transaction, route_id: int) -> Route | None:
    return await tx.get(Route, route_id, populate_existing=True)


async def of_workspace(tx: Transaction, workspace_id: str) -> Sequence[Route]:
    """In their order."""
    query = select(Route).where(Route.workspace_id == workspace_id).order_by(Route.place, Route.id)
    return (await tx.scalars(query)).all()


async def hold(tx: Transaction, workspace_id: str) -> None:
    """Let nobody else change the routes before this transaction ends."""
    await tx.execute(select(Workspace.id).where(Workspace.id == workspace_id).with_for_update(key_share=True))


async def add(tx: Transaction, route: Route) -> None:
    await database.add(tx, route)


async def change(tx: Transaction, route_id: int, values: dict[str, object]) -> None:
    await tx.execute(update(Route).where(Route.id == route_id).values(**values))


async def set_channel(tx: Transaction, route_id: int, channel_id: str | None) -> None:
    await change(tx, route_id, {"channel_id": channel_id, "stopped_because": None})


async def remove(tx: Transaction, route_id: int) -> None:
    await tx.execute(delete(Route).where(Route.id == route_id))


async def set_order(tx: Transaction, ids: Sequence[int]) -> None:
    for place, route_id in enumerate(ids, 1):
        await change(tx, route_id, {"place": place})


async def set_escalation_channel(tx: Transaction, workspace_id: str, channel_id: str | None) -> None:
    values = {"escalation_channel_id": channel_id, "escalation_stopped_because": None}
    await tx.execute(update(Workspace).where(Workspace.id == workspace_id).values(**values))


async def stop(tx: Transaction, workspace_id: str, channel_id: str, because: str) -> bool:
    """Say why nothing may go to a channel now; False when that was said before, or nothing goes there."""
    higher = _escalating(workspace_id, channel_id), Workspace.escalation_stopped_because.is_distinct_from(because)
    ours = _going(workspace_id, channel_id), Route.stopped_because.is_distinct_from(because)
    escalation = update(Workspace).where(*higher).values(escalation_stopped_because=because).returning(Workspace.id)
    routes = update(Route).where(*ours).values(stopped_because=because).returning(Route.id)
    stopped = [*(await tx.scalars(escalation)).all(), *(await tx.scalars(routes)).all()]
    return bool(stopped)


async def let_go(tx: Transaction, workspace_id: str, channel_id: str) -> None:
    await _escalate(tx, workspace_id, channel_id, escalation_stopped_because=None)
    await tx.execute(update(Route).where(_going(workspace_id, channel_id)).values(stopped_because=None))


async def redirect(tx: Transaction, workspace_id: str, *, old: str, new: str) -> bool:
    """Send to `new` what went to `old`, in good standing; False when nothing did."""
    escalation = {"escalation_channel_id": new, "escalation_stopped_because": None}
    higher = update(Workspace).where(_escalating(workspace_id, old)).values(**escalation).returning(Workspace.id)
    values = {"channel_id": new, "stopped_because": None}
    routes = update(Route).where(_going(workspace_id, old)).values(**values).returning(Route.id)
    return bool([*(await tx.scalars(higher)).all(), *(await tx.scalars(routes)).all()])


async def is_stopped(tx: Transaction, workspace_id: str, channel_id: str, because: str) -> bool:
    """Locked, so that whoever stops it waits until this transaction ends."""
    query = select(Route.stopped_because).where(_going(workspace_id, channel_id)).order_by(Route.id)
    routes = (await tx.scalars(query.with_for_update())).all()
    higher = select(Workspace.escalation_stopped_because).where(_escalating(workspace_id, channel_id))
    return because in [*routes, *(await tx.scalars(higher)).all()]


async def rename_channel(tx: Transaction, workspace_id: str, *, old: str, new: str) -> None:
    await _escalate(tx, workspace_id, old, escalation_channel_id=new)
    await tx.execute(update(Route).where(_going(workspace_id, old)).values(channel_id=new))


async def _escalate(tx: Transaction, workspace_id: str, channel_id: str, **values: object) -> None:
    await tx.execute(update(Workspace).where(_escalating(workspace_id, channel_id)).values(**values))


def _going(workspace_id: str, channel_id: str) -> ColumnElement[bool]:
    return (Route.workspace_id == workspace_id) & (Route.channel_id == channel_id)


def _escalating(workspace_id: str, channel_id: str) -> ColumnElement[bool]:
    return (Workspace.id == workspace_id) & (Workspace.escalation_channel_id == channel_id)
