"""An emoji on a message asks that thread's customer, after a while, with the survey the emoji belongs to."""

import asyncio

import pytest
from sqlalchemy import select

from storage.models import Invitation, Survey
from tests.fake_slack import FakeSlack
from tests.house import ADMIN, ANA, BO, CY, EVE, GUEST, HELP, KIM, SHARED, House, open_house

BALLOT = "ballot_box_with_ballot"
QUESTION = "How likely are you to recommend Northwind"


@pytest.fixture
async def slack(slack: FakeSlack) -> FakeSlack:
    slack.scopes.add("reactions:read")
    return slack


@pytest.fixture
def _may_read(slack: FakeSlack) -> None:
    """Installed with the history of public channels."""
    slack.scopes.add("channels:history")


async def react(house: House, user: str, ts: str, *, channel: str = HELP, emoji: str = BALLOT) -> str:
    """Put an emoji on a message; returns what that person is told."""
    told = len(heard(house, user))
    ack = await house.slack.react(user, channel, ts, emoji)
    assert ack, "Slack did not tell"
    assert ack.ok, ack
    await house.settle()
    return "\n".join(heard(house, user)[told:])


async def unreact(house: House, user: str, ts: str, *, channel: str = HELP, emoji: str = BALLOT) -> str:
    told = len(heard(house, user))
    ack = await house.slack.unreact(user, channel, ts, emoji)
    assert ack, "Slack did not tell"
    assert ack.ok, ack
    await house.settle()
    return "\n".join(heard(house, user)[told:])


def helped(house: House, person: str = ANA, *, channel: str = HELP) -> str:
    """Somebody has asked for help, and Bo has answered; returns the ts of the thread."""
    thread = house.slack.say(person, channel, "My export is stuck")
    house.slack.say(BO, channel, "I have started it again.", thread_ts=thread)
    return thread


def heard(house: House, user: str) -> list[str]:
    """Everything somebody was whispered or written to."""
    return [each.shown for each in [*house.slack.ephemerals_for(user), *house.slack.messages(house.slack.dm_of(user))]]


async def asked(house: House) -> list[Invitation]:
    async with house.database.reading() as tx:
        return list((await tx.scalars(select(Invitation).order_by(Invitation.id))).all())


async def survey(house: House, name: str = "support") -> Survey:
    async with house.database.reading() as tx:
        return (await tx.scalars(select(Survey).where(Survey.name == name))).one()


async def edit(house: House, name: str = "support", **values: object) -> dict[str, str]:
    """Fill in a survey's modal and send it; returns what is said beside its fields."""
    await house.nps(ADMIN, "surveys")
    whisper = house.slack.ephemerals_for(ADMIN)[-1]
    await house.slack.click(ADMIN, whisper, "edit_survey", value=str((await survey(house, name)).id))
    return await send(house, **values)


async def new(house: House, name: str, **values: object) -> dict[str, str]:
    await house.nps(ADMIN, "surveys")
    await house.slack.click(ADMIN, house.slack.ephemerals_for(ADMIN)[-1], "new_survey")
    return await send(house, name=name, **values)


async def send(house: House, **values: object) -> dict[str, str]:
    await house.settle()
    ack = await house.slack.submit(ADMIN, values)
    assert ack.ok, ack
    await house.settle()
    return ack.body.get("errors", {}) if isinstance(ack.body, dict) else {}


# the emoji


async def test_the_survey_after_support_has_an_emoji_from_the_start_and_the_relational_one_has_none(house: House):
    assert ((await survey(house)).reaction, (await survey(house)).delay_minutes) == (BALLOT, 180)
    assert (await survey(house, "relationship")).reaction is None


@pytest.mark.parametrize("typed", [":tada:", "tada", "🎉"])
async def test_an_emoji_is_chosen_by_its_name_or_pasted(small_house: House, typed: str):
    assert await edit(small_house, reaction=typed, delay="24") == {}
    assert ((await survey(small_house)).reaction, (await survey(small_house)).delay_minutes) == ("tada", 24 * 60)
    assert ":tada:" in await small_house.nps(ADMIN, "surveys")


