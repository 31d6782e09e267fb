"""The score of the money and the range for several answers of an account: the sums of SQL are those of the rules."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.rules.clusters import clustered, clustered_nps
from bot.rules.scoring import Tally
from bot.rules.weights import weighed, weighted_nps
from bot.services import account_answers, privacy
from bot.services.surveys import SurveyKind
from storage.database import Database, Transaction
from storage.slices import Slice
from tests.factories import NORTHWIND, make_workspace
from tests.services.portfolio import account, account_with, answered, person

NOW = datetime(2025, 11, 18, 10, 0, tzinfo=UTC)
SINCE = NOW - timedelta(days=90)
BOTH = [account_answers.by_revenue, account_answers.by_account]


@pytest.fixture
async def tx(database: Database):
    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW)
        yield tx


def told(tx: Transaction, what=account_answers.by_revenue, kind=SurveyKind.RELATIONAL, **within: Slice):
    return what(tx, NORTHWIND, kind, since=SINCE, before=NOW, **within)


async def test_what_an_account_pays_is_split_over_its_answers(tx: Transaction):
    for number in range(12):
        await account_with(tx, f"Small {number}", [9, 7], now=NOW, arr=1000)
    await account_with(tx, "Large", [3, 10, 2], now=NOW, arr=6000)
    found = await told(tx)
    weights = weighed([*[(9, 500), (7, 500)] * 12, *[(3, 2000), (10, 2000), (2, 2000)]])
    expected = weighted_nps(weights)
    assert (found.responses, found.unweighted) == (27, 0)
    assert found.worth == pytest.approx(weights.worth) == pytest.approx(18)
    assert (found.nps.value, found.nps.low) == pytest.approx((expected.value, expected.low))


async def test_worth_less_than_ten_answers_no_score_of_the_money_is_shown(tx: Transaction):
    await account_with(tx, "Giant", [10] * 8, now=NOW, arr=10**15)
    await account_with(tx, "Dwarf", [1] * 30, now=NOW, arr=1)
    found = await told(tx)
    assert found.worth == pytest.approx(8)
    assert found.nps is None


async def test_answers_without_a_weight_are_counted_apart(tx: Transaction):
    await account_with(tx, "Priced", [10, 9], now=NOW, arr=500)
    await account_with(tx, "Nobody knows", [0], now=NOW)
    await account_with(tx, "Free", [0], now=NOW, arr=0)
    await answered(tx, await person(tx, now=NOW), 0, NOW)
    found = await told(tx)
    assert (found.responses, found.unweighted) == (2, 3)


async def test_confidential_answers_weigh_nothing_since_a_large_account_would_be_known_by_them(tx: Transaction):
    giant = await account(tx, "Giant", now=NOW, arr=10**9)
    await answered(tx, await person(tx, giant, now=NOW), 0, NOW, privacy="confidential")
    assert await told(tx) == account_answers.RevenueScore(0, 0, 0, None)


async def test_several_answers_of_an_account_widen_the_range_and_leave_the_score(tx: Transaction):
    for number in range(30):
        await account_with(tx, f"Happy {number}", [10, 9], now=NOW)
        await account_with(tx, f"Unhappy {number}", [1, 8], now=NOW)
    found = await told(tx, account_answers.by_account)
    rule = clustered([Tally(2, 0, 0), Tally(0, 1, 1)] * 30)
    assert (found.accounts, found.responses, found.is_needed) == (60, 120, True)
    assert found.worth == pytest.approx(rule.worth)
    assert found.nps == clustered_nps(rule)


async def test_whoever_belongs_to_no_account_is_one_of_their_own(tx: Transaction):
    await account_with(tx, "Beta", [10, 10, 10], now=NOW)
    for _ in range(3):
        await answered(tx, await person(tx, now=NOW), 0, NOW)
    found = await told(tx, account_answers.by_account)
    assert (found.accounts, found.responses) == (4, 6)


@pytest.mark.parametrize("what", BOTH)
async def test_without_answers_there_is_nothing_to_say(tx: Transaction, what):
    found = await told(tx, what)
    assert (found.responses, found.worth, found.nps) == (0, 0, None)


@pytest.mark.parametrize("what", BOTH)
async def test_the_answers_are_those_of_the_plain_score(tx: Transaction, what):
    beta = await account(tx, "Beta", now=NOW, arr=1000)
    ana = await person(tx, beta, now=NOW)
    await answered(tx, ana, 0, NOW - timedelta(days=3))
    await answered(tx, ana, 10, NOW - timedelta(days=2))  # the latest counts
    await answered(tx, ana, 0, NOW - timedelta(days=1), is_rehearsal=True)
    await answered(tx, ana, 0, NOW - timedelta(days=1), mode="interviewer")
    await answered(tx, ana, 0, NOW - timedelta(days=1), kind=SurveyKind.TRANSACTIONAL)
    await answered(tx, await person(tx, beta, now=NOW), 0, SINCE)
    found = await told(tx, what)
    assert found.responses == 1


@pytest.mark.parametrize("what", BOTH)
async def test_after_an_interaction_every_answer_counts_but_repeats(tx: Transaction, what):
    ana = await person(tx, await account(tx, "Beta", now=NOW, arr=1000), now=NOW)
    for days, is_repeat in ((50, False), (40, True), (10, False)):
        at = NOW - timedelta(days=days)
        await answered(tx, ana, 9, at, kind=SurveyKind.TRANSACTIONAL, is_repeat=is_repeat)
    assert (await told(tx, what, SurveyKind.TRANSACTIONAL)).responses == 2


@pytest.mark.parametrize("what", BOTH)
async def test_a_slice_narrows_both(tx: Transaction, what):
    await account_with(tx, "Ours", [10] * 3, now=NOW, arr=10, owner_id="U0BO")
    await account_with(tx, "Theirs", [0] * 4, now=NOW, arr=10, owner_id="U0CY")
    assert (await told(tx, what, within=Slice(owner_ids=("U0BO",)))).responses == 3


async def test_an_erased_person_speaks_no_more(tx: Transaction):
    beta = await account_with(tx, "Beta", [10], now=NOW, arr=10)
    gone = await person(tx, beta, now=NOW, user_id="U0GONE")
    await answered(tx, gone, 0, NOW)
    assert (await told(tx)).responses == 2
    await privacy.erase(tx, NORTHWIND, "U0GONE", now=NOW)
    assert (await told(tx)).responses == 1
