"""Accounts: people find theirs when they are met, a colleague's word wins, and erasing takes an owner away."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from bot.services import accounts, contacts, privacy
from bot.services.contacts import Facts
from storage.database import Database, Transaction
from storage.models import Account, Contact
from tests.factories import ANA, BO, NORTHWIND, make_workspace

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.fixture
async def tx(database: Database):
    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW)
        yield tx


async def make_account(tx: Transaction, name: str = "Beta GmbH", **more: object) -> Account:
    account = Account(workspace_id=NORTHWIND, name=name, created_at=NOW, **more)
    tx.add(account)
    await tx.flush()
    return account


async def change(tx: Transaction, contact: Contact, **values: object) -> None:
    await tx.execute(update(Contact).where(Contact.id == contact.id).values(**values))


async def met(tx: Transaction, team_id: str | None = None, user_id: str = ANA) -> Contact:
    return await contacts.meet(tx, NORTHWIND, Facts(user_id, "Ana Ruiz", home_team_id=team_id), now=NOW)


async def test_whoever_is_met_belongs_to_the_account_of_their_slack_workspace(tx: Transaction):
    account = await make_account(tx, team_id="T0BETA")
    assert (await met(tx, "T0BETA")).account_id == account.id


async def test_an_address_tells_the_account_the_next_time_somebody_is_met(tx: Transaction):
    account = await make_account(tx, domains=("beta.example",))
    await make_account(tx, "Alphabeta", domains=("alphabeta.example",))
    await change(tx, await met(tx), email="ana@eu.beta.example")
    assert (await met(tx)).account_id == account.id


async def test_what_a_colleague_said_is_not_guessed_again(tx: Transaction):
    account, other = await make_account(tx, "Gamma"), await make_account(tx, team_id="T0BETA")
    await change(tx, await met(tx), account_id=account.id, is_account_by_hand=True)
    assert (await met(tx, "T0BETA")).account_id == account.id != other.id


async def test_people_without_an_account_are_listed(tx: Transaction):
    await make_account(tx, team_id="T0BETA")
    await met(tx, "T0BETA")
    kim = await met(tx, "T0NONE", "U0KIM")
    assert [each.id for each in await contacts.unmatched(tx, NORTHWIND, limit=10)] == [kim.id]


async def test_an_account_of_another_workspace_matches_nobody(tx: Transaction):
    await make_workspace(tx, now=NOW, id="T0SOUTH")
    tx.add(Account(workspace_id="T0SOUTH", name="Beta", created_at=NOW, team_id="T0BETA"))
    await tx.flush()
    assert (await met(tx, "T0BETA")).account_id is None


async def test_what_slack_keeps_to_itself_stays_what_it_was(tx: Transaction):
    await change(tx, await met(tx), language="de", home_team_id="T0BETA")
    again = await met(tx)
    assert (again.language, again.home_team_id) == ("de", "T0BETA")


async def test_an_erased_colleague_owns_no_account_any_more(tx: Transaction):
    account = await make_account(tx, owner_id=BO)
    await privacy.erase(tx, NORTHWIND, BO, now=NOW)
    again = await accounts.get(tx, account.id)
    assert again is not None
    assert again.owner_id is None


async def test_an_erased_person_leaves_nothing_of_what_was_imported(tx: Transaction):
    account = await make_account(tx)
    person = await met(tx)
    await change(tx, person, email="ana@beta.example", account_id=account.id, role="CTO", properties={"plan": "pro"})
    await privacy.erase(tx, NORTHWIND, ANA, now=NOW)
    assert await contacts.by_user(tx, NORTHWIND, ANA) is None
    assert await accounts.get(tx, account.id) is not None
