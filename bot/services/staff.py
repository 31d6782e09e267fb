"""Staff: whom a workspace calls its own, by a user group, by name, or not at all."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.services import roles, workspaces
from storage import staff as queries
from storage.database import Transaction


@dataclass(frozen=True)
class Staff:
    """
    What a workspace says of its staff. `is_named` False: nothing, so full members are.

    Once named, staff stays named when the last person on the list is erased: nobody else becomes staff by that.
    """

    is_named: bool = False
    group_id: str | None = None
    user_ids: tuple[str, ...] = ()
    appointed: tuple[str, ...] = ()  # admins and managers by our own word, who are staff anyway


async def of_workspace(tx: Transaction, workspace_id: str) -> Staff:
    workspace = await workspaces.get(tx, workspace_id)
    if not workspace.names_staff:
        return Staff()
    return Staff(
        is_named=True,
        group_id=workspace.staff_group_id,
        user_ids=tuple(await queries.listed(tx, workspace_id)),
        appointed=await roles.appointed(tx, workspace_id),
    )


async def name(tx: Transaction, workspace_id: str, *, group_id: str | None, user_ids: Collection[str]) -> Staff:
    """These and nobody else; without any, every full member is staff again."""
    is_named = bool(group_id or user_ids)
    await queries.set_staff(tx, workspace_id, is_named=is_named, group_id=group_id, user_ids=user_ids)
    return await of_workspace(tx, workspace_id)
