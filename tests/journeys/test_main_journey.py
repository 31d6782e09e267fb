"""The whole loop: asked in a thread, answered, alerted, claimed, resolved, reported."""

from tests.house import ANA, BO, CY, House


async def test_an_unhappy_answer_in_a_thread_reaches_the_team_and_is_looked_after(house: House):
    await house.choose_channel()
    card = await house.ask_in_thread()
    assert card.thread_ts
    await house.click_score(ANA, card, 4)
    assert house.slack.open_view(ANA).title == "Thank you"
    assert "went privately" in house.card(card).shown
    assert house.alerts() == []

    await house.comment(ANA, "Exports time out every Monday.", solved="partly", reply=["yes"])
    [alert] = house.alerts()
    assert "Ana Ruiz: 4" in alert.shown
    assert "Exports time out every Monday." in alert.shown

    await house.slack.click(CY, alert, "claim")
    await house.settle()
    assert f"<@{CY}> takes care of it" in house.card(alert).shown

    await house.slack.click(CY, house.card(alert), "resolve")
    await house.settle()
    await house.slack.submit(CY, {"outcome": "fixed", "root_cause": "product", "note": "Raised the time-out."})
    await house.settle()
    assert "Raised the time-out." in house.card(alert).shown

    told = await house.nps(BO)
    assert "1 detractor" in told
