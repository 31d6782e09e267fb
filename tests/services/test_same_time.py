"""Two people, or two replicas, at the very same time: one outcome."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.errors import TakenAlready
from bot.services import duties, follow_ups, responses
from storage.database import Database
from storage.models import Delivery, FollowUp, Response, ResponseRevision
from tests.factories import NORTHWIND, a_choice, make_invitation, make_workspace, some_words

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


async def count(database: Database, table: type) -> int:
    async with database.reading() as tx:
        return (await tx.execute(select(func.count()).select_from(table))).scalar_one()


async def test_clicks_from_many_devices_at_once_make_one_answer(database: Database):
    async with database.transaction() as tx:
        invitation = await make_invitation(tx, now=NOW)

    async def click(score: int) -> None:
        async with database.transaction() as tx:
            choice = a_choice(invitation, score, NOW + timedelta(seconds=score))
            await responses.record_score(tx, NORTHWIND, choice, now=NOW)

    await asyncio.gather(*(click(score) for score in range(11)))
    async with database.reading() as tx:
        assert (await tx.scalars(select(Response.score))).all() == [10]
    assert await count(database, ResponseRevision) == 11
    assert await count(database, FollowUp) <= 1


async def test_of_many_who_claim_at_once_exactly_one_wins(database: Database):
    async with database.transaction() as tx:
        invitation = await make_invitation(tx, now=NOW)
        recorded = await responses.record_score(tx, NORTHWIND, a_choice(invitation, 1, NOW), now=NOW)
        found = await follow_ups.of_response(tx, recorded.response.id)

    async def claim(user_id: str) -> str:
        async with database.transaction() as tx:
            await follow_ups.claim(tx, found, by=user_id, now=NOW)
        return user_id

    results = await asyncio.gather(*(claim(f"U{n}") for n in range(8)), return_exceptions=True)
    winners = [result for result in results if isinstance(result, str)]
    assert len(winners) == 1
    assert {result.by for result in results if isinstance(result, TakenAlready)} == set(winners)


async def test_the_same_submission_twice_at_once_is_kept_once(database: Database):
    async with database.transaction() as tx:
        invitation = await make_invitation(tx, now=NOW)
        await responses.record_score(tx, NORTHWIND, a_choice(invitation, 1, NOW), now=NOW)

    async def send() -> None:
        async with database.transaction() as tx:
            await responses.record_words(tx, NORTHWIND, some_words(invitation, comment="slow"), now=NOW)

    await asyncio.gather(send(), send(), send())
    assert await count(database, ResponseRevision) == 2


async def test_one_low_answer_owes_one_alert_however_often_it_is_told(database: Database):
    async with database.transaction() as tx:
        invitation = await make_invitation(tx, now=NOW)

    async def click(seconds: int) -> None:
        async with database.transaction() as tx:
            choice = a_choice(invitation, 1, NOW + timedelta(seconds=seconds))
            await responses.record_score(tx, NORTHWIND, choice, now=NOW)

    await asyncio.gather(*(click(seconds) for seconds in range(5)))
    async with database.reading() as tx:
        alerts = await tx.scalars(select(Delivery.key).where(Delivery.kind == "alert"))
        assert len(alerts.all()) == 1


async def test_a_duty_is_taken_by_one_of_all_who_ask(database: Database):
    names = ["expire", "remind", "shut"]
    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW)
        await duties.ensure(tx, dict.fromkeys(names, NOW))

    async def ask() -> Sequence[str]:
        async with database.transaction() as tx:
            return await duties.take_turns(tx, dict.fromkeys(names, timedelta(minutes=5)), now=NOW)

    taken = await asyncio.gather(*(ask() for _ in range(6)))
    assert sorted(name for mine in taken for name in mine) == names
    assert await ask() == []


@pytest.mark.parametrize("workers", [4])
async def test_an_answer_and_a_delivery_about_it_do_not_block_each_other(database: Database, workers: int):
    """Both lock the invitation before its deliveries: in any other order Postgres would find a deadlock."""
    from bot.services import invitations

    async with database.transaction() as tx:
        invitation = await make_invitation(tx, now=NOW, is_sent=False)

    async def arrive(number: int) -> None:
        async with database.transaction() as tx:
            card = invitations.Card("D0ANA", f"{number}.000001")
            await invitations.arrived(tx, invitation.id, card=card, now=NOW)

    async def click(number: int) -> None:
        async with database.transaction() as tx:
            choice = a_choice(invitation, 3, NOW + timedelta(seconds=number))
            await responses.record_score(tx, NORTHWIND, choice, now=NOW)

    await asyncio.gather(*(work(n) for n in range(workers) for work in (arrive, click)))
    assert await count(database, Response) == 1
