"""A question nobody asked in person and nobody answered is brought to mind once; one card stands."""

import asyncio

import pytest
from sqlalchemy import select

from bot.rules.triggers import TriggerKind
from bot.services import asks, reminders, surveys
from bot.services.asks import Ask, Place
from bot.services.contacts import Facts
from storage.models import Delivery, Invitation
from tests.fake_slack import Message
from tests.house import ADMIN, ANA, BO, CY, KIM, House

REMINDER = "A reminder, the only one"


async def ask_by_plan(house: House, person: str = ANA, trigger: str = "schedule", language: str = "en") -> Message:
    """Nobody in particular asks, by direct message; the card."""
    async with house.database.transaction() as tx:
        survey = await surveys.named(tx, "T0NORTH", "relationship")
        facts = Facts(person, "Ana Ruiz", "ana", language, "T0NORTH")
        ask = Ask(survey, facts, Place(), None, f"wave:{house.now}", house.now, trigger=TriggerKind(trigger))
        await asks.invite(tx, ask, now=house.now)
    await house.settle()
    return questions(house, person)[-1]


def questions(house: House, person: str = ANA) -> list[Message]:
    return [each for each in house.cards(house.slack.dm_of(person)) if "scores_low" in str(each.blocks)]


async def asked(house: House) -> Invitation:
    async with house.database.reading() as tx:
        return (await tx.scalars(select(Invitation).order_by(Invitation.id))).all()[-1]


async def test_the_card_is_sent_anew_with_a_line_more_and_the_old_one_goes(house: House):
    first, before = await ask_by_plan(house), await asked(house)
    await house.later(days=2)
    assert questions(house) == [first]
    await house.later(days=4)
    [card] = questions(house)
    after = await asked(house)
    assert card.ts != first.ts
    assert REMINDER in card.shown
    assert REMINDER in card.text
    assert (after.sent_at, after.expires_at, after.state) == (before.sent_at, before.expires_at, "sent")
    assert after.reminded_at > after.sent_at
    await house.click_score(ANA, card, 9)
    assert "Your score is 9" in house.card(card).shown


async def test_it_comes_once(house: House):
    await ask_by_plan(house)
    for _ in range(13):
        await house.later(days=1)
    assert sum(REMINDER in str(call.args) for call in house.slack.calls_to("chat.postMessage")) == 1


async def test_it_speaks_the_persons_language(small_house: House):
    await ask_by_plan(small_house, KIM, language="de")
    await small_house.later(days=6)
    assert "Eine Erinnerung" in questions(small_house, KIM)[-1].shown


@pytest.mark.parametrize("trigger", ["colleague", "reaction", "event", "workflow"])
async def test_what_somebody_started_is_theirs_to_repeat(small_house: House, trigger: str):
    first = await ask_by_plan(small_house, trigger=trigger)
    await small_house.later(days=6)
    assert questions(small_house) == [first]


async def test_at_a_check_in_too(small_house: House):
    await ask_by_plan(small_house, trigger="lifecycle")
    await small_house.later(days=6)
    assert REMINDER in questions(small_house)[-1].shown


async def answers(house: House, card: Message) -> None:
    await house.click_score(ANA, card, 9)


async def declines(house: House, card: Message) -> None:
    await house.press(ANA, card, "stop_asking")


async def puts_off(house: House, card: Message) -> None:
    await house.press(ANA, card, "not_now")


@pytest.mark.parametrize("does", [answers, declines, puts_off])
async def test_who_did_anything_with_the_card_is_not_reminded(small_house: House, does):
    await does(small_house, await ask_by_plan(small_house))
    await small_house.later(days=6)
    await small_house.later(days=5)
    assert REMINDER not in "".join(each.shown for each in small_house.cards(small_house.slack.dm_of(ANA)))


async def pause(house: House, *, paused: bool) -> None:
    async with house.database.transaction() as tx:
        survey = await surveys.named(tx, "T0NORTH", "relationship")
        await (surveys.pause(tx, survey, now=house.now) if paused else surveys.resume(tx, survey))


