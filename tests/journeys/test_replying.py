"""A colleague replies from the alert, once, where the customer is; the customer writes back, and it is not missed."""

import asyncio

import pytest
from sqlalchemy import select

from bot.services import privacy
from storage.models import Delivery, FollowUp, FollowUpMessage, FollowUpStep
from tests.fake_slack import Message
from tests.house import ADMIN, ALERTS, ANA, BO, CY, EVE, GUEST, HELP, KIM, SHARED, House, permalink

COMMENT = "Exports time out every Monday."
WORDS = "Sorry about that & all. <!channel> @here <@U0CY> *bold*"
BACK = "It still fails, on Tuesdays now."


async def unhappy(house: House, person: str = ANA, card: Message | None = None, **values: object) -> Message:
    """The alert about somebody who asked for a reply."""
    card = card or await house.ask(person)
    await house.click_score(person, card, 4)
    await house.comment(person, COMMENT, **values)
    await house.later(seconds=2)
    return house.alerts()[-1]


async def preview(house: House, alert: Message, words: str = WORDS, *, by: str = BO, **values: object) -> str:
    """Word a reply; returns what the colleague is shown before it is sent."""
    await house.press(by, house.card(alert), "reply_privately")
    ack = await house.slack.submit(by, {"words": words, **values})
    assert ack.ok, ack
    return house.slack.open_view(by).shown


async def reply(house: House, alert: Message, words: str = WORDS, *, by: str = BO, **values: object) -> None:
    await preview(house, alert, words, by=by, **values)
    ack = await house.slack.submit(by)
    assert ack.ok, ack
    await house.later(seconds=2)


async def write_back(house: House, person: str, message: Message, words: str = BACK) -> str:
    """Answer with the button; returns what the window says then."""
    await house.press(person, message, "write_back")
    ack = await house.slack.submit(person, {"words": words})
    assert ack.ok, ack
    await house.later(seconds=2)
    return house.slack.open_view(person).shown


async def follow_up(house: House) -> FollowUp:
    async with house.database.reading() as tx:
        return (await tx.scalars(select(FollowUp).order_by(FollowUp.id.desc()))).first()


async def steps(house: House) -> list[tuple[str, str | None]]:
    async with house.database.reading() as tx:
        return [(each.what, each.by) for each in await tx.scalars(select(FollowUpStep).order_by(FollowUpStep.id))]


def last(house: House, person: str) -> Message:
    return house.cards(house.slack.dm_of(person))[-1]


def told(house: House, person: str, words: str) -> list[Message]:
    return [each for each in house.cards(house.slack.dm_of(person)) if words in each.shown]


async def test_a_reply_reaches_the_customer_as_it_was_previewed_and_stops_the_clock(every_house: House):
    house = every_house
    await house.choose_channel()
    alert = await unhappy(house)
    seen = await preview(house, alert)
    assert "A message from *Bo Lind*, *Northwind*:" in seen
    assert WORDS in seen
    assert told(house, ANA, "A message from") == []
    assert (await house.slack.submit(BO)).ok
    await house.later(seconds=2)
    arrived = last(house, ANA)
    assert WORDS in arrived.shown
    assert f'You had written: "{COMMENT}"' in arrived.shown
    current = await follow_up(house)
    assert (current.state, current.claimed_by, current.contacted_at is not None) == ("claimed", BO, True)
    assert (await steps(house))[1:] == [("claimed", BO), ("replied", BO), ("arrived", None)]
    assert f"<@{BO}> replied to Ana Ruiz:" in house.thread(alert)[-1]
    assert f"<@{BO}> takes care of it" in house.card(alert).shown
    await house.later(days=3)
    assert not any("waits for a first reply" in line for line in house.thread(alert))


async def test_words_of_a_colleague_mention_nobody_and_their_links_can_be_followed(small_house: House):
    await small_house.choose_channel()
    await reply(small_house, await unhappy(small_house), f"{WORDS} (https://x.example/fix).")
    [sent] = [each for each in small_house.slack.calls_to("chat.postMessage") if "A message from" in each.args["text"]]
    assert "<!channel>" not in sent.args["text"]
    assert f"<@{CY}>" not in sent.args["text"]
    pieces = sent.args["blocks"][1]["elements"][0]["elements"]
    assert {"type": "link", "url": "https://x.example/fix"} in pieces
    assert {each["type"] for each in pieces} == {"text", "link"}


