"""Naming staff: these and nobody else, also when two admins name them at the same moment."""

from datetime import UTC, datetime

from bot.services import staff
from bot.services.staff import Staff
from storage.database import Database, Transaction
from tests.factories import NORTHWIND, make_workspace
from tests.services.rivals import second

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


async def name(tx: Transaction, *people: str, group: str | None = None) -> Staff:
    return await staff.name(tx, NORTHWIND, group_id=group, user_ids=people)


async def named(database: Database) -> Staff:
    async with database.reading() as tx:
        return await staff.of_workspace(tx, NORTHWIND)


async def test_at_first_nobody_is_named(database: Database):
    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW)
    assert await named(database) == Staff()


async def test_whoever_is_named_anew_takes_the_place_of_those_before(database: Database):
    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW)
        await name(tx, "U0BO", "U0CY", "U0BO", group="S0HELPERS")
        await name(tx, "U0CY")
    assert await named(database) == Staff(is_named=True, user_ids=("U0CY",))


async def test_of_two_who_name_staff_at_once_one_is_the_last_and_nothing_is_mixed(database: Database):
    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW)
    async with database.transaction() as tx:
        await name(tx, "U0BO", group="S0HELPERS")
        naming = await second(database, lambda tx: name(tx, "U0CY", "U0ANA"))
    await naming
    assert await named(database) == Staff(is_named=True, user_ids=("U0ANA", "U0CY"))
