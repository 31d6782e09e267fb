"""Following up: who has it, what was done, and what the clock does when nobody replies."""

import pytest
from sqlalchemy import select

from bot.slack import wire
from storage.models import FollowUp, FollowUpStep
from tests.fake_slack import Ack, Message
from tests.house import ADMIN, ALERTS, ANA, BO, CY, GUEST, OTHER, House
from tests.small import on_sqlite

COMMENT = "Exports time out every Monday."


async def an_alert(house: House) -> Message:
    """Tuesday, 10:00 in London: Ana is unhappy, and her alert stands in the channel."""
    await house.choose_channel()
    card = await house.ask_in_thread()
    await house.click_score(ANA, card, 4)
    await house.comment(ANA, COMMENT)
    return house.alerts()[-1]


async def pick(house: House, user: str, alert: Message, what: str) -> None:
    async with house.database.reading() as tx:
        [follow_up] = (await tx.scalars(select(FollowUp))).all()
    await house.slack.select(user, house.card(alert), wire.MORE_WORK, f"{what}:{follow_up.id}")
    await house.settle()


async def send(house: House, user: str, **values: str) -> Ack:
    ack = await house.slack.submit(user, dict(values))
    await house.settle()
    return ack


async def steps(house: House) -> list[str]:
    async with house.database.reading() as tx:
        return list((await tx.scalars(select(FollowUpStep.what).order_by(FollowUpStep.id))).all())


async def test_the_thread_of_an_alert_tells_what_was_done(house: House):
    alert = await an_alert(house)
    await house.press(BO, alert, "claim")
    await pick(house, BO, alert, wire.CONTACTED)
    await send(house, BO, how="call", note="She will try the new export today.")
    await house.later(seconds=5)
    assert house.thread(alert) == [
        f"<@{BO}> takes care of it.",
        f"<@{BO}> called Ana Ruiz.\nShe will try the new export today.",
    ]
    assert "First reply" in house.card(alert).shown
    assert "due" not in house.card(alert).shown


async def test_it_is_handed_over_and_whoever_gets_it_hears_of_it(house: House):
    alert = await an_alert(house)
    await house.press(BO, alert, "claim")
    await pick(house, BO, alert, wire.HAND_OVER)
    await send(house, BO, to=CY, note="You know their set-up.")
    await house.later(seconds=5)
    assert f"<@{CY}> takes care of it" in house.card(alert).shown
    assert house.thread(alert)[-1] == f"<@{BO}> handed it over to <@{CY}>.\nYou know their set-up."
    assert "You look after Ana Ruiz now" in house.slack.messages(house.slack.dm_of(CY))[-1].text


@pytest.mark.parametrize("to", [GUEST, ANA], ids=["a guest", "a customer"])
async def test_it_is_handed_over_to_colleagues_only(house: House, to: str):
    alert = await an_alert(house)
    await pick(house, BO, alert, wire.HAND_OVER)
    ack = await send(house, BO, to=to)
    assert "Choose a colleague" in str(ack.body)


async def test_it_is_not_handed_over_from_under_somebody_who_took_it_meanwhile(house: House):
    alert = await an_alert(house)
    await pick(house, BO, alert, wire.HAND_OVER)
    await house.press(CY, alert, "claim")
    await send(house, BO, to=ADMIN)
    assert f"<@{CY}> takes care of it" in house.card(alert).shown
    assert "handed_over" not in await steps(house)


async def test_after_two_working_hours_somebody_is_reminded_and_after_eight_it_goes_higher(house: House):
    alert = await an_alert(house)
    await house.later(minutes=110)
    assert house.thread(alert) == []
    await house.later(minutes=15)
    assert house.thread(alert)[0].startswith(f"<@{BO}>, Ana Ruiz waits for a first reply, due ")
    await house.later(hours=21)  # Wednesday, 9:05: seven of eight hours
    assert "escalated" not in await steps(house)
    await house.later(hours=1)
    assert await steps(house) == ["opened", "nudged", "escalated"]
    higher = house.escalations()[-1].shown
    assert "Nobody has replied to" in higher
    assert "Nobody has taken it." in higher
    assert "Told higher up" in house.card(alert).shown


