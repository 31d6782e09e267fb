"""Audiences: who belongs to a schedule, as Slack told, and what its filters could name."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.services import contacts
from bot.services.contacts import Facts
from storage import audiences as queries
from storage.database import Transaction


@dataclass(frozen=True)
class Known:
    """Somebody we know: their row, their Slack id, the Slack workspace that is their home."""

    contact_id: int
    user_id: str
    home_team_id: str | None


@dataclass(frozen=True)
class Offer:
    """What the filters of an audience could name, as far as we know."""

    accounts: Sequence[tuple[int, str]] = ()
    segments: Sequence[str] = ()
    roles: Sequence[str] = ()


async def known(tx: Transaction, workspace_id: str) -> Sequence[Known]:
    return [Known(*row) for row in await queries.known(tx, workspace_id)]


async def admit(tx: Transaction, survey_id: int, contact_ids: Collection[int], *, now: datetime) -> None:
    """They are among those the schedule may ask."""
    await queries.add(tx, survey_id, contact_ids, at=now)


async def meet(tx: Transaction, workspace_id: str, survey_id: int, person: Facts, *, now: datetime) -> None:
    """Somebody new to us is among them."""
    contact = await contacts.meet(tx, workspace_id, person, now=now)
    await queries.add(tx, survey_id, [contact.id], at=now)


async def let_go(tx: Transaction, survey_id: int, *, since: datetime) -> None:
    """Everybody who was not admitted again since then is no longer among them."""
    await queries.drop_unseen(tx, survey_id, before=since)


async def size(tx: Transaction, survey_id: int) -> int:
    return await queries.size(tx, survey_id)


async def offer(tx: Transaction, workspace_id: str) -> Offer:
    accounts = [(id_, name) for id_, name in await queries.accounts(tx, workspace_id)]
    return Offer(accounts, await queries.segments(tx, workspace_id), await queries.roles(tx, workspace_id))
