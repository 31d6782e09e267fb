"""At its chattiest, the log of a whole journey holds no comment, no note, no name, no address, no token."""

import io
from collections.abc import AsyncIterator

import pytest

from tests.fake_slack import FakeSlack
from tests.house import ANA, BO, CY, EVE, KIM, SHARED, House, open_house
from tests.web.conftest import WORDS

NOTE = "Raised the time-out for Beta."
PRIVATE = (
    *(WORDS, NOTE, "Lanterns"),
    *("Ana Ruiz", "Kim Weiß", "Eve Stone", "Bo Lind", "Cy Young", "Ada Admin"),
    *("ana@beta.example", "bo@northwind.example"),
    *("xoxb-fake", "xapp-fake", "fake-signing-secret"),
)


@pytest.fixture
async def loud_house(slack: FakeSlack, log: io.StringIO, sqlite_url: str, transport: str) -> AsyncIterator[House]:
    """A bot that logs everything it ever would."""
    slack.scopes |= {"users:read.email"}
    async with open_house(slack, sqlite_url, transport) as house:
        yield house


async def test_a_whole_journey_leaves_nothing_private_in_the_log(loud_house: House, log: io.StringIO) -> None:
    await asked_answered_and_resolved(loud_house)
    assert "delivery_settled" in log.getvalue()
    assert [word for word in PRIVATE if word in log.getvalue()] == []


async def test_refusals_leave_nothing_private_in_the_log(loud_house: House, log: io.StringIO) -> None:
    house = loud_house
    for words in ("ask ana@beta.example", "ask ana@beta.example", "ask @Lanterns", "Lanterns", "ask @ana Lanterns"):
        await house.nps(BO, words)
    card = await house.ask(KIM, by=CY)
    await house.slack.click(KIM, card, "stop_asking")
    await house.nps(CY, f"ask <@{KIM}|kim>")
    await house.settle()
    assert "refused" in log.getvalue()
    assert [word for word in PRIVATE if word in log.getvalue()] == []


async def test_slacks_own_refusals_leave_nothing_private_in_the_log(loud_house: House, log: io.StringIO) -> None:
    house = loud_house
    await house.choose_channel()
    house.slack.fail_next("chat.postMessage", "invalid_blocks")
    await house.nps(BO, f"ask <@{EVE}|eve>", channel=SHARED)
    card = await house.ask_in_thread()
    house.slack.fail_next("views.open", "invalid_arguments")
    await house.click_score(ANA, card, 1)
    house.slack.fail_next("views.open", "internal_error", status=500)
    await house.slack.click(ANA, card, "change_answer")
    house.slack.drop_next("chat.postMessage", after_effect=True)
    await house.later(minutes=10)
    assert "slack_refused" in log.getvalue()
    assert [word for word in PRIVATE if word in log.getvalue()] == []


async def asked_answered_and_resolved(house: House) -> None:
    await house.choose_channel()
    await house.nps(BO, "ask ana@beta.example")
    [card] = house.cards(house.slack.dm_of(ANA))
    await house.click_score(ANA, card, 4)
    await house.comment(ANA, WORDS, reply=["yes"])
    [alert] = house.alerts()
    await house.slack.click(CY, alert, "claim")
    await house.settle()
    await house.slack.click(CY, house.card(alert), "resolve")
    await house.settle()
    await house.slack.submit(CY, {"outcome": "fixed", "root_cause": "product", "note": NOTE})
    await house.settle()
    for words in ("", "detractors", "surveys", "help"):
        await house.nps(BO, words)
