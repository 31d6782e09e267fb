"""Lanes: Slack lets us speak only so often in one place; a lane says when it is our turn."""

from datetime import datetime

from storage import lanes as queries
from storage.database import Transaction


async def reserve(tx: Transaction, lane: str, *, now: datetime, free_at: datetime) -> datetime | None:
    """Take a lane's next slot; None when it is ours, else when the lane is free."""
    return await queries.reserve(tx, lane, now=now, free_at=free_at)


async def hold(tx: Transaction, lane: str, *, until: datetime) -> None:
    """Close a lane, and every lane below it, until then."""
    await queries.hold(tx, lane, until=until)


async def forget(tx: Transaction, *, before: datetime, limit: int) -> int:
    """Drop lanes nothing went through lately; returns how many."""
    return await queries.forget(tx, before=before, limit=limit)


def post_lane(workspace_id: str, recipient_id: str | None) -> str:
    """Slack lets one message a second into a channel."""
    return f"post:{workspace_id}:{recipient_id or 'unknown'}"


def update_lane(workspace_id: str) -> str:
    """Slack counts redrawings over the whole workspace."""
    return f"update:{workspace_id}"


def step_lane(workspace_id: str) -> str:
    """Slack counts what workflows are told over the whole workspace."""
    return f"step:{workspace_id}"


def held_lane(lane: str) -> str:
    """What a Retry-After closes: the method for the whole workspace, so every lane below it."""
    return ":".join(lane.split(":")[:2])