async def test_the_clock_rests_over_the_weekend(house: House):
    house.slack.clock.now += 3 * 86400 + 6.5 * 3600  # Friday, 16:30
    alert = await an_alert(house)
    await house.later(hours=60)
    assert house.thread(alert) == []
    await house.later(hours=6)  # Monday, 10:30
    assert len(house.thread(alert)) == 1


@pytest.mark.parametrize("done", ["contacted", "resolved"])
async def test_who_was_answered_is_waited_for_no_more(house: House, done: str):
    alert = await an_alert(house)
    if done == "contacted":
        await pick(house, BO, alert, wire.CONTACTED)
        await send(house, BO, how="email")
    else:
        await house.press(BO, alert, "resolve")
        await send(house, BO, outcome="fixed", root_cause="product", note="Mended.")
    await house.later(days=7)
    assert not {"nudged", "escalated"} & set(await steps(house))


async def test_what_is_put_off_comes_back_that_morning(house: House):
    alert = await an_alert(house)
    await pick(house, BO, alert, wire.SNOOZE)
    assert "Choose a day from tomorrow on" in str((await send(house, BO, until="2025-11-18")).body)
    await send(house, BO, until="2025-11-22")  # a Saturday, so Monday morning it is
    await house.later(days=5)
    assert [each for each in await steps(house) if each in ("nudged", "escalated")] == []
    await house.later(days=1)
    assert (await steps(house))[:4] == ["opened", "claimed", "snoozed", "nudged"]
    assert house.thread(alert)[-1].startswith(f"<@{BO}>, Ana Ruiz waits for a first reply")


@on_sqlite
async def test_the_first_day_offered_is_the_teams_next_working_day(house: House):
    """On Friday at noon it is Saturday in Auckland already."""
    await house.nps(ADMIN, "calendar")
    await house.press(ADMIN, house.slack.ephemerals_for(ADMIN)[-1], "edit_calendar")
    assert "I know no such time zone" in str((await house.slack.submit(ADMIN, {"team_zone": "Middle-earth"})).body)
    await house.slack.submit(ADMIN, {"team_zone": "pacific/auckland"})
    await house.settle()
    house.slack.clock.now += 3 * 86400 + 2 * 3600
    alert = await an_alert(house)
    await pick(house, BO, alert, wire.SNOOZE)
    view = house.slack.open_view(BO)
    assert view is not None
    assert "2025-11-24" in str(view.body)
    assert "*Pacific/Auckland*" in await house.nps(ADMIN, "calendar")


async def test_an_escalation_goes_to_the_channel_chosen_for_it(house: House):
    async with house.database.transaction() as tx:
        await tx.execute(FollowUp.__table__.metadata.tables["workspaces"].update().values(escalation_channel_id=OTHER))
    house.slack.add_channel(OTHER, name="other", members=[ADMIN, BO, house.slack.bot_user_id])
    await an_alert(house)
    await house.later(days=1, hours=1)
    assert "Nobody has replied to" in house.escalations(OTHER)[-1].shown


async def test_the_lists_say_who_waits_for_whom(house: House):
    assert "Nobody waits" in await house.nps(BO, "follow-ups")
    alert = await an_alert(house)
    assert "nobody has taken it" in await house.nps(BO, "follow-ups open")
    assert "You have no follow-ups." in await house.nps(BO, "follow-ups mine")
    await house.press(BO, alert, "claim")
    assert "Nothing waits for an owner." in await house.nps(BO, "follow-ups open")
    assert "Ana Ruiz: 4" in await house.nps(BO, "follow-ups mine")
    assert "Nothing is overdue." in await house.nps(BO, "follow-ups overdue")
    await house.later(days=1, hours=1)
    assert "overdue" in await house.nps(BO, "follow-ups overdue")
    assert "follow-ups overdue" in await house.nps(BO, "follow-ups overdeu")


async def test_when_outsiders_come_to_read_along_the_thread_goes_too(house: House):
    alert = await an_alert(house)
    await house.press(BO, alert, "claim")
    await house.later(seconds=5)
    assert house.thread(alert)
    await house.slack.share(ALERTS)
    await house.later(minutes=1)
    assert house.cards(ALERTS) == []
