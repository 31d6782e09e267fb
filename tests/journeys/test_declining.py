"""Ways out: whatever became of a question, each of its buttons has one outcome, and the person reads which."""

import asyncio

import pytest
from sqlalchemy import select

from storage.models import Contact, Invitation
from tests.fake_slack import Message
from tests.house import ANA, BO, HELP, House

QUESTION = "How likely are you to recommend Northwind"
AGAIN = "We will ask again later"
CLOSED = "This question is closed."
NEVER = "We will not ask you again."
TAKEN_BACK = "This question was taken back."
THANKS = "Thank you, "


async def invitations(house: House) -> list[Invitation]:
    async with house.database.reading() as tx:
        return list((await tx.scalars(select(Invitation).order_by(Invitation.id))).all())


async def opted_out(house: House) -> bool:
    async with house.database.reading() as tx:
        return (await tx.scalars(select(Contact.opted_out_at))).one() is not None


async def press(house: House, card: Message, action: str) -> None:
    """As the card was when it came, on whichever device shows it so."""
    ack = await house.slack.click(ANA, card, action, stale=True)
    assert ack.ok, ack
    await house.settle()


async def take_back(house: House) -> None:
    await house.slack.click(BO, house.slack.ephemerals_for(BO)[-1], "dont_ask")
    await house.later(seconds=2)


def told(house: House, person: str, words: str) -> list[Message]:
    return [each for each in house.cards(house.slack.dm_of(person)) if words in each.shown]


async def ask_later(house: House) -> None:
    await house.slack.message_shortcut(BO, "ask_for_nps", HELP, house.slack.say(ANA, HELP, "Stuck"))
    await house.settle()
    await house.slack.submit(BO, {"time": "later"})
    await house.settle()


# the person's own buttons


async def expired(house: House) -> Message:
    card = await house.ask_in_thread()
    await house.later(days=8)
    return card


async def long_expired(house: House) -> Message:
    card = await expired(house)
    await house.later(days=40)
    return card


async def withdrawn(house: House) -> Message:
    card = await house.ask_in_thread()
    await take_back(house)
    return card


async def answered(house: House) -> Message:
    card = await house.ask_in_thread()
    await house.click_score(ANA, card, 9)
    return card


async def snoozed(house: House) -> Message:
    card = await house.ask_in_thread()
    await press(house, card, "not_now")
    return card


async def declined(house: House) -> Message:
    card = await house.ask_in_thread()
    await press(house, card, "wrong_person")
    return card


OUTCOMES = [
    (expired, "not_now", AGAIN, "waiting"),
    (expired, "wrong_person", CLOSED, "declined"),
    (expired, "stop_asking", NEVER, "declined"),
    (expired, "score_4", THANKS, "answered"),
    (long_expired, "not_now", AGAIN, "waiting"),
    (long_expired, "wrong_person", CLOSED, "declined"),
    (long_expired, "stop_asking", NEVER, "declined"),
    (withdrawn, "not_now", TAKEN_BACK, "withdrawn"),
    (withdrawn, "wrong_person", CLOSED, "declined"),
    (withdrawn, "stop_asking", NEVER, "withdrawn"),
    (answered, "not_now", THANKS, "answered"),
    (answered, "wrong_person", THANKS, "answered"),
    (answered, "stop_asking", THANKS, "answered"),
    (snoozed, "not_now", AGAIN, "waiting"),
    (snoozed, "wrong_person", CLOSED, "declined"),
    (snoozed, "stop_asking", NEVER, "declined"),
    (snoozed, "score_4", THANKS, "answered"),
    (declined, "not_now", CLOSED, "declined"),
    (declined, "wrong_person", CLOSED, "declined"),
    (declined, "stop_asking", NEVER, "declined"),
    (declined, "score_4", THANKS, "answered"),
]


@pytest.mark.parametrize(
    ("became", "action", "shown", "state"),
    OUTCOMES,
    ids=[f"{became.__name__}-{action}" for became, action, *_ in OUTCOMES],
)
async def test_a_button_pressed_on_a_card_has_one_outcome_and_the_card_says_it(
    small_house: House, became, action, shown, state
):
    card = await became(small_house)
    await press(small_house, card, action)
    assert shown in small_house.card(card).shown
    [invitation] = await invitations(small_house)
    assert invitation.state == state
    assert await opted_out(small_house) == (action == "stop_asking")


