"""Of several questions to one person that fall due together one leaves a day; what never leaves is given up."""

import asyncio
from datetime import timedelta

from sqlalchemy import select

from bot.services import lanes
from storage.models import Invitation, Lane
from tests.fake_slack import Message
from tests.house import ADMIN, ANA, BO, CY, HELP, House

WAITS = f"My question to <@{ANA}> waits. They were asked something else just before"


def questions(house: House, place: str) -> list[Message]:
    return [each for each in house.cards(place) if "How likely" in each.shown]


def told(house: House, person: str, words: str) -> list[str]:
    return [each.shown for each in house.cards(house.slack.dm_of(person)) if words in each.shown]


async def states(house: House) -> list[str]:
    async with house.database.reading() as tx:
        return list((await tx.scalars(select(Invitation.state).order_by(Invitation.id))).all())


async def ask_anyway(house: House, by: str, place: str = "") -> None:
    await house.nps(by, f"ask <@{ANA}> {place}")
    await house.slack.click(by, house.slack.ephemerals_for(by)[-1], "ask_anyway")
    await house.later(seconds=2)


async def put_both_off(house: House) -> str:
    """Bo asks Ana in a thread, Cy by direct message; to both she says "not now" at the same time. Returns her DM."""
    dm = house.slack.dm_of(ANA)
    first = await house.ask_in_thread(ANA)
    await house.later(hours=25)
    await ask_anyway(house, CY)
    for card in (first, house.cards(dm)[-1]):
        await house.slack.click(ANA, card, "not_now")
    await house.settle()
    assert await states(house) == ["waiting", "waiting"]
    return dm


async def test_of_two_questions_that_fall_due_in_the_same_moment_one_leaves_a_day(house: House):
    dm = await put_both_off(house)
    await house.later(days=7)
    await house.later(minutes=5)
    assert len(questions(house, HELP) + questions(house, dm)) == 1
    assert sorted(await states(house)) == ["sent", "waiting"]
    await house.later(hours=23)
    assert len(questions(house, HELP) + questions(house, dm)) == 1
    await house.later(hours=1)
    assert len(questions(house, HELP) + questions(house, dm)) == 2


async def test_the_asker_of_the_one_that_waits_is_told_once_why_and_until_when(house: House):
    await put_both_off(house)
    await house.later(days=7)
    await house.later(hours=1)
    notices = told(house, BO, WAITS) + told(house, CY, WAITS)
    assert len(notices) == 1
    assert "nobody is asked twice in a day. It leaves then: <!date" in notices[0]


async def test_while_one_is_being_posted_the_other_does_not_leave_either(house: House):
    dm = await put_both_off(house)
    gate = house.slack.slow_next("chat.postMessage", when=lambda args: args["channel"] in (HELP, ANA))
    leaving = asyncio.create_task(house.later(days=7))
    await gate.reached.wait()
    house.slack.clock.now += 30
    await house.bot.runner.run_due()
    assert questions(house, HELP) + questions(house, dm) == []
    gate.set()
    await leaving
    assert len(questions(house, HELP) + questions(house, dm)) == 1


async def test_who_answered_the_one_that_left_is_still_not_asked_twice_in_a_day(small_house: House):
    dm = await put_both_off(small_house)
    await small_house.later(days=7)
    [card] = questions(small_house, HELP) + questions(small_house, dm)
    await small_house.click_score(ANA, card, 9)
    await small_house.later(hours=20)
    assert questions(small_house, HELP) + questions(small_house, dm) == []


async def test_a_question_kept_back_by_its_channel_leaves_a_day_after_one_that_could(small_house: House):
    dm = await put_both_off(small_house)
    small_house.slack.kick(HELP, small_house.slack.bot_user_id)
    await small_house.later(days=7)
    await small_house.later(minutes=1)
    assert len(questions(small_house, dm)) == 1
    await small_house.slack.invite(HELP, small_house.slack.bot_user_id)
    await small_house.later(minutes=1)
    assert questions(small_house, HELP) == []
    assert len(told(small_house, BO, WAITS)) == 1
    await small_house.later(days=1)
    assert len(questions(small_house, HELP)) == 1


