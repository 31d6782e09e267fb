"""How accounts are, from what their people said: which answers count, whose, and what of a year ago is remembered."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.rules.health import Cap, Outcomes, Part, Signs, State, health
from bot.rules.scoring import Tally
from bot.services import account_health, accounts, imports, privacy
from bot.services.rows import Row
from bot.services.surveys import SurveyKind
from storage.database import Database, Transaction
from storage.models import Account
from tests.factories import NORTHWIND, make_workspace
from tests.services.portfolio import account, answered, asked, followed_up, person

NOW = datetime(2025, 11, 18, 10, 0, tzinfo=UTC)
OTHER = "T0SOUTH"


@pytest.fixture
async def tx(database: Database):
    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW)
        yield tx


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


async def signs(tx: Transaction, of: Account) -> Signs:
    """As the list has it and as the account's own page has it: they agree."""
    of_all = await account_health.signs_of(tx, NORTHWIND, {of.id: of.arr}, now=NOW)
    alone = await account_health.signs_of(tx, NORTHWIND, {of.id: of.arr}, only=of.id, now=NOW)
    assert of_all == alone
    return of_all[of.id]


async def test_the_worked_example_comes_out_of_the_database(tx: Transaction):
    beta = await account(tx, "Beta", now=NOW)
    for score, decides in ((6, True), (9, False), (8, False)):
        await answered(tx, await person(tx, beta, now=NOW, is_decision_maker=decides), score, ago(30))
    kim = await person(tx, beta, now=NOW)
    for days, word in ((5, "yes"), (25, "partly")):
        await answered(tx, kim, 8, ago(days), kind=SurveyKind.TRANSACTIONAL, solved=word)
    await asked(tx, kim, ago(2))
    found = await signs(tx, beta)
    assert (found.people, found.deciders, found.outcomes) == (Tally(1, 1, 1), Tally(0, 0, 1), Outcomes(1, 1, 0))
    assert (found.asked, found.answered) == (3, 2)
    assert health(found).value == pytest.approx(59.8958, abs=0.0001)


async def test_the_latest_answer_of_each_person_counts_and_none_older_than_180_days(tx: Transaction):
    beta = await account(tx, "Beta", now=NOW)
    ana, kim = await person(tx, beta, now=NOW), await person(tx, beta, now=NOW)
    await answered(tx, ana, 10, ago(100))
    await answered(tx, ana, 2, ago(10))
    await answered(tx, kim, 10, ago(181))
    await answered(tx, kim, 9, ago(200), kind=SurveyKind.TRANSACTIONAL, solved="yes")
    found = await signs(tx, beta)
    assert (found.people, found.outcomes) == (Tally(0, 0, 1), Outcomes())


@pytest.mark.parametrize(
    "more",
    [{"is_rehearsal": True}, {"mode": "interviewer"}, {"privacy": "confidential"}],
    ids=lambda more: next(iter(more)),
)
async def test_rehearsals_interviews_and_confidential_answers_are_no_sign(tx: Transaction, more):
    beta = await account(tx, "Beta", now=NOW)
    kinds = (SurveyKind.RELATIONAL, SurveyKind.TRANSACTIONAL)
    for kind in kinds:
        response = await answered(tx, await person(tx, beta, now=NOW), 1, ago(1), kind=kind, solved="no", **more)
        if more != {"mode": "interviewer"}:
            await followed_up(tx, response, is_rehearsal=response.is_rehearsal)
    found = await signs(tx, beta)
    assert found == Signs()


async def test_an_unhappy_answer_holds_an_account_down_until_somebody_has_looked_after_it(tx: Transaction):
    beta = await account(tx, "Beta", now=NOW)
    for _ in range(9):
        await answered(tx, await person(tx, beta, now=NOW), 10, ago(3))
    response = await answered(tx, await person(tx, beta, now=NOW), 6, ago(300))
    done = await answered(tx, await person(tx, beta, now=NOW), 0, ago(300))
    praise = await answered(tx, await person(tx, beta, now=NOW), 10, ago(3))
    await followed_up(tx, done, state="resolved")
    await followed_up(tx, praise, causes="routed")
    assert health(await signs(tx, beta)).state is State.GREEN
    await followed_up(tx, response, state="claimed")
    assert health(await signs(tx, beta)).caps == (Cap.UNHAPPY_WAITS,)


async def test_of_the_last_three_questions_that_are_over_those_answered_count(tx: Transaction):
    beta = await account(tx, "Beta", now=NOW)
    ana = await person(tx, beta, now=NOW)
    await answered(tx, ana, 9, ago(90))
    for days in (80, 70):
        await asked(tx, ana, ago(days))
    await asked(tx, ana, ago(60), state="declined")
    await asked(tx, ana, ago(50), state="sent")
    await asked(tx, ana, ago(40), state="withdrawn")
    await answered(tx, ana, 9, ago(30), trigger="open_card")
    found = await signs(tx, beta)
    assert (found.asked, found.answered) == (3, 0)


async def test_another_companys_people_are_no_sign(tx: Transaction):
    beta, gamma = await account(tx, "Beta", now=NOW), await account(tx, "Gamma", now=NOW)
    await answered(tx, await person(tx, gamma, now=NOW), 1, ago(1))
    await answered(tx, await person(tx, now=NOW), 1, ago(1))
    assert await signs(tx, beta) == Signs()


async def test_what_an_account_paid_a_year_ago_is_known_once_it_has_been_imported_for_a_year(tx: Transaction):
    async def take(arr: int | None, at: datetime) -> None:
        known = await imports.claims(tx, NORTHWIND, await accounts.all_of(tx, NORTHWIND))
        row = Row(1, {"name": "Beta", "arr": arr, "segment": str(at)})
        await imports.take_accounts(tx, NORTHWIND, [row], claimed=known, now=at)

    async def before() -> int | None:
        beta = await accounts.named(tx, NORTHWIND, "Beta")
        assert beta is not None
        return (await signs(tx, beta)).arr_before

    await take(90, ago(300))
    assert await before() is None
    await take(100, ago(366))  # as if it had been told then
    assert await before() == 100
    await take(100, ago(366))
    await take(120, ago(365.5))
    assert await before() == 120
    await take(500, ago(200))
    assert await before() == 120


async def test_a_revenue_that_fell_by_a_tenth_is_half_of_its_part(tx: Transaction):
    known = await imports.claims(tx, NORTHWIND, ())
    for arr, days in ((1000, 400), (900, 20)):
        row = Row(1, {"name": "Beta", "arr": arr})
        await imports.take_accounts(tx, NORTHWIND, [row], claimed=known, now=ago(days))
    beta = await accounts.named(tx, NORTHWIND, "Beta")
    await answered(tx, await person(tx, beta, now=NOW), 9, ago(1))
    assert health(await signs(tx, beta)).parts[Part.REVENUE] == pytest.approx(50)


async def test_erasing_a_person_changes_how_their_account_is(tx: Transaction):
    beta = await account(tx, "Beta", now=NOW)
    ana = await person(tx, beta, now=NOW, user_id="U0ANA")
    await followed_up(tx, await answered(tx, ana, 1, ago(1)))
    assert health(await signs(tx, beta)).state is State.RED
    await privacy.erase(tx, NORTHWIND, "U0ANA", now=NOW)
    assert await signs(tx, beta) == Signs()
