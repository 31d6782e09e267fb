"""Erasing somebody while others are in the middle of something: it ends, or finds nothing; nobody sees an error."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.errors import QuestionGone
from bot.services import privacy, responses
from storage.database import Database, Transaction
from storage.models import Contact, Invitation, Response
from tests.factories import ANA, NORTHWIND, a_choice, make_invitation
from tests.services.rivals import second

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=100)


@pytest.fixture
async def asked(database: Database) -> Invitation:
    """Ana, with the survey whose answers hold nothing but the invitation."""
    async with database.transaction() as tx:
        return await make_invitation(tx, now=NOW, survey="relationship")


async def erase(tx: Transaction) -> None:
    await privacy.erase(tx, NORTHWIND, ANA, now=LATER)


async def score(tx: Transaction, asked: Invitation) -> None:
    await responses.record_score(tx, NORTHWIND, a_choice(asked, 3, LATER), now=LATER)


async def left(database: Database) -> list[int]:
    async with database.reading() as tx:
        tables = (Contact, Invitation, Response)
        return [(await tx.execute(select(func.count()).select_from(table))).scalar_one() for table in tables]


async def test_an_answer_that_was_faster_is_erased_too(database: Database, asked: Invitation):
    async with database.transaction() as tx:
        await score(tx, asked)
        erasing = await second(database, erase)
    await erasing
    assert await left(database) == [0, 0, 0]


async def test_an_answer_that_was_slower_finds_nothing(database: Database, asked: Invitation):
    async with database.transaction() as tx:
        await erase(tx)
        answering = await second(database, lambda tx: score(tx, asked))
    with pytest.raises(QuestionGone):
        await answering
    assert await left(database) == [0, 0, 0]


async def test_an_ask_that_was_faster_is_erased_too(database: Database, asked: Invitation):
    async with database.transaction() as tx:
        await make_invitation(tx, now=LATER, occasion="ask:2")
        erasing = await second(database, erase)
    await erasing
    assert await left(database) == [0, 0, 0]


async def test_an_ask_that_was_slower_asks_somebody_nobody_knew(database: Database, asked: Invitation):
    async with database.transaction() as tx:
        await erase(tx)
        asking = await second(database, lambda tx: make_invitation(tx, now=LATER, occasion="ask:2"))
    await asking
    assert await left(database) == [1, 1, 0]