async def test_the_asker_hears_once_that_it_was_not_the_right_person_however_often_it_is_said(small_house: House):
    card = await expired(small_house)
    for _ in range(2):
        await press(small_house, card, "wrong_person")
    await small_house.later(seconds=2)
    assert len(told(small_house, BO, "not the right person")) == 1


async def test_an_opt_out_can_be_undone_on_a_card_that_was_taken_back(small_house: House):
    card = await withdrawn(small_house)
    await press(small_house, card, "stop_asking")
    await small_house.slack.click(ANA, small_house.card(card), "allow_asking")
    await small_house.settle()
    assert TAKEN_BACK in small_house.card(card).shown
    assert not await opted_out(small_house)


@pytest.mark.parametrize(
    ("action", "shown", "state"),
    [("not_now", AGAIN, "waiting"), ("wrong_person", CLOSED, "declined"), ("stop_asking", NEVER, "declined")],
)
async def test_a_card_nobody_knew_had_arrived_tells_what_was_pressed_on_it_twice_or_once(
    house: House, action, shown, state
):
    house.slack.drop_next("chat.postMessage", after_effect=True)
    await house.nps(BO, f"ask <@{ANA}>")
    await house.later(minutes=5)
    [card] = house.cards(house.slack.dm_of(ANA))
    for _ in range(2):
        await press(house, card, action)
    await house.later(seconds=30)
    assert shown in house.card(card).shown
    assert [each.state for each in await invitations(house)] == [state]


async def test_a_second_card_nobody_knew_had_arrived_thanks_for_its_answer(house: House):
    first = await snoozed(house)
    house.slack.drop_next("chat.postMessage", after_effect=True)
    await house.later(days=7)
    [_, second] = house.cards(HELP)
    await house.click_score(ANA, second, 9)
    await house.later(seconds=30)
    assert THANKS in house.card(second).shown
    [invitation] = await invitations(house)
    assert (invitation.state, invitation.card_ts) == ("answered", second.ts)
    assert first.ts != second.ts


# the asker's button


async def test_dont_pressed_twice_is_harmless_and_true_both_times(house: House):
    await ask_later(house)
    whisper = house.slack.ephemerals_for(BO)[-1]
    for _ in range(2):
        await house.slack.click(BO, whisper, "dont_ask", stale=True)
        await house.settle()
        assert house.slack.ephemerals_for(BO)[-1].shown == f"All right, <@{ANA}> will not be asked."
    await house.later(hours=4)
    assert house.cards(HELP) == []


async def test_dont_pressed_after_the_card_has_left_says_so_and_takes_it_back(house: House):
    await ask_later(house)
    whisper = house.slack.ephemerals_for(BO)[-1]
    await house.later(hours=3)
    for _ in range(2):
        await house.slack.click(BO, whisper, "dont_ask", stale=True)
        await house.later(seconds=2)
        said = f"The question to <@{ANA}> had left already. I have taken it back."
        assert house.slack.ephemerals_for(BO)[-1].shown == said
    assert TAKEN_BACK in house.cards(HELP)[-1].shown


async def test_dont_pressed_while_the_card_is_being_posted_takes_it_back_and_does_not_say_it_never_left(house: House):
    gate = house.slack.slow_next("chat.postMessage", when=lambda args: args["channel"] == HELP)
    await ask_later(house)
    whisper = house.slack.ephemerals_for(BO)[-1]
    sending = asyncio.create_task(house.later(hours=3))
    await gate.reached.wait()
    await house.slack.click(BO, whisper, "dont_ask")
    gate.set()
    await sending
    assert "had left already" in house.slack.ephemerals_for(BO)[-1].shown
    assert TAKEN_BACK in house.cards(HELP)[-1].shown


@pytest.mark.parametrize(
    ("became", "says"),
    [(answered, "has answered or closed"), (declined, "has answered or closed"), (expired, "has expired")],
)
async def test_dont_pressed_after_the_question_is_over_tells_how_it_ended(small_house: House, became, says):
    card = await became(small_house)
    shown = small_house.card(card).shown
    await small_house.slack.click(BO, small_house.slack.ephemerals_for(BO)[0], "dont_ask")
    await small_house.later(seconds=2)
    assert says in small_house.slack.ephemerals_for(BO)[-1].shown
    assert small_house.card(card).shown == shown