async def test_back_leads_to_the_words_again_and_sends_nothing(small_house: House):
    await small_house.choose_channel()
    alert = await unhappy(small_house)
    await preview(small_house, alert, "First try")
    await small_house.slack.close_view(BO)
    ack = await small_house.slack.submit(BO, {"words": "Second try"})
    assert ack.ok
    await small_house.slack.submit(BO)
    await small_house.later(seconds=2)
    assert small_house.slack.views(BO) == []
    assert [len(told(small_house, ANA, words)) for words in ("First try", "Second try")] == [0, 1]


async def test_both_write_back_and_forth_and_whoever_has_it_hears_each_time(house: House):
    await house.choose_channel()
    alert = await unhappy(house)
    await reply(house, alert, "What happens?")
    thanks = await write_back(house, ANA, last(house, ANA))
    assert "Thank you. Your words went privately to Northwind." in thanks
    await house.slack.close_view(ANA)
    line = house.thread(alert)[-1]
    assert f"<@{BO}>, Ana Ruiz wrote back:" in line
    assert BACK in line
    assert len(told(house, BO, "Ana Ruiz wrote back to us.")) == 1
    await reply(house, alert, "And today?", by=CY)
    await write_back(house, ANA, last(house, ANA), "Today it works.")
    assert len(told(house, BO, "Ana Ruiz wrote back to us.")) == 2
    assert [what for what, _ in await steps(house)][2:] == ["replied", "arrived", "heard"] * 2
    assert (await follow_up(house)).claimed_by == BO


async def test_nobody_else_may_answer_a_message_in_a_thread(small_house: House):
    await small_house.choose_channel()
    small_house.slack.fail_next("chat.postMessage", "cannot_dm_user", when=lambda args: args["channel"] == ANA)
    alert = await unhappy(small_house, card=await small_house.ask_in_thread())
    await reply(small_house, alert)
    message = small_house.cards(HELP)[-1]
    for somebody in (KIM, CY):
        await small_house.press(somebody, message, "write_back")
        assert small_house.slack.open_view(somebody) is None
    assert "This message is for somebody else" in small_house.slack.ephemerals_for(CY)[-1].shown
    assert "eine andere Person" in small_house.slack.ephemerals_for(KIM)[-1].shown


async def test_where_a_dm_is_refused_the_thread_gets_a_message_that_tells_nothing_of_the_answer(house: House):
    await house.choose_channel()
    thread = house.slack.say(EVE, SHARED, "My export is stuck")
    await house.nps(BO, f"ask <@{EVE}|eve> {permalink(SHARED, thread)}")
    alert = await unhappy(house, EVE, house.cards(SHARED)[-1])
    seen = await preview(house, alert, "We are on it.")
    assert f"If Slack does not let me, everybody in <#{SHARED}> sees this:" in seen
    house.slack.fail_next("chat.postMessage", "channel_not_found", when=lambda args: args["channel"] == EVE)
    await house.slack.submit(BO)
    await house.later(seconds=5)
    message = house.cards(SHARED)[-1]
    assert message.thread_ts == thread
    assert f"<@{EVE}>, a message from *Bo Lind*, *Northwind*:" in message.shown
    assert COMMENT not in message.shown
    assert "4" not in message.shown
    await write_back(house, EVE, message)
    assert BACK in house.thread(alert)[-1]
    assert not any(BACK in each.shown for each in house.cards(SHARED))


async def test_a_colleague_may_rule_the_thread_out(small_house: House):
    await small_house.choose_channel()
    alert = await unhappy(small_house, card=await small_house.ask_in_thread())
    before = len(small_house.cards(HELP))
    small_house.slack.fail_next("chat.postMessage", "channel_not_found", when=lambda args: args["channel"] == ANA)
    await reply(small_house, alert, thread=[])
    assert len(small_house.cards(HELP)) == before
    assert len(told(small_house, BO, "Your reply did not reach Ana Ruiz")) == 1


@pytest.mark.parametrize("in_thread", [False, True])
async def test_what_cannot_be_delivered_is_told_with_a_way_out_and_the_words_are_kept(house: House, in_thread: bool):
    await house.choose_channel()
    alert = await unhappy(house, card=await (house.ask_in_thread() if in_thread else house.ask()))
    await preview(house, alert)
    house.slack.user(ANA).deleted = True
    before = len(house.cards(HELP))
    await house.slack.submit(BO)
    await house.later(seconds=5)
    assert len(house.cards(HELP)) == before
    assert len(told(house, BO, "Your reply did not reach Ana Ruiz")) == 1
    lines = house.thread(alert)
    assert WORDS in lines[-2]
    assert "That reply did not reach Ana Ruiz." in lines[-1]
    assert (await follow_up(house)).contacted_at is None


