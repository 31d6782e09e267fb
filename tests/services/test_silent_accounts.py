"""`/nps silent`: who has not been heard from in two quarters, why, and who is not called silent."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.rules.recontact import Because
from bot.services import privacy, silent_accounts
from bot.services.silent_accounts import SilentAccounts, SilentPeople
from bot.services.surveys import SurveyKind
from storage.database import Database, Transaction
from storage.models import Contact, ExitReason, ListedStaff, Withholding
from storage.slices import Slice
from tests.factories import ANA, BO, NORTHWIND, make_workspace
from tests.services.portfolio import account, account_with, answered, asked, person

NOW = datetime(2025, 11, 18, 10, 0, tzinfo=UTC)


@pytest.fixture
async def tx(database: Database):
    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW)
        yield tx


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


async def accounts(tx: Transaction, **which: object) -> SilentAccounts:
    return await silent_accounts.accounts(tx, NORTHWIND, now=NOW, **which)


async def people(tx: Transaction, **which: object) -> SilentPeople:
    return await silent_accounts.people(tx, NORTHWIND, now=NOW, **which)


def names(found: SilentAccounts | SilentPeople) -> list[str]:
    return [each.account.name if isinstance(found, SilentAccounts) else each.name for each in found.lines]


async def named(tx: Transaction, name: str, **facts: object) -> Contact:
    return await person(tx, facts.pop("of", None), now=NOW, name=name, **facts)


async def test_an_account_is_silent_when_nobody_there_answered_anything_for_180_days(tx: Transaction):
    await account_with(tx, "Spoke lately", [0], now=NOW, days_ago=179, arr=10)
    await account_with(tx, "Spoke long ago", [10], now=NOW, days_ago=181, arr=20)
    told = await account(tx, "Told a colleague", now=NOW, arr=30)
    await answered(tx, await person(tx, told, now=NOW), 5, ago(3), mode="interviewer")
    await account(tx, "Never spoke", now=NOW, arr=40)
    await account(tx, "Nobody priced", now=NOW)
    found = await accounts(tx)
    assert names(found) == ["Never spoke", "Spoke long ago", "Nobody priced"]
    assert (found.active, found.silent, found.arr) == (5, 3, 60)


async def test_who_left_or_has_only_begun_is_not_silent(tx: Transaction):
    await account(tx, "Left", now=NOW, arr=0)
    await account(tx, "Began", now=NOW, arr=5, started_on=date(2025, 11, 1))
    await account(tx, "Began long ago", now=NOW, arr=5, started_on=date(2024, 11, 1))
    said_why = await account(tx, "Said why", now=NOW, arr=5)
    who = await person(tx, said_why, now=NOW)
    invitation = await asked(tx, who, ago(3))
    reason = {"workspace_id": NORTHWIND, "survey_id": invitation.survey_id, "contact_id": who.id, "reason": "price"}
    tx.add(ExitReason(**reason, invitation_id=invitation.id, chosen_at=ago(3), answered_at=ago(3)))
    await tx.flush()
    assert names(await accounts(tx)) == ["Began long ago"]


async def test_rehearsals_are_no_answers(tx: Transaction):
    beta = await account(tx, "Beta", now=NOW, arr=5)
    await answered(tx, await person(tx, beta, now=NOW), 5, ago(3), is_rehearsal=True)
    assert names(await accounts(tx)) == ["Beta"]


async def test_an_account_asked_in_confidence_is_not_listed_whether_or_not_somebody_answered(tx: Transaction):
    for name in ("Answered", "Did not"):
        who = await person(tx, await account(tx, name, now=NOW, arr=5), now=NOW)
        if name == "Answered":
            await answered(tx, who, 3, ago(5), privacy="confidential")
        else:
            await asked(tx, who, ago(5), privacy="confidential")
    found = await accounts(tx)
    assert (names(found), found.silent, found.confided) == ([], 0, 2)
    listed = await people(tx)
    assert (names(listed), listed.confided, listed.eligible) == ([], 2, 0)


async def test_the_reason_is_told_where_one_is_known(tx: Transaction):
    beta = await account(tx, "Beta", now=NOW, arr=9)
    ana = await person(tx, beta, now=NOW)
    await person(tx, beta, now=NOW, opted_out_at=ago(9))
    for days in (20, 120, 200):
        await asked(tx, ana, ago(days))
    await account(tx, "Nobody", now=NOW, arr=8)
    [first, second] = (await accounts(tx)).lines
    assert (first.people, first.opted_out, first.asked) == (2, 1, 2)
    assert (second.people, second.asked) == (0, 0)


async def test_silent_people_were_asked_without_an_answer_or_not_asked_at_all(tx: Transaction):
    large, small = await account(tx, "Large", now=NOW, arr=90), await account(tx, "Small", now=NOW, arr=1)
    await asked(tx, await named(tx, "Asked", of=small), ago(20))
    never = await named(tx, "Never", of=large)
    await answered(tx, await named(tx, "Answered", of=large), 9, ago(20))
    out = await named(tx, "Out", of=large, opted_out_at=ago(3))
    await asked(tx, out, ago(20))
    await named(tx, "Of nobody")
    colleague = await named(tx, "Colleague", of=large)
    tx.add(ListedStaff(workspace_id=NORTHWIND, user_id=colleague.user_id))
    survey = (await answered(tx, await named(tx, "More", of=large), 9, ago(1))).survey_id
    why = {"survey_id": survey, "because": Because.INCIDENT, "withheld_at": ago(3)}
    tx.add(Withholding(workspace_id=NORTHWIND, contact_id=never.id, **why))
    await tx.flush()
    found = await people(tx)
    assert names(found) == ["Never", "Asked"]
    assert [(each.asked, each.because) for each in found.lines] == [(0, Because.INCIDENT), (1, None)]
    assert (found.known, found.opted_out, found.eligible) == (5, 1, 4)
    assert (found.asked, found.silent, found.never_asked) == (3, 2, 1)


async def test_a_slice_narrows_both_lists(tx: Transaction):
    for owner in (BO, "U0CY"):
        beta = await account(tx, f"Of {owner}", now=NOW, arr=5, owner_id=owner, segment=owner)
        await named(tx, owner, of=beta)
    mine = Slice(owner_ids=(BO,), segments=(BO,))
    assert names(await accounts(tx, within=mine)) == [f"Of {BO}"]
    assert names(await people(tx, within=mine)) == [BO]


async def test_ten_make_a_page_and_one_beyond_the_last_is_the_last(tx: Transaction):
    for number in range(13):
        await named(tx, f"P{number:02}", of=await account(tx, f"A{number:02}", now=NOW, arr=number + 1))
    for listed in (accounts, people):
        pages = [await listed(tx, page=page) for page in (1, 2, 9)]
        assert [len(each.lines) for each in pages] == [10, 3, 3]
        assert pages[2].page == 2
        assert names(pages[0])[0] in ("A12", "P12")


async def test_an_erased_person_is_in_no_list(tx: Transaction):
    await named(tx, "Ana", of=await account(tx, "Beta", now=NOW, arr=5), user_id=ANA)
    assert names(await people(tx)) == ["Ana"]
    await privacy.erase(tx, NORTHWIND, ANA, now=NOW)
    found = await people(tx)
    assert (names(found), found.known) == ([], 0)


async def test_an_answer_after_an_interaction_is_an_answer(tx: Transaction):
    beta = await account(tx, "Beta", now=NOW, arr=5)
    await answered(tx, await person(tx, beta, now=NOW), 5, ago(3), kind=SurveyKind.TRANSACTIONAL)
    assert names(await accounts(tx)) == []
