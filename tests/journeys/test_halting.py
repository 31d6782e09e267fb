"""Halting: what is on its way when somebody stops, what people decide meanwhile, and what an undo puts back."""

import asyncio

from sqlalchemy import func, select

from storage.models import Contact, Invitation, Workspace
from tests.fake_slack import Message
from tests.house import ADMIN, ANA, BO, CY, HELP, KIM, House

QUESTION = "How likely are you to recommend Northwind"
TAKEN_BACK = "This question was taken back. There is nothing left to do."


async def states(house: House) -> list[str]:
    async with house.database.reading() as tx:
        return list((await tx.scalars(select(Invitation.state).order_by(Invitation.id))).all())


async def stop(house: House, *, by: str = ADMIN) -> str:
    told = await house.nps(by, "stop")
    await house.later(seconds=5)
    return told


async def start(house: House, *, by: str = ADMIN) -> str:
    told = await house.nps(by, "start")
    await house.later(seconds=5)
    return told


async def ask_later(house: House, person: str = ANA) -> None:
    """Bo asks in a thread of #help, in three hours."""
    await house.slack.message_shortcut(BO, "ask_for_nps", HELP, house.slack.say(person, HELP, "Stuck"))
    await house.settle()
    await house.slack.submit(BO, {"time": "later"})
    await house.settle()


def shown_to(house: House, person: str) -> list[Message]:
    return house.cards(house.slack.dm_of(person))


async def stop_while_posting(house: House) -> str:
    """Stop at the moment in which Slack is being told a question to Ana; returns what the admin is told."""
    gate = house.slack.slow_next("chat.postMessage", when=lambda args: args["channel"] == ANA)
    asking = asyncio.create_task(house.nps(BO, f"ask <@{ANA}>"))
    await gate.reached.wait()
    await house.slack.command(ADMIN, HELP, "/nps", "stop")
    await house.bot.tasks.drain()
    gate.set()
    await asking
    await house.later(seconds=5)
    return house.slack.ephemerals_for(ADMIN)[-1].shown


# a question on its way


async def test_a_question_being_posted_while_somebody_stops_is_taken_back_as_soon_as_it_stands_there(house: House):
    assert "1 open question was taken back." in await stop_while_posting(house)
    [card] = shown_to(house, ANA)
    assert card.shown == TAKEN_BACK
    assert await states(house) == ["withdrawn"]


async def test_it_stands_there_again_after_an_undo_and_is_not_posted_twice(house: House):
    await stop_while_posting(house)
    assert "1 question is open again." in await start(house)
    [card] = shown_to(house, ANA)
    assert QUESTION in card.shown
    await house.click_score(ANA, card, 9)
    assert await states(house) == ["answered"]


async def test_stopped_and_started_again_while_it_is_being_posted_it_is_asked_once(house: House):
    gate = house.slack.slow_next("chat.postMessage", when=lambda args: args["channel"] == ANA)
    asking = asyncio.create_task(house.nps(BO, f"ask <@{ANA}>"))
    await gate.reached.wait()
    for word in ("stop", "start"):
        await house.slack.command(ADMIN, HELP, "/nps", word)
        await house.bot.tasks.drain()
    gate.set()
    await asking
    await house.later(seconds=70)
    [card] = shown_to(house, ANA)
    assert QUESTION in card.shown


async def test_a_question_whose_sender_died_is_not_asked_again_by_an_undone_halt(house: House):
    gate = house.slack.slow_next("chat.postMessage", when=lambda args: args["channel"] == ANA)
    dying = asyncio.create_task(house.nps(BO, f"ask <@{ANA}>"))
    await gate.reached.wait()
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    gate.set()
    await stop(house)
    await house.later(seconds=70)
    await start(house)
    await house.later(minutes=5)
    assert len(shown_to(house, ANA)) == 1
    assert await states(house) == ["sent"]


async def test_a_question_slack_refuses_for_good_during_a_halt_stands_in_nobodys_way_afterwards(small_house: House):
    small_house.slack.fail_next("chat.postMessage", "user_not_found", when=lambda args: args["channel"] == ANA)
    await stop_while_posting(small_house)
    assert f"I could not ask <@{ANA}>" in shown_to(small_house, BO)[-1].shown
    await start(small_house)
    await small_house.nps(BO, f"ask <@{ANA}>")
    assert QUESTION in shown_to(small_house, ANA)[-1].shown


async def test_a_question_that_waited_out_a_long_halt_leaves_and_is_not_given_up(small_house: House):
    await ask_later(small_house)
    await stop(small_house)
    await small_house.later(days=20)
    small_house.slack.fail_next("chat.postMessage", retry_after=7200, when=lambda args: args["channel"] == HELP)
    await start(small_house)
    await small_house.later(minutes=90)
    await small_house.later(hours=1)
    assert QUESTION in small_house.cards(HELP)[-1].shown


