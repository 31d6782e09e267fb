"""`/nps me`, and erasing oneself: in Home, on a card, after the command."""

import pytest
from sqlalchemy import select, update

from storage.models import Contact, Response, RoleGrant, Suppression
from tests.house import ALERTS, ANA, BO, CY, EVE, GUEST, HELP, SHARED, House

COMMENT = "Exports time out every Monday."
GONE = "Everything we kept about you is erased."


async def unhappy(house: House) -> None:
    await house.choose_channel()
    await house.click_score(ANA, await house.ask_in_thread(ANA), 4)
    await house.comment(ANA, COMMENT)
    assert COMMENT in house.alerts()[-1].shown


async def is_known(house: House) -> bool:
    async with house.database.reading() as tx:
        rows = [*(await tx.scalars(select(Contact).where(Contact.user_id == ANA))).all()]
        return bool([*rows, *(await tx.scalars(select(Response))).all()])


async def nothing_stands_in_slack(house: House) -> None:
    await house.later(minutes=1)
    assert [each for each in house.alerts() if COMMENT in each.shown] == []
    assert [each for each in house.cards(HELP) if "Thank you" in each.shown] == []


async def test_me_shows_ones_own_answers_and_from_when_one_may_be_asked_again(house: House):
    await house.click_score(ANA, await house.ask(ANA), 4)
    await house.comment(ANA, COMMENT)
    told = await house.nps(ANA, "me", channel=HELP)
    assert "Your answer: *4*" in told
    assert COMMENT in told
    assert "Usually we would not ask you again before" in told


async def test_me_is_for_guests_whom_nobody_asked_too(house: House):
    assert "We have not asked you anything." in await house.nps(GUEST, "me", channel=HELP)


async def test_erasing_oneself_after_me_takes_everything_out_of_slack_too(house: House):
    await unhappy(house)
    await house.nps(ANA, "me", channel=HELP)
    await house.press(ANA, house.slack.ephemerals_for(ANA)[-1], "erase_me")
    assert GONE in house.slack.ephemerals_for(ANA)[-1].shown
    assert not await is_known(house)
    await nothing_stands_in_slack(house)


async def test_erasing_oneself_in_home(house: House):
    await unhappy(house)
    await house.home(ANA)
    await house.press(ANA, house.home_page(ANA), "erase_me")
    assert "We have not asked you anything." in house.home_page(ANA).shown
    assert not await is_known(house)
    await nothing_stands_in_slack(house)


async def test_erasing_oneself_in_the_page_on_a_card(house: House):
    await unhappy(house)
    await house.press(ANA, house.cards(HELP)[-1], "what_we_keep")
    page = house.slack.open_view(ANA)
    assert page is not None
    await house.press(ANA, page, "erase_me")
    after = house.slack.open_view(ANA)
    assert after is not None
    assert GONE in after.shown
    assert not await is_known(house)
    await nothing_stands_in_slack(house)


async def test_somebody_of_another_company_erases_themselves_on_the_card(house: House):
    card = await house.ask(EVE)
    await house.press(EVE, card, "what_we_keep")
    page = house.slack.open_view(EVE)
    assert page is not None
    await house.press(EVE, page, "erase_me")
    async with house.database.reading() as tx:
        assert (await tx.scalars(select(Contact).where(Contact.user_id == EVE))).all() == []
    assert SHARED not in [channel for channel in house.slack.channels if house.cards(channel)]


async def test_who_does_not_want_to_be_asked_is_remembered_by_a_fingerprint_alone(house: House):
    await house.ask(ANA)
    await house.home(ANA)
    await house.press(ANA, house.home_page(ANA), "stop_asking_me")
    await house.nps(ANA, "me", channel=HELP)
    await house.press(ANA, house.slack.ephemerals_for(ANA)[-1], "erase_me")
    assert "We only remember that you do not want to be asked." in house.slack.ephemerals_for(ANA)[-1].shown
    async with house.database.reading() as tx:
        assert len((await tx.scalars(select(Suppression))).all()) == 1
    assert "They asked not to be asked again" in await house.nps(BO, f"ask <@{ANA}>")


async def test_a_colleague_who_erases_their_answers_keeps_their_role_and_their_follow_ups(house: House):
    await house.choose_channel(ALERTS, by=BO)
    await house.click_score(ANA, await house.ask(ANA, by=CY), 2)
    await house.comment(ANA, COMMENT)
    await house.press(BO, house.alerts()[-1], "claim")
    await house.click_score(BO, await house.ask(BO, by=CY), 9)
    await house.nps(BO, "me")
    await house.press(BO, house.slack.ephemerals_for(BO)[-1], "erase_me")
    async with house.database.reading() as tx:
        assert (await tx.scalars(select(RoleGrant.role).where(RoleGrant.user_id == BO))).all() == [2]
    assert f"<@{BO}> takes care of it" in house.alerts()[-1].shown


async def test_a_rehearsal_offers_no_erasing(small_house: House):
    await small_house.nps(BO, "try")
    await small_house.press(BO, small_house.cards(small_house.slack.dm_of(BO))[-1], "what_we_keep")
    page = small_house.slack.open_view(BO)
    assert page is not None
    assert "erase_me" not in str(page.blocks)


@pytest.mark.parametrize("where", ["home", "me"])
async def test_slack_asks_whether_one_is_sure(small_house: House, where: str):
    await small_house.ask(ANA)
    await small_house.home(ANA)
    await small_house.nps(ANA, "me", channel=HELP)
    blocks = small_house.home_page(ANA).blocks if where == "home" else small_house.slack.ephemerals_for(ANA)[-1].blocks
    [erase] = [e for b in blocks for e in b.get("elements", []) if e.get("action_id") == "erase_me"]
    assert erase["confirm"]["text"]["text"].endswith("It cannot be undone.")


async def test_what_was_imported_about_somebody_is_said_to_them(small_house: House):
    await small_house.ask(ANA)
    assert "own records" not in await small_house.home(ANA)
    async with small_house.database.transaction() as tx:
        await tx.execute(update(Contact).where(Contact.user_id == ANA).values(email="ana@beta.example"))
    assert "Northwind has added details about you from its own records" in await small_house.home(ANA)
