"""Halts: one command stops all asking and takes back what is open; one click undoes it."""

from dataclasses import dataclass
from datetime import datetime

from bot.services import invitations, workspaces
from storage import halts as queries
from storage.database import Transaction


@dataclass(frozen=True)
class Halt:
    """Asking is stopped. `withdrawn`: how many open questions were taken back just now."""

    since: datetime
    by: str | None
    withdrawn: int


async def halt(tx: Transaction, workspace_id: str, *, by: str, now: datetime) -> Halt:
    """Stop asking; a second time only tells since when."""
    if not await workspaces.begin_halt(tx, workspace_id, by=by, now=now):
        workspace = await workspaces.get(tx, workspace_id)
        return Halt(workspace.halted_at or now, workspace.halted_by, 0)
    open_ones = await queries.open_invitations(tx, workspace_id)
    taken_back = [await invitations.withdraw(tx, one, halt_at=now, now=now) for one in open_ones]
    return Halt(now, by, sum(taken_back))


async def lift(tx: Transaction, workspace_id: str, *, now: datetime) -> int | None:
    """Ask again, and put back what the halt took; returns how many questions, None when nothing was halted."""
    workspace = await workspaces.get(tx, workspace_id)
    if workspace.halted_at is None or not await workspaces.end_halt(tx, workspace_id, begun_at=workspace.halted_at):
        return None
    taken_back = await queries.withdrawn_by(tx, workspace_id, workspace.halted_at)
    return sum([await invitations.restore(tx, invitation, now=now) for invitation in taken_back])
