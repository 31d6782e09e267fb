"""
Webhook endpoints: addresses of other programs that hear what happened, each with a secret and the events it wants.

    on <-> off: paused by a colleague, or gone (the program answered that it wants nothing any more)

What happens while one is off it is never told; what it was owed before waits, and goes on once it is on again.
"""

import secrets
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from bot.errors import InputRefused
from bot.rules.addresses import is_address, is_public
from bot.rules.webhooks import FORMER_SECRET, WebhookEvent
from bot.services import deliveries, roles
from storage import webhook_endpoints as queries
from storage.database import Transaction
from storage.models import WebhookEndpoint

MOST = 10  # what one message in Slack can show with its buttons
LONGEST_NAME, LONGEST_URL = 40, 1000
SECRET_PREFIX, SECRET_BYTES = "whsec_", 32  # as the convention writes secrets
NOTICE = "webhook"  # the topic of a notice; what happened and the endpoint's id follow


class Off(StrEnum):
    PAUSED = "paused"
    GONE = "gone"


class News(StrEnum):
    """What whoever set an endpoint up hears."""

    GIVEN_UP = "given_up"
    GONE = "gone"


@dataclass(frozen=True)
class Wanted:
    """An endpoint as somebody described it."""

    name: str
    url: str
    events: tuple[WebhookEvent, ...]


async def add(
    tx: Transaction, workspace_id: str, wanted: Wanted, *, by: str | None, allows_private: bool, now: datetime
) -> WebhookEndpoint:
    """Raises InputRefused for a name that is taken, and for an address or events that cannot be."""
    known = await all_of(tx, workspace_id)
    _check(wanted, known, allows_private=allows_private)
    endpoint = WebhookEndpoint(
        workspace_id=workspace_id,
        name=wanted.name,
        url=wanted.url,
        events=wanted.events,
        secret=make_secret(),
        created_at=now,
        created_by=by,
    )
    if not await queries.keep(tx, endpoint):  # somebody was faster
        raise InputRefused("name", "webhook_name_taken")
    return next(each for each in await all_of(tx, workspace_id) if each.name == wanted.name)


async def get(tx: Transaction, endpoint_id: int, *, workspace_id: str) -> WebhookEndpoint | None:
    """None also for one of another workspace, and for one that was removed."""
    found = await queries.get(tx, endpoint_id)
    return found if found and found.removed_at is None and found.workspace_id == workspace_id else None


async def all_of(tx: Transaction, workspace_id: str) -> Sequence[WebhookEndpoint]:
    return await queries.of_workspace(tx, workspace_id)


async def rotate(tx: Transaction, endpoint: WebhookEndpoint, *, now: datetime) -> None:
    """Make a new secret; the one before signs too for a day."""
    until = now + FORMER_SECRET
    await queries.set_secret(tx, endpoint.id, make_secret(), former=endpoint.secret, until=until)


async def pause(tx: Transaction, endpoint: WebhookEndpoint, *, now: datetime) -> None:
    await queries.switch_off(tx, endpoint.id, because=Off.PAUSED, at=now)


async def resume(tx: Transaction, endpoint: WebhookEndpoint) -> None:
    await queries.switch_on(tx, endpoint.id)


async def remove(tx: Transaction, endpoint: WebhookEndpoint, *, now: datetime) -> None:
    await queries.remove(tx, endpoint.id, at=now)


async def hold(tx: Transaction, endpoint: WebhookEndpoint) -> None:
    """Make whoever else settles a message of it wait for this transaction."""
    await queries.hold(tx, endpoint.id)


async def is_well(tx: Transaction, endpoint: WebhookEndpoint) -> None:
    """It has taken a message: a stretch of trouble is over."""
    await queries.end_failing(tx, endpoint.id)


async def is_gone(tx: Transaction, endpoint: WebhookEndpoint, *, now: datetime) -> None:
    """It wants nothing any more."""
    if await queries.switch_off(tx, endpoint.id, because=Off.GONE, at=now):
        await _tell(tx, endpoint, News.GONE, now=now)


async def has_failed(tx: Transaction, endpoint: WebhookEndpoint, *, now: datetime) -> None:
    """A message was given up; told once, until it takes one again."""
    if await queries.begin_failing(tx, endpoint.id, at=now):
        await _tell(tx, endpoint, News.GIVEN_UP, now=now)


def secrets_of(endpoint: WebhookEndpoint, *, now: datetime) -> tuple[str, ...]:
    """All that sign now, the newest first."""
    signs_too = endpoint.former_secret and endpoint.former_until and now < endpoint.former_until
    return (endpoint.secret, endpoint.former_secret or "") if signs_too else (endpoint.secret,)


def make_secret() -> str:
    return SECRET_PREFIX + b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def host_of(endpoint: WebhookEndpoint) -> str:
    """What is shown of an address: its path may hold a token."""
    return urlsplit(endpoint.url).netloc


def _check(wanted: Wanted, known: Sequence[WebhookEndpoint], *, allows_private: bool) -> None:
    if len(known) >= MOST:
        raise InputRefused("name", "webhooks_many")
    if not 0 < len(wanted.name) <= LONGEST_NAME:
        raise InputRefused("name", "webhook_name_length")
    if any(each.name == wanted.name for each in known):
        raise InputRefused("name", "webhook_name_taken")
    if not wanted.events:
        raise InputRefused("events", "webhook_no_events")
    _check_url(wanted.url, allows_private=allows_private)


def _check_url(url: str, *, allows_private: bool) -> None:
    """What the address itself tells; where its name leads is looked up whenever something is sent."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise InputRefused("url", "webhook_url") from None
    schemes = {"https", "http"} if allows_private else {"https"}
    has_odd_letters = any(letter.isspace() or not letter.isprintable() for letter in url)
    if not host or parts.scheme not in schemes or parts.username is not None or has_odd_letters:
        raise InputRefused("url", "webhook_url")
    if len(url) > LONGEST_URL:
        raise InputRefused("url", "webhook_url")
    if not allows_private and is_address(host) and not is_public(host):
        raise InputRefused("url", "webhook_private")


async def _tell(tx: Transaction, endpoint: WebhookEndpoint, news: News, *, now: datetime) -> None:
    """Whoever set it up; admins and managers where nobody in Slack did."""
    people = [endpoint.created_by] if endpoint.created_by else await roles.known(tx, endpoint.workspace_id)
    for user_id in people:
        await deliveries.tell(
            tx,
            endpoint.workspace_id,
            user_id,
            f"{NOTICE}:{news}:{endpoint.id}",
            mark=f"{NOTICE}:{news}:{endpoint.id}:{now.timestamp()}:{user_id}",
            now=now,
        )
