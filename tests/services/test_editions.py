"""A digest of a week is promised once, and what changes while it is on its way is drawn over it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.errors import InputRefused
from bot.services import deliveries, digests, editions
from bot.services.digests import MOST_DIGESTS, Choice
from bot.services.invitations import Card
from storage.database import Database, Transaction
from storage.models import Delivery, Digest, Edition
from tests.factories import BO, NORTHWIND, make_workspace

BEFORE = datetime(2026, 3, 26, 12, tzinfo=UTC)
CHANNEL, ZONE = "C0TEAM", "Europe/Berlin"  # where summer begins on the 29th
MONDAY = datetime(2026, 3, 30, 7, tzinfo=UTC)
CARD = Card(CHANNEL, "1.2")


async def set_up(tx: Transaction, **chosen: object) -> Digest:
    await make_workspace(tx, now=BEFORE)
    return await digests.set_up(tx, NORTHWIND, Choice(CHANNEL, **chosen), by=BO, time_zone=ZONE, now=BEFORE)


async def publish(database: Database, digest: Digest, now: datetime) -> bool:
    async with database.transaction() as tx:
        return await editions.publish(tx, digest, will_ask=0, now=now)


async def published(database: Database) -> list[tuple[datetime, datetime]]:
    """The instants of each edition: since, and when it fell due."""
    async with database.reading() as tx:
        return [(each.since_at, each.slot_at) for each in await tx.scalars(select(Edition).order_by(Edition.id))]


async def the_digest(database: Database) -> Digest:
    async with database.reading() as tx:
        return (await tx.scalars(select(Digest))).one()


async def test_of_two_who_find_it_due_one_publishes(database: Database):
    async with database.transaction() as tx:
        digest = await set_up(tx)
    assert digest.due_at == MONDAY
    assert await publish(database, digest, MONDAY)
    assert not await publish(database, digest, MONDAY)
    assert (await the_digest(database)).due_at == MONDAY + timedelta(days=7)


async def test_a_week_in_which_clocks_change_has_seven_days(database: Database):
    async with database.transaction() as tx:
        digest = await set_up(tx)
    assert await publish(database, digest, MONDAY)
    assert await published(database) == [(datetime(2026, 3, 22, 23, tzinfo=UTC), MONDAY)]


async def test_days_that_were_told_of_are_not_told_again_when_the_hour_is_moved(database: Database):
    async with database.transaction() as tx:
        digest = await set_up(tx)
    assert await publish(database, digest, MONDAY)
    async with database.transaction() as tx:
        await digests.change(tx, digest, Choice(CHANNEL, hour=11), now=MONDAY + timedelta(minutes=5))
    moved = await the_digest(database)
    assert moved.due_at == MONDAY + timedelta(hours=2)
    assert await publish(database, moved, moved.due_at)
    assert len(await published(database)) == 1


async def test_what_was_asked_to_be_drawn_anew_while_it_was_on_its_way_is_drawn_when_it_stands(database: Database):
    async with database.transaction() as tx:
        digest = await set_up(tx)
    await publish(database, digest, MONDAY)
    async with database.transaction() as tx:
        edition = (await tx.scalars(select(Edition))).one()
        sent = (await tx.scalars(select(Delivery).where(Delivery.kind == "digest"))).one()
        await editions.draw(tx, edition, now=MONDAY)
        assert await deliveries.cancel(tx, f"digest-card:{edition.id}", because="no_card", now=MONDAY)
        assert await editions.arrived(tx, sent, card=CARD, now=MONDAY)
        drawn = await deliveries.by_key(tx, f"digest-card:{edition.id}")
    assert (drawn.state, drawn.round) == ("pending", 2)


@pytest.mark.parametrize("is_shared", [True, False])
async def test_what_arrives_where_it_must_not_be_any_more_does_not_stay(database: Database, is_shared: bool):
    async with database.transaction() as tx:
        digest = await set_up(tx)
    await publish(database, digest, MONDAY)
    async with database.transaction() as tx:
        sent = (await tx.scalars(select(Delivery).where(Delivery.kind == "digest"))).one()
        if is_shared:
            assert await editions.channel_shared(tx, NORTHWIND, CHANNEL, now=MONDAY)
        else:
            await digests.remove(tx, digest, now=MONDAY)
        assert not await editions.arrived(tx, sent, card=CARD, now=MONDAY)


async def test_there_are_no_more_digests_than_slack_can_list(database: Database):
    async with database.transaction() as tx:
        for _ in range(MOST_DIGESTS):
            await set_up(tx)
        with pytest.raises(InputRefused):
            await set_up(tx)


async def test_paused_and_removed_ones_are_never_due(database: Database):
    async with database.transaction() as tx:
        await set_up(tx, is_paused=True)
        gone = await set_up(tx)
        await digests.remove(tx, gone, now=BEFORE)
        left = await set_up(tx)
        assert [each.id for each in await digests.due(tx, now=MONDAY)] == [left.id]
