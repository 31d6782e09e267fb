"""Settling a message and erasing its person in the same moment: either order ends, and nothing is left."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.rules.webhooks import Answer, WebhookEvent
from bot.services import privacy, responses, webhook_endpoints, webhooks
from bot.services.webhook_endpoints import Wanted
from bot.services.webhooks import Outcome
from storage.database import Database, Transaction
from storage.models import WebhookEndpoint, WebhookMessage
from tests.factories import ANA, NORTHWIND, a_choice, make_invitation
from tests.services.rivals import second

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
WANTED = Wanted("crm", "https://example.com/nps", (WebhookEvent.RESPONSE_RECORDED, WebhookEvent.CONTACT_ERASED))
TAKEN, DOWN = Answer(204), Answer(500)
InHand = tuple[WebhookEndpoint, WebhookMessage]


@pytest.fixture
async def in_hand(database: Database) -> InHand:
    """A message about Ana's answer, to an endpoint Ana set up herself: whoever erases her touches both."""
    async with database.transaction() as tx:
        invitation = await make_invitation(tx, now=NOW)
        await webhook_endpoints.add(tx, NORTHWIND, WANTED, by=ANA, allows_private=False, now=NOW)
        await responses.record_score(tx, NORTHWIND, a_choice(invitation, 9, NOW), now=NOW)
    async with database.transaction() as tx:
        [taken] = await webhooks.take(tx, NORTHWIND, but=(), now=NOW)
    return taken


async def erase(tx: Transaction) -> None:
    await privacy.erase(tx, NORTHWIND, ANA, now=NOW)


async def settle(tx: Transaction, in_hand: InHand, answer: Answer = TAKEN) -> bool:
    outcome = Outcome(NOW, timedelta(milliseconds=34), answer)
    return await webhooks.settle(tx, *in_hand, outcome, sway=0, now=NOW)


async def left(database: Database) -> list[str]:
    async with database.reading() as tx:
        return list((await tx.scalars(select(WebhookMessage.type))).all())


@pytest.mark.parametrize("answer", [TAKEN, DOWN, Answer(410)])
async def test_a_message_that_was_settled_first_is_erased(database: Database, in_hand: InHand, answer: Answer):
    async with database.transaction() as tx:
        assert await settle(tx, in_hand, answer)
        erasing = await second(database, erase)
    await erasing
    assert await left(database) in ([], ["contact.erased"])  # to one that is gone, not even that


async def test_a_message_that_was_erased_first_is_settled_no_more(database: Database, in_hand: InHand):
    async with database.transaction() as tx:
        await erase(tx)
        settling = await second(database, lambda tx: settle(tx, in_hand))
    assert await settling is False
    assert await left(database) == ["contact.erased"]


async def test_whoever_touches_both_holds_the_endpoint_before_its_messages(database: Database, in_hand: InHand):
    async with database.transaction() as tx:
        await webhook_endpoints.hold(tx, in_hand[0])
        settling = await second(database, lambda tx: settle(tx, in_hand, Answer(410)))
        await erase(tx)
    assert await settling is False


async def test_what_is_being_told_while_its_endpoint_is_removed_is_settled_first_or_never(
    database: Database, in_hand: InHand
):
    async with database.transaction() as tx:
        assert await settle(tx, in_hand)
        removing = await second(database, lambda tx: webhook_endpoints.remove(tx, in_hand[0], now=NOW))
    await removing
    assert await left(database) == []


async def test_an_endpoint_of_another_workspace_is_nobodys(database: Database, in_hand: InHand):
    async with database.reading() as tx:
        assert await webhook_endpoints.get(tx, in_hand[0].id, workspace_id="T0OTHER") is None
        assert await webhook_endpoints.all_of(tx, "T0OTHER") == []
        assert not await webhooks.is_any_due(tx, "T0OTHER", now=NOW + timedelta(days=1))
