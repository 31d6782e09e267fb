"""Answers to one person: where Slack does not take them the usual way, they come another way, and stay private."""

import pytest

from tests.house import ADMIN, ALERTS, ANA, BO, CY, GENERAL, HELP, KIM, OTHER, SHARED, House


def spoil_response_urls(house: House, times: int = 9) -> None:
    """Slack answers 200, and says in it that it did not do it."""
    house.slack.fail_next("response_url", "used_url", times=times)


def told(house: House, person: str) -> list[str]:
    return [each.shown for each in house.cards(house.slack.dm_of(person))]


@pytest.mark.parametrize("text", ["help", "surveys", "detractors", "ask @nobody"])
async def test_an_answer_slack_does_not_take_comes_by_direct_message(house: House, text):
    spoil_response_urls(house)
    await house.nps(ADMIN, text)
    assert len(told(house, ADMIN)) == 1
    assert house.slack.ephemerals == []
    assert house.slack.posts(GENERAL) == []


async def test_an_answer_slack_fails_to_take_comes_by_direct_message(small_house: House):
    small_house.slack.fail_next("response_url", "down", status=503)
    await small_house.nps(BO, "help")
    assert "/nps ask @person" in told(small_house, BO)[-1]
    assert small_house.slack.ephemerals == []


async def test_a_survey_saved_after_the_response_url_has_expired_says_so_by_direct_message(small_house: House):
    await small_house.nps(ADMIN, "surveys")
    await small_house.slack.click(ADMIN, small_house.slack.ephemerals_for(ADMIN)[-1], "edit_survey", value="1")
    await small_house.settle()
    await small_house.later(minutes=31)
    assert (await small_house.slack.submit(ADMIN, {"alert_channel": ALERTS})).ok
    await small_house.settle()
    assert told(small_house, ADMIN) == ["*relationship* is saved."]


async def test_a_refusal_slack_does_not_take_comes_by_direct_message(small_house: House):
    card = await small_house.ask_in_thread()
    small_house.slack.fail_next("chat.postEphemeral", "user_not_in_channel")
    spoil_response_urls(small_house)
    await small_house.slack.click(CY, card, "not_now")
    await small_house.settle()
    assert told(small_house, CY) == ["This question is for somebody else. Thank you all the same."]
    assert len(small_house.cards(HELP)) == 1


async def test_a_question_taken_back_late_is_confirmed_in_private(small_house: House):
    await small_house.nps(BO, f"ask <@{ANA}>")
    whisper = small_house.slack.ephemerals_for(BO)[-1]
    spoil_response_urls(small_house)
    await small_house.slack.click(BO, whisper, "dont_ask")
    await small_house.settle()
    [answer] = told(small_house, BO)
    assert f"<@{ANA}>" in answer


async def test_a_card_that_could_not_be_redrawn_through_the_click_is_redrawn_without_it(house: House):
    card = await house.ask()
    spoil_response_urls(house)
    await house.click_score(ANA, card, 9)
    assert "How likely" in house.card(card).shown
    await house.later(seconds=30)
    assert "Your score is 9" in house.card(card).shown


async def test_what_is_said_for_an_expired_click_on_an_alert_is_on_it_half_a_minute_later(small_house: House):
    await small_house.choose_channel()
    await small_house.click_score(ANA, await small_house.ask(), 3)
    await small_house.later(minutes=6)
    alert = small_house.alerts()[-1]
    await small_house.slack.click(BO, alert, "resolve")
    await small_house.settle()
    await small_house.later(minutes=31)
    values = {"outcome": "fixed", "root_cause": "product", "note": "Raised it."}
    assert (await small_house.slack.submit(BO, values)).ok
    await small_house.later(seconds=30)
    assert "Raised it." in small_house.card(alert).shown


async def test_where_the_bot_is_not_a_command_is_answered_all_the_same(small_house: House):
    spoil_response_urls(small_house)
    await small_house.nps(BO, "help", channel=OTHER)
    assert "/nps ask @person" in told(small_house, BO)[-1]


async def test_while_slack_does_not_tell_whether_a_channel_is_shared_one_person_sees_the_answer(small_house: House):
    small_house.slack.fail_next("conversations.info", "internal_error")
    assert "No answers yet" in await small_house.nps(BO, "", channel=SHARED)
    assert [(each.user, each.channel) for each in small_house.slack.ephemerals] == [(BO, SHARED)]
    assert small_house.slack.posts(SHARED) == []


async def test_a_guest_is_refused_in_their_own_language(small_house: House):
    assert await small_house.nps(KIM, "surveys", channel=HELP) == (
        "Gäste, Kundinnen und Kunden sowie Personen aus anderen Unternehmen können antworten, "
        "diese Funktion aber nicht nutzen. Teammitglieder können es."
    )
