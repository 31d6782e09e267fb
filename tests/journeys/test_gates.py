"""An emoji asks only where there has been a conversation with staff in it, as far as the thread may be read."""

import pytest

from tests.fake_slack import FakeSlack
from tests.house import ADMIN, ANA, BO, CY, EVE, HELP, KIM, SHARED, House, open_house
from tests.journeys.test_reactions import asked, edit, heard, helped, react, unreact
from tests.small import on_sqlite

UNREAD = "I may not read that thread"


@pytest.fixture
async def slack(slack: FakeSlack) -> FakeSlack:
    slack.scopes |= {"reactions:read", "channels:history"}
    return slack


async def test_a_thread_in_which_staff_has_answered_is_asked_in(house: House):
    told = await react(house, BO, helped(house))
    assert f"I will ask <@{ANA}>" in told
    assert UNREAD not in told


@on_sqlite
async def test_on_a_single_message_nobody_is_asked_and_the_colleague_hears_why(house: House):
    told = await react(house, BO, house.slack.say(ANA, HELP, "My export is stuck"))
    assert "There is one message only" in told
    assert "Ask anyway?" in told
    assert await asked(house) == []


@on_sqlite
async def test_where_only_customers_have_written_nobody_is_asked_and_the_colleague_hears_why(house: House):
    thread = house.slack.say(ANA, HELP, "My export is stuck")
    house.slack.say(KIM, HELP, "Mine too", thread_ts=thread)
    assert "Nobody of your team has written in that thread yet." in await react(house, BO, thread)
    assert await asked(house) == []


@on_sqlite
async def test_what_bots_write_is_no_answer(house: House):
    house.slack.add_user("U0DESK", name="desk", is_bot=True)
    house.slack.join(HELP, "U0DESK")
    thread = house.slack.say(ANA, HELP, "My export is stuck")
    house.slack.say("U0DESK", HELP, "We have got your message.", thread_ts=thread)
    assert "There is one message only" in await react(house, BO, thread)


async def test_the_no_of_a_gate_is_kept_and_told_when_somebody_wonders(house: House):
    await react(house, BO, house.slack.say(ANA, HELP, "My export is stuck"))
    assert "not asked: there was one message only" in await house.nps(CY, f"why <@{ANA}>")


async def test_a_colleague_who_knows_better_asks_anyway_and_that_is_recorded(house: House):
    thread = house.slack.say(ANA, HELP, "Thanks for the call, it works")
    await react(house, BO, thread)
    await house.press(BO, house.slack.ephemerals_for(BO)[-1], "ask_anyway")
    await house.later(hours=3)
    assert house.cards(HELP)[-1].thread_ts == thread
    assert [each.was_overruled for each in await asked(house)] == [True]


@on_sqlite
async def test_a_resting_period_is_told_before_a_gate_so_that_nobody_overrules_it_unknowing(house: House):
    await house.ask(ANA, survey="support")
    await house.later(days=12)
    told = await react(house, BO, house.slack.say(ANA, HELP, "My export is stuck"))
    assert "They were asked 12 days ago" in told


async def test_once_staff_has_answered_the_emoji_put_again_asks(house: House):
    thread = house.slack.say(ANA, HELP, "My export is stuck")
    await react(house, BO, thread)
    house.slack.say(CY, HELP, "Started again.", thread_ts=thread)
    await unreact(house, BO, thread)
    assert f"I will ask <@{ANA}>" in await react(house, BO, thread)


@on_sqlite
async def test_in_a_shared_channel_an_answer_of_ours_opens_the_gate_and_theirs_does_not(house: House):
    thread = house.slack.say(EVE, SHARED, "Our export is stuck")
    house.slack.say("U0EVA", SHARED, "Ours too", thread_ts=thread)
    assert "Nobody of your team" in await react(house, CY, thread, channel=SHARED)
    house.slack.say(BO, SHARED, "Started again.", thread_ts=thread)
    await house.later(seconds=5)
    await unreact(house, CY, thread, channel=SHARED)
    assert f"I will ask <@{EVE}>" in await react(house, CY, thread, channel=SHARED)


