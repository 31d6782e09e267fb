"""Somebody erases, shares or takes back in the very moment in which a message leaves or arrives."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.services import alerts, deliveries, departures, halts, invitations, privacy, responses, surveys
from bot.services.invitations import Card
from storage import deliveries as queries
from storage.database import Database, Transaction
from storage.models import Delivery, FollowUp, Invitation
from tests.factories import ANA, NORTHWIND, a_choice, make_invitation
from tests.services.rivals import second

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
LATER, SECOND = NOW + timedelta(hours=1), timedelta(seconds=1)
ROOM = "C0RED"


@pytest.fixture
async def asked(database: Database) -> Invitation:
    async with database.transaction() as tx:
        return await make_invitation(tx, now=NOW, survey="relationship", is_sent=False)


async def taken(database: Database, kind: str) -> Delivery:
    """What the courier holds in its hands."""
    async with database.transaction() as tx:
        due = await queries.take(tx, NORTHWIND, now=LATER, lease_until=LATER + timedelta(hours=1), limit=9)
    return next(each for each in due if each.kind == kind)


async def erase(tx: Transaction) -> None:
    await privacy.erase(tx, NORTHWIND, ANA, now=LATER)


async def rows(database: Database, kind: str) -> list[Delivery]:
    async with database.reading() as tx:
        return list((await tx.scalars(select(Delivery).where(Delivery.kind == kind))).all())


async def set_out(tx: Transaction, ask: Delivery) -> None:
    assert await deliveries.start_posting(tx, ask, lane=ask.lane, gap=SECOND, now=LATER) is None


async def test_an_erasure_waits_for_a_card_that_arrives_and_takes_it_away(database: Database, asked: Invitation):
    ask = await taken(database, "ask")
    async with database.transaction() as tx:
        await invitations.arrived(tx, asked.id, card=Card("D0ANA", "1.0"), now=LATER)
        erasing = await second(database, erase)
        await queries.settle(tx, queries.Fence.of(ask), state=queries.SENT, at=LATER)
    await erasing
    assert [each.message_ts for each in await rows(database, "removal")] == ["1.0"]


async def test_an_erasure_waits_for_an_ask_that_sets_out(database: Database, asked: Invitation):
    ask = await taken(database, "ask")
    async with database.transaction() as tx:
        await departures.give_way(tx, asked.id, now=LATER)
        erasing = await second(database, erase)
        await set_out(tx, ask)
    await erasing
    assert await rows(database, "ask") == []


async def test_an_ask_that_has_set_out_is_not_taken_back(database: Database, asked: Invitation):
    ask = await taken(database, "ask")
    async with database.transaction() as tx:
        await set_out(tx, ask)
        taking_back = await second(database, lambda tx: _cancel(tx, ask))
    await taking_back
    [kept] = await rows(database, "ask")
    assert kept.state != queries.CANCELLED
    assert kept.posting_since is not None


async def _cancel(tx: Transaction, ask: Delivery) -> None:
    assert not await deliveries.cancel(tx, ask.key, because="withdrawn", now=LATER)


async def test_a_halt_waits_for_an_ask_that_sets_out_and_does_not_cancel_it(database: Database, asked: Invitation):
    ask = await taken(database, "ask")
    async with database.transaction() as tx:
        assert await departures.give_way(tx, asked.id, now=LATER) is None
        halting = await second(database, lambda tx: halts.halt(tx, NORTHWIND, by="U0BO", now=LATER))
        await set_out(tx, ask)
    await halting
    [kept] = await rows(database, "ask")
    assert kept.state != queries.CANCELLED


async def test_an_alert_that_arrives_while_its_channel_becomes_shared_leaves_it(database: Database, asked: Invitation):
    async with database.transaction() as tx:
        await surveys.set_alert_channel(tx, asked.survey_id, ROOM)
        await invitations.arrived(tx, asked.id, card=Card("D0ANA", "1.0"), now=NOW)
        await responses.record_score(tx, NORTHWIND, a_choice(asked, 3, NOW), now=NOW)
    alert = await taken(database, "alert")
    async with database.transaction() as tx:
        assert await alerts.arrived(tx, alert, card=Card(ROOM, "2.0"), worded_at=LATER, now=LATER)
        sharing = await second(database, lambda tx: alerts.channel_shared(tx, NORTHWIND, ROOM, now=LATER))
    await sharing
    async with database.reading() as tx:
        assert (await tx.scalars(select(FollowUp))).one().card_ts is None
    assert [(each.recipient_id, each.message_ts) for each in await rows(database, "removal")] == [(ROOM, "2.0")]


async def test_a_notice_that_arrives_in_the_moment_of_an_erasure_is_known_to_be_erased(
    database: Database, asked: Invitation
):
    async with database.transaction() as tx:
        await invitations.tell_asker(tx, asked, topic="wrong_person", now=NOW)
    notice, found = await taken(database, "notice"), list[bool]()

    async def look(tx: Transaction) -> None:
        found.append(await deliveries.is_still_known(tx, notice))

    async with database.transaction() as tx:
        await erase(tx)
        looking = await second(database, look)
    await looking
    assert found == [False]
