"""Odd words: whatever segments, accounts and properties are called, what a menu shows is what it leads to."""

import pytest
from sqlalchemy import update

from storage.models import Account, Contact
from tests.house import BO, House
from tests.journeys.test_reporting import answers
from tests.journeys.test_views import pick

LONG = "x" * 120
NAMES = ["Company Size", "page", "Segment", "trend", "größe", 'a "b"', "a.b:c", "<@U1>", "😀", "l" * 160]
ACCOUNTS = ['The "Best" Co', "Acme, Inc.", "“Gold” & <@U1>", "last 30 days"]


async def one_company(house: House, name: str = "Beta", *, segment: str = "small", **properties: str) -> None:
    """Ten answers from one company, ten of nobody's."""
    await answers(house, {10: 10})
    async with house.database.transaction() as tx:
        account = Account(workspace_id=house.slack.team_id, name=name, segment=segment, created_at=house.now)
        tx.add(account)
        await tx.flush()
        values = {"account_id": account.id, "properties": properties}
        await tx.execute(update(Contact).where(Contact.account_id.is_(None)).values(**values))
    await answers(house, {2: 10})


async def narrowed(house: House, **fields: object) -> str:
    await house.press(BO, house.slack.ephemerals_for(BO)[-1], "narrow")
    assert house.slack.open_view(BO) is not None
    ack = await house.slack.submit(BO, fields)
    assert ack.ok, ack
    assert not ack.body, ack.body
    await house.settle()
    return house.slack.ephemerals_for(BO)[-1].shown


@pytest.mark.parametrize("name", [name for name in NAMES if name != "Segment"])
async def test_a_property_is_found_whatever_it_is_called_and_the_menus_keep_it(house: House, name: str):
    await one_company(house, **{name: "Gold 7"})
    assert "*NPS +100*" in await house.nps(BO, '"gold 7"')
    told = await pick(house, "pick_period", "last 30 days")
    assert "*NPS +100*" in told
    assert "Gold 7" in told
    assert "*NPS +100*" in await narrowed(house)


@pytest.mark.parametrize("name", NAMES)
async def test_numbers_stand_beside_each_other_by_a_property_whatever_it_is_called(house: House, name: str):
    await one_company(house, **{name: "Gold 7"})
    told = await house.nps(BO, f'by "{name.replace(chr(34), "")}"')
    assert "*Gold 7*" in told or name == "Segment"
    assert "*Gold 7*" in await pick(house, "pick_period", "last 30 days") or name == "Segment"


@pytest.mark.parametrize("name", ACCOUNTS)
async def test_an_account_stays_chosen_whatever_it_is_called(house: House, name: str):
    await one_company(house, name)
    bare = name.replace('"', "").replace("“", "").replace("”", "")
    assert "*NPS +100*" in await house.nps(BO, f'account:"{bare}"')
    assert "*NPS +100*" in await pick(house, "pick_period", "last 90 days")
    await house.press(BO, house.slack.ephemerals_for(BO)[-1], "narrow")
    [shown] = [each for each in house.slack.open_view(BO).blocks if each.get("block_id") == "account"]
    ack = await house.slack.submit(BO, {"account": shown["element"]["initial_value"]})
    assert not ack.body, ack.body
    await house.settle()
    assert "*NPS +100*" in house.slack.ephemerals_for(BO)[-1].shown


@pytest.mark.parametrize("name", [*ACCOUNTS, "Very Long " * 30])
async def test_the_button_beside_an_account_opens_it_whatever_it_is_called(small_house: House, name: str):
    await one_company(small_house, name)
    await small_house.nps(BO, "accounts")
    await small_house.press(BO, small_house.slack.ephemerals_for(BO)[-1], "show_view")
    assert "10 people" in small_house.slack.ephemerals_for(BO)[-1].shown


async def test_the_filter_window_takes_no_segment_away_that_it_cannot_offer(small_house: House):
    for segment in (LONG, "z" * 160):
        await one_company(small_house, segment, segment=segment)
    async with small_house.database.transaction() as tx:
        for number in range(197):
            tx.add(
                Account(
                    workspace_id=small_house.slack.team_id,
                    name=f"Account {number}",
                    segment=f"segment {number:03}",
                    created_at=small_house.now,
                )
            )
    await small_house.nps(BO, f"segment:{LONG}")
    shown = await narrowed(small_house)
    assert "Filter (1)" in shown
    await small_house.nps(BO, f"segment:{'z' * 160}")
    assert "Filter (1)" in await narrowed(small_house, segment=[])


async def test_filters_of_signs_alone_fit_into_the_window(small_house: House):
    name = "😀" * 140
    await one_company(small_house, name)
    await small_house.nps(BO, f'account:"{name}"')
    assert "Filter (1)" in await narrowed(small_house, account=name)


async def test_a_page_of_groups_that_is_gone_shows_the_last_there_is(small_house: House):
    await one_company(small_house)
    assert "*small*" in await small_house.nps(BO, "by segment page:4")


async def test_what_colleagues_were_given_is_shared_by_nobody_however_it_is_written(small_house: House):
    await one_company(small_house)
    await small_house.nps(BO, "by Agent")
    await small_house.slack.select(BO, small_house.slack.ephemerals_for(BO)[-1], "more_view", "share")
    await small_house.settle()
    assert "I do not understand" in small_house.slack.ephemerals_for(BO)[-1].shown
