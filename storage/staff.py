"""Queries about staff: the user group and the people a workspace named."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select, update

from storage.database import Transaction, keep
from storage.models import ListedStaff, Workspace


async def listed(tx: Transaction, workspace_id: str) -> Sequence[str]:
    query = select(ListedStaff.user_id).where(ListedStaff.workspace_id == workspace_id)
    return (await tx.scalars(query.order_by(ListedStaff.user_id))).all()


async def set_staff(
    tx: Transaction, workspace_id: str, *, is_named: bool, group_id: str | None, user_ids: Collection[str]
) -> None:
    """Name these, whoever was named before. The workspace first, so that whoever names others at once waits."""
    query = update(Workspace).where(Workspace.id == workspace_id)
    await tx.execute(query.values(names_staff=is_named, staff_group_id=group_id))
    await tx.execute(delete(ListedStaff).where(ListedStaff.workspace_id == workspace_id))
    for user_id in sorted(user_ids):
        await keep(tx, ListedStaff(workspace_id=workspace_id, user_id=user_id))
