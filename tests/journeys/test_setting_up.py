"""Setting up: nothing needs configuring before it works, and whoever may not is told who can."""

import asyncio

import pytest
from sqlalchemy import select

from storage.models import Invitation, Response, RoleGrant, Survey
from tests.house import ADMIN, ALERTS, ANA, BO, CY, GENERAL, GUEST, HELP, KIM, OTHER, House

COMMENT = "Exports time out every Monday."


async def roles(house: House) -> dict[str, int]:
    async with house.database.reading() as tx:
        return {grant.user_id: grant.role for grant in (await tx.scalars(select(RoleGrant))).all()}


async def survey(house: House, name: str) -> Survey:
    async with house.database.reading() as tx:
        return (await tx.scalars(select(Survey).where(Survey.name == name))).one()


async def edit(house: House, by: str, name: str = "support") -> None:
    """Open the modal of a survey."""
    await house.nps(by, "surveys")
    button = str((await survey(house, name)).id)
    await house.slack.click(by, house.slack.ephemerals_for(by)[-1], "edit_survey", value=button)
    await house.settle()


# the first run


async def test_a_relational_and_a_transactional_survey_exist_from_the_start(small_house: House):
    assert (await survey(small_house, "relationship")).kind == "relational"
    assert (await survey(small_house, "support")).kind == "transactional"


async def test_any_member_may_choose_the_first_alert_channel_and_becomes_manager(house: House):
    await house.nps(ADMIN)
    await house.choose_channel(by=BO)
    assert (await roles(house))[BO] == 2
    assert f"<@{BO}> chose <#{ALERTS}>" in house.cards(house.slack.dm_of(ADMIN))[-1].shown
    assert (await survey(house, "support")).alert_channel_id == ALERTS


async def test_once_a_channel_is_chosen_only_managers_change_it(small_house: House):
    await small_house.nps(CY)
    whisper = small_house.slack.ephemerals_for(CY)[-1]
    await small_house.choose_channel(by=BO)
    await small_house.slack.select(CY, whisper, "first_channel", GENERAL)
    await small_house.settle()
    assert "Alerts have a channel already" in small_house.slack.ephemerals_for(CY)[-1].shown
    assert (await survey(small_house, "support")).alert_channel_id == ALERTS


async def test_a_shared_channel_cannot_be_the_alert_channel(small_house: House):
    await small_house.nps(BO)
    gate = small_house.slack.slow_next("conversations.info")
    await small_house.slack.select(BO, small_house.slack.ephemerals_for(BO)[-1], "first_channel", GENERAL)
    small_house.slack.share(GENERAL, "T0OTHER")  # Slack's menu leaves shared channels out: it became one meanwhile
    gate.set()
    await small_house.settle()
    assert "shared with another company" in small_house.slack.ephemerals_for(BO)[-1].shown
    assert (await survey(small_house, "support")).alert_channel_id is None


async def test_a_channel_without_the_bot_is_taken_with_a_word_on_how_to_let_it_in(small_house: House):
    await small_house.nps(BO)
    await small_house.slack.select(BO, small_house.slack.ephemerals_for(BO)[-1], "first_channel", OTHER)
    await small_house.settle()
    assert "/invite" in small_house.slack.ephemerals_for(BO)[-1].shown
    assert (await survey(small_house, "support")).alert_channel_id == OTHER


async def test_guests_can_neither_ask_nor_read_nor_configure(small_house: House):
    for text in ("", "detractors", f"ask <@{KIM}>", "try", "surveys", "stop", "managers"):
        assert "Guests" in await small_house.nps(GUEST, text), text
    assert "/nps ask" in await small_house.nps(GUEST, "help")


async def test_a_refusal_says_who_can(small_house: House):
    await small_house.choose_channel(by=BO)
    for text in ("surveys", "stop"):
        assert f"<@{BO}>" in await small_house.nps(CY, text)
    assert "workspace admin" in await small_house.nps(CY, "managers")


async def test_an_admin_appoints_managers_and_takes_it_back(small_house: House):
    await small_house.nps(ADMIN, "managers")
    await small_house.slack.submit(ADMIN, {"managers": [CY]})
    assert (await roles(small_house))[CY] == 2
    assert "Surveys" in await small_house.nps(CY, "surveys")
    await small_house.nps(ADMIN, "managers")
    await small_house.slack.submit(ADMIN, {"managers": []})
    assert CY not in await roles(small_house)


async def test_who_is_no_longer_an_admin_in_slack_is_none_here(small_house: House):
    await small_house.nps(ADMIN, "surveys")
    small_house.slack.user(ADMIN).is_admin = False
    await small_house.later(minutes=11)
    assert "may not" in await small_house.nps(ADMIN, "surveys")


# rehearsal


async def test_a_rehearsal_takes_every_step_is_labelled_and_never_counts(house: House):
    await house.choose_channel()
    assert "on its way" in await house.nps(BO, "try")
    card = house.cards(house.slack.dm_of(BO))[-1]
    assert "Rehearsal" in card.shown
    await house.click_score(BO, card, 2)
    await house.comment(BO, COMMENT, solved="no")
    alert = house.alerts()[-1]
    assert "Rehearsal" in alert.shown
    await house.slack.click(CY, alert, "claim")
    await house.settle()
    assert "No answers yet" in await house.nps(BO)
    assert "Nobody has given" in await house.nps(BO, "detractors")