async def test_a_reply_that_waits_says_why_and_leaves_once_that_has_changed(small_house: House):
    house = small_house
    await house.choose_channel()
    alert = await unhappy(house, card=await house.ask_in_thread())
    house.slack.fail_next("chat.postMessage", "channel_not_found", when=lambda args: args["channel"] == ANA)
    house.slack.fail_next("chat.postMessage", "not_in_channel", when=lambda args: args["channel"] == HELP)
    await reply(house, alert)
    assert len(told(house, BO, "Your reply to Ana Ruiz waits.")) == 1
    assert (await follow_up(house)).contacted_at is None
    await house.later(minutes=61)
    assert WORDS in house.cards(HELP)[-1].shown
    assert (await follow_up(house)).contacted_at is not None


async def test_a_reply_nobody_knows_the_fate_of_is_not_sent_twice_and_its_writer_hears_so(house: House):
    await house.choose_channel()
    alert = await unhappy(house)
    await preview(house, alert)
    house.slack.drop_next("chat.postMessage", after_effect=True, when=lambda args: args["channel"] == ANA)
    await house.slack.submit(BO)
    await house.later(minutes=30)
    assert len(told(house, ANA, "A message from")) == 1
    assert len(told(house, BO, "Slack did not tell me whether your reply to Ana Ruiz arrived")) == 1
    await write_back(house, ANA, told(house, ANA, "A message from")[0])
    assert BACK in house.thread(alert)[-1]


async def test_more_than_thanks_opens_a_resolved_follow_up_again_and_a_reply_leaves_it_closed(small_house: House):
    house = small_house
    await house.choose_channel()
    alert = await unhappy(house)
    await house.press(BO, alert, "resolve")
    await house.slack.submit(BO, {"outcome": "fixed", "root_cause": "product", "note": "Done."})
    await house.later(seconds=2)
    await reply(house, alert, "It is fixed.")
    assert (await follow_up(house)).state == "resolved"
    await write_back(house, ANA, last(house, ANA), "Great, thank you!")
    assert (await follow_up(house)).state == "resolved"
    await house.slack.close_view(ANA)
    await write_back(house, ANA, last(house, ANA))
    current = await follow_up(house)
    assert (current.state, current.claimed_by, current.reply_due_at is not None) == ("open", None, True)
    assert len(told(house, BO, "Ana Ruiz wrote back to us.")) == 2


@pytest.mark.parametrize(("wants_reply", "may"), [([], False), (["yes"], True)])
async def test_whoever_opted_out_gets_a_reply_only_when_they_wished_for_one(small_house: House, wants_reply, may):
    house = small_house
    await house.choose_channel()
    alert = await unhappy(house, reply=wants_reply)
    await house.nps(ANA, "me")
    await house.press(ANA, house.slack.ephemerals_for(ANA)[-1], "stop_asking_me")
    await house.press(BO, alert, "reply_privately")
    assert (house.slack.open_view(BO) is not None) is may
    assert may or "asked to be left alone" in house.slack.ephemerals_for(BO)[-1].shown


async def test_an_opt_out_on_the_way_keeps_the_reply_back_and_its_writer_hears_so(small_house: House):
    house = small_house
    await house.choose_channel()
    alert = await unhappy(house)
    house.slack.fail_next("chat.postMessage", retry_after=30, when=lambda args: args["channel"] == ANA)
    await reply(house, alert)
    await house.nps(ANA, "me")
    await house.press(ANA, house.slack.ephemerals_for(ANA)[-1], "stop_asking_me")
    await house.later(minutes=2)
    assert told(house, ANA, "A message from") == []
    assert len(told(house, BO, "I did not send your reply to Ana Ruiz")) == 1


async def test_outsiders_cannot_reply_from_an_alert(small_house: House):
    await small_house.choose_channel()
    alert = await unhappy(small_house)
    small_house.slack.channel(ALERTS).members.append(GUEST)
    await small_house.press(GUEST, alert, "reply_privately")
    assert small_house.slack.open_view(GUEST) is None


