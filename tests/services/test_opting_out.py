"""Whoever says no last is right, whatever was read before: from a card, from Home, beside an undo or an erasure."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.services import contacts, declines, invitations, privacy
from storage.database import Database, Transaction
from storage.models import Contact, Delivery, Invitation, Suppression
from tests.factories import ANA, NORTHWIND, make_invitation
from tests.services.rivals import second

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
Say = Callable[[Transaction, Invitation], Awaitable[None]]


@pytest.fixture
async def asked(database: Database) -> Invitation:
    async with database.transaction() as tx:
        return await make_invitation(tx, now=NOW, survey="relationship")


async def stop_on_card(tx: Transaction, asked: Invitation) -> None:
    mine = await invitations.all_opened_by(tx, NORTHWIND, asked.id, user_id=ANA)
    await declines.stop_asking(tx, mine, now=LATER)


async def allow_on_card(tx: Transaction, asked: Invitation) -> None:
    mine = await invitations.all_opened_by(tx, NORTHWIND, asked.id, user_id=ANA)
    await declines.allow_asking(tx, mine, now=LATER)


async def ana(tx: Transaction) -> Contact:
    contact = await contacts.by_user(tx, NORTHWIND, ANA)
    assert contact is not None
    return contact


async def stop_in_home(tx: Transaction, _: Invitation) -> None:
    await declines.stop_asking_me(tx, await ana(tx), now=LATER)


async def allow_in_home(tx: Transaction, _: Invitation) -> None:
    await declines.allow_asking_me(tx, await ana(tx), now=LATER)


@pytest.mark.parametrize("allow", [allow_on_card, allow_in_home])
@pytest.mark.parametrize("stop", [stop_on_card, stop_in_home])
async def test_a_no_that_waits_for_a_yes_is_the_last_word(database: Database, asked: Invitation, stop: Say, allow: Say):
    async with database.transaction() as tx:
        await stop(tx, asked)
    async with database.transaction() as tx:
        await allow(tx, asked)
        waiting = await second(database, lambda tx: stop(tx, asked))
    await waiting
    async with database.reading() as tx:
        assert (await ana(tx)).opted_out_at is not None


async def test_a_no_from_a_home_that_was_read_before_a_yes_is_a_no(database: Database, asked: Invitation):
    async with database.transaction() as tx:
        await stop_on_card(tx, asked)
        read = await ana(tx)
    async with database.transaction() as tx:
        await allow_on_card(tx, asked)
    async with database.transaction() as tx:
        await declines.stop_asking_me(tx, read, now=LATER)
    async with database.reading() as tx:
        assert (await ana(tx)).opted_out_at is not None


async def test_a_yes_that_waits_for_a_no_redraws_every_card_the_no_closed(database: Database, asked: Invitation):
    async with database.transaction() as tx:
        other = await make_invitation(tx, now=NOW + timedelta(days=40), survey="support", occasion="ask:2")
    async with database.transaction() as tx:
        await stop_on_card(tx, other)
        waiting = await second(database, lambda tx: allow_on_card(tx, other))
    await waiting
    async with database.reading() as tx:
        redrawn = (
            await tx.scalars(select(Delivery).where(Delivery.invitation_id == asked.id, Delivery.kind == "card"))
        ).one()
    assert redrawn.round == 2


@pytest.mark.parametrize("stop", [stop_on_card, stop_in_home])
async def test_an_erasure_that_waits_for_a_no_remembers_it(database: Database, asked: Invitation, stop: Say):
    async with database.transaction() as tx:
        await stop(tx, asked)
        waiting = await second(database, lambda tx: privacy.erase(tx, NORTHWIND, ANA, now=LATER))
    await waiting
    async with database.reading() as tx:
        assert len((await tx.scalars(select(Suppression))).all()) == 1
