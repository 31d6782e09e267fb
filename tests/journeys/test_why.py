"""Why somebody was asked, or not: every no of the rules is kept, and said in words."""

from sqlalchemy import select

from storage.models import Contact, Withholding
from tests.house import ADMIN, ALERTS, ANA, BO, CY, GUEST, KIM, House


async def withholdings(house: House) -> list[tuple[str, str | None]]:
    async with house.database.reading() as tx:
        rows = (await tx.scalars(select(Withholding).order_by(Withholding.id))).all()
    return [(row.because, row.asked_by) for row in rows]


async def test_a_no_of_the_rules_is_kept_with_who_wanted_to_ask_and_until_when(house: House):
    await house.ask(ANA)
    await house.later(days=2)
    await house.nps(CY, f"ask <@{ANA}>")
    assert await withholdings(house) == [("recontact", CY)]
    told = await house.nps(BO, f"why <@{ANA}>")
    assert "not asked: asked the same 2 days before; possible from" in told
    assert f"asked; no answer yet (by <@{BO}>)" in told


async def test_what_holds_now_is_said_for_each_survey(house: House):
    await house.click_score(ANA, await house.ask(ANA), 9)
    await house.later(days=30)
    told = await house.nps(BO, f"why <@{ANA}>")
    assert "*relationship*: They were asked 30 days ago. You can ask the same question again from" in told
    assert "*support*: They can be asked now." in told
    assert "asked, and answered" in told


async def test_two_questions_without_a_word_double_the_wait_and_a_word_ends_that(house: House):
    for survey in ("support", "relationship"):
        await house.ask(ANA, survey=survey)
        await house.later(days=29)
    told = await house.nps(BO, f"ask <@{ANA}> support")
    assert "They were asked 58 days ago." in told
    assert "the wait is twice as long" in told
    await house.later(days=28)
    assert "relationship*: They were asked 57 days ago" in await house.nps(BO, f"why <@{ANA}>")
    await house.later(days=130)
    await house.click_score(ANA, await house.ask(ANA, survey="support"), 9)
    await house.later(days=29)
    assert "*relationship*: They can be asked now." in await house.nps(BO, f"why <@{ANA}>")


async def test_somebody_nobody_asked_can_be_asked_and_is_not_known_by_asking_why(house: House):
    told = await house.nps(BO, f"why <@{KIM}>")
    assert "They can be asked now." in told
    assert "Nobody has wanted to ask them before." in told
    async with house.database.reading() as tx:
        assert (await tx.scalars(select(Contact))).all() == []


async def test_a_halt_is_a_reason_too(house: House):
    await house.choose_channel(ALERTS, by=ADMIN)
    await house.nps(ADMIN, "stop")
    await house.nps(BO, f"ask <@{ANA}>")
    assert await withholdings(house) == [("halted", BO)]
    assert "not asked: all asking was stopped" in await house.nps(BO, f"why <@{ANA}>")


async def test_asking_in_spite_of_a_resting_period_is_said(house: House):
    await house.click_score(ANA, await house.ask(ANA), 9)
    await house.later(days=2)
    await house.nps(CY, f"ask <@{ANA}>")
    await house.press(CY, house.slack.ephemerals_for(CY)[-1], "ask_anyway")
    told = await house.nps(BO, f"why <@{ANA}>")
    assert f"(by <@{CY}>), although the rules said no" in told


async def test_a_guest_is_told_nothing(house: House):
    assert "Guests, customers and people from other companies" in await house.nps(GUEST, f"why <@{ANA}>")


async def test_why_without_a_person_says_how(small_house: House):
    assert "`/nps why @person`" in await small_house.nps(BO, "why")