async def test_a_rehearsal_is_replied_to_by_and_for_whoever_rehearses(small_house: House):
    house = small_house
    await house.choose_channel()
    await house.nps(ADMIN, "try support")
    await house.later(seconds=2)
    card = next(each for each in house.cards(house.slack.dm_of(ADMIN)) if "scores_low" in str(each.blocks))
    alert = await unhappy(house, ADMIN, card)
    await reply(house, alert, by=CY)
    message = last(house, ADMIN)
    assert "Rehearsal" in message.shown
    await write_back(house, ADMIN, message)
    assert BACK in house.thread(alert)[-1]


async def test_the_same_act_told_twice_is_written_down_once(house: House):
    await house.choose_channel()
    alert = await unhappy(house)
    await preview(house, alert)
    view = house.slack.open_view(BO)
    await house.slack.submit(BO)
    house.slack.put_view(BO, view.body, channel=None, on_top=False).id = view.id
    again = await house.slack.submit(BO)
    assert again.ok, again
    await house.later(seconds=5)
    assert len(told(house, ANA, "A message from")) == 1
    assert [what for what, _ in await steps(house)].count("replied") == 1


async def test_a_customers_words_stand_nowhere_but_among_the_team(house: House):
    await house.choose_channel()
    alert = await unhappy(house, card=await house.ask_in_thread())
    await reply(house, alert)
    await write_back(house, ANA, last(house, ANA))
    places = [each for each in house.slack.channels if BACK in str([it.shown for it in house.cards(each)])]
    assert places == [ALERTS]


async def test_erasing_the_customer_takes_every_word_out_of_slack_and_of_the_database(house: House):
    await house.choose_channel()
    alert = await unhappy(house)
    await reply(house, alert)
    await write_back(house, ANA, last(house, ANA))
    await house.nps(ANA, "me")
    await house.press(ANA, house.slack.ephemerals_for(ANA)[-1], "erase_me")
    for _ in range(4):  # one message after the other
        await house.later(seconds=10)
    assert told(house, ANA, "A message from") == told(house, BO, "wrote back") == house.cards(ALERTS) == []
    assert await steps(house) == []


async def test_erasing_the_colleague_takes_their_messages_and_their_name(house: House):
    await house.choose_channel()
    await reply(house, await unhappy(house))
    async with house.database.transaction() as tx:
        await privacy.erase(tx, "T0NORTH", BO, now=house.now)
    await house.later(minutes=2)
    assert told(house, ANA, "A message from") == []
    async with house.database.reading() as tx:
        [kept] = await tx.scalars(select(FollowUpStep).where(FollowUpStep.what == "replied"))
    assert (kept.by, kept.signature) == (None, None)


async def test_a_reply_on_its_way_while_its_writer_is_erased_leaves_again(small_house: House):
    house = small_house
    await house.choose_channel()
    await preview(house, await unhappy(house))
    gate = house.slack.slow_next("chat.postMessage", when=lambda args: args["channel"] == ANA)
    sending = asyncio.create_task(reply_out(house))
    await gate.reached.wait()
    async with house.database.transaction() as tx:
        await privacy.erase(tx, "T0NORTH", BO, now=house.now)
    gate.open()
    await sending
    await house.later(minutes=1)
    assert told(house, ANA, "A message from") == []


async def reply_out(house: House) -> None:
    await house.slack.submit(BO)
    await house.settle()


async def test_a_reply_stays_in_its_thread_when_that_channel_becomes_shared(small_house: House):
    house = small_house
    await house.choose_channel()
    alert = await unhappy(house, card=await house.ask_in_thread())
    house.slack.fail_next("chat.postMessage", "channel_not_found", when=lambda args: args["channel"] == ANA)
    await reply(house, alert)
    await house.slack.share(HELP)
    await house.later(seconds=10)
    assert WORDS in house.cards(HELP)[-1].shown


async def test_a_reply_is_promised_once_however_many_messages_tell_of_it(small_house: House):
    await small_house.choose_channel()
    await reply(small_house, await unhappy(small_house))
    async with small_house.database.reading() as tx:
        owed = list(await tx.scalars(select(Delivery).where(Delivery.kind == "reply")))
        ours = list(await tx.scalars(select(FollowUpMessage).where(FollowUpMessage.is_to_customer)))
    assert [each.state for each in owed] == ["sent"]
    assert [each.channel_id for each in ours] == [small_house.slack.dm_of(ANA)]
