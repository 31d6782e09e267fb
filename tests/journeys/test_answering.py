"""Answering: each thing a person may do with a card has one right outcome."""

import pytest
from sqlalchemy import select

from storage.models import Response, ResponseRevision
from tests.house import ANA, BO, CY, HELP, House

COMMENT = "Exports time out every Monday."


async def stored(house: House) -> Response:
    async with house.database.reading() as tx:
        return (await tx.scalars(select(Response))).one()


async def revisions(house: House) -> list[ResponseRevision]:
    async with house.database.reading() as tx:
        return list((await tx.scalars(select(ResponseRevision).order_by(ResponseRevision.id))).all())


async def test_the_score_is_kept_before_the_click_is_acknowledged(house: House):
    card = await house.ask()
    ack = await house.slack.click(ANA, card, "score_9")
    assert ack.ok
    assert (await stored(house)).score == 9


async def test_the_modal_opens_with_the_score_and_a_prompt_that_fits_it(small_house: House):
    await small_house.click_score(ANA, await small_house.ask(), 4)
    view = small_house.slack.open_view(ANA)
    assert view.title == "Thank you"
    assert "What went wrong" in view.shown
    assert "4" in view.shown


async def test_a_score_changed_in_the_menu_is_kept_at_once_and_the_prompt_follows(house: House):
    await house.click_score(ANA, await house.ask(), 4)
    await house.slack.select(
        ANA, house.slack.open_view(ANA), "score_picked", f"{(await stored(house)).invitation_id}:10"
    )
    await house.settle()
    assert (await stored(house)).score == 10
    assert "What do you value most?" in house.slack.open_view(ANA).shown
    await house.slack.close_view(ANA)
    assert (await stored(house)).score == 10


async def test_words_sent_from_the_modal_are_kept_with_the_score(house: House):
    await house.click_score(ANA, await house.ask_in_thread(), 7)
    await house.comment(ANA, COMMENT, solved="partly", reply=["yes"])
    response = await stored(house)
    assert (response.score, response.comment, response.solved, response.wants_reply) == (7, COMMENT, "partly", True)


async def test_a_score_alone_is_a_complete_answer(small_house: House):
    await small_house.click_score(ANA, await small_house.ask(), 8)
    await small_house.slack.close_view(ANA)
    await small_house.settle()
    response = await stored(small_house)
    assert (response.score, response.comment) == (8, None)


async def test_two_clicks_on_the_same_button_are_one_answer(house: House):
    card = await house.ask()
    await house.click_score(ANA, card, 6)
    await house.slack.click(ANA, card, "score_6", stale=True)
    await house.settle()
    assert (await stored(house)).score == 6


async def test_the_later_of_two_devices_wins_and_both_are_remembered(house: House):
    card = await house.ask()
    await house.click_score(ANA, card, 3)
    await house.slack.click(ANA, card, "score_9", stale=True)
    await house.settle()
    assert (await stored(house)).score == 9
    assert [each.score for each in await revisions(house)] == [3, 9]


async def test_a_click_that_arrives_late_does_not_undo_a_later_one(house: House):
    card = await house.ask()
    await house.slack.click(ANA, card, "score_9", action_ts=f"{house.slack.clock.now + 5:.6f}")
    await house.slack.click(ANA, card, "score_2", action_ts=f"{house.slack.clock.now + 1:.6f}", stale=True)
    await house.settle()
    assert (await stored(house)).score == 9
    assert [each.score for each in await revisions(house)] == [9, 2]


async def test_the_same_submission_delivered_twice_is_kept_once(house: House):
    await house.click_score(ANA, await house.ask(), 5)
    ack = await house.slack.submit(ANA, {"comment": COMMENT})
    await house.slack.redeliver(ack)
    await house.settle()
    assert [each.comment for each in await revisions(house)] == [None, COMMENT]


async def test_what_was_said_can_be_changed_and_taken_back_within_a_day(house: House):
    card = await house.ask()
    await house.click_score(ANA, card, 5)
    await house.comment(ANA, COMMENT)
    await house.later(hours=23)
    await house.slack.click(ANA, house.card(card), "change_answer")
    await house.settle()
    assert COMMENT in str(house.slack.open_view(ANA).blocks)
    await house.slack.submit(ANA, {"comment": ""})
    await house.settle()
    assert (await stored(house)).comment is None


async def test_after_a_day_the_answer_stays_as_it_is_and_the_person_is_told(house: House):
    card = await house.ask()
    await house.click_score(ANA, card, 5)
    await house.later(hours=25)
    await house.slack.click(ANA, card, "score_9", stale=True)
    await house.settle()
    assert (await stored(house)).score == 5
    assert "could be changed until" in house.slack.ephemerals_for(ANA)[-1].shown


