"""Somebody did not renew and is asked why: a click is an answer, a few words if they like, and no score anywhere."""

import pytest
from sqlalchemy import select

from bot.rules.exits import Reason
from storage.models import Contact, ExitReason, Invitation, Response, Survey
from tests.fake_slack import Message
from tests.house import ADMIN, ANA, BO, CY, GUEST, HELP, KIM, House
from tests.small import on_sqlite

WORDS = "They had an export, <!channel>."
DEARER = "Theirs costs half of it."
THANKS = "Thank you, Ana Ruiz. Your answer went privately to Northwind."


async def ask(house: House, person: str = ANA) -> Message:
    return await house.ask(person, survey="not-renewed")


async def ask_in_thread(house: House) -> Message:
    thread = house.slack.say(ANA, HELP, "We are leaving")
    return await house.ask(ANA, survey="not-renewed", thread=thread)


async def kept(house: House) -> list[tuple[str, str | None]]:
    async with house.database.reading() as tx:
        assert (await tx.scalars(select(Response))).all() == []
        rows = (await tx.scalars(select(ExitReason).order_by(ExitReason.id))).all()
    return [(row.reason, row.comment) for row in rows]


def labels(card: Message) -> list[str]:
    return [e["text"]["text"] for block in card.blocks for e in block.get("elements", []) if e["type"] == "button"]


async def test_a_click_on_a_reason_is_an_answer_and_opens_the_private_room(house: House):
    card = await ask(house)
    assert "What was the main reason you decided not to renew?" in card.shown
    assert "How likely" not in card.shown
    await house.press(ANA, card, "reason_price")
    assert await kept(house) == [("price", None)]
    view = house.slack.open_view(ANA)
    assert (view.title, "Would you tell us more?" in view.shown) == ("Thank you", True)
    assert "Thank you, Ana Ruiz. Your answer: Price." in house.card(card).shown


@pytest.mark.parametrize("reason", Reason)
async def test_in_a_shared_place_every_reason_looks_the_same(small_house: House, reason: Reason):
    card = await ask_in_thread(small_house)
    await small_house.press(ANA, card, f"reason_{reason}")
    await small_house.comment(ANA, WORDS)
    after = small_house.card(card)
    assert after.shown.replace("\n", "").startswith(THANKS)
    assert labels(after) == ["Add or change", "What we keep"]
    assert await kept(small_house) == [(reason.value, WORDS)]
    assert [each.text for each in small_house.cards(HELP) if WORDS in each.shown] == []


async def test_reason_and_words_can_be_changed_in_the_modal_and_taken_up_again(house: House):
    card = await ask(house)
    await house.press(ANA, card, "reason_price")
    await house.comment(ANA, DEARER, reason="switched")
    assert await kept(house) == [("switched", DEARER)]
    assert "We use another product" in house.card(card).shown
    await house.press(ANA, house.card(card), "change_reason")
    assert DEARER in str(house.slack.open_view(ANA).blocks)
    await house.comment(ANA, "")
    assert await kept(house) == [("switched", None)]


async def test_somebody_elses_click_is_politely_declined(small_house: House):
    card = await ask_in_thread(small_house)
    await small_house.press(KIM, card, "reason_price")
    assert "Diese Frage" in small_house.slack.ephemerals_for(KIM)[-1].shown
    assert await kept(small_house) == []


@on_sqlite
async def test_every_way_out_is_there(house: House):
    card = await ask(house)
    assert labels(card)[-4:] == ["Not now", "Not the right person", "Don't ask again", "What we keep"]
    await house.press(ANA, card, "not_now")
    assert "We will ask again later" in house.card(card).shown
    await house.later(days=7)
    again = house.cards(house.slack.dm_of(ANA))[-1]
    assert "What was the main reason" in again.shown
    await house.press(ANA, again, "stop_asking")
    assert "We will not ask you again." in house.card(again).shown
    async with house.database.reading() as tx:
        assert (await tx.scalars(select(Contact.opted_out_at).where(Contact.user_id == ANA))).one() is not None


