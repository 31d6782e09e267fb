"""Erasing somebody while the bot is at work: nothing of them is left, and whoever clicks meanwhile hears something."""

import asyncio
import re

import pytest
from sqlalchemy import select

from bot.services import privacy
from storage.models import Base, Contact, Invitation
from tests.fake_slack import Message
from tests.house import ADMIN, ALERTS, ANA, BO, CY, HELP, House

GONE = "This question is no longer there, so nothing was saved."


async def erase(house: House) -> None:
    async with house.database.transaction() as tx:
        await privacy.erase(tx, "T0NORTH", ANA, now=house.now)


async def traces(house: House) -> list[str]:
    """Every place where Ana's id or name stands in the database."""
    found = []
    async with house.database.reading() as tx:
        for table in Base.metadata.sorted_tables:
            for row in (await tx.execute(select(table))).mappings():
                found += [
                    f"{table.name}.{name}" for name, value in row.items() if re.search(r"U0ANA|Ana R", str(value))
                ]
    return found


def speaks_of_ana(house: House) -> list[Message]:
    """What stands in Slack, from us, with her name."""
    places = (HELP, ALERTS, house.slack.dm_of(ANA), house.slack.dm_of(BO))
    everything = [each for place in places for each in house.cards(place)]
    return [each for each in everything if re.search(rf"{ANA}|Ana Ruiz|How likely", each.shown)]


async def nothing_is_left(house: House) -> None:
    await house.later(minutes=2)
    assert await traces(house) == []
    assert speaks_of_ana(house) == []


ACTIONS = ["score_3", "not_now", "wrong_person", "stop_asking", "what_we_keep"]


@pytest.mark.parametrize("action", ACTIONS)
async def test_a_click_on_an_erased_persons_card_is_answered_and_keeps_nothing(small_house: House, action: str):
    card = await small_house.ask_in_thread()
    await erase(small_house)
    ack = await small_house.slack.click(ANA, card, action)
    assert ack.ok, ack
    await small_house.settle()
    assert small_house.slack.ephemerals_for(ANA)[-1].shown == GONE
    await nothing_is_left(small_house)


@pytest.mark.parametrize("action", ACTIONS)
async def test_a_click_in_the_moment_of_the_erasure_is_acknowledged_and_keeps_nothing(house: House, action: str):
    card = await house.ask_in_thread()
    ack, _ = await asyncio.gather(house.slack.click(ANA, card, action), erase(house))
    assert ack.ok, ack
    await nothing_is_left(house)


async def test_a_comment_sent_after_the_erasure_stays_in_the_modal_with_the_reason(house: House):
    await house.click_score(ANA, await house.ask(), 3)
    await erase(house)
    ack = await house.slack.submit(ANA, {"comment": "Too slow."})
    assert ack.body["errors"] == {"comment": GONE}
    await nothing_is_left(house)


async def test_a_question_being_posted_while_its_person_is_erased_is_removed_once_it_is_there(house: House):
    gate = house.slack.slow_next("chat.postMessage", when=lambda args: args["channel"] == ANA)
    asking = asyncio.create_task(house.nps(BO, f"ask <@{ANA}>"))
    await gate.reached.wait()
    await erase(house)
    gate.set()
    await asking
    await nothing_is_left(house)


async def test_an_alert_being_posted_while_its_person_is_erased_is_removed_once_it_is_there(house: House):
    await house.choose_channel()
    await house.click_score(ANA, await house.ask(), 3)
    gate = house.slack.slow_next("chat.postMessage", when=lambda args: args["channel"] == ALERTS)
    alerting = asyncio.create_task(house.later(minutes=6))
    await gate.reached.wait()
    await erase(house)
    gate.set()
    await alerting
    await nothing_is_left(house)


async def test_news_of_a_person_being_posted_while_they_are_erased_is_removed_once_it_is_there(house: House):
    card = await house.ask()
    gate = house.slack.slow_next("chat.postMessage", when=lambda args: args["channel"] == BO)
    await house.slack.click(ANA, card, "wrong_person")
    telling = asyncio.create_task(house.later(seconds=2))
    await gate.reached.wait()
    await erase(house)
    gate.set()
    await telling
    await nothing_is_left(house)


async def test_the_asker_of_an_erased_person_may_press_dont_and_hears_that_it_is_gone(small_house: House):
    await small_house.ask()
    await erase(small_house)
    await small_house.slack.click(BO, small_house.slack.ephemerals_for(BO)[-1], "dont_ask")
    await small_house.settle()
    assert small_house.slack.ephemerals_for(BO)[-1].shown == GONE


async def test_a_halt_undone_after_somebody_was_erased_puts_back_the_others(small_house: House):
    for person in (ANA, "U0KIM"):
        await small_house.ask(person)
    await small_house.nps("U0ADMIN", "stop")
    await erase(small_house)
    assert "1 question is open again." in await small_house.nps("U0ADMIN", "start")
    await nothing_is_left(small_house)


async def test_an_ask_in_the_moment_of_the_erasure_is_made_before_or_after_it_and_told(house: House):
    await house.click_score(ANA, await house.ask(), 9)
    await house.later(days=100)
    before = len(house.slack.ephemerals_for(CY))
    await asyncio.gather(house.slack.command(CY, HELP, "/nps", f"ask <@{ANA}>"), erase(house))
    await house.later(minutes=1)
    assert "I am asking" in house.slack.ephemerals_for(CY)[before].shown
    async with house.database.reading() as tx:
        people = (await tx.scalars(select(Contact.id))).all()
        asked = (await tx.scalars(select(Invitation.contact_id))).all()
    assert len(people) == len(asked) == len(speaks_of_ana(house)) <= 1


async def test_a_manager_stays_one_when_whoever_appointed_them_is_erased(house: House):
    await house.nps(ADMIN, "managers")
    await house.comment(ADMIN, managers=[CY])
    async with house.database.transaction() as tx:
        await privacy.erase(tx, "T0NORTH", ADMIN, now=house.now)
    assert "Surveys" in await house.home(CY)
    await house.nps(BO, "surveys")
    assert f"<@{CY}>" in house.slack.ephemerals_for(BO)[-1].shown


async def test_the_home_of_an_erased_person_is_empty_when_they_open_it_again(house: House):
    await house.click_score(ANA, await house.ask(ANA), 4)
    await house.comment(ANA, "Exports time out every Monday.")
    assert "Exports time out" in await house.home(ANA)
    await erase(house)
    assert "Exports time out" not in await house.home(ANA)
    assert "waiting" not in await house.home(BO)
