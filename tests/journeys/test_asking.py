"""Asking: a colleague sets it in motion, the rules hold, and the person asked has ways out."""

import asyncio

import pytest
from sqlalchemy import select

from storage.models import Contact, Invitation
from tests.house import ADMIN, ANA, BO, CY, EVE, GENERAL, HELP, KIM, OTHER, SHARED, House, permalink

QUESTION = "How likely are you to recommend Northwind to a friend or colleague?"


async def invitations(house: House) -> list[Invitation]:
    async with house.database.reading() as tx:
        return list((await tx.scalars(select(Invitation).order_by(Invitation.id))).all())


async def test_a_colleague_asks_somebody_by_direct_message(house: House):
    card = await house.ask()
    assert QUESTION in card.shown
    assert "with your name" in card.shown
    assert "this channel" not in card.shown


async def test_in_a_thread_the_card_mentions_the_person_and_says_it_stays_private(house: House):
    card = await house.ask_in_thread()
    assert f"<@{ANA}>, a question from Northwind" in card.shown
    assert "never shown in this channel" in card.shown


async def test_what_an_ask_was_made_of_is_kept_with_it(small_house: House):
    thread = small_house.slack.say(ANA, HELP, "My export is stuck")
    await small_house.ask(ANA, thread=thread)
    [kept] = await invitations(small_house)
    assert (kept.channel_id, kept.thread_ts, kept.asked_by, kept.language) == (HELP, thread, BO, "en")
    assert kept.permalink == permalink(HELP, thread, thread)
    assert (kept.subject, kept.kind) == ("Northwind", "transactional")


async def test_people_are_asked_in_their_own_language(small_house: House):
    card = await small_house.ask(KIM)
    assert "Wie wahrscheinlich" in card.shown
    await small_house.click_score(KIM, card, 9)
    assert small_house.slack.open_view(KIM).title == "Vielen Dank"


async def test_a_reply_link_asks_in_the_thread_it_belongs_to(small_house: House):
    thread = small_house.slack.say(ANA, HELP, "My export is stuck")
    reply = small_house.slack.say(BO, HELP, "Fixed!", thread_ts=thread)
    await small_house.nps(BO, f"ask <@{ANA}> {permalink(HELP, reply, thread)}")
    assert small_house.cards(HELP)[-1].thread_ts == thread


@pytest.mark.parametrize("who", ["ana@beta.example", "@ana", "<@U0ANA|ana>", "<@U0ANA>"])
async def test_a_person_can_be_named_in_every_way_slack_and_people_write_them(slack, sqlite_url, who):
    from tests.house import open_house

    slack.scopes.add("users:read.email")
    async with open_house(slack, sqlite_url, "http") as house:
        await house.nps(BO, f"ask {who}")
        assert QUESTION in house.cards(slack.dm_of(ANA))[-1].shown


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("ask @nobody", "find nobody called nobody"),
        ("ask ana@beta.example", "users:read.email"),
        ("ask <@U0NOBODY>", "does not know"),
        ("ask <@U0ANA> quarterly", "There are: relationship, support"),
        ("ask <@U0BO>", "/nps try"),
        ("ask <@U0BOT>", "bot"),
        ("ask", "`/nps ask @person`"),
        (f"ask <@U0ANA> {permalink(OTHER, '1763719200.000001')}", "/invite"),
        (f"ask <@U0ADMIN> {permalink(HELP, '1763719200.000001')}", "not in that channel"),
        (f"ask <@U0ANA> {permalink('D0ANA', '1763719200.000001')}", "conversation I am not part of"),
        ("aks", "Did you mean `/nps ask`?"),
    ],
)
async def test_what_cannot_be_asked_is_explained_with_a_way_on(small_house: House, text, answer):
    assert answer in await small_house.nps(BO, text)
    assert await invitations(small_house) == []


async def test_the_shortcut_on_a_message_asks_its_author_in_the_thread(house: House):
    ts = house.slack.say(ANA, HELP, "My export is stuck")
    await house.slack.message_shortcut(BO, "ask_for_nps", HELP, ts)
    await house.settle()
    await house.slack.submit(BO, {"occasion": "Tuesday's export problem"})
    await house.settle()
    card = house.cards(HELP)[-1]
    assert card.thread_ts == ts
    assert f"<@{ANA}>, a question from Northwind about Tuesday's export problem:" in card.shown
    # A whisper into a thread that did not exist before would be seen by nobody.
    whisper = house.slack.ephemerals_for(BO)[-1]
    assert (whisper.channel, whisper.thread_ts) == (HELP, None)


async def test_in_a_thread_the_asker_hears_back_in_the_thread(small_house: House):
    thread = small_house.slack.say(ANA, HELP, "My export is stuck")
    reply = small_house.slack.say(ANA, HELP, "It works again", thread_ts=thread)
    await small_house.slack.message_shortcut(BO, "ask_for_nps", HELP, reply)
    await small_house.settle()
    await small_house.slack.submit(BO, {})
    await small_house.settle()
    assert small_house.slack.ephemerals_for(BO)[-1].thread_ts == thread


