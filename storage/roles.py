"""Queries about roles: whom the bot takes for an admin or a manager."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from storage.database import Transaction, insert, keep, once
from storage.models import RoleGrant


async def get(tx: Transaction, workspace_id: str, user_id: str) -> RoleGrant | None:
    key = workspace_id, user_id
    return await once(tx, ("role", *key), lambda: tx.get(RoleGrant, key, populate_existing=True))


async def of_workspace(tx: Transaction, workspace_id: str, *, at_least: int) -> Sequence[RoleGrant]:
    """Everybody with that role or a higher one, highest first, longest known first."""
    query = (
        select(RoleGrant)
        .where(RoleGrant.workspace_id == workspace_id, RoleGrant.role >= at_least)
        .order_by(RoleGrant.role.desc(), RoleGrant.granted_at, RoleGrant.user_id)
    )
    return (await tx.scalars(query)).all()


async def add(tx: Transaction, grant: RoleGrant) -> None:
    """Unless they have one by now."""
    await keep(tx, grant)


async def set_role(tx: Transaction, grant: RoleGrant) -> None:
    """Give somebody a role, whatever it was before."""
    values = {"role": grant.role, "granted_at": grant.granted_at, "granted_by": grant.granted_by}
    person = {"workspace_id": grant.workspace_id, "user_id": grant.user_id}
    query = insert(tx, RoleGrant).values(person | values)
    await tx.execute(query.on_conflict_do_update(index_elements=list(person), set_=values))


async def remove(tx: Transaction, workspace_id: str, user_id: str) -> None:
    await tx.execute(delete(RoleGrant).where(RoleGrant.workspace_id == workspace_id, RoleGrant.user_id == user_id))