async def test_while_the_survey_is_paused_nobody_is_reminded_and_afterwards_they_are(small_house: House):
    first = await ask_by_plan(small_house)
    await pause(small_house, paused=True)
    await small_house.later(days=6)
    assert questions(small_house) == [first]
    await pause(small_house, paused=False)
    await small_house.later(days=4)
    assert REMINDER in questions(small_house)[-1].shown


async def test_while_asking_is_stopped_nobody_is_reminded(small_house: House):
    await ask_by_plan(small_house)
    await small_house.nps(ADMIN, "stop")
    await small_house.later(days=6)
    assert questions(small_house) == []
    await small_house.nps(ADMIN, "start")
    await small_house.later(days=1)
    assert REMINDER in questions(small_house)[-1].shown


async def test_the_next_question_waits_a_day_after_a_reminder(small_house: House):
    await ask_by_plan(small_house)
    await small_house.later(days=5)
    while REMINDER not in questions(small_house)[-1].shown:
        await small_house.later(hours=1)
    await small_house.nps(BO, f"ask <@{ANA}> support")
    await small_house.slack.click(BO, small_house.slack.ephemerals_for(BO)[-1], "ask_anyway")
    await small_house.later(hours=20)
    assert len(questions(small_house)) == 1
    await small_house.later(hours=5)
    assert len(questions(small_house)) == 2


async def test_a_reminder_waits_a_day_after_another_question(small_house: House):
    await ask_by_plan(small_house)
    await small_house.later(days=2, hours=20)
    await small_house.nps(CY, f"ask <@{ANA}> support")
    await small_house.slack.click(CY, small_house.slack.ephemerals_for(CY)[-1], "ask_anyway")
    other = (await small_house.later(seconds=2), small_house.now)[1]
    while (await first_asked(small_house)).reminded_at is None:
        await small_house.later(hours=1)
    assert ((await first_asked(small_house)).reminded_at - other).total_seconds() >= 23.9 * 3600


async def first_asked(house: House) -> Invitation:
    async with house.database.reading() as tx:
        return (await tx.scalars(select(Invitation).order_by(Invitation.id))).all()[0]


async def leaving(house: House):
    """A reminder that Slack is being told this moment: the task, and the gate it waits at."""
    gate = house.slack.slow_next("chat.postMessage", when=lambda args: REMINDER in str(args))
    task = asyncio.create_task(house.later(days=6))
    await gate.reached.wait()
    return task, gate


async def test_who_answers_while_it_is_on_its_way_has_one_card_with_their_answer(house: House):
    first = await ask_by_plan(house)
    task, gate = await leaving(house)
    ack = await house.slack.click(ANA, first, "score_9")
    assert ack.ok
    gate.set()
    await task
    await house.later(minutes=1)
    [card] = house.cards(house.slack.dm_of(ANA))
    assert "Your score is 9" in card.shown


async def test_one_that_may_have_arrived_is_not_sent_again(house: House):
    first = await ask_by_plan(house)
    house.slack.fail_next("chat.postMessage", "internal_error", when=lambda args: REMINDER in str(args))
    await house.later(days=6)
    await house.later(days=3)
    assert questions(house) == [first]
    assert (await asked(house)).reminded_at is not None


async def test_several_replicas_at_once_owe_one_reminder(house: House):
    await ask_by_plan(house)
    house.slack.clock.now += 6 * 86400

    async def sweep() -> None:
        async with house.database.transaction() as tx:
            await reminders.promise_due(tx, limit=9, now=house.now)

    await asyncio.gather(*(sweep() for _ in range(5)))
    async with house.database.transaction() as tx:
        assert await reminders.promise_due(tx, limit=9, now=house.now) == 0
    async with house.database.reading() as tx:
        assert len((await tx.scalars(select(Delivery).where(Delivery.kind == "reminder"))).all()) == 1


async def test_a_click_on_a_reminder_nobody_knew_had_arrived_leaves_one_card(house: House):
    await ask_by_plan(house)
    house.slack.drop_next("chat.postMessage", after_effect=True, when=lambda args: REMINDER in str(args))
    await house.later(days=6)
    _, second = questions(house)
    await house.click_score(ANA, second, 8)
    await house.later(minutes=1)
    [card] = house.cards(house.slack.dm_of(ANA))
    assert card.ts == second.ts
    assert "Your score is 8" in card.shown