async def test_a_survey_may_do_without_an_emoji(small_house: House):
    assert await edit(small_house, reaction=None) == {}
    assert (await survey(small_house)).reaction is None


async def test_saving_something_else_keeps_emoji_and_delay(small_house: House):
    await edit(small_house, reaction=":tada:", delay="5")
    await edit(small_house, subject="Northwind Cloud")
    assert ((await survey(small_house)).reaction, (await survey(small_house)).delay_minutes) == ("tada", 5 * 60)


@pytest.mark.parametrize("typed", ["not an emoji", "🦩"])
async def test_an_emoji_nobody_knows_is_refused_beside_its_field(small_house: House, typed: str):
    assert ":its_name:" in (await edit(small_house, reaction=typed))["reaction"]
    assert (await survey(small_house)).reaction == BALLOT


@pytest.mark.parametrize("hours", ["73", "-1", "a", "²"])
async def test_a_delay_nobody_can_wait_is_refused_beside_its_field(small_house: House, hours: str):
    assert "from 0 to 72" in (await edit(small_house, delay=hours))["delay"]


async def test_two_surveys_never_share_an_emoji(house: House):
    assert "Another survey" in (await new(house, "onboarding", reaction="🗳️"))["reaction"]
    assert await new(house, "training", reaction=":tada:", delay="0") == {}
    assert "Another survey" in (await edit(house, reaction="tada"))["reaction"]


async def test_a_relational_survey_asks_on_no_emoji(small_house: House):
    told = await new(small_house, "yearly", kind="relational", reaction=":tada:")
    assert "transactional" in told["reaction"]
    assert await edit(small_house, "relationship", subject="Northwind") == {}


# asking


async def test_an_emoji_on_a_customers_message_asks_them_in_that_thread_three_hours_later(house: House):
    ts = house.slack.say(ANA, HELP, "It works again")
    await react(house, BO, ts)
    await house.later(hours=2)
    assert house.cards(HELP) == []
    await house.later(hours=1)
    [card] = house.cards(HELP)
    assert (card.thread_ts, QUESTION in card.shown, f"<@{ANA}>" in card.shown) == (ts, True, True)
    [ask] = await asked(house)
    assert (ask.kind, ask.asked_by, ask.occasion) == ("transactional", BO, f"reaction:{HELP}:{ts}")


async def test_the_colleague_hears_when_and_can_call_it_off(house: House):
    ts = house.slack.say(ANA, HELP, "It works again")
    told = await react(house, BO, ts)
    assert f"I will ask <@{ANA}> in" in told
    assert "Don't" in told
    await house.press(BO, house.slack.ephemerals_for(BO)[-1], "dont_ask")
    await house.later(hours=4)
    assert house.cards(HELP) == []


async def test_in_a_thread_the_colleague_hears_it_there_and_the_thread_is_asked(house: House):
    thread = house.slack.say(ANA, HELP, "My export is stuck")
    reply = house.slack.say(ANA, HELP, "Thanks!", thread_ts=thread)
    await react(house, BO, reply)
    assert house.slack.ephemerals_for(BO)[-1].thread_ts == thread
    await house.later(hours=3)
    assert house.cards(HELP)[-1].thread_ts == thread


@pytest.mark.usefixtures("_may_read")
async def test_an_emoji_on_a_colleagues_answer_asks_whoever_began_the_thread(house: House):
    thread = house.slack.say(ANA, HELP, "My export is stuck")
    fixed = house.slack.say(BO, HELP, "Fixed!", thread_ts=thread)
    assert f"I will ask <@{ANA}>" in await react(house, BO, fixed)


async def test_where_the_thread_may_not_be_read_the_colleague_hears_what_to_do(house: House):
    thread = house.slack.say(ANA, HELP, "My export is stuck")
    fixed = house.slack.say(BO, HELP, "Fixed!", thread_ts=thread)
    told = await react(house, BO, fixed)
    assert "channels:history" in told
    assert "Put the emoji on a message of the customer's" in told
    assert await asked(house) == []


