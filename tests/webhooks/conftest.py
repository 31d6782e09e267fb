"""A bot that may speak to this machine, and a program on it that hears."""

from collections.abc import AsyncIterator, Sequence

import pytest
from sqlalchemy import select

from bot.rules.webhooks import WebhookEvent
from bot.services import webhook_endpoints
from bot.services.webhook_endpoints import Wanted
from storage.database import Database
from storage.models import WebhookAttempt, WebhookEndpoint, WebhookMessage
from tests.fake_slack import FakeSlack
from tests.house import ADMIN, House, open_house
from tests.webhooks.receiver import Receiver, receiving

SETTINGS = {"webhooks_allow_private": True}


@pytest.fixture
async def house(slack: FakeSlack, database_url: str, server_url: str | None) -> AsyncIterator[House]:
    """On SQLite over HTTP and on Postgres over a websocket, as everywhere."""
    async with open_house(slack, database_url, "socket" if server_url else "http", **SETTINGS) as house:
        yield house


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as receiver:
        yield receiver


@pytest.fixture
async def endpoint(house: House, receiver: Receiver) -> WebhookEndpoint:
    """The receiver hears everything."""
    return await hears(house, receiver.url)


async def hears(
    house: House, url: str, *, name: str = "crm", events: Sequence[WebhookEvent] = tuple(WebhookEvent)
) -> WebhookEndpoint:
    wanted = Wanted(name, url, tuple(events))
    async with house.database.transaction() as tx:
        return await webhook_endpoints.add(tx, "T0NORTH", wanted, by=ADMIN, allows_private=True, now=house.now)


async def bring(house: House) -> None:
    """Everything that is due leaves, until nothing is left."""
    await house.settle()
    while await house.bot.postman.deliver_due():
        pass
    await house.settle()


async def messages(database: Database) -> list[WebhookMessage]:
    async with database.reading() as tx:
        return list((await tx.scalars(select(WebhookMessage).order_by(WebhookMessage.id))).all())


async def attempts(database: Database) -> list[WebhookAttempt]:
    async with database.reading() as tx:
        return list((await tx.scalars(select(WebhookAttempt).order_by(WebhookAttempt.id))).all())


async def fresh(house: House, endpoint: WebhookEndpoint) -> WebhookEndpoint:
    """As it stands now."""
    async with house.database.reading() as tx:
        found = await webhook_endpoints.get(tx, endpoint.id, workspace_id=endpoint.workspace_id)
    assert found
    return found


async def an_answer(house: House, person: str = "U0ANA", *, score: int = 3) -> None:
    """Asked by direct message, and answered."""
    await house.click_score(person, await house.ask(person), score)
