"""An event nobody could be found for: a colleague says who it is about, and it goes on as if it had come so."""

import asyncio

import pytest

from tests.fake_slack import Ephemeral, FakeSlack
from tests.hooks.conftest import Program, a_program, asked, kept
from tests.house import ADMIN, ANA, BO, CY, GUEST, HELP, KIM, House, open_house
from tests.small import on_sqlite

WHO = {"email": "who@beta.example"}
QUESTION = "How likely are you to recommend Northwind"


@pytest.fixture
async def slack(slack: FakeSlack) -> FakeSlack:
    """Installed with what finding people takes."""
    slack.scopes |= {"users:read.email", "channels:history"}
    return slack


@pytest.fixture
async def helpdesk(house: House) -> Program:
    return await a_program(house)


@pytest.fixture
async def manager(house: House) -> str:
    await house.nps(ADMIN, "managers")
    await house.comment(ADMIN, managers=[CY])
    return CY


async def listed(house: House, user: str) -> Ephemeral:
    await house.nps(user, "events")
    return house.slack.ephemerals_for(user)[-1]


async def say_who(house: House, user: str, person: str) -> dict[str, str]:
    """Press the first button there is; returns what is said beside the field."""
    await house.press(user, await listed(house, user), "say_who")
    return await send(house, user, person)


async def send(house: House, user: str, person: str) -> dict[str, str]:
    ack = await house.slack.submit(user, {"person": person})
    assert ack.ok, ack
    await house.settle()
    return ack.body.get("errors", {}) if isinstance(ack.body, dict) else {}


@on_sqlite
async def test_before_anything_was_told_it_says_so(house: House):
    assert "No other program" in await house.nps(BO, "events")


async def test_a_manager_says_who_it_is_and_they_are_asked(helpdesk: Program, manager: str):
    house = helpdesk.house
    answer = await helpdesk.tells(person=WHO)
    assert (answer.status, answer.body["status"], answer.body["because"]) == (202, "to_repair", "email")
    shown = (await listed(house, manager)).shown
    assert "helpdesk*: a case was closed, “Export stuck” (who@beta.example)" in shown
    assert "nobody here has that address" in shown
    assert await say_who(house, manager, ANA) == {}
    assert f"a question was promised to <@{ANA}>" in house.slack.ephemerals_for(manager)[-1].shown
    [event] = await kept(house.database)
    assert (event.state, event.outcome, event.body) == ("done", "asked", None)
    await house.later(hours=3, minutes=1)
    assert QUESTION in house.cards(house.slack.dm_of(ANA))[-1].shown
    assert (await helpdesk.tells(person=WHO)).body["was"] == "asked"


@on_sqlite
async def test_in_the_thread_that_was_named(helpdesk: Program, manager: str):
    house = helpdesk.house
    ts = house.slack.say(BO, HELP, "Ana asks how to export")
    house.slack.say(BO, HELP, "Under File, like this", thread_ts=ts)
    answer = await helpdesk.tells(person={"channel": HELP, "thread": ts}, delay_hours=0)
    assert answer.body["because"] == "no_customer"
    await say_who(house, manager, ANA)
    await house.later(minutes=1)
    assert [card.thread_ts for card in house.cards(HELP)] == [ts]


async def test_where_threads_may_not_be_read_the_list_says_what_is_missing(slack: FakeSlack, sqlite_url: str):
    slack.scopes.discard("channels:history")
    async with open_house(slack, sqlite_url, "http") as house:
        helpdesk = await a_program(house)
        await helpdesk.tells(person={"channel": HELP, "thread": slack.say(ANA, HELP, "My export is stuck")})
        assert "channels:history" in (await listed(house, BO)).shown


@on_sqlite
async def test_the_rules_hold_for_them_too(helpdesk: Program, manager: str):
    house = helpdesk.house
    await house.ask(ANA, survey="support")
    await house.later(days=2)
    await helpdesk.tells(person=WHO)
    await say_who(house, manager, ANA)
    assert "not asked: asked the same lately; possible from" in house.slack.ephemerals_for(manager)[-1].shown


