"""First steps: the first admin is greeted once and led to the first answer; Home shows how far that is."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from storage.models import RoleGrant
from tests.fake_slack import FakeSlack
from tests.house import ADMIN, ALERTS, ANA, BO, CY, EVE, GUEST, House, open_house

HELLO = "Hello, I am ready."


@pytest.fixture
async def led_by_bo(slack: FakeSlack, database_url: str, server_url: str | None) -> AsyncIterator[House]:
    """Bo, an ordinary member of the workspace, is named by the operator."""
    transport = "socket" if server_url else "http"
    slack.scopes.add("users:read.email")
    named = {"first_admin": "bo@northwind.example", "company_name": "Northwind Trading"}
    async with open_house(slack, database_url, transport, **named) as house:
        await house.settle()
        yield house


async def role_of(house: House, user: str) -> int | None:
    async with house.database.reading() as tx:
        return await tx.scalar(select(RoleGrant.role).where(RoleGrant.user_id == user))


def greetings(house: House, user: str) -> list[str]:
    return [each.shown for each in house.cards(house.slack.dm_of(user)) if HELLO in each.shown]


async def test_the_first_admin_is_greeted_by_name_of_the_company_and_may_do_everything(led_by_bo: House):
    assert len(greetings(led_by_bo, BO)) == 1
    assert "recommend Northwind Trading" in greetings(led_by_bo, BO)[0]
    await led_by_bo.nps(BO, "managers")
    assert led_by_bo.slack.open_view(BO) is not None


async def test_the_three_steps_of_the_first_message_lead_to_the_first_customer(led_by_bo: House):
    house = led_by_bo
    hello = house.cards(house.slack.dm_of(BO))[-1]
    await house.slack.select(BO, hello, "first_channel", ALERTS)
    await house.settle()
    await house.later(seconds=2)
    await house.press(BO, hello, "rehearse")
    await house.later(seconds=2)
    await house.click_score(BO, house.cards(house.slack.dm_of(BO))[-1], 9)
    page = await house.home(BO)
    assert f"Unhappy answers go to <#{ALERTS}>" in page
    assert "You have seen what a customer sees." in page
    assert "3. Ask your first customer." in page
    await house.press(BO, house.home_page(BO), "ask_somebody")
    view = house.slack.open_view(BO)
    assert view is not None
    survey = view.blocks[1]["element"]["initial_option"]["value"]
    assert (await house.slack.submit(BO, {"person": ANA, "survey": survey, "time": "now"})).ok
    await house.settle()
    assert "recommend Northwind Trading" in house.cards(house.slack.dm_of(ANA))[-1].shown
    assert "Three steps" not in await house.home(BO)


async def test_a_member_who_may_not_set_up_is_not_led_once_a_channel_is_chosen(house: House):
    assert "Three steps" in await house.home(CY)
    await house.choose_channel()
    assert "Three steps" not in await house.home(CY)
    assert "Three steps" in await house.home(ADMIN)


async def test_a_channel_chosen_in_home_ticks_the_first_step_there(house: House):
    await house.home(ADMIN)
    await house.slack.select(ADMIN, house.home_page(ADMIN), "first_channel", ALERTS)
    await house.settle()
    assert f"Unhappy answers go to <#{ALERTS}>" in house.home_page(ADMIN).shown
    assert "Alerts go to" in house.cards(house.slack.dm_of(ADMIN))[-1].shown


async def test_another_start_greets_nobody_again(slack: FakeSlack, sqlite_url: str):
    for _ in range(2):
        async with open_house(slack, sqlite_url, "http", first_admin=BO) as house:
            await house.settle()
            assert len(greetings(house, BO)) == 1


async def test_another_first_admin_takes_the_role_from_the_one_before(slack: FakeSlack, sqlite_url: str):
    for named, gone in ((BO, CY), (CY, BO), ("", CY)):
        async with open_house(slack, sqlite_url, "http", first_admin=named) as house:
            await house.settle()
            assert await role_of(house, gone) is None
            assert not named or await role_of(house, named) == 3


async def test_the_first_admin_stays_one_whatever_is_ticked_as_manager(slack: FakeSlack, sqlite_url: str):
    async with open_house(slack, sqlite_url, "http", first_admin=BO) as house:
        for managers in ([BO, CY], [CY]):
            await house.nps(BO, "managers")
            await house.comment(BO, managers=managers)
            assert (await role_of(house, BO), await role_of(house, CY)) == (3, 2)


@pytest.mark.parametrize("named", [GUEST, EVE])
async def test_a_guest_or_an_external_person_named_first_admin_is_neither_greeted_nor_named(
    slack: FakeSlack, sqlite_url: str, named: str
):
    async with open_house(slack, sqlite_url, "http", first_admin=named) as house:
        await house.settle()
        assert slack.messages(slack.dm_of(named)) == []
        assert await role_of(house, named) is None


async def test_a_first_admin_who_chooses_the_channel_is_announced_to_nobody(led_by_bo: House):
    house = led_by_bo
    await house.nps(ADMIN)
    await house.choose_channel(by=BO)
    assert await role_of(house, BO) == 3
    assert "now manages the surveys" not in str(house.cards(house.slack.dm_of(ADMIN)))


@pytest.mark.parametrize("named", ["nobody@northwind.example", "U0NOBODY"])
async def test_a_first_admin_slack_does_not_know_keeps_nobody_from_working(
    slack: FakeSlack, sqlite_url: str, named: str
):
    async with open_house(slack, sqlite_url, "http", first_admin=named) as house:
        await house.choose_channel()
        assert await house.ask(ANA)
