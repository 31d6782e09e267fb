"""Reopening: a customer who says more after somebody took care of it is heard again."""

import pytest
from sqlalchemy import select

from bot.services import privacy
from storage.models import FollowUp, FollowUpStep
from tests.fake_slack import Message
from tests.house import ALERTS, ANA, BO, CY, House

COMMENT = "Exports time out every Monday."
MORE = "It happened again."


async def follow_up(house: House) -> FollowUp:
    async with house.database.reading() as tx:
        return (await tx.scalars(select(FollowUp))).one()


async def steps(house: House) -> list[str]:
    async with house.database.reading() as tx:
        return list((await tx.scalars(select(FollowUpStep.what).order_by(FollowUpStep.id))).all())


def news(house: House, person: str) -> list[Message]:
    return [each for each in house.cards(house.slack.dm_of(person)) if "has said more" in each.shown]


async def answered(house: House, score: int = 4, comment: str = COMMENT, **values: object) -> Message:
    """A card in a thread, answered; its alert stands in the channel."""
    await house.choose_channel()
    card = await house.ask_in_thread()
    await house.click_score(ANA, card, score)
    await house.comment(ANA, comment, **values)
    await house.later(minutes=6)
    return card


async def claim(house: House, by: str) -> None:
    await house.slack.click(by, house.alerts()[-1], "claim")
    await house.settle()


async def resolve(house: House, by: str) -> None:
    await house.slack.click(by, house.alerts()[-1], "resolve")
    await house.settle()
    await house.slack.submit(by, {"outcome": "fixed", "root_cause": "product", "note": "Called her."})
    await house.settle()


async def say_more(house: House, card: Message, *, score: int | None = None, **values: object) -> None:
    """Press "Add or change", change it, send it."""
    await house.slack.click(ANA, house.card(card), "change_answer")
    await house.settle()
    if score is not None:
        invitation = house.slack.open_view(ANA).private_metadata.split('"invitation_id": ')[1].split(",")[0]
        await house.slack.select(ANA, house.slack.open_view(ANA), "score_picked", f"{invitation}:{score}")
        await house.settle()
    if values:
        await house.comment(ANA, **values)
    await house.later(seconds=30)


async def test_news_of_somebody_erased_leaves_the_colleagues_messages(small_house: House):
    card = await answered(small_house)
    await claim(small_house, BO)
    await say_more(small_house, card, comment="It is getting worse.")
    assert len(news(small_house, BO)) == 1
    async with small_house.database.transaction() as tx:
        await privacy.erase(tx, "T0NORTH", ANA, now=small_house.now)
    await small_house.later(minutes=2)
    assert news(small_house, BO) == []


async def test_who_took_it_hears_more_and_keeps_it_while_its_alert_waits_for_a_channel(small_house: House):
    card = await answered(small_house)
    await claim(small_house, BO)
    await small_house.slack.share(ALERTS)
    await small_house.later(seconds=5)
    await say_more(small_house, card, comment="It is getting worse.")
    assert len(news(small_house, BO)) == 1
    await say_more(small_house, card, score=9)
    kept = await follow_up(small_house)
    assert (kept.state, kept.claimed_by) == ("claimed", BO)


SAID_MORE = [
    pytest.param({"reply": ["yes"]}, id="wants a reply"),
    pytest.param({"solved": "no"}, id="not solved after all"),
    pytest.param({"score": 1}, id="a lower score"),
    pytest.param({"comment": MORE}, id="other words"),
]


@pytest.mark.parametrize("more", SAID_MORE)
async def test_what_was_resolved_is_opened_again_when_the_customer_says_more(small_house: House, more):
    card = await answered(small_house)
    await claim(small_house, BO)
    await resolve(small_house, CY)
    await say_more(small_house, card, **more)
    assert await steps(small_house) == ["opened", "claimed", "resolved", "reopened"]
    assert "I'll take it" in small_house.alerts()[-1].shown
    [notice] = news(small_house, CY)
    assert "Ana Ruiz has said more" in notice.shown
    assert f"p{small_house.alerts()[-1].ts.replace('.', '')}" in notice.shown


@pytest.mark.parametrize("more", SAID_MORE)
async def test_whoever_takes_care_of_it_hears_that_the_customer_has_said_more(small_house: House, more):
    card = await answered(small_house)
    await claim(small_house, BO)
    await say_more(small_house, card, **more)
    assert (await follow_up(small_house)).claimed_by == BO
    assert len(news(small_house, BO)) == 1
    assert news(small_house, CY) == []


async def test_the_news_tells_the_score_as_it_is_now(house: House):
    card = await answered(house, 9, solved="no")
    await claim(house, BO)
    await resolve(house, BO)
    await say_more(house, card, score=3)
    assert "their score is 3 now" in news(house, BO)[-1].shown
    assert "*Ana Ruiz: 3* (was 9)" in house.alerts()[-1].shown
    assert (await follow_up(house)).state == "open"


async def test_a_better_score_opens_nothing_again(small_house: House):
    card = await answered(small_house)
    await resolve(small_house, BO)
    await say_more(small_house, card, score=9, comment="All is well now.")
    assert (await follow_up(small_house)).state == "resolved"
    assert "(was 4)" in small_house.alerts()[-1].shown
    assert news(small_house, BO) == []


async def test_sending_the_same_words_again_is_not_saying_more(small_house: House):
    card = await answered(small_house, reply=["yes"], solved="no")
    await resolve(small_house, BO)
    await say_more(small_house, card, comment=COMMENT, reply=["yes"], solved="no")
    assert (await follow_up(small_house)).state == "resolved"
    assert news(small_house, BO) == []


async def test_a_follow_up_opened_again_can_be_taken_and_resolved_again(house: House):
    card = await answered(house)
    await resolve(house, BO)
    await say_more(house, card, reply=["yes"])
    await claim(house, CY)
    await resolve(house, CY)
    assert await steps(house) == ["opened", "resolved", "reopened", "claimed", "resolved"]
    assert (await follow_up(house)).resolved_by == CY
