"""Two processes of the bot on one Postgres: everything leaves once, every turn is taken once, and either may go."""

import asyncio
from collections import Counter
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text, update

from storage.database import Database
from storage.models import Duty
from tests.replicas.hosting import keys_posted
from tests.replicas.pair import Pair
from tests.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_each_ask_and_each_alert_leaves_once_whoever_took_the_click(pair: Pair) -> None:
    scores = {customer: at % 9 for at, customer in enumerate(pair.newcomers(12))}
    before = len(keys_posted(pair.slack))
    await asyncio.gather(*(pair.ask(customer, f"survey{score % 3}") for customer, score in scores.items()))
    await asyncio.gather(*(pair.answer(customer, score=score) for customer, score in scores.items()))
    await pair.settled()
    posted = Counter(keys_posted(pair.slack))
    assert len(posted) - before == len(scores) + len([score for score in scores.values() if score <= 6])
    assert set(posted.values()) == {1}
    assert all("outcome=sent" in bot.said for bot in pair.bots)


async def test_when_one_process_goes_the_other_carries_on(pair: Pair) -> None:
    [customer] = pair.newcomers(1)
    gone, left = pair.bots
    pair.slack.balance(left)
    await gone.stop()
    told = len(keys_posted(pair.slack, "alert"))
    await pair.ask(customer)
    await pair.answer(customer, score=2)
    await until(lambda: len(keys_posted(pair.slack, "alert")) > told, "the alert")
    await gone.start()
    pair.slack.balance(*pair.bots)


async def test_each_turn_of_a_duty_is_taken_once(pair: Pair) -> None:
    await _record_turns(pair.database)
    rounds = 4
    for taken in range(1, rounds + 1):
        async with pair.database.transaction() as tx:
            await tx.execute(update(Duty).values(due_at=datetime(2020, 1, 1, tzinfo=UTC)))
        await until(lambda least=taken: _are_taken(pair.database, least), "every duty to be done")
    assert set((await _turns(pair.database)).values()) == {rounds}


async def _record_turns(database: Database) -> None:
    """Have the database itself write down whenever a duty is put off."""
    body = "BEGIN INSERT INTO turns VALUES (NEW.name); RETURN NEW; END"
    taken = "AFTER UPDATE ON duties FOR EACH ROW WHEN (NEW.due_at > OLD.due_at)"
    async with database.transaction() as tx:
        await tx.execute(text("CREATE TABLE turns (name text)"))
        await tx.execute(text(f"CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS '{body}'"))
        await tx.execute(text(f"CREATE TRIGGER note {taken} EXECUTE FUNCTION note()"))


async def _turns(database: Database) -> Counter[str]:
    async with database.reading() as tx:
        return Counter((await tx.scalars(text("SELECT name FROM turns"))).all())


async def _are_taken(database: Database, times: int) -> bool:
    turns = await _turns(database)
    async with database.reading() as tx:
        return all(turns[duty] >= times for duty in await tx.scalars(select(Duty.name)))
