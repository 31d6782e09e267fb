"""What somebody types to the bot after a colleague's reply: a score answers an open question, the rest goes to them."""

import pytest
from sqlalchemy import select

from storage.models import FollowUpStep, Response
from tests.fake_slack import FakeSlack
from tests.house import ANA, BO, House
from tests.journeys.test_replying import last, reply, told, unhappy
from tests.journeys.test_typing import type_to_bot

HEARD = "Your words went privately to Northwind."


@pytest.fixture
async def slack(slack: FakeSlack) -> FakeSlack:
    slack.scopes.add("im:history")
    return slack


async def heard(house: House) -> list[str | None]:
    async with house.database.reading() as tx:
        query = select(FollowUpStep.note).where(FollowUpStep.what == "heard").order_by(FollowUpStep.id)
        return list(await tx.scalars(query))


async def scores(house: House) -> list[tuple[int, str | None]]:
    async with house.database.reading() as tx:
        return [(each.score, each.comment) for each in await tx.scalars(select(Response).order_by(Response.id))]


async def replied(house: House) -> None:
    """Ana answered, and Bo wrote to her."""
    await house.choose_channel()
    await reply(house, await unhappy(house), "How many exports?")


async def test_words_typed_after_a_reply_go_to_the_colleague(every_house: House):
    house = every_house
    await replied(house)
    assert "or just write here" in last(house, ANA).shown
    assert HEARD in await type_to_bot(house, "Nine &amp; a half")
    assert await heard(house) == ["Nine & a half"]
    assert "Nine & a half" in house.thread(house.alerts()[-1])[-1]
    assert len(told(house, BO, "Ana Ruiz wrote back to us.")) == 1


async def test_a_number_is_what_they_say_to_the_colleague_while_no_question_is_open(small_house: House):
    await replied(small_house)
    assert HEARD in await type_to_bot(small_house, "9")
    assert (await heard(small_house), len(await scores(small_house))) == (["9"], 1)


async def test_while_a_question_is_open_a_score_answers_it_and_other_words_go_to_the_colleague(house: House):
    await replied(house)
    await house.later(days=2)
    await house.nps(BO, f"ask <@{ANA}> relationship")
    await house.press(BO, house.slack.ephemerals_for(BO)[-1], "ask_anyway")
    assert "How likely" in last(house, ANA).shown
    assert HEARD in await type_to_bot(house, "Twelve of them")
    assert "your score is *9*" in await type_to_bot(house, "9")
    assert await heard(house) == ["Twelve of them"]
    assert [score for score, _ in await scores(house)] == [4, 9]


async def test_words_right_after_a_score_become_its_comment_as_was_said(small_house: House):
    house = small_house
    await replied(house)
    await house.later(days=2)
    await house.nps(BO, f"ask <@{ANA}> relationship")
    await house.press(BO, house.slack.ephemerals_for(BO)[-1], "ask_anyway")
    assert "If you write a few words now" in await type_to_bot(house, "9")
    assert "Noted, thank you." in await type_to_bot(house, "Support is quick")
    assert (await scores(house))[-1] == (9, "Support is quick")
    assert HEARD in await type_to_bot(house, "And twelve exports")
    assert await heard(house) == ["And twelve exports"]


async def test_a_conversation_is_over_two_weeks_after_its_last_words(small_house: House):
    await replied(small_house)
    await small_house.later(days=13)
    assert HEARD in await type_to_bot(small_house, "Still there?")
    await small_house.later(days=13)
    assert HEARD in await type_to_bot(small_house, "Hello?")
    await small_house.later(days=15)
    assert "No question is open for you" in await type_to_bot(small_house, "Anybody?")
    assert await heard(small_house) == ["Still there?", "Hello?"]


async def test_words_before_any_reply_go_where_they_went(small_house: House):
    await small_house.choose_channel()
    await unhappy(small_house)
    assert "*Add or change* lets you" in await type_to_bot(small_house, "One more thing")
    assert await heard(small_house) == []


async def test_a_message_that_slack_delivers_again_is_heard_once(house: House):
    await replied(house)
    dm = house.slack.dm_of(ANA)
    said = house.slack.say(ANA, dm, "Twelve of them")
    for _ in range(2):
        assert (await house.slack.announce(dm, said)).ok
        await house.later(seconds=3)
    assert await heard(house) == ["Twelve of them"]
    assert len(told(house, ANA, HEARD)) == 1