async def test_on_a_message_of_ones_own_the_shortcut_asks_whom(small_house: House):
    ts = small_house.slack.say(BO, HELP, "Solved!")
    await small_house.slack.message_shortcut(BO, "ask_for_nps", HELP, ts)
    await small_house.settle()
    await small_house.slack.submit(BO, {"person": ANA})
    await small_house.settle()
    assert f"<@{ANA}>" in small_house.cards(HELP)[-1].shown


async def test_an_ask_in_three_hours_waits_and_can_be_called_off(house: House):
    ts = house.slack.say(ANA, HELP, "My export is stuck")
    await house.slack.message_shortcut(BO, "ask_for_nps", HELP, ts)
    await house.settle()
    await house.slack.submit(BO, {"time": "later"})
    await house.settle()
    whisper = house.slack.ephemerals_for(BO)[-1]
    assert "I will ask" in whisper.shown
    assert house.cards(HELP) == []
    await house.slack.click(BO, whisper, "dont_ask")
    await house.later(hours=4)
    assert house.cards(HELP) == []


async def test_an_ask_in_three_hours_leaves_in_three_hours(house: House):
    ts = house.slack.say(ANA, HELP, "My export is stuck")
    await house.slack.message_shortcut(BO, "ask_for_nps", HELP, ts)
    await house.settle()
    await house.slack.submit(BO, {"time": "later"})
    await house.later(hours=2)
    assert house.cards(HELP) == []
    await house.later(hours=1)
    assert QUESTION in house.cards(HELP)[-1].shown


async def test_nobody_is_asked_twice_within_a_day_whoever_insists(house: House):
    await house.ask()
    assert "within the last 24 hours" in await house.nps(CY, f"ask <@{ANA}> support")
    assert len(await invitations(house)) == 1


async def test_somebody_asked_lately_is_asked_again_only_on_purpose_and_that_is_recorded(house: House):
    await house.ask()
    await house.later(days=13)
    told = await house.nps(CY, f"ask <@{ANA}>")
    assert "They were asked 13 days ago" in told
    assert "Ask anyway?" in told
    assert len(await invitations(house)) == 1
    await house.slack.click(CY, house.slack.ephemerals_for(CY)[-1], "ask_anyway")
    await house.settle()
    second = (await invitations(house))[-1]
    assert second.was_overruled
    assert len(house.cards(house.slack.dm_of(ANA))) == 2


async def test_ask_anyway_clicked_twice_asks_once(small_house: House):
    await small_house.ask()
    await small_house.later(days=13)
    await small_house.nps(CY, f"ask <@{ANA}>")
    whisper = small_house.slack.ephemerals_for(CY)[-1]
    await asyncio.gather(*(small_house.slack.click(CY, whisper, "ask_anyway") for _ in range(2)))
    await small_house.later(seconds=2)
    assert len(small_house.cards(small_house.slack.dm_of(ANA))) == 2


async def test_not_now_asks_again_in_a_week_and_a_second_time_is_a_no(house: House):
    card = await house.ask()
    await house.slack.click(ANA, card, "not_now")
    await house.settle()
    assert "We will ask again later" in house.card(card).shown
    await house.later(days=6)
    assert len(house.cards(house.slack.dm_of(ANA))) == 1
    await house.later(days=1)
    again = house.cards(house.slack.dm_of(ANA))[-1]
    assert QUESTION in again.shown
    await house.slack.click(ANA, again, "not_now")
    await house.settle()
    assert "This question is closed" in house.card(again).shown
    assert (await invitations(house))[0].state == "declined"


async def test_the_asker_is_told_when_it_was_not_the_right_person(house: House):
    card = await house.ask_in_thread()
    await house.slack.click(ANA, card, "wrong_person")
    await house.settle()
    assert "This question is closed" in house.card(card).shown
    assert "not the right person" in house.cards(house.slack.dm_of(BO))[-1].shown


async def test_who_does_not_want_to_be_asked_is_never_asked_until_they_undo_it(house: House):
    card = await house.ask_in_thread()
    await house.slack.click(ANA, card, "stop_asking")
    await house.settle()
    assert "We will not ask you again" in house.card(card).shown
    await house.later(days=202)
    assert "Only they can undo that" in await house.nps(BO, f"ask <@{ANA}>")
    await house.slack.click(ANA, house.card(card), "allow_asking")
    await house.settle()
    await house.nps(BO, f"ask <@{ANA}>")
    assert QUESTION in house.cards(house.slack.dm_of(ANA))[-1].shown


async def test_an_ask_on_its_way_does_not_reach_somebody_who_has_just_said_no(small_house: House):
    card = await small_house.ask()
    await small_house.slack.click(ANA, card, "not_now")
    await small_house.settle()
    await small_house.slack.click(ANA, card, "stop_asking", stale=True)
    await small_house.later(days=8)
    assert len(small_house.cards(small_house.slack.dm_of(ANA))) == 1


