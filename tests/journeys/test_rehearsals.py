"""Rehearsals: a colleague tries every button of a card, and nothing they try out counts."""

from sqlalchemy import select

from storage.models import Contact, Invitation
from tests.fake_slack import Message
from tests.house import BO, CY, House

QUESTION = "How likely are you to recommend Northwind"


async def states(house: House) -> list[str]:
    async with house.database.reading() as tx:
        return list((await tx.scalars(select(Invitation.state).order_by(Invitation.id))).all())


async def rehearse(house: House) -> Message:
    await house.nps(BO, "try")
    return house.cards(house.slack.dm_of(BO))[-1]


async def test_dont_ask_again_in_a_rehearsal_closes_it_and_asks_that_colleague_all_the_same(house: House):
    card = await rehearse(house)
    await house.slack.click(BO, card, "stop_asking")
    await house.settle()
    assert "Rehearsal" in house.card(card).shown
    assert "This question is closed." in house.card(card).shown
    async with house.database.reading() as tx:
        assert (await tx.scalars(select(Contact.opted_out_at))).all() == [None]
    await house.later(seconds=2)
    await house.nps(CY, f"ask <@{BO}>")
    assert QUESTION in house.cards(house.slack.dm_of(BO))[-1].shown


async def test_dont_ask_again_in_a_rehearsal_leaves_a_real_question_to_that_colleague_open(small_house: House):
    real = await small_house.ask(BO, by=CY)
    await small_house.later(seconds=2)
    await small_house.slack.click(BO, await rehearse(small_house), "stop_asking")
    await small_house.settle()
    assert QUESTION in small_house.card(real).shown
    assert await states(small_house) == ["sent", "declined"]


async def test_dont_ask_again_after_a_rehearsed_answer_keeps_the_answer(small_house: House):
    card = await rehearse(small_house)
    await small_house.click_score(BO, card, 9)
    await small_house.slack.click(BO, card, "stop_asking", stale=True)
    await small_house.settle()
    assert "Your score is 9" in small_house.card(card).shown
