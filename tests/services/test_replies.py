"""Words between a colleague and a customer, in the very moment in which somebody is erased or writes the same."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.errors import NotAddressed, QuestionGone
from bot.rules.replying import Way
from bot.services import follow_ups, privacy, replies, responses
from bot.services.replies import Draft, Words
from storage.database import Database, Transaction
from storage.models import Delivery, FollowUp, FollowUpStep
from tests.factories import ANA, BO, NORTHWIND, a_choice, make_invitation
from tests.services.rivals import second

NOW = datetime(2025, 11, 18, 10, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
async def waiting(database: Database) -> FollowUp:
    """Ana was unhappy, and somebody should answer her."""
    async with database.transaction() as tx:
        asked = await make_invitation(tx, now=NOW, survey="relationship")
        recorded = await responses.record_score(tx, NORTHWIND, a_choice(asked, 3, NOW), now=NOW)
        found = await follow_ups.of_response(tx, recorded.response.id)
        assert found is not None
        return found


async def send(tx: Transaction, waiting: FollowUp, *, by: str = BO, source: str = "view:1") -> None:
    draft = Draft(waiting.id, "We are on it.", "Bo Lind", Way.DIRECT, source)
    await replies.send(tx, NORTHWIND, draft, by=by, now=LATER)


async def hear(tx: Transaction, waiting: FollowUp, *, user_id: str = ANA, source: str = "view:2") -> None:
    await replies.hear(tx, NORTHWIND, waiting.id, Words(user_id, "Thank you.", source), now=LATER)


async def erase(tx: Transaction) -> None:
    await privacy.erase(tx, NORTHWIND, ANA, now=LATER)


async def written(database: Database, what: str) -> int:
    async with database.reading() as tx:
        return (await tx.scalar(select(func.count()).where(FollowUpStep.what == what))) or 0


@pytest.mark.parametrize("words", [send, hear])
async def test_words_that_were_faster_than_an_erasure_are_erased_too(database: Database, waiting: FollowUp, words):
    async with database.transaction() as tx:
        await words(tx, waiting)
        erasing = await second(database, erase)
    await erasing
    assert await written(database, "replied") + await written(database, "heard") == 0
    async with database.reading() as tx:
        assert (await tx.scalar(select(func.count()).where(Delivery.kind == "reply"))) == 0


@pytest.mark.parametrize("words", [send, hear])
async def test_words_that_were_slower_than_an_erasure_find_nothing(database: Database, waiting: FollowUp, words):
    async with database.transaction() as tx:
        await erase(tx)
        writing = await second(database, lambda tx: words(tx, waiting))
    with pytest.raises(QuestionGone):
        await writing


@pytest.mark.parametrize(("words", "what"), [(send, "replied"), (hear, "heard")])
async def test_the_same_words_in_the_same_moment_are_written_down_once(
    database: Database, waiting: FollowUp, words, what: str
):
    async with database.transaction() as tx:
        await words(tx, waiting)
        again = await second(database, lambda tx: words(tx, waiting))
    await again
    assert await written(database, what) == 1


async def test_of_two_who_reply_at_once_the_first_has_it_and_both_are_sent(database: Database, waiting: FollowUp):
    async with database.transaction() as tx:
        await send(tx, waiting)
        other = await second(database, lambda tx: send(tx, waiting, by="U0CY", source="view:3"))
    await other
    async with database.reading() as tx:
        assert (await tx.scalars(select(FollowUp.claimed_by))).one() == BO
    assert (await written(database, "replied"), await written(database, "claimed")) == (2, 1)


async def test_nobody_else_writes_back(database: Database, waiting: FollowUp):
    with pytest.raises(NotAddressed):
        async with database.transaction() as tx:
            await hear(tx, waiting, user_id="U0KIM")
    assert await written(database, "heard") == 0


async def test_a_follow_up_of_another_workspace_is_not_there(database: Database, waiting: FollowUp):
    async with database.reading() as tx:
        assert await replies.get(tx, waiting.id, workspace_id="T0OTHER") is None
