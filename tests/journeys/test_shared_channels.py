"""Shared channels: where another company reads along, nothing of ours stands and nothing of ours is told."""

import asyncio

import pytest
from sqlalchemy import select

from storage.models import FollowUp
from tests.fake_slack import Delivery, Message, payloads
from tests.house import ADMIN, ALERTS, ANA, BO, CY, EVE, GENERAL, KIM, SHARED, House

COMMENT = "Exports time out every Monday."
MORE = "And now they are gone. " * 30


async def follow_up(house: House) -> FollowUp:
    async with house.database.reading() as tx:
        return (await tx.scalars(select(FollowUp))).one()


async def unhappy(house: House, person: str = ANA, comment: str = COMMENT) -> Message:
    """The card of somebody whose answer stands in the alert channel."""
    card = await house.ask(person)
    await house.click_score(person, card, 4)
    await house.comment(person, comment)
    await house.later(seconds=2)
    return card


async def resolve(house: House, by: str, alert: Message) -> None:
    await house.slack.click(by, alert, "resolve")
    await house.settle()
    await house.slack.submit(by, {"outcome": "fixed", "root_cause": "product", "note": "Called her."})
    await house.settle()


def told(house: House, person: str, words: str) -> list[Message]:
    return [each for each in house.cards(house.slack.dm_of(person)) if words in each.shown]


async def move(house: House, channel: str, *, by: str = ADMIN) -> None:
    """Choose another channel in the notice."""
    await house.slack.select(by, told(house, by, "shared with another company")[-1], "move_channel", channel)
    await house.later(seconds=2)


async def test_a_channel_that_becomes_shared_loses_its_alerts_and_the_next_one_gets_them(house: House):
    await house.choose_channel()
    await unhappy(house)
    await house.slack.share(ALERTS)
    await house.later(seconds=5)
    assert house.alerts() == []
    await move(house, GENERAL)
    [alert] = house.alerts(GENERAL)
    assert COMMENT in alert.shown
    await house.slack.click(CY, alert, "claim")
    await house.settle()
    assert (await follow_up(house)).claimed_by == CY


async def test_who_took_an_alert_still_has_it_in_the_next_channel(small_house: House):
    await small_house.choose_channel()
    await unhappy(small_house)
    await small_house.slack.click(BO, small_house.alerts()[-1], "claim")
    await small_house.slack.share(ALERTS)
    await small_house.later(seconds=5)
    await move(small_house, GENERAL)
    assert f"<@{BO}> takes care of it" in small_house.alerts(GENERAL)[-1].shown


async def test_what_was_resolved_leaves_a_shared_channel_for_good_until_there_is_more(small_house: House):
    await small_house.choose_channel()
    card = await unhappy(small_house)
    await resolve(small_house, BO, small_house.alerts()[-1])
    await small_house.slack.share(ALERTS)
    await small_house.later(seconds=5)
    assert small_house.alerts() == []
    await move(small_house, GENERAL)
    assert small_house.alerts(GENERAL) == []
    await small_house.slack.click(ANA, small_house.card(card), "change_answer")
    await small_house.settle()
    await small_house.comment(ANA, COMMENT, reply=["yes"])
    await small_house.later(seconds=5)
    assert "Would like a reply" in small_house.alerts(GENERAL)[-1].shown


async def test_while_a_channel_is_shared_no_later_answer_and_no_change_appears_there(small_house: House):
    await small_house.choose_channel()
    card = await unhappy(small_house)
    await small_house.slack.share(ALERTS)
    await small_house.slack.click(ANA, small_house.card(card), "change_answer")
    await small_house.settle()
    await small_house.comment(ANA, MORE)
    await unhappy(small_house, KIM)
    await small_house.later(hours=3)
    assert small_house.alerts() == []
    shown = [call for call in small_house.slack.calls_to("chat.update") if call.args["channel"] == ALERTS]
    assert not any("gone" in str(call.args) for call in shown)


async def test_those_who_can_mend_it_are_told_once_that_a_channel_is_shared(small_house: House):
    await small_house.nps(ADMIN)
    await small_house.choose_channel(by=BO)
    await unhappy(small_house)
    await small_house.slack.share(ALERTS)
    await small_house.later(seconds=5)
    await unhappy(small_house, KIM)
    await small_house.later(hours=5)
    for person in (ADMIN, BO):
        assert len(told(small_house, person, "shared with another company")) == 1
    assert told(small_house, CY, "shared with another company") == []


