"""Roles: who is an admin, a manager or a member, and who can help somebody who may not."""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import NotAllowed, OutsidersCannot
from bot.rules.permissions import NEEDS, Permission, Role, may
from storage import roles as queries
from storage.database import Transaction
from storage.models import RoleGrant

BY_SETTING = "FIRST_ADMIN"  # who appointed an admin that is none by Slack's word


@dataclass(frozen=True)
class Caller:
    """Who is acting, as far as Slack knows."""

    workspace_id: str
    user_id: str
    is_outsider: bool = False
    is_workspace_admin: bool = False


async def role_of(tx: Transaction, caller: Caller) -> Role:
    if caller.is_outsider:
        return Role.OUTSIDER
    if caller.is_workspace_admin:
        return Role.ADMIN
    grant = await queries.get(tx, caller.workspace_id, caller.user_id)
    # An admin only by Slack's word is one no longer when Slack stops saying so.
    return Role(grant.role) if grant and grant.granted_by else Role.MEMBER


async def require(tx: Transaction, caller: Caller, permission: Permission) -> Role:
    """Raises OutsidersCannot or NotAllowed, the latter with the people who may."""
    role = await role_of(tx, caller)
    if may(role, permission):
        return role
    if role is Role.OUTSIDER:
        raise OutsidersCannot
    who = await known(tx, caller.workspace_id, at_least=NEEDS[permission])
    raise NotAllowed(wanted=permission, who_can=who)


async def allows(tx: Transaction, caller: Caller, permission: Permission) -> bool:
    return may(await role_of(tx, caller), permission)


async def known(tx: Transaction, workspace_id: str, *, at_least: Role = Role.MANAGER) -> tuple[str, ...]:
    """The Slack ids of everybody known to have that role or a higher one, admins first."""
    return tuple(grant.user_id for grant in await queries.of_workspace(tx, workspace_id, at_least=at_least))


async def appointed(tx: Transaction, workspace_id: str) -> tuple[str, ...]:
    """Admins and managers by our own word, not those who are admins only by Slack's."""
    grants = await queries.of_workspace(tx, workspace_id, at_least=Role.MANAGER)
    return tuple(grant.user_id for grant in grants if grant.granted_by)


async def managers(tx: Transaction, workspace_id: str) -> tuple[str, ...]:
    """Those who were appointed, not those who are admins."""
    grants = await queries.of_workspace(tx, workspace_id, at_least=Role.MANAGER)
    return tuple(grant.user_id for grant in grants if grant.role == Role.MANAGER and grant.granted_by)


async def is_remembered_right(tx: Transaction, caller: Caller) -> bool:
    """Whether `remember_admin` would have nothing to do."""
    grant = await queries.get(tx, caller.workspace_id, caller.user_id)
    return (grant is not None) if caller.is_workspace_admin else (grant is None or grant.granted_by is not None)


async def remember_admin(tx: Transaction, caller: Caller, *, now: datetime) -> None:
    """Keep in mind whom to tell when something needs an admin; forget who is one no longer by Slack's word."""
    if await is_remembered_right(tx, caller):
        return
    if not caller.is_workspace_admin:
        await queries.remove(tx, caller.workspace_id, caller.user_id)
        return
    await queries.add(
        tx, RoleGrant(workspace_id=caller.workspace_id, user_id=caller.user_id, role=Role.ADMIN, granted_at=now)
    )


async def appoint(tx: Transaction, workspace_id: str, user_id: str, *, by: str, now: datetime) -> None:
    """Make somebody a manager. Who is an admin stays one."""
    known = await queries.get(tx, workspace_id, user_id)
    if known is not None and known.granted_by == BY_SETTING:
        return
    grant = RoleGrant(workspace_id=workspace_id, user_id=user_id, role=Role.MANAGER, granted_at=now, granted_by=by)
    await queries.set_role(tx, grant)


async def appoint_first_admin(tx: Transaction, workspace_id: str, user_id: str | None, *, now: datetime) -> None:
    """The one admin the operator named, by the setting FIRST_ADMIN; whoever was named before is one no longer."""
    for grant in await queries.of_workspace(tx, workspace_id, at_least=Role.ADMIN):
        if grant.granted_by == BY_SETTING and grant.user_id != user_id:
            await queries.remove(tx, workspace_id, grant.user_id)
    if user_id is not None:
        grant = RoleGrant(
            workspace_id=workspace_id, user_id=user_id, role=Role.ADMIN, granted_at=now, granted_by=BY_SETTING
        )
        await queries.set_role(tx, grant)


async def set_managers(
    tx: Transaction, workspace_id: str, user_ids: tuple[str, ...], *, by: str, now: datetime
) -> None:
    """Appoint these and nobody else."""
    for gone in set(await managers(tx, workspace_id)) - set(user_ids):
        await queries.remove(tx, workspace_id, gone)
    for user_id in set(user_ids) - set(await managers(tx, workspace_id)):
        await appoint(tx, workspace_id, user_id, by=by, now=now)
