"""`/nps accounts`, `/nps account` and `/nps silent`: how customers' companies are, as a colleague reads it."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.services import privacy
from storage.models import Account, Contact, Survey
from tests.house import ANA, BO, CY, GUEST, KIM, House

NAME, TERMS = 'Beta <GmbH> & "Söhne"', {"segment": "Enterprise", "arr": 48_000, "owner_id": BO}


async def belong(house: House, name: str = NAME, *people: str, days: int = 30, **terms: object) -> None:
    """These people are of an account, which renews in so many days."""
    async with house.database.transaction() as tx:
        renews_on = (house.now + timedelta(days=days)).date()
        account = Account(
            workspace_id=house.slack.team_id, name=name, created_at=house.now, renews_on=renews_on, **terms
        )
        tx.add(account)
        await tx.flush()
        theirs = update(Contact).where(Contact.user_id.in_(people))
        await tx.execute(theirs.values(account_id=account.id, is_account_by_hand=True))


async def answer(house: House, person: str, score: int, comment: str | None = None) -> None:
    await house.click_score(person, await house.ask(person, survey="relationship"), score)
    if comment:
        await house.comment(person, comment)


async def unhappy(house: House) -> None:
    await house.choose_channel()
    await answer(house, ANA, 3, "Exports <!here> time out.")
    await belong(house, NAME, ANA, **TERMS)


async def pick(house: House, menu: str, value: str) -> str:
    ack = await house.slack.select(BO, house.slack.ephemerals_for(BO)[-1], menu, value)
    assert ack.ok, ack
    await house.settle()
    return house.slack.ephemerals_for(BO)[-1].shown


async def test_an_account_is_found_by_a_part_of_its_name_and_shown_on_one_page(house: House):
    await unhappy(house)
    for typed in ("beta", "BETA <GMBH>", '"beta <gmbh>"', "“söhne”"):
        told = await house.nps(CY, f"account {typed}")
        assert 'Beta &lt;GmbH&gt; &amp; "Söhne"' in told, typed
    assert f"Enterprise · 48,000 a year · renews 18 Dec 2025, in 30 days · Owner: <@{BO}>" in told
    assert "*Health:* 🔴 red, 25 of 100" in told
    assert "how they feel 0 · answering 100" in told
    assert "Not known, and left out: whether things were solved, what they paid a year ago." in told
    assert "*Ana Ruiz* · 3 (" in told
    assert "Relationship, last 180 days: 0 promoters · 0 passives · 1 detractor" in told
    assert "NPS" not in told
    assert "*Follow-ups: 1 open, 0 past*" in told
    assert "nobody yet" in told


async def test_a_name_that_fits_several_is_asked_back_and_one_that_fits_none_gets_the_nearest(house: House):
    for name in ("Acme Inc", "Acme Limited"):
        await belong(house, name)
    told = await house.nps(BO, "account acme")
    assert "2 accounts fit *acme*. Which one?" in told
    assert "*Acme Limited*" in await pick(house, "pick_rest", "Acme Limited")
    assert "No account is called *Acne Inc*. Did you mean one of these?" in await house.nps(BO, "account Acne Inc")
    await house.press(BO, house.slack.ephemerals_for(BO)[-1], "show_view")
    assert "*Acme Inc*" in house.slack.ephemerals_for(BO)[-1].shown
    assert "Nobody there is known yet." in house.slack.ephemerals_for(BO)[-1].shown
    assert "No account is called *Xylophone*." in await house.nps(BO, "account Xylophone")
    assert "Which account?" in await house.nps(BO, "account")


async def test_accounts_come_by_renewal_with_the_money_that_is_exposed(house: House):
    await unhappy(house)
    await belong(house, "Later", days=200, arr=1000, owner_id=CY)
    told = await house.nps(BO, "accounts")
    assert "*2 accounts*" in told
    assert "Renews within 90 days: 48,000 a year" in told
    assert "🔴 red 48,000 (1 account)" in told
    assert "exposed, not lost" in told
    assert told.index("Söhne") < told.index("*Later* · ⚪ unknown")
    assert "Later" not in await house.nps(BO, "accounts mine")
    assert "Söhne" not in await house.nps(BO, "accounts unknown")
    assert "*0 accounts, green*" in await pick(house, "pick_rest", "green")
    assert "Söhne" in await house.nps(BO, f"accounts owner:<@{BO}|bo>")
    assert "I do not understand `purple`." in await house.nps(BO, "accounts purple")


async def test_a_button_leads_from_the_list_to_the_account(house: House):
    await unhappy(house)
    await house.nps(BO, "accounts")
    await house.press(BO, house.slack.ephemerals_for(BO)[-1], "show_view")
    assert "*Health:*" in house.slack.ephemerals_for(BO)[-1].shown


async def test_pages_are_turned_below_the_list(house: House):
    for number in range(12):
        await belong(house, f"Account {number:02}", days=number)
    told = await house.nps(BO, "accounts")
    assert "Page 1 of 2." in told
    assert "Account 10" not in told
    await house.press(BO, house.slack.ephemerals_for(BO)[-1], "turn_page_0")
    assert "Account 10" in house.slack.ephemerals_for(BO)[-1].shown


async def test_who_is_silent_is_listed_with_the_reason(house: House):
    await house.ask(ANA)
    await answer(house, KIM, 9)
    await belong(house, "Quiet", ANA, arr=500, owner_id=BO)
    await belong(house, "Speaking", KIM, arr=900)
    told = await house.nps(BO, "silent")
    assert "*1 silent account* of 2, 500 a year" in told
    assert f"*Quiet* · 500 a year · <@{BO}> · asked once, no answer" in told
    assert "Speaking" not in told
    told = await pick(house, "pick_rest", "people")
    assert "*1 silent person* of 2: 1 asked without an answer, 0 not asked" in told
    assert "Asked in the last 180 days: 2 of 2 (100%)" in told
    assert "*Ana Ruiz* · Quiet" in told
    async with house.database.transaction() as tx:
        await tx.execute(update(Contact).where(Contact.user_id == ANA).values(opted_out_at=house.now))
    told = await house.nps(BO, "silent people")
    assert "Ana" not in told
    assert "1 more does not want to be asked." in told


async def test_what_was_said_in_confidence_is_on_no_page(house: House):
    async with house.database.transaction() as tx:
        await tx.execute(update(Survey).where(Survey.name == "relationship").values(privacy="confidential"))
    await answer(house, ANA, 2, "Nobody may know.")
    await belong(house, "Beta", ANA, arr=500)
    await house.later(days=3)
    page, listed = await house.nps(BO, "account beta"), await house.nps(BO, "accounts")
    assert "no answer yet" in page
    assert "Nobody may know" not in page
    assert "Answers given in confidence are left out here" in page
    assert "⚪ unknown" in listed
    silent = await house.nps(BO, "silent")
    assert "1 more was asked in confidence, so whether anybody answered is not told." in silent


@pytest.mark.parametrize("words", ["account beta", "accounts", "silent", "silent people"])
async def test_outsiders_see_none_of_it(small_house: House, words: str):
    await belong(small_house, "Beta", ANA, arr=500)
    for outsider in (ANA, GUEST):
        assert "Beta" not in await small_house.nps(outsider, words)


async def test_erasing_somebody_changes_the_pages(house: House):
    await unhappy(house)
    async with house.database.transaction() as tx:
        await privacy.erase(tx, house.slack.team_id, ANA, now=house.now)
        await privacy.erase(tx, house.slack.team_id, BO, now=house.now)
    told = await house.nps(CY, "account beta")
    assert "Ana" not in told
    assert "no owner" in told
    assert "⚪ unknown" in await house.nps(CY, "accounts")


async def test_an_account_may_be_chosen_by_the_filter(house: House):
    await belong(house, "Beta", ANA, arr=500)
    assert "*Health:*" in await house.nps(BO, "account account:beta")
    async with house.database.reading() as tx:
        assert await tx.scalar(select(Account.name)) == "Beta"