async def test_even_without_the_event_a_click_takes_the_alert_out_instead_of_redrawing_it(house: House):
    await house.choose_channel()
    await unhappy(house)
    house.slack.share(ALERTS)  # nobody tells us
    house.bot.people.forget_channel(ALERTS)
    await house.slack.click(BO, house.alerts()[-1], "claim")
    await house.settle()
    assert not any(str(BO) in str(call.args) for call in house.slack.calls_to("response_url"))
    await house.later(seconds=30)
    assert house.alerts() == []
    assert (await follow_up(house)).claimed_by == BO


async def test_an_alert_that_was_leaving_when_the_channel_became_shared_does_not_stay(house: House):
    await house.choose_channel()
    await house.click_score(ANA, await house.ask(), 4)
    await house.later(minutes=1)
    gate = house.slack.slow_next("chat.postMessage", when=lambda args: args["channel"] == ALERTS)
    leaving = asyncio.create_task(house.comment(ANA, COMMENT))
    await gate.reached.wait()
    await house.slack.share(ALERTS)
    gate.set()
    await leaving
    await house.later(seconds=5)
    assert house.alerts() == []
    await move(house, GENERAL)
    assert COMMENT in house.alerts(GENERAL)[-1].shown


@pytest.mark.parametrize("is_told_first", [True, False])
async def test_a_private_channel_that_gets_a_new_id_when_it_is_shared_keeps_nothing(small_house: House, is_told_first):
    slack, old, new = small_house.slack, "C0TEAM", "C0TEAM2"
    slack.add_channel(old, name="team", members=[ADMIN, BO, slack.bot_user_id], is_private=True)
    await small_house.choose_channel(old)
    await unhappy(small_house)
    renamed = slack.change_channel_id(old, new)
    shared = slack.share(new)
    for news in (shared, renamed) if is_told_first else (renamed, shared):
        await news
    await small_house.later(seconds=5)
    assert small_house.alerts(new) == []
    await move(small_house, GENERAL)
    assert COMMENT in small_house.alerts(GENERAL)[-1].shown


async def test_a_channel_that_is_ours_alone_again_gets_its_alerts_back(small_house: House):
    await small_house.choose_channel()
    await unhappy(small_house)
    await small_house.slack.share(ALERTS)
    await small_house.later(seconds=5)
    small_house.slack.channel(ALERTS).is_ext_shared = False
    await small_house.slack.event({"type": "channel_unshared", "channel": ALERTS, "is_ext_shared": False})
    await small_house.later(seconds=5)
    assert COMMENT in small_house.alerts()[-1].shown


async def test_people_of_another_company_can_neither_take_nor_read_an_alert_they_come_across(small_house: House):
    await small_house.choose_channel()
    await unhappy(small_house, comment=MORE.strip())
    small_house.slack.share(ALERTS)
    small_house.slack.join(ALERTS, EVE)
    for button in ("claim", "read_all", "resolve"):
        await small_house.slack.click(EVE, small_house.alerts()[-1], button)
        await small_house.settle()
        assert "Guests" in small_house.slack.ephemerals_for(EVE)[-1].shown
    assert small_house.slack.open_view(EVE) is None
    assert (await follow_up(small_house)).state == "open"


# commands


@pytest.mark.parametrize(
    "text", ["", "detractors", "help", "surveys", "try", "stop", f"ask <@{KIM}>", "ask @nobody", "reprot"]
)
async def test_a_command_in_a_shared_channel_is_answered_by_direct_message_alone(small_house: House, text):
    await small_house.choose_channel()
    await unhappy(small_house)
    whispers = list(small_house.slack.ephemerals)
    assert await small_house.nps(ADMIN, text, channel=SHARED)
    assert small_house.slack.ephemerals == whispers
    assert small_house.slack.posts(SHARED) == []


@pytest.mark.parametrize("text", ["", "detractors", "surveys", "managers", "stop", f"ask <@{BO}>", "try"])
async def test_a_command_of_another_company_is_refused_in_private_and_tells_nothing(small_house: House, text):
    await unhappy(small_house)
    slack, whispers = small_house.slack, list(small_house.slack.ephemerals)
    typed = payloads.slash_command(slack, slack.user(EVE), slack.channel(SHARED), "/nps", text)
    assert (await slack.deliver(Delivery("slash_commands", typed))).ok
    await small_house.later(seconds=2)
    [answer] = slack.messages(slack.dm_of(EVE))
    assert answer.shown.startswith("Guests, customers and people from other companies can answer")
    assert slack.ephemerals == whispers
    assert slack.posts(SHARED) == []