async def test_a_rehearsal_neither_waits_for_a_question_nor_keeps_one_back(small_house: House):
    await small_house.nps(BO, "try")
    await small_house.later(seconds=2)
    await small_house.nps(CY, f"ask <@{BO}>")
    await small_house.later(seconds=2)
    await small_house.nps(BO, "try")
    await small_house.later(seconds=2)
    assert len(questions(small_house, small_house.slack.dm_of(BO))) == 3


# what never leaves


async def ask_where_the_bot_is_not(house: House) -> None:
    """Bo asks Ana in a thread of #help, in three hours; by then the bot was sent away."""
    thread = house.slack.say(ANA, HELP, "Stuck")
    await house.slack.message_shortcut(BO, "ask_for_nps", HELP, thread)
    await house.settle()
    await house.slack.submit(BO, {"time": "later"})
    await house.settle()
    house.slack.kick(HELP, house.slack.bot_user_id)


async def test_a_question_that_cannot_leave_for_two_weeks_is_given_up_and_its_asker_told_once(house: House):
    await ask_where_the_bot_is_not(house)
    await house.later(days=14)
    assert await states(house) == ["waiting"]
    assert told(house, BO, "two weeks") == []
    await house.later(hours=4)
    await house.later(days=3)
    assert await states(house) == ["withdrawn"]
    assert [f"<@{ANA}>" in each for each in told(house, BO, "for two weeks, so I no longer try")] == [True]


async def test_a_question_given_up_stays_so_when_its_channel_opens_and_another_may_be_asked(house: House):
    await ask_where_the_bot_is_not(house)
    await house.later(days=15)
    await house.slack.invite(HELP, house.slack.bot_user_id)
    await house.later(hours=2)
    assert house.cards(HELP) == []
    await house.nps(CY, f"ask <@{ANA}>")
    assert len(questions(house, house.slack.dm_of(ANA))) == 1


async def test_a_paused_survey_gives_its_questions_up_after_two_weeks_too(small_house: House):
    await small_house.nps(BO, f"ask <@{ANA}>")
    await small_house.slack.click(ANA, small_house.cards(small_house.slack.dm_of(ANA))[-1], "not_now")
    await small_house.nps(ADMIN, "surveys")
    await small_house.slack.click(ADMIN, small_house.slack.ephemerals_for(ADMIN)[-1], "edit_survey", value="1")
    await small_house.settle()
    await small_house.slack.submit(ADMIN, {"paused": ["yes"]})
    await small_house.later(days=20)
    assert await states(small_house) == ["waiting"]
    await small_house.later(days=2)
    assert await states(small_house) == ["withdrawn"]
    assert len(told(small_house, BO, "two weeks")) == 1


async def test_lanes_named_after_people_are_forgotten_when_they_were_free_for_a_day(house: House):
    await house.nps(BO, f"ask <@{ANA}>")
    assert any(ANA in name for name in await lanes_kept(house))
    await house.later(hours=23)
    assert any(ANA in name for name in await lanes_kept(house))
    await house.later(hours=8)
    assert await lanes_kept(house) == []


async def test_a_lane_slack_closed_is_kept_as_long_as_it_is_closed(small_house: House):
    async with small_house.database.transaction() as tx:
        await lanes.hold(tx, "post:T0NORTH", until=small_house.now + timedelta(days=3))
    await small_house.later(days=2)
    assert await lanes_kept(small_house) == ["post:T0NORTH"]


async def lanes_kept(house: House) -> list[str]:
    async with house.database.reading() as tx:
        return list((await tx.scalars(select(Lane.name).order_by(Lane.name))).all())
