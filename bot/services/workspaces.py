"""Workspaces: who installed the bot, and whether asking is halted there."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage import workspaces as queries
from storage.database import Transaction
from storage.models import Survey, Workspace


@dataclass(frozen=True)
class Identity:
    """What Slack says about a bot token."""

    workspace_id: str
    name: str
    url: str
    bot_user_id: str


async def install(tx: Transaction, identity: Identity, *, now: datetime) -> Workspace:
    """Know this workspace, with the name Slack gives it today; safe to repeat."""
    known = await queries.get(tx, identity.workspace_id)
    if known is not None:
        await queries.set_identity(tx, known.id, name=identity.name, url=identity.url, bot_user_id=identity.bot_user_id)
        return await get(tx, identity.workspace_id)
    workspace = Workspace(
        id=identity.workspace_id,
        name=identity.name,
        url=identity.url,
        bot_user_id=identity.bot_user_id,
        salt=secrets.token_hex(16),
        created_at=now,
    )
    await queries.add(tx, workspace)
    return await install(tx, identity, now=now)  # by now it is known; what follows waits for whoever was faster


async def get(tx: Transaction, workspace_id: str) -> Workspace:
    """Raises LookupError for a workspace that never installed us."""
    workspace = await queries.get(tx, workspace_id)
    if workspace is None:
        raise LookupError(f"workspace {workspace_id} is not known")
    return workspace


async def all_ids(tx: Transaction) -> Sequence[str]:
    return await queries.all_ids(tx)


async def held(tx: Transaction, workspace_id: str) -> Workspace:
    """The same, and nobody halts it before this transaction ends."""
    await queries.hold(tx, workspace_id)
    return await get(tx, workspace_id)


async def take_typed(tx: Transaction, workspace_id: str, *, takes_typed: bool) -> None:
    """Whether we were let read what people write to us, so that they may answer by typing."""
    await queries.set_takes_typed(tx, workspace_id, takes_typed=takes_typed)


async def set_time_zone(tx: Transaction, workspace_id: str, time_zone: str | None) -> None:
    """Where the team works."""
    await queries.set_time_zone(tx, workspace_id, time_zone)


async def begin_halt(tx: Transaction, workspace_id: str, *, by: str, now: datetime) -> bool:
    """Compare and set: of all who stop at once, one gets True."""
    return await queries.begin_halt(tx, workspace_id, at=now, by=by)


async def end_halt(tx: Transaction, workspace_id: str, *, begun_at: datetime) -> bool:
    """Compare and set: of all who undo this halt at once, one gets True."""
    return await queries.end_halt(tx, workspace_id, begun_at=begun_at)


def subject_of(workspace: Workspace, survey: Survey) -> str:
    """What people are asked to recommend: the survey's own choice, else the name of the workspace."""
    return survey.subject or workspace.name
