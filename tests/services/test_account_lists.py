"""`/nps accounts`: in which order, whose, how much of what renews soon is exposed; all of it in bounded statements."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event

from bot.rules.health import State
from bot.rules.renewals import Due
from bot.services import account_lists, imports
from bot.services.account_lists import AccountList, Which
from bot.services.rows import Row
from storage.database import Database, Transaction
from storage.models import Workspace
from storage.slices import Slice
from tests.factories import BO, NORTHWIND, make_workspace
from tests.services.portfolio import account, account_with

NOW = datetime(2025, 11, 18, 10, 0, tzinfo=UTC)
TODAY = date(2025, 11, 18)


@pytest.fixture
async def tx(database: Database):
    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW)
        yield tx


async def listed(tx: Transaction, **which: object) -> AccountList:
    return await account_lists.listed(tx, NORTHWIND, Which(**which), now=NOW)


def names(found: AccountList) -> list[str]:
    return [each.account.name for each in found.lines]


async def test_the_soonest_renewal_comes_first_and_within_a_month_who_needs_it_most(tx: Transaction):
    december, january = date(2025, 12, 20), date(2026, 1, 10)
    await account_with(tx, "Happy", [10, 9], now=NOW, renews_on=january)
    await account_with(tx, "Unhappy", [1], now=NOW, renews_on=january)
    await account_with(tx, "Silent", [], now=NOW, renews_on=january)
    await account_with(tx, "Between", [8], now=NOW, renews_on=january)
    await account_with(tx, "Soonest", [10], now=NOW, renews_on=december)
    found = await listed(tx)
    assert names(found) == ["Soonest", "Unhappy", "Silent", "Between", "Happy"]
    assert [each.health.state for each in found.lines] == [
        *(State.GREEN, State.RED, State.UNKNOWN, State.AMBER, State.GREEN)
    ]


async def test_revenue_due_soon_is_split_by_how_its_accounts_are(tx: Transaction):
    soon, later = TODAY + timedelta(days=90), TODAY + timedelta(days=91)
    await account_with(tx, "Red", [1], now=NOW, renews_on=soon, arr=70)
    await account_with(tx, "Green", [10], now=NOW, renews_on=soon, arr=500, owner_id=BO)
    await account_with(tx, "Later", [10], now=NOW, renews_on=later, arr=900, owner_id=BO)
    everybody, mine = await listed(tx), await listed(tx, within=Slice(owner_ids=(BO,)))
    assert (everybody.due[State.RED], everybody.due[State.GREEN]) == (Due(1, 70), Due(1, 500))
    assert mine.due[State.RED] == Due()
    assert (names(mine), mine.known) == (["Green", "Later"], 2)


async def test_a_state_narrows_the_list_and_not_the_money_above_it(tx: Transaction):
    await account_with(tx, "Red", [1], now=NOW, renews_on=TODAY, arr=70)
    await account_with(tx, "Green", [10], now=NOW, renews_on=TODAY, arr=500)
    found = await listed(tx, state=State.RED)
    assert (names(found), found.count, found.known) == (["Red"], 1, 2)
    assert found.due[State.GREEN] == Due(1, 500)


async def test_ten_accounts_make_a_page_and_one_beyond_the_last_is_the_last(tx: Transaction):
    for number in range(23):
        await account(tx, f"Account {number:02}", now=NOW, renews_on=TODAY + timedelta(days=number))
    pages = [await listed(tx, page=page) for page in (1, 2, 3, 4, 0)]
    assert [len(each.lines) for each in pages] == [10, 10, 3, 3, 10]
    assert {each.pages for each in pages} == {3}
    assert pages[3].which.page == 3
    assert len({name for each in pages for name in names(each)}) == 23


async def test_what_became_of_the_revenue_of_a_year_ago_is_told(tx: Transaction):
    known = await imports.claims(tx, NORTHWIND, ())

    async def take(day: datetime, **revenues: int) -> None:
        rows = [Row(number, {"name": name, "arr": arr}) for number, (name, arr) in enumerate(revenues.items())]
        await imports.take_accounts(tx, NORTHWIND, rows, claimed=known, now=day)

    await take(NOW - timedelta(days=400), grew=100, shrank=100, left=50, stayed=750)
    await take(NOW - timedelta(days=10), grew=220, shrank=70, left=0, came=999)
    found = (await listed(tx)).retention
    assert (found.accounts, found.net, found.gross) == (4, pytest.approx(1.04), pytest.approx(0.92))


async def test_without_accounts_there_is_an_empty_list(tx: Transaction):
    found = await listed(tx)
    assert (found.lines, found.known, found.pages) == ([], 0, 1)


async def test_another_workspaces_accounts_are_not_ours(tx: Transaction):
    south = await make_workspace(tx, now=NOW, id="T0SOUTH")
    assert isinstance(south, Workspace)
    await account(tx, "Theirs", now=NOW, workspace_id="T0SOUTH")
    assert names(await listed(tx)) == []


async def test_more_accounts_want_no_more_statements(database: Database):
    async def statements() -> int:
        seen, sync = list[str](), database.engine.sync_engine
        event.listen(sync, "before_cursor_execute", note := lambda *call: seen.append(call[2]))
        async with database.reading() as tx:
            await listed(tx)
        event.remove(sync, "before_cursor_execute", note)
        return len(seen)

    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW)
        await account_with(tx, "One", [9], now=NOW)
    one = await statements()
    async with database.transaction() as tx:
        for number in range(30):
            await account_with(tx, f"Account {number}", [9, 3], now=NOW)
    assert await statements() == one