async def test_without_a_channel_the_rehearsed_alert_comes_to_the_one_who_rehearses(small_house: House):
    await small_house.nps(BO, "try")
    await small_house.click_score(BO, small_house.cards(small_house.slack.dm_of(BO))[-1], 2)
    await small_house.comment(BO, COMMENT)
    await small_house.later(seconds=3)
    assert any("nobody is unhappy" in each.shown for each in small_house.cards(small_house.slack.dm_of(BO)))


async def test_a_rehearsal_can_be_repeated_at_once(small_house: House):
    for _ in range(2):
        await small_house.nps(BO, "try")
        await small_house.later(seconds=2)
    assert len(small_house.cards(small_house.slack.dm_of(BO))) == 2


# surveys


async def test_a_manager_creates_a_survey_with_its_own_words_and_asks_with_it(house: House):
    await house.choose_channel(by=BO)
    await house.nps(BO, "surveys")
    await house.slack.click(BO, house.slack.ephemerals_for(BO)[-1], "new_survey")
    await house.settle()
    words = {"name": "Onboarding", "subject": "Northwind Cloud", "question": "Would you recommend {subject}?"}
    await house.slack.submit(BO, words)
    await house.settle()
    await house.nps(BO, f"ask <@{KIM}> onboarding")
    assert "Would you recommend Northwind Cloud?" in house.cards(house.slack.dm_of(KIM))[-1].shown
    assert (await survey(house, "onboarding")).alert_channel_id == ALERTS


@pytest.mark.parametrize("name", ["two words", "now", "-x", "support"])
async def test_a_name_that_cannot_be_typed_or_is_taken_stays_in_the_modal_with_the_reason(small_house: House, name):
    await small_house.nps(ADMIN, "surveys")
    await small_house.slack.click(ADMIN, small_house.slack.ephemerals_for(ADMIN)[-1], "new_survey")
    await small_house.settle()
    ack = await small_house.slack.submit(ADMIN, {"name": name})
    assert "name" in ack.body["errors"]


async def test_questions_already_out_keep_the_words_they_were_asked_in(small_house: House):
    card = await small_house.ask(survey="support")
    await edit(small_house, ADMIN)
    await small_house.slack.submit(ADMIN, {"question": "Something else?"})
    await small_house.settle()
    await small_house.click_score(ANA, card, 9)
    async with small_house.database.reading() as tx:
        assert (await tx.scalars(select(Invitation.question))).one() is None


async def test_a_survey_channel_cannot_be_set_to_one_outsiders_read(small_house: House):
    await edit(small_house, ADMIN)
    gate = small_house.slack.slow_next("conversations.info")
    sending = asyncio.create_task(small_house.slack.submit(ADMIN, {"alert_channel": GENERAL}))
    await gate.reached.wait()
    small_house.slack.share(GENERAL, "T0OTHER")
    gate.set()
    ack = await sending
    assert "shared with another company" in ack.body["errors"]["alert_channel"]


async def test_a_paused_survey_asks_nobody_and_goes_on_when_it_is_resumed(house: House):
    ts = house.slack.say(ANA, HELP, "My export is stuck")
    await house.slack.message_shortcut(BO, "ask_for_nps", HELP, ts)
    await house.settle()
    await house.slack.submit(BO, {"time": "later"})
    await house.settle()
    await edit(house, ADMIN)
    await house.slack.submit(ADMIN, {"paused": ["yes"]})
    await house.settle()
    assert "paused" in await house.nps(BO, f"ask <@{KIM}> support")
    await house.later(hours=5)
    assert house.cards(HELP) == []
    await edit(house, ADMIN)
    await house.slack.submit(ADMIN, {"paused": []})
    await house.later(seconds=3)
    assert len(house.cards(HELP)) == 1


# halting


async def test_stop_takes_open_questions_back_and_undo_puts_them_there_again(house: House):
    card = await house.ask()
    ts = house.slack.say(KIM, HELP, "Hallo")
    await house.slack.message_shortcut(BO, "ask_for_nps", HELP, ts)
    await house.settle()
    await house.slack.submit(BO, {"time": "later"})
    await house.settle()
    told = await house.nps(ADMIN, "stop")
    assert "2 open questions were taken back" in told
    await house.later(seconds=30)
    assert "taken back" in house.card(card).shown
    assert "Asking is stopped" in await house.nps(BO, f"ask <@{KIM}>")
    await house.slack.click(ADMIN, house.slack.ephemerals_for(ADMIN)[-1], "lift_halt")
    await house.later(seconds=30)
    assert "How likely" in house.card(card).shown
    await house.click_score(ANA, house.card(card), 9)
    await house.later(hours=3)
    assert len(house.cards(HELP)) == 1


async def test_a_halt_leaves_answers_alone(small_house: House):
    card = await small_house.ask()
    await small_house.click_score(ANA, card, 9)
    await small_house.nps(ADMIN, "stop")
    await small_house.later(seconds=30)
    assert "Your score is 9" in small_house.card(card).shown
    async with small_house.database.reading() as tx:
        assert (await tx.scalars(select(Response.score))).all() == [9]


async def test_start_says_so_when_nothing_was_stopped(small_house: House):
    assert "was not stopped" in await small_house.nps(ADMIN, "start")
    await small_house.nps(ADMIN, "stop")
    assert "I am asking again" in await small_house.nps(ADMIN, "start")
