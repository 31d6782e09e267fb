"""On an open card anybody of the customer's company answers for themselves; nothing of it shows there."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.services import privacy, surveys
from storage import reports
from storage.models import Account, Contact, Invitation, Response
from tests.fake_slack import FakeSlack, Message
from tests.house import ADMIN, ALERTS, ANA, BO, EVA, EVE, GUEST, HELP, KIM, SHARED, House, permalink
from tests.small import on_sqlite

EVAN = "U0EVAN"  # works with Eve
FOR_ANOTHER = "This question is for somebody else"
OPEN_LINE = "Anybody of your company may answer"


@pytest.fixture
async def slack(slack: FakeSlack) -> FakeSlack:
    slack.add_user(EVAN, name="evan", real_name="Evan Hill", team_id="T0OTHER")
    slack.join(SHARED, EVAN)
    return slack


async def open_up(house: House) -> None:
    async with house.database.transaction() as tx:
        survey = await surveys.named(tx, "T0NORTH", "support")
        await surveys.set_open(tx, survey, is_open=True)


async def ask_openly(house: House, person: str = EVE, channel: str = SHARED) -> Message:
    """Ask in a thread; the card."""
    await open_up(house)
    thread = house.slack.say(person, channel, "Our export is stuck")
    await house.nps(BO, f"ask <@{person}|somebody> support {permalink(channel, thread)}")
    return house.cards(channel)[-1]


async def of_one_account(house: House, *people: str) -> None:
    async with house.database.transaction() as tx:
        account = Account(workspace_id="T0NORTH", name="Beta", created_at=house.now)
        tx.add(account)
        await tx.flush()
        for person in people:
            known = await tx.scalar(select(Contact).where(Contact.user_id == person))
            if known is None:
                known = Contact(workspace_id="T0NORTH", user_id=person, name=person, first_seen_at=house.now)
                tx.add(known)
                await tx.flush()
            values = {"account_id": account.id, "is_account_by_hand": True}
            await tx.execute(update(Contact).where(Contact.id == known.id).values(**values))


async def scores(house: House) -> dict[str, int]:
    async with house.database.reading() as tx:
        query = select(Contact.user_id, Response.score).join(Response, Response.contact_id == Contact.id)
        return dict((await tx.execute(query)).all())


async def asked(house: House) -> list[Invitation]:
    async with house.database.reading() as tx:
        return list((await tx.scalars(select(Invitation).order_by(Invitation.id))).all())


def told(house: House, person: str) -> str:
    whispers = house.slack.ephemerals_for(person)
    return whispers[-1].shown if whispers else ""


def stands_unchanged(house: House, card: Message) -> bool:
    now = house.card(card)
    return (now.text, len(now.blocks)) == (card.text, len(card.blocks)) and "scores_low" in str(now.blocks)


async def test_a_colleague_of_the_person_asked_answers_for_themselves(every_house: House):
    house = every_house
    await house.choose_channel()
    card = await ask_openly(house)
    assert OPEN_LINE in card.shown
    assert OPEN_LINE in card.text
    await house.click_score(EVAN, card, 3)
    await house.comment(EVAN, "Exports time out.")
    await house.click_score(EVE, card, 9)
    await house.later(minutes=6)
    assert await scores(house) == {EVAN: 3, EVE: 9}
    assert stands_unchanged(house, card)
    for person, name in ((EVE, "Eve Stone"), (EVAN, "Evan Hill")):
        assert told(house, person).startswith(f"Thank you, {name}. Your answer went privately to Northwind.")
    [alert] = house.alerts(ALERTS)
    assert "Evan Hill" in alert.shown
    assert "Exports time out." in alert.shown
    first, own = await asked(house)
    assert (own.trigger, own.occasion, own.state) == ("open_card", f"open:{first.id}", "answered")
    assert (own.channel_id, own.thread_ts) == (first.channel_id, first.thread_ts)
    assert own.sent_at is not None
    assert own.card_ts is None


@on_sqlite
async def test_the_whisper_changes_the_answer_and_the_card_stays(house: House):
    card = await ask_openly(house)
    for person in (EVE, EVAN):
        await house.click_score(person, card, 4)
        await house.press(person, house.slack.ephemerals_for(person)[-1], "change_answer")
        await house.comment(person, f"By {person}.")
        assert stands_unchanged(house, card)
    await house.click_score(EVAN, card, 8)
    await house.later(minutes=1)
    assert await scores(house) == {EVE: 4, EVAN: 8}
    assert stands_unchanged(house, card)
    assert (await asked(house))[0].card_ts == card.ts


@on_sqlite
@pytest.mark.parametrize("person", [BO, EVA])
async def test_staff_and_people_of_other_companies_hear_that_it_is_for_another(house: House, person: str):
    card = await ask_openly(house)
    for button in ("score_10", "what_we_keep", "not_now"):
        assert (await house.slack.click(person, card, button)).ok
        await house.settle()
        assert FOR_ANOTHER in told(house, person)
    assert await scores(house) == {}
    assert len(await asked(house)) == 1


@on_sqlite
async def test_guests_answer_each_others_questions_only_within_one_account(house: House):
    card = await ask_openly(house, ANA, HELP)
    await house.slack.click(KIM, card, "score_5")
    await house.settle()
    assert "Frage" in told(house, KIM)
    assert await scores(house) == {}
    await of_one_account(house, ANA, KIM)
    await house.click_score(KIM, card, 5)
    await house.slack.click(GUEST, card, "score_1")
    await house.settle()
    assert await scores(house) == {KIM: 5}


async def test_a_card_that_is_not_open_is_for_one_person(small_house: House):
    thread = small_house.slack.say(EVE, SHARED, "Our export is stuck")
    await small_house.nps(BO, f"ask <@{EVE}> {permalink(SHARED, thread)}")
    card = small_house.cards(SHARED)[-1]
    await small_house.slack.click(EVAN, card, "score_5")
    await small_house.settle()
    assert FOR_ANOTHER in told(small_house, EVAN)
    assert OPEN_LINE not in card.shown


async def test_a_question_by_direct_message_is_never_open(small_house: House):
    await open_up(small_house)
    assert OPEN_LINE not in (await small_house.ask(ANA)).shown


async def test_two_clicks_at_once_are_one_invitation_and_one_answer(house: House):
    card = await ask_openly(house)
    acks = await asyncio.gather(*(house.slack.click(EVAN, card, f"score_{score}") for score in (7, 7, 8)))
    await house.settle()
    assert all(ack.ok for ack in acks)
    assert len(await asked(house)) == 2
    assert (await scores(house)).keys() == {EVAN}


async def test_who_opted_out_may_answer_and_stays_opted_out(house: House):
    card = await ask_openly(house)
    await house.click_score(EVAN, card, 9)
    await house.press(EVAN, house.slack.ephemerals_for(EVAN)[-1], "what_we_keep")
    await house.press(EVAN, house.slack.open_view(EVAN), "stop_asking")
    await house.later(days=100)
    card = await ask_openly(house)
    await house.click_score(EVAN, card, 6)
    async with house.database.reading() as tx:
        assert (await tx.scalars(select(Contact).where(Contact.user_id == EVAN))).one().opted_out_at is not None
        given = (await tx.scalars(select(Response.score).order_by(Response.id))).all()
    assert list(given) == [9, 6]
    assert "went privately" in told(house, EVAN)


@on_sqlite
async def test_who_answered_so_has_been_asked_lately(house: House):
    await house.click_score(EVAN, await ask_openly(house), 9)
    assert "nobody" in (await house.nps(BO, f"ask <@{EVAN}> relationship")).lower()


async def test_the_person_asked_may_say_no_and_the_others_still_answer(house: House):
    card = await ask_openly(house)
    await house.press(EVE, card, "stop_asking")
    assert "We will not ask you again" in told(house, EVE)
    assert stands_unchanged(house, card)
    await house.press(EVE, house.slack.ephemerals_for(EVE)[-1], "allow_asking")
    assert (await asked(house))[0].card_ts == card.ts
    await house.later(minutes=1)
    assert stands_unchanged(house, card)
    await house.click_score(EVAN, card, 9)
    assert await scores(house) == {EVAN: 9}


async def test_who_answered_and_then_wants_to_be_left_alone_hears_that_last(small_house: House):
    card = await ask_openly(small_house)
    await small_house.click_score(EVE, card, 9)
    small_house.slack.clock.now += 60
    await small_house.press(EVE, card, "stop_asking")
    assert "We will not ask you again" in told(small_house, EVE)


async def test_when_its_time_is_up_the_buttons_go_whoever_answered(house: House):
    card = await ask_openly(house)
    await house.click_score(EVE, card, 9)
    await house.later(days=7, minutes=10)
    closed = house.card(card)
    assert closed.shown == "This question is closed. Thank you."
    await house.slack.click(EVAN, card, "score_2", stale=True)
    await house.settle()
    assert "This question is closed" in told(house, EVAN)
    assert await scores(house) == {EVE: 9}


async def test_taken_back_nobody_answers(house: House):
    card = await ask_openly(house)
    await house.nps(ADMIN, "stop")
    assert "taken back" in house.card(card).shown
    await house.slack.click(EVAN, card, "score_2", stale=True)
    await house.settle()
    assert "taken back" in told(house, EVAN)
    assert await scores(house) == {}


async def test_a_colleague_takes_it_back_also_when_its_person_has_answered(house: House):
    card = await ask_openly(house)
    await house.click_score(EVE, card, 9)
    await house.press(BO, house.slack.ephemerals_for(BO)[-1], "dont_ask")
    await house.later(seconds=5)
    assert house.card(card).shown == "This question is closed. Thank you."
    await house.slack.click(EVAN, card, "score_2", stale=True)
    await house.settle()
    assert await scores(house) == {EVE: 9}


async def test_erased_the_person_asked_takes_the_card_along_and_the_others_answer_stays(house: House):
    card = await ask_openly(house)
    await house.click_score(EVAN, card, 9)
    whisper = house.slack.ephemerals_for(EVAN)[-1]
    async with house.database.transaction() as tx:
        await privacy.erase(tx, "T0NORTH", EVE, now=house.now)
    await house.later(minutes=1)
    assert house.card(card) is None
    await house.press(EVAN, whisper, "change_answer")
    await house.comment(EVAN, "Still here.")
    assert await scores(house) == {EVAN: 9}
    await house.slack.click(EVE, card, "score_1", stale=True)
    await house.settle()
    assert "no longer there" in told(house, EVE)


async def test_erased_another_leaves_the_card_to_the_rest(house: House):
    card = await ask_openly(house)
    await house.click_score(EVAN, card, 9)
    async with house.database.transaction() as tx:
        await privacy.erase(tx, "T0NORTH", EVAN, now=house.now)
    await house.later(minutes=1)
    assert stands_unchanged(house, card)
    await house.click_score(EVE, card, 5)
    assert await scores(house) == {EVE: 5}


async def test_who_answered_of_their_own_accord_does_not_raise_the_response_rate(house: House):
    card = await ask_openly(house)
    await house.click_score(EVAN, card, 9)
    await house.later(days=8)
    window = {"since": house.now - timedelta(days=30), "before": house.now}
    async with house.database.reading() as tx:
        counted = await reports.closed_invitations(tx, "T0NORTH", kind="transactional", **window)
    assert counted == {"expired": 1}


async def test_what_somebody_says_of_their_own_accord_is_in_no_score_and_stands_apart(house: House):
    card = await ask_openly(house)
    await house.click_score(EVE, card, 10)
    await house.click_score(EVAN, card, 2)
    told = await house.nps(BO)
    assert "After support: 1 promoter, 0 passives, 0 detractors" in told
    assert "On open cards (of their own accord, not counted above)" in told
    assert "1 answer, too few for a score: 0 promoters, 0 passives, 1 detractor" in told


async def test_a_survey_is_opened_in_its_settings(small_house: House):
    await small_house.nps(ADMIN, "surveys")
    for ticked in (["yes"], []):
        whisper = small_house.slack.ephemerals_for(ADMIN)[0]
        async with small_house.database.reading() as tx:
            survey = await surveys.named(tx, "T0NORTH", "support")
        await small_house.slack.click(ADMIN, whisper, "edit_survey", str(survey.id))
        await small_house.settle()
        assert "Anybody of the customer's company may answer" in small_house.slack.open_view(ADMIN).shown
        await small_house.slack.submit(ADMIN, {"open": ticked})
        await small_house.settle()
        async with small_house.database.reading() as tx:
            assert (await surveys.named(tx, "T0NORTH", "support")).is_open is bool(ticked)


async def test_a_relational_survey_is_not_opened(small_house: House):
    await small_house.nps(ADMIN, "surveys")
    await small_house.slack.click(ADMIN, small_house.slack.ephemerals_for(ADMIN)[-1], "new_survey")
    await small_house.settle()
    ack = await small_house.slack.submit(ADMIN, {"name": "yearly", "kind": "relational", "open": ["yes"]})
    assert "Only a transactional survey" in str(ack.body)
