"""Home: everybody sees what is kept about them and may say no; colleagues the number; managers the surveys."""

import pytest
from sqlalchemy import select

from bot.services import surveys
from bot.services.surveys import SurveyKind, Wording
from storage.models import Contact
from tests.house import ADMIN, ALERTS, ANA, BO, CY, GUEST, KIM, House

COMMENT = "Exports time out every Monday."
KEPT = "What we keep about you"


async def opted_out(house: House, user: str) -> bool:
    async with house.database.reading() as tx:
        at = await tx.scalar(select(Contact.opted_out_at).where(Contact.user_id == user))
    return at is not None


# for everybody


async def test_somebody_nobody_asked_reads_what_this_is_and_may_say_no(house: House):
    page = await house.home(GUEST)
    assert "Northwind asks here how likely you are to recommend them" in page
    assert "We have not asked you anything." in page


async def test_a_customer_reads_their_own_answers_and_nobody_elses(house: House):
    for person, score, comment in ((ANA, 4, COMMENT), (KIM, 9, "Bo stayed until it worked.")):
        await house.click_score(person, await house.ask(person), score)
        await house.comment(person, comment)
        await house.later(seconds=2)
    page = await house.home(ANA)
    assert COMMENT in page
    assert "Your answer: *4*" in page
    assert "Bo stayed" not in page
    assert "NPS" not in page


async def test_home_speaks_the_persons_language(small_house: House):
    assert "Was wir über Sie speichern" in await small_house.home(KIM)


async def test_dont_ask_again_in_home_closes_what_is_open_and_can_be_undone(house: House):
    card = await house.ask(ANA)
    await house.home(ANA)
    await house.press(ANA, house.home_page(ANA), "stop_asking_me")
    assert "You will not be asked again." in house.home_page(ANA).shown
    assert "We will not ask you again" in house.card(card).shown
    assert "They asked not to be asked again" in await house.nps(BO, f"ask <@{ANA}>")
    await house.press(ANA, house.home_page(ANA), "allow_asking_me")
    assert not await opted_out(house, ANA)
    await house.later(seconds=2)
    assert "stop_asking_me" in str(house.home_page(ANA).blocks)
    assert "This question is closed" in house.card(card).shown


async def test_somebody_nobody_asked_yet_may_say_no_beforehand(house: House):
    await house.home(KIM)
    await house.press(KIM, house.home_page(KIM), "stop_asking_me")
    assert await opted_out(house, KIM)
    await house.nps(BO, f"ask <@{KIM}>")
    assert house.cards(house.slack.dm_of(KIM)) == []


async def test_a_rehearsal_is_nobodys_answer(small_house: House):
    await small_house.nps(BO, "try")
    await small_house.click_score(BO, small_house.cards(small_house.slack.dm_of(BO))[-1], 3)
    assert "You have not answered anything yet." in await small_house.home(BO)


# for colleagues


async def test_a_colleague_reads_who_is_waiting_and_the_number(house: House):
    await house.choose_channel()
    await house.click_score(ANA, await house.ask(ANA), 4)
    await house.comment(ANA, COMMENT)
    page = await house.home(CY)
    assert "1 customer is waiting" in page
    assert "1 detractor" in page
    assert "Surveys" not in page


async def test_a_guest_reads_neither_the_number_nor_the_surveys(house: House):
    await house.choose_channel()
    page = await house.home(GUEST)
    assert page.startswith(KEPT)
    assert "Ask somebody" not in page


async def test_somebody_is_asked_from_home_by_direct_message(house: House):
    await house.choose_channel()
    await house.home(CY)
    await house.press(CY, house.home_page(CY), "ask_somebody")
    view = house.slack.open_view(CY)
    assert view is not None
    options = {each["text"]["text"]: each["value"] for each in view.blocks[1]["element"]["options"]}
    wanted = {"person": ANA, "survey": options["relationship"], "time": "now", "occasion": "the new export"}
    assert (await house.slack.submit(CY, wanted)).ok
    await house.settle()
    assert "about the new export" in house.cards(house.slack.dm_of(ANA))[-1].shown
    assert f"I am asking <@{ANA}>" in house.cards(house.slack.dm_of(CY))[-1].shown


async def test_managers_edit_surveys_from_home_and_see_the_change_there(house: House):
    await house.choose_channel()
    await house.home(ADMIN)
    await house.press(ADMIN, house.home_page(ADMIN), "new_survey")
    await house.comment(ADMIN, name="onboarding", kind="relational", language="en", alert_channel=ALERTS)
    assert "onboarding" in house.home_page(ADMIN).shown


@pytest.mark.parametrize("tab", ["messages"])
async def test_the_messages_tab_draws_no_home(small_house: House, tab: str):
    await small_house.slack.open_home(BO, tab=tab)
    await small_house.settle()
    assert small_house.slack.home_view(BO) is None


async def test_a_workspace_that_switched_home_off_is_served_all_the_same(small_house: House):
    small_house.slack.home_tab_enabled = False
    await small_house.choose_channel()
    assert "Alerts go to" in small_house.slack.ephemerals_for(ADMIN)[-1].shown


async def test_a_colleague_reads_what_was_said_last_and_what_is_theirs_to_do(house: House):
    await house.choose_channel()
    await house.click_score(ANA, await house.ask(), 3)
    await house.comment(ANA, "Exports time out every Monday.")
    await house.press(BO, house.alerts()[-1], "claim")
    read = await house.home(BO)
    assert "Said last" in read
    assert "*Ana Ruiz: 3*" in read
    assert "Exports time out every Monday." in read
    assert "Your follow-ups" in read
    assert "Your follow-ups" not in await house.home(CY)
    assert "How I am" not in read


async def test_who_is_asked_next_stands_in_home(house: House):
    read = await house.home(BO)
    assert "No question waits for its hour." in read
    assert "No survey asks by itself." in read
    await house.press(BO, house.home_page(BO), "ask_somebody")
    options = {
        each["text"]["text"]: each["value"] for each in house.slack.open_view(BO).blocks[1]["element"]["options"]
    }
    await house.slack.submit(BO, {"person": ANA, "survey": options["relationship"], "time": "later"})
    await house.settle()
    assert "Ana Ruiz (" in await house.home(BO)


async def test_an_admin_reads_how_the_bot_is_and_what_to_mend(house: House):
    assert "Alerts of *relationship, support* go nowhere yet" in await house.home(ADMIN)
    await house.choose_channel()
    assert "All is well" in await house.home(ADMIN)
    await house.nps(ADMIN, "stop")
    assert "Asking is stopped." in await house.home(ADMIN)


async def test_more_surveys_than_a_page_holds_have_pages(house: House):
    async with house.database.transaction() as tx:
        for number in range(23):
            wording = Wording(name=f"survey-{number:02}")
            await surveys.create(
                tx, house.slack.team_id, kind=SurveyKind.RELATIONAL, wording=wording, by=ADMIN, now=house.now
            )
    assert "survey-22" not in await house.home(ADMIN)
    await house.press(ADMIN, house.home_page(ADMIN), "survey_page_1")
    await house.press(ADMIN, house.home_page(ADMIN), "survey_page_1")
    assert "survey-22" in house.home_page(ADMIN).shown
    await house.press(ADMIN, house.home_page(ADMIN), "survey_page_0")
    assert "survey-22" not in house.home_page(ADMIN).shown