@pytest.mark.usefixtures("_may_read")
async def test_where_there_is_no_customer_the_colleague_hears_that(house: House):
    thread = house.slack.say(CY, HELP, "Lunch?")
    reply = house.slack.say(BO, HELP, "Yes!", thread_ts=thread)
    for ts in (thread, reply):
        assert "asks nobody" in await react(house, BO, ts)
    assert await asked(house) == []


@pytest.mark.parametrize("user", [ANA, KIM, GUEST])
async def test_the_emoji_of_a_guest_asks_nobody_and_tells_nobody(small_house: House, user: str):
    ts = small_house.slack.say(ANA, HELP, "It works again")
    assert await react(small_house, user, ts) == ""
    assert await asked(small_house) == []


async def test_the_emoji_of_another_company_asks_nobody_and_tells_nobody(house: House):
    ts = house.slack.say(EVE, SHARED, "It works again")
    assert await react(house, EVE, ts, channel=SHARED) == ""
    assert await asked(house) == []


async def test_every_other_emoji_means_nothing(small_house: House):
    ts = small_house.slack.say(ANA, HELP, "It works again")
    assert await react(small_house, BO, ts, emoji="white_check_mark") == ""
    assert await unreact(small_house, BO, ts, emoji="white_check_mark") == ""
    assert await asked(small_house) == []


async def test_another_company_is_asked_in_the_shared_channel_and_only_the_colleague_hears_of_it(house: House):
    ts = house.slack.say(EVE, SHARED, "It works again")
    assert f"I will ask <@{EVE}>" in await react(house, BO, ts, channel=SHARED)
    assert house.cards(SHARED) == []
    await house.later(hours=3)
    [card] = house.cards(SHARED)
    assert (card.thread_ts, QUESTION in card.shown) == (ts, True)


async def test_each_survey_asks_on_its_own_emoji_after_its_own_delay(house: House):
    await new(house, "training", reaction=":tada:", delay="0")
    ts = house.slack.say(ANA, HELP, "Nice course")
    assert "I am asking" in await react(house, BO, ts, emoji="tada")
    [ask] = await asked(house)
    assert (ask.survey_id, len(house.cards(HELP))) == ((await survey(house, "training")).id, 1)


# taking it away


async def test_taking_the_emoji_away_calls_the_question_off(house: House):
    ts = house.slack.say(ANA, HELP, "It works again")
    await react(house, BO, ts)
    assert f"<@{ANA}> will not be asked" in await unreact(house, BO, ts)
    await house.later(hours=4)
    assert house.cards(HELP) == []


async def test_what_has_left_stays_until_the_colleague_takes_it_back(house: House):
    ts = house.slack.say(ANA, HELP, "It works again")
    await react(house, BO, ts)
    await house.later(hours=3)
    assert "had left already, so it stays" in await unreact(house, BO, ts)
    assert QUESTION in house.cards(HELP)[-1].shown
    await house.press(BO, house.slack.ephemerals_for(BO)[-1], "dont_ask")
    assert QUESTION not in house.cards(HELP)[-1].shown


async def test_an_answered_question_is_not_touched_by_an_emoji_that_goes(house: House):
    ts = house.slack.say(ANA, HELP, "It works again")
    await react(house, BO, ts)
    await house.later(hours=3)
    await house.click_score(ANA, house.cards(HELP)[-1], 9)
    assert await unreact(house, BO, ts) == ""
    assert (await asked(house))[0].state == "answered"


async def test_an_emoji_that_goes_calls_off_only_what_it_started(house: House):
    ts = house.slack.say(ANA, HELP, "It works again")
    await house.nps(CY, f"ask <@{KIM}>")
    await react(house, BO, ts)
    await react(house, CY, ts)
    assert await unreact(house, CY, ts) == ""
    assert [ask.state for ask in await asked(house)] == ["sent", "waiting"]


async def test_put_on_again_after_it_was_taken_away_the_emoji_asks_again(house: House):
    ts = house.slack.say(ANA, HELP, "It works again")
    await react(house, BO, ts)
    await house.later(minutes=10)
    await unreact(house, BO, ts)
    assert "I will ask" in await react(house, BO, ts)
    await house.later(hours=3)
    assert len(house.cards(HELP)) == 1


