"""Somebody takes an open card up in the very moment in which they, or whoever it was sent to, are erased."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.errors import NotInvited, QuestionClosed, QuestionGone
from bot.rules.open_cards import Side
from bot.services import contacts, open_cards, privacy, responses, surveys
from bot.services.asks import Place
from bot.services.contacts import Facts
from bot.services.open_cards import Taker
from storage.database import Database, Transaction
from storage.models import Contact, Invitation, Response
from tests.factories import ANA, NORTHWIND, a_choice, make_invitation, make_workspace
from tests.services.rivals import second

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
KIM = "U0KIM"
BETA = Side("T0BETA", is_external=True)
TAKER = Taker(Facts(KIM, "Kim", "kim", "de", "T0BETA"), BETA, asked=BETA)


@pytest.fixture
async def card(database: Database) -> Invitation:
    """Ana was asked in a thread, on a card that is open to her company."""
    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW)
        await surveys.set_open(tx, await surveys.named(tx, NORTHWIND, "support"), is_open=True)
        return await make_invitation(tx, now=NOW, place=Place("C0HELP", "1.0"))


async def answer(tx: Transaction, card: Invitation, asked: Contact, *, now: datetime = NOW) -> None:
    own = await open_cards.take_up(tx, asked, card.id, TAKER, card=None, now=now)
    await responses.record_score(tx, NORTHWIND, a_choice(own, 3, now, by=KIM), now=now)


async def asked_on(database: Database, card: Invitation) -> Contact:
    async with database.reading() as tx:
        return await open_cards.asked_on(tx, NORTHWIND, card.id)


async def left(database: Database) -> list[int]:
    async with database.reading() as tx:
        tables = (Contact, Invitation, Response)
        return [(await tx.execute(select(func.count()).select_from(table))).scalar_one() for table in tables]


async def test_who_answers_and_is_erased_this_moment_leaves_nothing(database: Database, card: Invitation):
    asked = await asked_on(database, card)
    async with database.transaction() as tx:  # known before, so that there is somebody to erase
        await contacts.meet(tx, NORTHWIND, TAKER.facts, now=NOW)
    async with database.transaction() as tx:
        await answer(tx, card, asked)
        erasing = await second(database, lambda tx: privacy.erase(tx, NORTHWIND, KIM, now=NOW))
    await erasing
    assert await left(database) == [1, 1, 0]


async def test_the_answer_stays_of_whoever_was_faster_than_the_erasure_of_the_person_asked(database, card):
    asked = await asked_on(database, card)
    async with database.transaction() as tx:
        await answer(tx, card, asked)
        erasing = await second(database, lambda tx: privacy.erase(tx, NORTHWIND, ANA, now=NOW))
    await erasing
    assert await left(database) == [1, 1, 1]


async def test_who_was_slower_finds_no_question(database: Database, card: Invitation):
    asked = await asked_on(database, card)
    async with database.transaction() as tx:
        await privacy.erase(tx, NORTHWIND, ANA, now=NOW)
        answering = await second(database, lambda tx: answer(tx, card, asked))
    with pytest.raises(QuestionGone):
        await answering
    assert await left(database) == [0, 0, 0]


async def test_the_same_person_twice_at_once_takes_it_up_once(database: Database, card: Invitation):
    asked = await asked_on(database, card)
    async with database.transaction() as tx:
        await answer(tx, card, asked)
        again = await second(database, lambda tx: answer(tx, card, asked))
    await again
    assert await left(database) == [2, 2, 1]


async def test_once_its_time_is_up_nobody_takes_it_up_even_before_the_buttons_are_gone(database, card):
    asked = await asked_on(database, card)
    async with database.transaction() as tx:
        with pytest.raises(QuestionClosed):
            await answer(tx, card, asked, now=NOW + timedelta(days=7))


async def test_people_of_another_company_leave_no_trace(database: Database, card: Invitation):
    asked = await asked_on(database, card)
    stranger = Taker(TAKER.facts, Side("T0GAMMA", is_external=True), asked=BETA)
    async with database.transaction() as tx:
        with pytest.raises(NotInvited):
            await open_cards.take_up(tx, asked, card.id, stranger, card=None, now=NOW)
    assert await left(database) == [1, 1, 0]


async def test_cards_are_shut_once(database: Database, card: Invitation):
    for expected in (1, 0):
        async with database.transaction() as tx:
            assert await open_cards.shut_due(tx, limit=9, now=NOW + timedelta(days=7)) == expected
