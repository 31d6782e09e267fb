"""Queries about roles: whom the bot takes for an admin or a manager."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from storage.database import Transaction
from storage.models import RoleGrant


async def get(tx: Transaction, workspace_id: str, user_id: str) -> RoleGrant | None:
    return await tx.get(RoleGrant, (workspace_id, user_id), populate_existing=True)


async def of_workspace(tx: Transaction, workspace_id: str, *, at_least: int) -> Sequence[RoleGrant]:
    """Everybody with that role or a higher one, highest first, longest known first."""
    query = (
        select(RoleGrant)
        .where(RoleGrant.workspace_id == workspace_id, RoleGrant.role >= at_least)
        .order_by(RoleGrant.role.desc(), RoleGrant.granted_at, RoleGrant.user_id)
    )
    return (await tx.scalars(query)).all()


async def put(tx: Transaction, grant: RoleGrant) -> None:
    await tx.merge(grant)
    await tx.flush()


async def remove(tx: Transaction, workspace_id: str, user_id: str) -> None:
    await tx.execute(delete(RoleGrant).where(RoleGrant.workspace_id == workspace_id, RoleGrant.user_id == user_id))
