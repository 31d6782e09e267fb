"""
Events: what other programs told us, each taken once, and what came of it.

told -> done
  '---> to repair (nobody knows who it is about) -> done | dropped

All of one event happens in one transaction: told again after a crash it starts over, told again after that it is known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.services import accounts, consequences, contacts, event_sources, workspaces
from bot.services.happenings import Came, Found, Happening, Nobody, Outcome
from bot.services.told import CASES, Told
from storage import events as queries
from storage.database import Transaction
from storage.models import Event, EventSource

SHOWN = 12  # with a row of buttons each, a message holds twice as many
KEPT_WAITING = timedelta(days=30)  # how long somebody may say who an event is about


class EventState(StrEnum):
    DONE = "done"
    TO_REPAIR = "to_repair"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Listed:
    """An event for colleagues to look at. `told`: as it came, while it waits for its person."""

    event: Event
    source_name: str
    user_id: str | None
    told: Told | None


@dataclass(frozen=True)
class Waiting:
    """An event somebody may repair."""

    event: Event
    source: EventSource
    told: Told


async def known(tx: Transaction, source: EventSource, told: Told) -> Event | None:
    """What came of it when it was told before."""
    return await queries.by_key(tx, source.id, told.id)


async def take(
    tx: Transaction, source: EventSource, told: Told, found: Found | Nobody, *, now: datetime
) -> Event | None:
    """Keep an event and do what it is about; None: somebody was faster. Raises SurveyUnknown, and nothing is kept."""
    await _hold(tx, source)
    if not await queries.keep(tx, await _row(tx, source, told, now=now)):
        return None
    event = await queries.by_key(tx, source.id, told.id)
    if event is None:
        raise LookupError("an event that was just kept is gone")
    return await _follow(tx, event, source, told, found, now=now)


async def waiting(tx: Transaction, workspace_id: str, event_id: int) -> Waiting | None:
    """None when it waits no longer."""
    event = await queries.get(tx, event_id)
    if event is None or event.workspace_id != workspace_id or event.body is None:
        return None
    return Waiting(event, await event_sources.get(tx, event.source_id), Told.model_validate_json(event.body))


async def repair(tx: Transaction, waits: Waiting, found: Found, *, now: datetime) -> Event | None:
    """Go on as if it had come with this person; None: a colleague was faster."""
    event = waits.event
    await _hold(tx, waits.source)
    await contacts.meet(tx, event.workspace_id, found.person, now=now)  # before the event, as whoever erases them does
    if not await queries.claim(tx, event.id, workspace_id=event.workspace_id, state=EventState.DONE):
        return None
    return await _follow(tx, event, waits.source, waits.told, found, now=now)


async def drop(tx: Transaction, workspace_id: str, event_id: int) -> bool:
    """Let it be, and forget whom it named; False when it waits no longer."""
    if not await queries.claim(tx, event_id, workspace_id=workspace_id, state=EventState.DROPPED):
        return False
    await queries.settle(tx, event_id, body=None)
    return True


async def latest(tx: Transaction, workspace_id: str) -> Sequence[Listed]:
    """Those that wait for their person first, then the newest."""
    rows = await queries.latest(tx, workspace_id, limit=SHOWN)
    return [Listed(event, name, user_id, _told(event)) for event, name, user_id in rows]


async def forget_waiting(tx: Transaction, *, limit: int, now: datetime) -> int:
    """Drop what nobody repaired in a month; returns how many."""
    return await queries.forget_waiting(tx, before=now - KEPT_WAITING, limit=limit)


async def _hold(tx: Transaction, source: EventSource) -> None:
    await workspaces.held(tx, source.workspace_id)  # first, as whoever asks does
    await event_sources.hold(tx, source.id)


async def _follow(
    tx: Transaction, event: Event, source: EventSource, told: Told, found: Found | Nobody, *, now: datetime
) -> Event:
    came = await consequences.of(tx, Happening(event, source, told, found, now))
    await _settle(tx, event, told, came)
    return await queries.get(tx, event.id) or event


async def _settle(tx: Transaction, event: Event, told: Told, came: Came) -> None:
    waits = came.outcome is Outcome.TO_REPAIR
    await queries.settle(
        tx,
        event.id,
        state=EventState.TO_REPAIR if waits else EventState.DONE,
        outcome=came.outcome,
        because=came.because,
        until=came.until,
        contact_id=came.contact_id,
        invitation_id=came.invitation_id,
        body=told.model_dump_json(exclude_none=True) if waits else None,
    )


async def _row(tx: Transaction, source: EventSource, told: Told, *, now: datetime) -> Event:
    signs = told.account.model_dump() if told.account else None
    account = await accounts.with_sign(tx, source.workspace_id, **signs) if signs else None
    return Event(
        workspace_id=source.workspace_id,
        source_id=source.id,
        event_key=told.id,
        type=told.type,
        happened_at=told.happened(otherwise=now),
        received_at=now,
        case_id=told.case.id if told.case and told.type in CASES else None,
        occasion_label=told.label,
        account_id=account.id if account else None,
        state=EventState.DONE,
        outcome=Outcome.NOTED,
    )


def _told(event: Event) -> Told | None:
    return Told.model_validate_json(event.body) if event.body else None