async def test_it_can_be_taken_back_and_expires_in_silence(house: House):
    card = await ask(house)
    await house.nps(ADMIN, "stop")
    await house.later(seconds=9)
    assert "This question was taken back." in house.card(card).shown
    await house.nps(ADMIN, "start")
    await house.later(seconds=9)
    assert "What was the main reason" in house.card(card).shown
    await house.later(days=15)
    async with house.database.reading() as tx:
        assert (await tx.scalars(select(Invitation.state))).all() == ["expired"]


async def test_two_clicks_and_a_submission_delivered_twice_are_one_answer(house: House):
    card = await ask(house)
    for _ in range(2):
        await house.slack.click(ANA, card, "reason_other", stale=True)
        await house.settle()
    sent = await house.slack.submit(ANA, {"comment": WORDS})
    await house.slack.redeliver(sent)
    await house.settle()
    assert await kept(house) == [("other", WORDS)]


async def test_exits_counts_reasons_and_shows_words_that_mention_nobody(house: House):
    assert "Nobody has said yet why they did not renew." in await house.nps(CY, "exits")
    await house.press(ANA, await ask(house), "reason_price")
    await house.comment(ANA, WORDS)
    await ask(house, KIM)
    told = await house.nps(CY, "exits")
    assert "*Why customers did not renew*, last 365 days: 1 answer\nPrice: 1" in told
    assert "*Ana Ruiz* · Price" in told
    assert WORDS in told
    assert "%" not in told
    assert "Questions that are over: 1; answered: 1." in told


async def test_exits_is_for_colleagues(small_house: House):
    assert "can answer, but not use this" in await small_house.nps(GUEST, "exits")


@on_sqlite
async def test_nobody_is_alerted_no_number_moves_and_no_channel_is_wanted(house: House):
    await house.choose_channel()
    await house.press(ANA, await ask(house), "reason_quality")
    await house.comment(ANA, WORDS)
    await house.later(minutes=10)
    assert house.alerts() == []
    assert "No answers yet." in await house.nps(BO)
    assert "first_channel" not in str(house.slack.ephemerals_for(BO)[-1].blocks)
    async with house.database.reading() as tx:
        channel_id = await tx.scalars(select(Survey.alert_channel_id).where(Survey.name == "not-renewed"))
    assert channel_id.one() is None


async def test_the_person_sees_the_reason_and_words_they_gave_and_may_erase_them(house: House):
    card = await ask(house)
    await house.press(ANA, card, "reason_price")
    await house.comment(ANA, WORDS)
    page = await house.home(ANA)
    assert "Why you did not renew: *Price*" in page
    assert WORDS in page
    await house.press(ANA, card, "what_we_keep")
    assert "We keep the reason you choose" in house.slack.open_view(ANA).shown
    await house.press(ANA, house.home_page(ANA), "erase_me")
    await house.later(minutes=1)
    assert await kept(house) == []
    assert [each for each in house.cards(house.slack.dm_of(ANA)) if "Price" in each.shown] == []


async def test_a_rehearsal_is_labelled_and_not_counted(small_house: House):
    await small_house.nps(BO, "try not-renewed")
    card = small_house.cards(small_house.slack.dm_of(BO))[-1]
    assert "Rehearsal" in card.shown
    await small_house.press(BO, card, "reason_support")
    await small_house.comment(BO, WORDS)
    assert "Nobody has said yet" in await small_house.nps(BO, "exits")
    assert "Why you did not renew" not in await small_house.nps(BO, "me")


async def test_the_survey_is_set_up_without_what_it_does_not_have(small_house: House):
    assert "*not-renewed* · exit · why they did not renew" in await small_house.nps(ADMIN, "surveys")
    await small_house.slack.click(ADMIN, small_house.slack.ephemerals_for(ADMIN)[-1], "edit_survey", value="3")
    await small_house.settle()
    fields = [block["block_id"] for block in small_house.slack.open_view(ADMIN).blocks]
    assert fields == ["name", "question", "language", "paused"]
    await small_house.comment(ADMIN, question="What would have kept you with {subject}?")
    assert "*What would have kept you with Northwind?*" in (await ask(small_house)).shown


async def test_it_is_asked_in_the_persons_own_language(small_house: House):
    card = await ask(small_house, KIM)
    assert "Was war der Hauptgrund dafür, dass Sie nicht verlängert haben?" in card.shown
    assert "Kein Bedarf mehr" in labels(card)
