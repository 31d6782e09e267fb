"""Two answers of one person at the same moment: both are kept, one after the other."""

import asyncio
from datetime import UTC, datetime

from sqlalchemy import select

from bot.services import responses
from bot.services.responses import Choice
from storage.database import Database
from storage.models import Response
from tests.factories import NORTHWIND
from tests.services.test_counting import asked_again

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
AT_ONCE = 4


async def test_answers_given_at_once_do_not_wait_for_each_other_in_a_circle(database: Database):
    async with database.transaction() as tx:
        asked = [await asked_again(tx, "U0EVA", f"once:{n}") for n in range(AT_ONCE)]
    meeting = asyncio.Barrier(AT_ONCE)

    async def answer(number: int) -> None:
        choice = Choice(asked[number].id, "U0EVA", number, NOW, f"click:once:{number}")
        await meeting.wait()
        async with database.transaction() as tx:
            await responses.record_score(tx, NORTHWIND, choice, now=NOW)

    await asyncio.gather(*map(answer, range(AT_ONCE)))
    async with database.reading() as tx:
        kept = (await tx.scalars(select(Response).order_by(Response.id))).all()
    assert [each.superseded_at for each in kept] == [NOW] * (AT_ONCE - 1) + [None]