async def test_nothing_leaves_during_a_halt_that_was_put_off_from_an_expired_card(house: House):
    card = await house.ask_in_thread()
    await house.later(days=8)
    await stop(house)
    await house.slack.click(ANA, house.card(card), "not_now")
    await house.later(days=8)
    assert [each.shown for each in house.cards(HELP)] == [TAKEN_BACK]
    assert "1 question is open again." in await start(house)
    assert QUESTION in house.cards(HELP)[-1].shown


# what people decide meanwhile


async def test_who_opts_out_during_a_halt_reads_so_and_is_let_be_when_it_is_undone(house: House):
    card = await house.ask()
    await stop(house)
    await house.slack.click(ANA, card, "stop_asking", stale=True)
    await house.settle()
    assert "We will not ask you again." in house.card(card).shown
    assert "open again" not in await start(house)
    assert "We will not ask you again." in house.card(card).shown
    assert await states(house) == ["declined"]


async def test_an_opt_out_during_a_halt_holds_for_what_was_still_to_be_sent(house: House):
    await house.click_score(ANA, await house.ask(), 9)
    await house.later(days=100)
    await ask_later(house)
    await stop(house)
    await house.slack.click(ANA, shown_to(house, ANA)[0], "what_we_keep")
    await house.settle()
    await house.slack.click(ANA, house.slack.open_view(ANA), "stop_asking")
    await house.settle()
    await start(house)
    await house.later(hours=4)
    assert house.cards(HELP) == []
    async with house.database.reading() as tx:
        assert (await tx.scalars(select(Contact.opted_out_at))).one() is not None


async def test_not_the_right_person_said_during_a_halt_holds_when_it_is_undone(house: House):
    card = await house.ask()
    await stop(house)
    await house.slack.click(ANA, card, "wrong_person", stale=True)
    await house.later(seconds=2)
    assert "not the right person" in shown_to(house, BO)[-1].shown
    await start(house)
    assert "This question is closed." in house.card(card).shown


async def test_a_score_clicked_during_a_halt_is_refused_and_can_be_given_after_the_undo(house: House):
    card = await house.ask()
    await stop(house)
    await house.slack.click(ANA, card, "score_3", stale=True)
    await house.settle()
    assert "taken back, so nothing was saved" in house.slack.ephemerals_for(ANA)[-1].shown
    await start(house)
    await house.click_score(ANA, house.card(card), 3)
    assert await states(house) == ["answered"]


async def test_what_the_asker_takes_back_during_a_halt_stays_back_when_it_is_undone(house: House):
    await ask_later(house)
    whisper = house.slack.ephemerals_for(BO)[-1]
    await stop(house)
    await house.slack.click(BO, whisper, "dont_ask")
    await house.settle()
    assert f"<@{ANA}> will not be asked" in house.slack.ephemerals_for(BO)[-1].shown
    assert "open again" not in await start(house)
    await house.later(hours=4)
    assert house.cards(HELP) == []


# several at once


async def at_once(house: House, word: str, *people: str) -> list[str]:
    """They type it in the same moment; returns what each is told."""
    await asyncio.gather(*(house.slack.command(who, HELP, "/nps", word) for who in people))
    await house.later(seconds=5)
    return [house.slack.ephemerals_for(who)[-1].shown for who in people]


async def test_two_who_stop_at_once_make_one_halt_and_one_undo_restores_everything(house: House):
    await house.choose_channel(by=CY)
    cards = [await house.ask(ANA), await house.ask(KIM)]
    told = await at_once(house, "stop", ADMIN, CY)
    assert sum("2 open questions were taken back." in each for each in told) == 1
    async with house.database.reading() as tx:
        [winner] = (await tx.scalars(select(Workspace.halted_by))).all()
        assert await tx.scalar(select(func.count(Invitation.withdrawn_by_halt_at.distinct()))) == 1
    assert all(f"Asking is stopped, by <@{winner}>" in each for each in told)
    assert "2 questions are open again." in await start(house, by=CY)
    assert await states(house) == ["sent", "sent"]
    assert QUESTION in house.card(cards[0]).shown


async def test_two_who_undo_at_once_undo_one_halt(house: House):
    await house.choose_channel(by=CY)
    card = await house.ask()
    await stop(house)
    told = await at_once(house, "start", ADMIN, CY)
    assert sum("1 question is open again." in each for each in told) == 1
    assert sum("was not stopped" in each for each in told) == 1
    assert QUESTION in house.card(card).shown


async def test_stopping_a_second_time_tells_who_did_and_takes_nothing_more(small_house: House):
    await small_house.choose_channel(by=CY)
    await stop(small_house)
    told = await stop(small_house, by=CY)
    assert f"Asking is stopped, by <@{ADMIN}>" in told
    await small_house.slack.click(CY, small_house.slack.ephemerals_for(CY)[-1], "lift_halt")
    await small_house.settle()
    await small_house.ask()
    assert QUESTION in shown_to(small_house, ANA)[-1].shown
