"""Event sources: programs that may tell us what happened, each with an address and a signature of its own."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage import event_sources as queries
from storage.database import Transaction
from storage.models import EventSource


class Vendor(StrEnum):
    """Who signs, and how."""

    GENERIC = "generic"
    ZENDESK = "zendesk"


@dataclass(frozen=True)
class Address:
    """What is told once: the token is kept as a fingerprint only."""

    token: str
    secret: str


def make_address() -> Address:
    return Address(secrets.token_urlsafe(24), secrets.token_urlsafe(32))


async def add(
    tx: Transaction, workspace_id: str, *, name: str, vendor: Vendor, address: Address, now: datetime
) -> EventSource | None:
    """None: one with this name is there."""
    source = EventSource(
        workspace_id=workspace_id,
        name=name,
        vendor=vendor,
        fingerprint=fingerprint(address.token),
        secret=address.secret,
        created_at=now,
    )
    return await named(tx, workspace_id, name) if await queries.keep(tx, source) else None


async def get(tx: Transaction, source_id: int) -> EventSource:
    source = await queries.get(tx, source_id)
    if source is None:
        raise LookupError(f"event source {source_id} is not known")
    return source


async def hold(tx: Transaction, source_id: int) -> None:
    """One event of a source happens after the other, so that each knows what came before it."""
    await queries.hold(tx, source_id)


async def with_token(tx: Transaction, workspace_id: str, token: str) -> EventSource | None:
    """Found by its fingerprint: how long that takes tells nothing of any token."""
    return await queries.by_fingerprint(tx, workspace_id, fingerprint(token))


async def all_of(tx: Transaction, workspace_id: str) -> Sequence[EventSource]:
    return await queries.of_workspace(tx, workspace_id)


async def named(tx: Transaction, workspace_id: str, name: str) -> EventSource | None:
    return next((each for each in await all_of(tx, workspace_id) if each.name == name), None)


async def remove(tx: Transaction, source: EventSource, *, now: datetime) -> None:
    """Let it tell nothing any more. What it told stays."""
    await queries.remove(tx, source.id, at=now)


def fingerprint(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