async def test_words_typed_in_time_and_sent_a_little_late_are_not_thrown_away(small_house: House):
    card = await small_house.ask()
    await small_house.click_score(ANA, card, 5)
    await small_house.later(hours=24)
    await small_house.comment(ANA, COMMENT)
    assert (await stored(small_house)).comment == COMMENT


async def test_words_sent_far_too_late_stay_in_the_modal_with_the_reason(small_house: House):
    card = await small_house.ask()
    await small_house.click_score(ANA, card, 5)
    await small_house.later(hours=26)
    ack = await small_house.slack.submit(ANA, {"comment": COMMENT})
    assert ack.body["response_action"] == "errors"
    assert "could be changed until" in ack.body["errors"]["comment"]
    assert "<" not in ack.body["errors"]["comment"]


async def test_only_the_person_asked_may_answer(house: House):
    card = await house.ask_in_thread()
    await house.slack.click(CY, card, "score_0")
    await house.settle()
    assert "for somebody else" in house.slack.ephemerals_for(CY)[-1].shown
    assert house.slack.ephemerals_for(CY)[-1].thread_ts == card.thread_ts
    assert house.card(card).shown == card.shown
    async with house.database.reading() as tx:
        assert (await tx.scalars(select(Response))).all() == []


async def test_an_expired_question_still_takes_an_answer_and_marks_it_late(house: House):
    card = await house.ask_in_thread()
    await house.later(days=8)
    await house.click_score(ANA, card, 6)
    response = await stored(house)
    assert (response.score, response.is_late) == (6, True)


async def test_a_month_after_it_expired_a_question_is_closed(house: House):
    card = await house.ask_in_thread()
    await house.later(days=8)
    await house.later(days=31)
    await house.slack.click(ANA, card, "score_6")
    await house.settle()
    assert "This question is closed" in house.slack.ephemerals_for(ANA)[-1].shown


async def test_a_withdrawn_question_takes_no_answer(house: House):
    card = await house.ask()
    await house.slack.click(BO, house.slack.ephemerals_for(BO)[-1], "dont_ask")
    await house.settle()
    assert "taken back" in house.card(card).shown
    await house.slack.click(ANA, card, "score_6", stale=True)
    await house.settle()
    assert "taken back" in house.slack.ephemerals_for(ANA)[-1].shown
    async with house.database.reading() as tx:
        assert (await tx.scalars(select(Response))).all() == []


@pytest.mark.parametrize("score", [0, 6, 7, 10])
async def test_in_a_thread_the_thanks_is_the_same_for_every_score(small_house: House, score: int):
    card = await small_house.ask_in_thread()
    await small_house.click_score(ANA, card, score)
    await small_house.comment(ANA, COMMENT, solved="no", reply=["yes"])
    thread = small_house.slack.messages(HELP, card.thread_ts)
    thanks = "Thank you, Ana Ruiz. Your answer went privately to Northwind.\nAdd or change\nWhat we keep"
    assert small_house.card(card).shown == thanks
    assert [each.ts for each in thread] == [card.ts]


async def test_in_a_direct_message_the_thanks_quotes_the_answer(small_house: House):
    card = await small_house.ask()
    await small_house.click_score(ANA, card, 4)
    await small_house.comment(ANA, COMMENT)
    assert f'Your score is 4: "{COMMENT}"' in small_house.card(card).shown
    assert "reply to you" not in small_house.card(card).shown


async def test_a_reply_is_promised_only_when_asked_for_and_by_name_only_once_somebody_took_it(small_house: House):
    await small_house.choose_channel()
    card = await small_house.ask()
    await small_house.click_score(ANA, card, 4)
    await small_house.comment(ANA, COMMENT, reply=["yes"])
    assert "Somebody at Northwind will read your answer and reply to you." in small_house.card(card).shown
    await small_house.slack.click(CY, small_house.alerts()[-1], "claim")
    await small_house.later(seconds=30)
    assert f"<@{CY}> will read your answer and reply to you." in small_house.card(card).shown


async def test_a_card_that_could_not_be_redrawn_at_once_is_redrawn_later(house: House):
    card = await house.ask()
    house.slack.fail_next("response_url", status=500)
    await house.click_score(ANA, card, 8)
    assert "How likely" in house.card(card).shown
    await house.later(seconds=30)
    assert "Thank you, Ana Ruiz" in house.card(card).shown


async def test_a_modal_that_does_not_open_loses_no_answer(house: House):
    card = await house.ask()
    house.slack.fail_next("views.open", error="expired_trigger_id")
    await house.click_score(ANA, card, 8)
    assert (await stored(house)).score == 8
    assert "Thank you, Ana Ruiz" in house.card(card).shown
