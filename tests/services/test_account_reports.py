"""`/nps account`: whom a name means, and what is on the page of one account and what is not."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.services import account_reports, privacy
from bot.services.account_reports import AccountReport
from bot.services.surveys import SurveyKind
from storage.database import Database, Transaction
from storage.models import Account, Survey
from tests.factories import ANA, NORTHWIND, make_workspace
from tests.services.portfolio import account, answered, followed_up, person

NOW = datetime(2025, 11, 18, 10, 0, tzinfo=UTC)


@pytest.fixture
async def tx(database: Database):
    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW)
        yield tx


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


async def page(tx: Transaction, of: Account) -> AccountReport:
    found = await account_reports.report(tx, NORTHWIND, of.id, now=NOW)
    assert found is not None
    return found


async def test_a_name_finds_one_account_several_or_the_nearest(tx: Transaction):
    for name in ("Acme Inc", "Acme Limited", "Beta"):
        await account(tx, name, now=NOW)
    await account(tx, "Beta of others", now=NOW, workspace_id=(await make_workspace(tx, now=NOW, id="T0SOUTH")).id)
    found = await account_reports.find(tx, NORTHWIND, "acme")
    assert ([name for _, name in found.accounts], found.count) == (["Acme Inc", "Acme Limited"], 2)
    assert (await account_reports.find(tx, NORTHWIND, "BETA")).count == 1
    assert (await account_reports.find(tx, NORTHWIND, "Bata")).nearest == ["Beta"]


async def test_people_who_decide_come_first_then_who_answered_last(tx: Transaction):
    beta = await account(tx, "Beta", now=NOW)
    quiet = await person(tx, beta, now=NOW, name="Quiet")
    for name, days in (("Earlier", 30), ("Later", 3)):
        await answered(tx, await person(tx, beta, now=NOW, name=name), 8, ago(days))
    boss = await person(tx, beta, now=NOW, name="Boss", is_decision_maker=True, opted_out_at=ago(1))
    found = await page(tx, beta)
    assert [each.contact.name for each in found.people] == ["Boss", "Later", "Earlier", "Quiet"]
    assert (boss.id, quiet.id) == (found.people[0].contact.id, found.people[3].contact.id)


async def test_each_person_comes_with_their_last_scores_the_newest_first(tx: Transaction):
    beta = await account(tx, "Beta", now=NOW)
    ana = await person(tx, beta, now=NOW)
    for score, days in ((1, 400), (5, 300), (7, 200), (9, 100)):
        await answered(tx, ana, score, ago(days))
    await answered(tx, ana, 2, ago(1), mode="interviewer")
    [shown] = (await page(tx, beta)).people
    assert [each.score for each in shown.scores] == [9, 7, 5]


async def test_a_page_shows_a_few_and_counts_all(tx: Transaction):
    beta = await account(tx, "Beta", now=NOW)
    for number in range(12):
        response = await answered(tx, await person(tx, beta, now=NOW), 3, ago(number + 1))
        await followed_up(tx, response, state="open" if number > 8 else "resolved")
    found = await page(tx, beta)
    assert (len(found.people), found.people_count) == (10, 12)
    assert (len(found.answers), found.answers_count) == (5, 12)
    assert (len(found.follow_ups), found.open_count, found.past_count) == (5, 3, 9)
    assert [each.follow_up.state for each in found.follow_ups[:4]] == ["open"] * 3 + ["resolved"]


async def test_confidential_answers_and_their_follow_ups_are_left_out_and_the_page_says_so(tx: Transaction):
    beta = await account(tx, "Beta", now=NOW)
    ana = await person(tx, beta, now=NOW)
    response = await answered(tx, ana, 3, ago(3), privacy="confidential", comment="Secret")
    await followed_up(tx, response)
    found = await page(tx, beta)
    assert (found.answers, found.follow_ups, found.people[0].scores) == ([], [], ())
    assert (found.answers_count, found.open_count, found.has_confidential) == (0, 0, False)
    await tx.execute(update(Survey).where(Survey.name == "support").values(privacy="confidential"))
    assert (await page(tx, beta)).has_confidential


async def test_rehearsals_are_not_on_the_page(tx: Transaction):
    beta = await account(tx, "Beta", now=NOW)
    response = await answered(tx, await person(tx, beta, now=NOW), 3, ago(3), is_rehearsal=True)
    await followed_up(tx, response, is_rehearsal=True)
    found = await page(tx, beta)
    assert (found.answers_count, found.open_count) == (0, 0)


async def test_another_workspaces_account_has_no_page(tx: Transaction):
    south = (await make_workspace(tx, now=NOW, id="T0SOUTH")).id
    theirs = await account(tx, "Theirs", now=NOW, workspace_id=south)
    assert await account_reports.report(tx, NORTHWIND, theirs.id, now=NOW) is None


async def test_erasing_somebody_takes_them_off_the_page(tx: Transaction):
    beta = await account(tx, "Beta", now=NOW)
    ana = await person(tx, beta, now=NOW, user_id=ANA)
    await followed_up(tx, await answered(tx, ana, 1, ago(1), kind=SurveyKind.TRANSACTIONAL, comment="Bad."))
    assert (await page(tx, beta)).open_count == 1
    await privacy.erase(tx, NORTHWIND, ANA, now=NOW)
    found = await page(tx, beta)
    assert (found.people_count, found.answers_count, found.open_count) == (0, 0, 0)