async def test_taken_away_while_asking_is_stopped_it_stays_away_when_asking_starts_again(house: House):
    ts = house.slack.say(ANA, HELP, "It works again")
    await react(house, BO, ts)
    await house.nps(ADMIN, "stop")
    assert "will not be asked" in await unreact(house, BO, ts)
    await house.nps(ADMIN, "start")
    await house.later(hours=4)
    assert house.cards(HELP) == []


# once


async def test_told_twice_and_at_the_same_moment_it_asks_once(house: House):
    ts = house.slack.say(ANA, HELP, "It works again")
    first, second = house.slack.react(BO, HELP, ts, BALLOT), house.slack.react(CY, HELP, ts, BALLOT)
    acks = await asyncio.gather(first, second)
    await asyncio.gather(*(house.slack.redeliver(ack, retry_num=1) for ack in acks))
    await house.later(hours=3)
    assert len(house.cards(HELP)) == len(await asked(house)) == 1


async def test_two_replicas_told_of_the_same_emoji_ask_once(slack: FakeSlack, database_url: str):
    async with open_house(slack, database_url, "http") as one, open_house(slack, database_url, "http") as two:
        ack = await slack.react(BO, HELP, slack.say(ANA, HELP, "It works again"), BALLOT)
        slack.app_url = f"http://127.0.0.1:{one.bot.port}"
        assert (await slack.redeliver(ack, retry_num=1)).ok
        await one.later(hours=3)
        await two.settle()
        assert len(one.cards(HELP)) == len(await asked(two)) == 1


async def test_a_second_colleague_hears_what_is_asked_already(house: House):
    thread = house.slack.say(ANA, HELP, "My export is stuck")
    reply = house.slack.say(ANA, HELP, "Thanks!", thread_ts=thread)
    await react(house, BO, thread)
    assert f"I will ask <@{ANA}>" in await react(house, CY, reply)
    assert len(await asked(house)) == 1


async def test_told_late_of_an_emoji_that_is_gone_it_asks_nobody(house: House):
    ts = house.slack.say(ANA, HELP, "It works again")
    house.slack.clock.now += 1
    late = house.slack.react(BO, HELP, ts, BALLOT)
    house.slack.clock.now += 1
    ack = await late
    await house.later(seconds=30)
    await unreact(house, BO, ts)
    await house.slack.redeliver(ack, retry_num=2)
    await house.later(hours=4)
    assert house.cards(HELP) == []


async def test_in_the_same_thread_months_later_it_asks_again(house: House):
    ts = house.slack.say(ANA, HELP, "It works again")
    await react(house, BO, ts)
    await house.later(hours=3)
    await house.click_score(ANA, house.cards(HELP)[-1], 9)
    await house.later(days=91)
    assert "I will ask" in await react(house, CY, ts)
    await house.later(hours=3)
    assert [ask.occasion for ask in await asked(house)] == [f"reaction:{HELP}:{ts}", f"reaction:{HELP}:{ts}:2"]


# the rules of every ask


async def test_somebody_asked_lately_is_asked_only_on_purpose_and_then_after_the_delay(house: House):
    await house.ask(ANA, survey="support")
    await house.later(days=12)
    ts = house.slack.say(ANA, HELP, "It works again")
    told = await react(house, BO, ts)
    assert "They were asked 12 days ago" in told
    assert "Ask anyway?" in told
    await house.press(BO, house.slack.ephemerals_for(BO)[-1], "ask_anyway")
    assert house.cards(HELP) == []
    assert "will not be asked" in await unreact(house, BO, ts)


async def test_who_asked_to_be_left_alone_is_left_alone_and_the_colleague_hears_that(house: House):
    card = await house.ask(ANA)
    await house.press(ANA, card, "stop_asking")
    ts = house.slack.say(ANA, HELP, "It works again")
    assert "asked not to be asked again" in await react(house, BO, ts)


