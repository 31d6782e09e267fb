"""Digests: which channel hears of whom once a week, set up by colleagues; what each week's says is in `editions`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.errors import InputRefused
from bot.rules.calendar import Calendar
from bot.rules.retry import Obstacle
from bot.rules.weekly import Slot
from bot.services import calendars, deliveries, workspaces
from bot.services.alerts import ANYWHERE
from bot.services.reports import Slice
from storage import digests as queries
from storage.database import Transaction
from storage.models import Digest

MOST_DIGESTS = 20  # a message of Slack's holds fifty blocks
LAST_WEEKDAY, LAST_HOUR = 6, 23


@dataclass(frozen=True)
class Choice:
    """What a colleague chose. `within`: the surveys, owner and segments it is about; nothing named: everybody."""

    channel_id: str
    weekday: int = 0
    hour: int = 9
    within: Slice = field(default_factory=Slice)
    is_paused: bool = False


async def get(tx: Transaction, digest_id: int, *, workspace_id: str | None = None) -> Digest | None:
    """None also for one that was removed, or is another workspace's when one is given."""
    found = await queries.get(tx, digest_id)
    is_there = found is not None and found.removed_at is None and workspace_id in (None, found.workspace_id)
    return found if is_there else None


async def even_removed(tx: Transaction, digest_id: int) -> Digest | None:
    """What a message that still stands was drawn from."""
    return await queries.get(tx, digest_id)


async def of_workspace(tx: Transaction, workspace_id: str) -> Sequence[Digest]:
    return await queries.of_workspace(tx, workspace_id)


async def set_up(
    tx: Transaction, workspace_id: str, choice: Choice, *, by: str, time_zone: str | None, now: datetime
) -> Digest:
    """The first comes at the next chosen hour. Raises InputRefused when there are too many."""
    _check(choice)
    if len(await queries.of_workspace(tx, workspace_id)) >= MOST_DIGESTS:
        raise InputRefused("channel", "digests_many")
    digest = Digest(
        workspace_id=workspace_id,
        created_at=now,
        set_up_by=by,
        time_zone=time_zone,
        due_at=_slot(choice, time_zone).next_after(now),
        **_columns(choice, paused_at=now if choice.is_paused else None),
    )
    await queries.add(tx, digest)
    return digest


async def change(tx: Transaction, digest: Digest, choice: Choice, *, now: datetime) -> None:
    """The clock stays that of whoever set it up. In another channel what was kept back leaves."""
    _check(choice)
    paused_at = (digest.paused_at or now) if choice.is_paused else None
    goes_on = slot_of(digest) == _slot(choice, digest.time_zone) and digest.paused_at is None
    due_at = digest.due_at if goes_on else _slot(choice, digest.time_zone).next_after(now)
    await queries.change(tx, digest.id, due_at=due_at, stopped_because=None, **_columns(choice, paused_at=paused_at))
    if choice.channel_id != digest.channel_id:
        old, workspace_id = digest.channel_id, digest.workspace_id
        await deliveries.release(tx, workspace_id, obstacles=ANYWHERE, channel_id=old, now=now)


async def remove(tx: Transaction, digest: Digest, *, now: datetime) -> None:
    """What it said stays where it stands."""
    await queries.change(tx, digest.id, removed_at=now)


async def due(tx: Transaction, *, now: datetime) -> Sequence[Digest]:
    """Of every workspace, those that run and whose hour has come."""
    return await queries.due(tx, now=now)


async def take_turn(tx: Transaction, digest: Digest, *, now: datetime) -> bool:
    """True for one of all who find it due; however long ago that was, the next comes at the next hour of its own."""
    next_due_at = slot_of(digest).next_after(now)
    return await queries.take_turn(tx, digest.id, due_at=digest.due_at, next_due_at=next_due_at)


async def stop(tx: Transaction, workspace_id: str, channel_id: str) -> Sequence[Digest]:
    """Outsiders read there now; returns those that had not been stopped before."""
    return await queries.stop(tx, workspace_id, channel_id, Obstacle.SHARED)


async def let_go(tx: Transaction, workspace_id: str, channel_id: str) -> None:
    """Ours alone again."""
    await queries.let_go(tx, workspace_id, channel_id)


async def channel_renamed(tx: Transaction, workspace_id: str, *, old: str, new: str) -> None:
    await queries.rename_channel(tx, workspace_id, old=old, new=new)


async def forget_colleague(tx: Transaction, workspace_id: str, user_id: str, *, now: datetime) -> Sequence[Digest]:
    """Take a colleague's id off; what was about their accounts ends, and is returned."""
    theirs = await queries.of_owner(tx, workspace_id, user_id)
    for digest in theirs:
        await queries.change(tx, digest.id, removed_at=digest.removed_at or now, owner_id=None)
    await queries.unsign(tx, workspace_id, user_id)
    return theirs


def choice_of(digest: Digest) -> Choice:
    return Choice(digest.channel_id, digest.weekday, digest.hour, within(digest), digest.paused_at is not None)


def within(digest: Digest) -> Slice:
    owners = (digest.owner_id,) if digest.owner_id else ()
    return Slice(tuple(map(int, digest.survey_ids)), owners, tuple(digest.segments))


def slot_of(digest: Digest) -> Slot:
    return _slot(choice_of(digest), digest.time_zone)


async def calendar_of(tx: Transaction, workspace_id: str, time_zone: str | None) -> Calendar:
    """The workspace's working hours, by the clock of whoever set the digest up."""
    known = await calendars.of_workspace(tx, await workspaces.get(tx, workspace_id))
    return known.of(time_zone)


def _slot(choice: Choice, time_zone: str | None) -> Slot:
    return Slot(choice.weekday, choice.hour, calendars.zone_of(time_zone))


def _columns(choice: Choice, *, paused_at: datetime | None) -> dict[str, Any]:
    chosen = choice.within
    return {
        "channel_id": choice.channel_id,
        "weekday": choice.weekday,
        "hour": choice.hour,
        "survey_ids": tuple(map(str, chosen.survey_ids)),
        "owner_id": next(iter(chosen.owner_ids), None),
        "segments": list(chosen.segments),
        "paused_at": paused_at,
    }


def _check(choice: Choice) -> None:
    if not (0 <= choice.weekday <= LAST_WEEKDAY and 0 <= choice.hour <= LAST_HOUR):
        raise ValueError("no hour of a week")
