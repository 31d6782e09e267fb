"""The five journeys everything else hangs on, over both transports and on both databases."""

from sqlalchemy import select

from storage.models import Invitation, Response
from tests.house import ANA, BO, CY, KIM, House

COMMENT = "Exports time out every Monday."


async def test_a_click_is_kept_then_thanked_for(every_house: House):
    house = every_house
    card = await house.ask_in_thread()
    await house.click_score(ANA, card, 7)
    assert house.slack.open_view(ANA).title == "Thank you"
    assert "went privately" in house.card(card).shown
    async with house.database.reading() as tx:
        assert (await tx.scalars(select(Response.score))).all() == [7]


async def test_a_comment_brings_the_alert_at_once(every_house: House):
    house = every_house
    await house.choose_channel()
    await house.click_score(ANA, await house.ask_in_thread(), 4)
    assert house.alerts() == []
    await house.comment(ANA, COMMENT, solved="partly", reply=["yes"])
    [alert] = house.alerts()
    assert "*Ana Ruiz: 4*" in alert.shown
    assert COMMENT in alert.shown
    assert "Solved: partly · *Would like a reply*" in alert.shown


async def test_what_falls_due_happens_by_itself(every_house: House):
    house = every_house
    card = await house.ask()
    other = await house.ask(KIM)
    await house.slack.click(ANA, card, "not_now")
    await house.settle()
    await house.later(days=7)
    [asked_again] = house.cards(house.slack.dm_of(ANA))  # the card that said "later" is gone
    assert "How likely" in asked_again.shown
    await house.later(days=15)
    async with house.database.reading() as tx:
        states = (await tx.scalars(select(Invitation.state))).all()
    assert states == ["expired", "expired"]
    assert "Wie wahrscheinlich" in house.card(other).shown


async def test_the_score_is_told_to_those_who_may_ask(every_house: House):
    house = every_house
    await house.choose_channel()
    await house.click_score(ANA, await house.ask(), 3)
    await house.later(minutes=6)
    told = await house.nps(BO)
    assert "1 customer is waiting:" in told
    assert "0 promoters · 0 passives · 1 detractor" in told
    assert "*Ana Ruiz: 3*" in await house.nps(CY, "detractors")


async def test_an_alert_is_claimed_by_one_resolved_and_reopened(every_house: House):
    house = every_house
    await house.choose_channel()
    await house.click_score(ANA, await house.ask(), 2)
    await house.comment(ANA, COMMENT)
    [alert] = house.alerts()
    await house.slack.click(CY, alert, "claim")
    await house.slack.click(BO, alert, "claim", stale=True)
    await house.settle()
    assert f"<@{CY}> takes care of it" in house.card(alert).shown
    assert f"<@{CY}> was faster" in house.slack.ephemerals_for(BO)[-1].shown
    await house.slack.click(CY, house.card(alert), "resolve")
    await house.settle()
    await house.slack.submit(CY, {"outcome": "fixed", "root_cause": "product", "note": "Raised the time-out."})
    await house.settle()
    assert "Raised the time-out." in house.card(alert).shown
    await house.slack.click(BO, house.card(alert), "reopen")
    await house.settle()
    assert "I'll take it" in house.card(alert).shown
