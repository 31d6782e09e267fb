"""A schedule and its people, for tests of what it does."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, update

from bot.rules.cadence import Cadence
from bot.services import audiences, contacts, rounds, schedules, surveys, turns
from bot.services.contacts import Facts
from bot.services.schedules import Proposal
from storage.database import Database, Transaction
from storage.models import Account, Contact, Invitation, Survey, Withholding
from tests.factories import BO, NORTHWIND, make_workspace

LONG_AGO = timedelta(days=400)


async def make_crowd(tx: Transaction, count: int, *, now: datetime, seen: timedelta = LONG_AGO) -> list[int]:
    """Customers we have known for long."""
    await make_workspace(tx, now=now)
    people = [Facts(f"U{n:04}", f"Person {n}", None, "en", "T0OTHER") for n in range(count)]
    return [(await contacts.meet(tx, NORTHWIND, each, now=now - seen)).id for each in people]


async def make_account(tx: Transaction, name: str, people: Sequence[int], *, now: datetime, **facts: object) -> int:
    account = Account(workspace_id=NORTHWIND, name=name, created_at=now, **facts)
    tx.add(account)
    await tx.flush()
    await tx.execute(
        update(Contact).where(Contact.id.in_(people)).values(account_id=account.id, is_account_by_hand=True)
    )
    return account.id


async def make_schedule(
    tx: Transaction,
    people: Sequence[int],
    *,
    now: datetime,
    proposal: Proposal | None = None,
    survey: str = "relationship",
) -> Survey:
    found = await surveys.named(tx, NORTHWIND, survey)
    await schedules.start(tx, found, proposal or Proposal(Cadence()), by=BO, now=now)
    await audiences.admit(tx, found.id, people, now=now)
    return found


async def do_today(database: Database, *, now: datetime) -> int:
    """What the errand does: plan, then take the turns."""
    done = 0
    async with database.reading() as tx:
        planned = [(each.survey_id, await rounds.plan_today(tx, each, now=now)) for each in await schedules.running(tx)]
    for survey_id, day in planned:
        if day is not None and (day.turns or day.held):
            async with database.transaction() as tx:
                done += await turns.take(tx, survey_id, day, now=now)
    return done


async def asked(database: Database) -> list[Invitation]:
    async with database.reading() as tx:
        return list((await tx.scalars(select(Invitation).order_by(Invitation.id))).all())


async def withheld(database: Database) -> list[Withholding]:
    async with database.reading() as tx:
        return list((await tx.scalars(select(Withholding).order_by(Withholding.id))).all())
