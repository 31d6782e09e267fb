"""Sweeps: chores share turns and transactions, and none suffers from another."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text

from bot.services import contacts
from bot.services.contacts import Facts
from bot.worker.courier import Courier
from bot.worker.duties import BATCH, Chore
from bot.worker.runner import Runner
from storage.database import Database, Transaction
from storage.models import Contact, Duty
from tests.factories import NORTHWIND, make_workspace

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Chores:
    """What was swept, in order; `found` is what is left to do of each."""

    def __init__(self, **found: int) -> None:
        self.found, self.swept = found, []

    def table(self) -> dict[str, Chore]:
        return {name: Chore(HOUR, self._sweep(name)) for name in self.found}

    def _sweep(self, name: str):
        async def sweep(tx: Transaction, now: datetime) -> int:
            done = min(self.found[name], BATCH)
            self.found[name] -= done
            self.swept.append((name, done))
            if done:
                await contacts.meet(tx, NORTHWIND, Facts(f"U{name}{len(self.swept)}", name), now=now)
            return done

        return sweep


async def runner(database: Database, chores: dict[str, Chore], *, now: datetime = NOW) -> Runner:
    """With all of them due."""
    async with database.transaction() as tx:
        await make_workspace(tx, now=now)
    made = Runner(database, Courier(database, None, lambda: now, workspace_id=NORTHWIND), lambda: now, chores=chores)
    await made.prepare()
    async with database.transaction() as tx:
        await tx.execute(text("UPDATE duties SET due_at = :now"), {"now": now if not database.is_sqlite else str(now)})
    return made


async def kept(database: Database) -> list[str]:
    async with database.reading() as tx:
        return list((await tx.scalars(select(Contact.name).order_by(Contact.id))).all())


async def broken(tx: Transaction, now: datetime) -> int:
    await tx.execute(text("SELECT nothing FROM nowhere"))
    return 1


async def test_everything_due_is_swept_batch_by_batch_until_nothing_is_left(database: Database):
    chores = Chores(idle=0, busy=2 * BATCH + 1, last=1, end=0)
    assert await (await runner(database, chores.table())).run_due() == 2 * BATCH + 2
    full = ("busy", BATCH)
    assert chores.swept == [("idle", 0), full, full, ("busy", 1), ("last", 1), ("end", 0)]
    assert await kept(database) == ["busy", "busy", "busy", "last"]


async def test_a_chore_that_fails_undoes_nothing_of_others_and_takes_nobodys_turn(database: Database):
    chores = Chores(first=1, idle=0, last=1)
    table = chores.table()
    sweeping = await runner(database, {"first": table["first"], "broken": Chore(HOUR, broken), **table})
    with pytest.raises(ExceptionGroup):
        await sweeping.run_due()
    assert [name for name, _ in chores.swept] == ["first", "idle", "last"]
    assert await kept(database) == ["first", "last"]


async def test_each_turn_is_taken_once_and_comes_again_after_its_period(database: Database):
    chores = Chores(one=0, other=0)
    first = await runner(database, chores.table())
    await first.run_due()
    second = await Runner(
        database, Courier(database, None, lambda: NOW, workspace_id=NORTHWIND), lambda: NOW, chores=chores.table()
    ).run_due()
    assert (second, len(chores.swept)) == (0, 2)
    async with database.reading() as tx:
        assert set((await tx.scalars(select(Duty.due_at))).all()) == {NOW + HOUR}