@on_sqlite
async def test_of_a_thread_too_long_to_read_whole_nothing_is_held_against_the_customer(house: House):
    thread = house.slack.say(ANA, HELP, "My export is stuck")
    for _ in range(200):
        house.slack.say(KIM, HELP, "Mine too", thread_ts=thread)
    assert f"I will ask <@{ANA}>" in await react(house, BO, thread)


@on_sqlite
async def test_where_the_thread_may_not_be_read_it_asks_and_says_that_it_could_not_look(
    slack: FakeSlack, database_url: str
):
    slack.scopes.remove("channels:history")
    async with open_house(slack, database_url, "http") as house:
        told = await react(house, BO, slack.say(ANA, HELP, "My export is stuck"))
        assert f"I will ask <@{ANA}>" in told
        assert UNREAD in told
    assert slack.calls_to("conversations.replies") == []


@on_sqlite
async def test_a_private_channel_without_its_own_scope_counts_as_one_that_may_not_be_read(
    slack: FakeSlack, database_url: str
):
    slack.channel(HELP).is_private = True
    async with open_house(slack, database_url, "http") as house:
        assert UNREAD in await react(house, BO, slack.say(ANA, HELP, "My export is stuck"))
    slack.violations.remove("the scope groups:history is missing")


@on_sqlite
async def test_what_a_colleague_asks_for_by_hand_passes_no_gate(house: House):
    card = await house.ask_in_thread()
    assert card.channel == HELP


async def test_when_slack_fails_to_show_the_thread_the_emoji_is_delivered_again(house: House):
    thread = helped(house)
    house.slack.fail_next("conversations.replies", "internal_error")
    ack = await house.slack.react(BO, HELP, thread, "ballot_box_with_ballot")
    assert not ack.ok
    assert (await house.slack.redeliver(ack, retry_num=1)).ok
    assert len(await asked(house)) == 1


# where the emoji counts


async def test_an_emoji_counts_in_the_chosen_channels_and_means_nothing_elsewhere(house: House):
    assert await edit(house, reaction=":tada:", reaction_channels=[SHARED]) == {}
    assert await react(house, BO, helped(house), emoji="tada") == ""
    assert await asked(house) == []
    thread = helped(house, EVE, channel=SHARED)
    assert f"I will ask <@{EVE}>" in await react(house, BO, thread, channel=SHARED, emoji="tada")


@on_sqlite
async def test_without_a_choice_the_emoji_counts_in_every_channel(house: House):
    await edit(house, reaction_channels=[SHARED])
    await edit(house, reaction_channels=None)
    assert f"I will ask <@{ANA}>" in await react(house, BO, helped(house))


async def test_saving_something_else_keeps_the_channels_and_the_list_shows_them(house: House):
    await edit(house, reaction_channels=[SHARED, HELP])
    await edit(house, subject="Northwind Cloud")
    assert f":ballot_box_with_ballot: in <#{SHARED}>, <#{HELP}>" in await house.nps(ADMIN, "surveys")


async def test_a_channel_that_gets_another_id_stays_chosen(house: House):
    await edit(house, reaction_channels=[SHARED, HELP])
    thread = helped(house)
    await house.slack.change_channel_id(HELP, "C0NEW")
    await house.settle()
    assert f"I will ask <@{ANA}>" in await react(house, BO, thread, channel="C0NEW")
    assert f"in <#{SHARED}>, <#C0NEW>" in await house.nps(ADMIN, "surveys")


@on_sqlite
async def test_where_it_counts_no_longer_taking_the_emoji_away_still_calls_off_what_it_started(house: House):
    thread = helped(house)
    await react(house, BO, thread)
    await edit(house, reaction_channels=[SHARED])
    assert "will not be asked" in await unreact(house, BO, thread)
    await house.later(hours=4)
    assert house.cards(HELP) == []
    assert "will not be asked" in heard(house, BO)[-1]