async def test_opened_again_meanwhile_nobody_is_asked(helpdesk: Program, manager: str):
    await helpdesk.tells(person=WHO)
    await helpdesk.tells("case_reopened", "e2")
    await say_who(helpdesk.house, manager, ANA)
    assert await asked(helpdesk.house.database) == []
    assert "noted: the case had been opened again" in helpdesk.house.slack.ephemerals_for(manager)[-1].shown


@on_sqlite
async def test_somebody_of_ours_is_refused_beside_the_field(helpdesk: Program, manager: str):
    await helpdesk.tells(person=WHO)
    assert "guests and people of other companies" in (await say_who(helpdesk.house, manager, BO))["person"]
    assert [each.state for each in await kept(helpdesk.house.database)] == ["to_repair"]


async def test_a_manager_lets_it_be_and_whom_it_named_is_forgotten(helpdesk: Program, manager: str):
    house = helpdesk.house
    await helpdesk.tells(person=WHO)
    await house.press(manager, await listed(house, manager), "drop_event")
    assert [(each.state, each.body) for each in await kept(house.database)] == [("dropped", None)]
    shown = house.slack.ephemerals_for(manager)[-1].shown
    assert "let be" in shown
    assert "who@beta.example" not in shown


@on_sqlite
async def test_members_read_and_managers_repair_and_guests_do_neither(helpdesk: Program, manager: str):
    house = helpdesk.house
    await helpdesk.tells(person=WHO)
    theirs, ours = await listed(house, manager), await listed(house, BO)
    assert "Say who it is" in theirs.shown
    assert "Say who it is" not in ours.shown
    assert "who@beta.example" in ours.shown
    assert "Guests" in await house.nps(GUEST, "events")


@on_sqlite
async def test_who_is_a_manager_no_longer_can_repair_nothing(helpdesk: Program, manager: str):
    house = helpdesk.house
    await helpdesk.tells(person=WHO)
    old = await listed(house, manager)
    await house.nps(ADMIN, "managers")
    await house.comment(ADMIN, managers=[])
    for button in ("say_who", "drop_event"):
        await house.press(manager, old, button)
        assert "You may not set up surveys" in house.slack.ephemerals_for(manager)[-1].shown
    assert [each.state for each in await kept(house.database)] == ["to_repair"]


async def test_two_colleagues_at_once_ask_one_person(helpdesk: Program, manager: str):
    house = helpdesk.house
    await helpdesk.tells(person=WHO)
    for user in (manager, ADMIN):
        await house.press(user, await listed(house, user), "say_who")
    await asyncio.gather(send(house, manager, ANA), send(house, ADMIN, KIM))
    assert len(await asked(house.database)) == 1
    for user in (manager, ADMIN):
        assert "a question was promised" in house.slack.ephemerals_for(user)[-1].shown


@on_sqlite
async def test_a_button_of_what_was_repaired_meanwhile_shows_how_it_is(helpdesk: Program, manager: str):
    house = helpdesk.house
    await helpdesk.tells(person=WHO)
    stale, other = await listed(house, ADMIN), await listed(house, ADMIN)
    await say_who(house, manager, ANA)
    await house.press(ADMIN, stale, "say_who")
    assert house.slack.open_view(ADMIN) is None
    await house.press(ADMIN, other, "drop_event")
    assert [each.outcome for each in await kept(house.database)] == ["asked"]


@on_sqlite
async def test_many_events_are_shown_and_those_to_repair_first(helpdesk: Program, manager: str):
    await helpdesk.tells(person=WHO)
    for number in range(20):
        await helpdesk.tells("case_opened", f"o{number}", case={"id": str(number), "title": "x" * 200})
    assert "who@beta.example" in (await listed(helpdesk.house, manager)).shown.split("\n\n")[0]


@on_sqlite
async def test_words_of_another_program_mention_nobody(helpdesk: Program, manager: str):
    await helpdesk.tells(person=WHO, case={"id": "1", "title": "<!channel> <@U0BO> *now*"})
    assert "<!channel>" not in (await listed(helpdesk.house, manager)).shown