async def test_what_we_keep_is_told_privately_and_stops_asking_too(house: House):
    card = await house.ask_in_thread()
    await house.slack.click(ANA, card, "what_we_keep")
    await house.settle()
    view = house.slack.open_view(ANA)
    assert view.title == "What we keep"
    assert "In this channel nobody sees your answer." in view.shown
    await house.slack.click(ANA, view, "stop_asking")
    await house.settle()
    assert "You will not be asked again." in house.slack.open_view(ANA).shown
    async with house.database.reading() as tx:
        assert (await tx.scalars(select(Contact.opted_out_at))).one() is not None


async def test_others_cannot_use_the_ways_out_of_somebody_elses_card(small_house: House):
    card = await small_house.ask_in_thread()
    for action in ("not_now", "wrong_person", "stop_asking", "what_we_keep"):
        await small_house.slack.click(CY, card, action)
        await small_house.settle()
        assert "for somebody else" in small_house.slack.ephemerals_for(CY)[-1].shown
    assert small_house.card(card).shown == card.shown


async def test_external_people_are_asked_in_the_shared_thread_and_answer_privately(house: House):
    thread = house.slack.say(EVE, SHARED, "Your API is down")
    await house.nps(BO, f"ask <@{EVE}> {permalink(SHARED, thread)}")
    card = house.cards(SHARED)[-1]
    await house.click_score(EVE, card, 3)
    await house.comment(EVE, "It was down for a day.")
    assert "went privately" in house.card(card).shown
    await house.choose_channel()
    assert "It was down for a day." in house.alerts()[-1].shown


async def test_somebody_of_an_enterprise_grid_company_loses_no_comment(house: House):
    thread = house.slack.say("U0EVA", SHARED, "Your API is down")
    await house.nps(BO, f"ask <@U0EVA> {permalink(SHARED, thread)}")
    await house.click_score("U0EVA", house.cards(SHARED)[-1], 2)
    await house.comment("U0EVA", "Down again.")
    await house.choose_channel()
    assert "Down again." in house.alerts()[-1].shown


async def test_the_survey_says_which_language_where_slack_does_not(small_house: House):
    await small_house.nps(ADMIN, "surveys")
    await small_house.slack.click(ADMIN, small_house.slack.ephemerals_for(ADMIN)[-1], "edit_survey", value="2")
    await small_house.settle()
    await small_house.slack.submit(ADMIN, {"language": "ja"})
    await small_house.settle()
    thread = small_house.slack.say(EVE, SHARED, "Your API is down")
    await small_house.nps(BO, f"ask <@{EVE}> {permalink(SHARED, thread)}")
    assert "Northwind" in small_house.cards(SHARED)[-1].shown
    assert "可能性" in small_house.cards(SHARED)[-1].shown


async def test_in_a_shared_channel_a_command_is_answered_by_direct_message(small_house: House):
    told = await small_house.nps(BO, "", channel=SHARED)
    assert "No answers yet" in told
    assert small_house.slack.ephemerals_for(BO) == []


async def test_a_person_who_cannot_be_reached_is_reported_to_the_asker(small_house: House):
    small_house.slack.fail_next("chat.postMessage", error="user_not_found", when=lambda args: args["channel"] == ANA)
    await small_house.nps(BO, f"ask <@{ANA}>")
    await small_house.later(seconds=3)
    assert "I could not ask" in small_house.cards(small_house.slack.dm_of(BO))[-1].shown
    assert (await invitations(small_house))[0].state == "failed"


async def test_an_ask_whose_result_was_lost_is_never_sent_again(house: House):
    house.slack.drop_next("chat.postMessage", after_effect=True)
    await house.nps(BO, f"ask <@{ANA}>")
    await house.later(minutes=5)
    [card] = house.cards(house.slack.dm_of(ANA))
    await house.click_score(ANA, card, 9)
    [invitation] = await invitations(house)
    assert (invitation.state, invitation.card_ts) == ("answered", card.ts)


async def test_an_ask_that_slack_refused_for_now_leaves_later(house: House):
    house.slack.fail_next("chat.postMessage", retry_after=20)
    await house.nps(BO, f"ask <@{ANA}>")
    assert house.cards(house.slack.dm_of(ANA)) == []
    await house.later(seconds=20)
    assert len(house.cards(house.slack.dm_of(ANA))) == 1


async def test_the_command_works_where_the_bot_is_not(small_house: House):
    assert "/nps ask @person" in await small_house.nps(BO, "help", channel=OTHER)


async def test_the_name_of_the_company_is_proposed_from_the_workspace(small_house: House):
    await small_house.nps(ADMIN, "surveys", channel=GENERAL)
    assert "about Northwind" in small_house.slack.ephemerals_for(ADMIN)[-1].shown


async def test_not_now_clicked_twice_is_still_once(small_house: House):
    card = await small_house.ask()
    for _ in range(2):
        await small_house.slack.click(ANA, card, "not_now", stale=True)
        await small_house.settle()
    assert (await invitations(small_house))[0].state == "waiting"
    await small_house.later(days=7)
    assert QUESTION in small_house.cards(small_house.slack.dm_of(ANA))[-1].shown