async def test_while_asking_is_stopped_an_emoji_asks_nobody_and_says_so(house: House):
    await house.nps(ADMIN, "stop")
    ts = house.slack.say(ANA, HELP, "It works again")
    assert "Asking is stopped" in await react(house, BO, ts)
    assert await asked(house) == []


async def test_after_the_channel_got_another_id_the_emoji_still_calls_off_what_it_started(house: House):
    ts = house.slack.say(ANA, HELP, "It works again")
    await react(house, BO, ts)
    await house.slack.change_channel_id(HELP, "C0NEW")
    await house.settle()
    assert "will not be asked" in await unreact(house, BO, ts, channel="C0NEW")


async def test_when_slack_fails_once_the_emoji_is_delivered_again_and_asks(house: House):
    ts = house.slack.say(ANA, HELP, "It works again")
    house.slack.fail_next("chat.getPermalink", "internal_error")
    ack = await house.slack.react(BO, HELP, ts, BALLOT)
    assert not ack.ok
    assert (await house.slack.redeliver(ack, retry_num=1)).ok
    await house.later(hours=3)
    assert len(house.cards(HELP)) == 1


# the customer writes again before the question has left


@pytest.mark.usefixtures("_may_read")
async def test_a_customer_who_writes_again_is_not_asked_and_the_colleague_hears_why(house: House):
    ts = helped(house)
    await react(house, BO, ts)
    house.slack.clock.now += 60
    house.slack.say(ANA, HELP, "Now it is stuck at 90 %", thread_ts=ts)
    await house.later(hours=3)
    assert house.cards(HELP) == []
    assert f"<@{ANA}> wrote again, so I did not ask them." in heard(house, BO)[-1]
    assert [each.state for each in await asked(house)] == ["withdrawn"]
    assert "the question was taken back" in await house.nps(BO, f"why <@{ANA}>")


@pytest.mark.usefixtures("_may_read")
@pytest.mark.parametrize(("who", "text"), [(ANA, "Thanks, it works now!"), (BO, "Anything else? Just write here.")])
async def test_thanks_and_what_others_write_keep_nobody_from_being_asked(house: House, who: str, text: str):
    ts = helped(house)
    await react(house, BO, ts)
    house.slack.clock.now += 60
    house.slack.say(who, HELP, text, thread_ts=ts)
    await house.later(hours=3)
    assert QUESTION in house.cards(HELP)[-1].shown


async def test_without_the_history_scope_nobody_looks_and_the_question_leaves(house: House):
    ts = helped(house)
    await react(house, BO, ts)
    house.slack.clock.now += 60
    house.slack.say(ANA, HELP, "Now it is stuck at 90 %", thread_ts=ts)
    await house.later(hours=3)
    assert QUESTION in house.cards(HELP)[-1].shown


@pytest.mark.usefixtures("_may_read")
async def test_put_again_when_it_is_solved_the_emoji_asks_again(house: House):
    ts = helped(house)
    await react(house, BO, ts)
    house.slack.clock.now += 60
    house.slack.say(ANA, HELP, "Now it is stuck at 90 %", thread_ts=ts)
    await house.later(hours=3)
    await unreact(house, BO, ts)
    await react(house, BO, ts)
    await house.later(hours=3)
    assert QUESTION in house.cards(HELP)[-1].shown


# in confidence


async def test_asked_in_confidence_the_question_goes_to_direct_messages_once_and_is_called_off_from_the_thread(
    house: House,
):
    await edit(house, privacy=["yes"])
    first, second = helped(house), helped(house, KIM)
    assert "by direct message" in await react(house, BO, first)
    await react(house, CY, first)
    await react(house, BO, second)
    assert "will not be asked" in await unreact(house, BO, second)
    await house.later(hours=3, minutes=5)
    assert [(each.privacy, each.channel_id, each.state) for each in await asked(house)] == [
        ("confidential", None, "sent"),
        ("confidential", None, "withdrawn"),
    ]
    assert QUESTION in heard(house, ANA)[-1]
    assert house.cards(HELP) == []
