"""Somebody types to the bot instead of clicking: a score counts, words become the comment, and one reply comes."""

import asyncio
import re

import pytest
from sqlalchemy import select

from bot.services import interviews, surveys
from bot.services.contacts import Facts
from storage.models import Delivery, Response, ResponseRevision
from tests.fake_slack import FakeSlack, Message
from tests.house import ALERTS, ANA, BO, EVE, HELP, KIM, House
from tests.small import on_sqlite

NOTHING = "No question is open for you"
BUTTONS = "I did not take that for a score"


@pytest.fixture
async def slack(slack: FakeSlack, request: pytest.FixtureRequest) -> FakeSlack:
    if "without_scope" not in request.keywords.get("usefixtures", pytest.mark.usefixtures()).args:
        slack.scopes.add("im:history")
    return slack


@pytest.fixture
def without_scope() -> None:
    """Installed without the history of direct messages."""


async def type_to_bot(house: House, text: str, *, person: str = ANA) -> str:
    """Write a direct message; returns what the bot replies to it."""
    dm = house.slack.dm_of(person)
    before = len(house.cards(dm))
    ack = await house.slack.announce(dm, house.slack.say(person, dm, text))
    assert ack, "Slack did not tell"
    assert ack.ok, ack
    await house.later(seconds=2)
    return "\n".join(each.shown for each in house.cards(dm)[before:])


async def stored(house: House) -> list[Response]:
    async with house.database.reading() as tx:
        return list((await tx.scalars(select(Response).order_by(Response.id))).all())


async def test_a_typed_score_is_an_answer_and_the_card_says_thanks(every_house: House):
    house = every_house
    card = await house.ask()
    reply = await type_to_bot(house, "9/10, love it")
    [response] = await stored(house)
    assert (response.score, response.comment, response.is_late) == (9, "love it", False)
    assert 'Your score is 9: "love it"' in house.card(card).shown
    assert "scores_low" not in str(house.card(card).blocks)
    assert "your score is *9*" in reply
    assert "*Add or change*" in reply


async def test_the_words_after_a_bare_score_become_its_comment(house: House):
    await house.ask()
    assert "If you write a few words now" in await type_to_bot(house, "10!!")
    assert "Noted, thank you." in await type_to_bot(house, "You &amp; I like <https://x.example/a|a page>")
    [response] = await stored(house)
    assert (response.score, response.comment) == (10, "You & I like a page")


@on_sqlite
async def test_words_alone_leave_the_question_open_and_point_at_the_buttons(house: House):
    card = await house.ask()
    for text in ("I'd say 7", "10 minutes ago it broke", "9.5", "love it"):
        assert BUTTONS in await type_to_bot(house, text)
    assert await stored(house) == []
    await house.click_score(ANA, card, 7)
    assert "Noted" in await type_to_bot(house, "10 minutes ago it broke")
    assert (await stored(house))[0].comment == "10 minutes ago it broke"


@pytest.mark.parametrize("text", ["8", "8/10", "8, sorry"])
async def test_a_second_number_changes_nothing_and_says_how(small_house: House, text: str):
    await small_house.ask()
    await type_to_bot(small_house, "9")
    assert "*Add or change* lets you" in await type_to_bot(small_house, text)
    [response] = await stored(small_house)
    assert (response.score, response.comment) == (9, None)


async def test_a_comment_that_is_there_is_not_written_over(small_house: House):
    await small_house.ask()
    await type_to_bot(small_house, "9, love it")
    assert "*Add or change* lets you" in await type_to_bot(small_house, "and one more thing")
    assert (await stored(small_house))[0].comment == "love it"


async def test_after_a_day_nothing_is_added(small_house: House):
    await small_house.ask()
    await type_to_bot(small_house, "9")
    await small_house.later(hours=25)
    assert NOTHING in await type_to_bot(small_house, "love it")
    assert (await stored(small_house))[0].comment is None


async def test_of_several_questions_the_latest_is_answered(small_house: House):
    await small_house.ask(survey="support")
    await small_house.later(days=1, hours=1)
    await small_house.nps(BO, f"ask <@{ANA}> relationship")
    await small_house.slack.click(BO, small_house.slack.ephemerals_for(BO)[-1], "ask_anyway")
    await small_house.later(seconds=2)
    await type_to_bot(small_house, "4")
    assert [each.kind for each in await stored(small_house)] == ["relational"]
    await type_to_bot(small_house, "6")
    assert [(each.kind, each.score) for each in await stored(small_house)] == [("relational", 4), ("transactional", 6)]


async def test_a_question_in_a_thread_is_not_answered_in_a_direct_message(small_house: House):
    await small_house.ask_in_thread()
    assert NOTHING in await type_to_bot(small_house, "9")
    assert await stored(small_house) == []


async def test_nobody_answers_somebody_elses_question(small_house: House):
    await small_house.ask(ANA)
    assert NOTHING in await type_to_bot(small_house, "0", person=BO)
    assert await stored(small_house) == []


@on_sqlite
async def test_an_unhappy_typed_answer_alerts_as_a_clicked_one(house: House):
    await house.choose_channel()
    await house.ask()
    await type_to_bot(house, "2, exports time out")
    [alert] = house.alerts(ALERTS)
    assert "exports time out" in alert.shown


async def test_a_rehearsal_can_be_typed_and_does_not_count(small_house: House):
    await small_house.nps(BO, "try")
    assert "Rehearsal" in await type_to_bot(small_house, "9, love it", person=BO)
    assert [each.is_rehearsal for each in await stored(small_house)] == [True]


async def test_it_is_said_in_the_persons_language(small_house: House):
    await small_house.ask(KIM)
    assert "Das habe ich nicht als Bewertung verstanden" in await type_to_bot(small_house, "hallo", person=KIM)
    assert "Ihre Bewertung lautet *9*" in await type_to_bot(small_house, "９", person=KIM)


async def test_who_was_not_asked_hears_one_kind_sentence(small_house: House):
    assert "`/nps me`" in await type_to_bot(small_house, "hello?")
    outside = await type_to_bot(small_house, "hello?", person=EVE)
    assert NOTHING in outside
    assert "/nps" not in outside


# the same message, more than once


@pytest.mark.parametrize("text", ["9, love it", "9", "hello"])
async def test_a_message_that_slack_delivers_again_counts_and_is_replied_to_once(house: House, text: str):
    await house.ask()
    dm = house.slack.dm_of(ANA)
    ack = await house.slack.announce(dm, house.slack.say(ANA, dm, text))
    await house.later(seconds=2)
    told, before = house.cards(dm), await history(house)
    for retry in (1, 2):
        assert (await house.slack.redeliver(ack, retry_num=retry)).ok
        await house.later(seconds=2)
    assert [each.shown for each in house.cards(dm)] == [each.shown for each in told]
    assert await history(house) == before


async def test_delivered_again_it_does_not_answer_the_next_question(house: House):
    await house.ask(survey="support")
    await house.later(days=1, hours=1)
    await house.nps(BO, f"ask <@{ANA}> relationship")
    await house.slack.click(BO, house.slack.ephemerals_for(BO)[-1], "ask_anyway")
    await house.later(seconds=2)
    dm = house.slack.dm_of(ANA)
    ack = await house.slack.announce(dm, house.slack.say(ANA, dm, "9"))
    assert (await house.slack.redeliver(ack, retry_num=1)).ok
    assert [each.kind for each in await stored(house)] == ["relational"]


async def history(house: House) -> list[tuple[int | None, str | None]]:
    async with house.database.reading() as tx:
        return [(each.score, each.comment) for each in (await tx.scalars(select(ResponseRevision))).all()]


async def test_a_message_that_reaches_several_replicas_at_once_counts_once(house: House):
    await house.ask()
    dm = house.slack.dm_of(ANA)
    ts = house.slack.say(ANA, dm, "9, love it")
    await asyncio.gather(*(house.slack.announce(dm, ts) for _ in range(4)))
    await house.later(seconds=5)
    assert len([each for each in house.cards(dm) if "your score is" in each.shown]) == 1
    assert await history(house) == [(9, None), (None, "love it")]


async def test_when_the_database_or_slack_fails_it_is_delivered_again_and_taken(small_house: House):
    await small_house.ask(EVE)
    small_house.bot.people._people._kept.clear()
    small_house.slack.fail_next("users.info", "internal_error")
    dm = small_house.slack.dm_of(EVE)
    ack = await small_house.slack.announce(dm, small_house.slack.say(EVE, dm, "9"))
    assert not ack.ok
    assert (await small_house.slack.redeliver(ack, retry_num=1)).ok
    assert [each.score for each in await stored(small_house)] == [9]


# what is no message of a person


async def test_the_bot_does_not_talk_to_itself(small_house: House):
    card = await small_house.ask()
    ack = await small_house.slack.announce(card.channel, card.ts)
    assert ack.ok
    await small_house.later(seconds=2)
    assert small_house.cards(card.channel) == [card]


ODD = [
    {"subtype": "message_changed", "hidden": True, "message": {}},
    {"subtype": "message_deleted", "hidden": True},
    {"subtype": "bot_message", "bot_id": "B0OTHER"},
    {"bot_id": "B0OTHER"},
    {"user": "USLACKBOT"},
    {"user": "U0NOBODY"},
    {"user": None},
    {"channel_type": "channel", "channel": HELP},
]


@pytest.mark.parametrize("odd", ODD, ids=str)
async def test_what_no_person_wrote_just_now_is_passed_over(small_house: House, odd: dict):
    card = await small_house.ask()
    usual = {
        "type": "message",
        "channel_type": "im",
        "channel": card.channel,
        "user": ANA,
        "text": "9",
        "ts": "1763719300.0",
    }
    event = {name: value for name, value in (usual | odd).items() if value is not None}
    assert (await small_house.slack.event(event)).ok
    await small_house.later(seconds=2)
    assert await stored(small_house) == []
    assert small_house.cards(card.channel) == [card]


async def test_words_beside_a_file_count(small_house: House):
    card = await small_house.ask()
    event = {"type": "message", "subtype": "file_share", "channel_type": "im", "channel": card.channel, "files": []}
    await small_house.slack.event(event | {"user": ANA, "text": "9", "ts": "1763719300.000001"})
    assert [each.score for each in await stored(small_house)] == [9]


# privacy


async def test_what_was_typed_is_in_no_log(small_house: House, capsys: pytest.CaptureFixture[str]):
    await small_house.ask()
    await type_to_bot(small_house, "9, secretly fond of it")
    await type_to_bot(small_house, "another secret")
    said = capsys.readouterr()
    assert not re.search("secret", said.out + said.err)


async def test_erased_nothing_is_left_of_what_was_typed_and_replied(house: House):
    await house.ask()
    for text in ("9", "love it", "8"):
        await type_to_bot(house, text)
    await house.later(hours=25)
    await type_to_bot(house, "hello?")
    await house.home(ANA)
    await house.press(ANA, house.home_page(ANA), "erase_me")
    await house.later(minutes=2)
    replies = [each.shown for each in house.cards(house.slack.dm_of(ANA))]
    assert not any("score" in each for each in replies)
    async with house.database.reading() as tx:
        assert not any(
            ANA in f"{each.key} {each.topic} {each.recipient_id}" for each in await tx.scalars(select(Delivery))
        )


# without the scope


def cards_line(card: Message) -> bool:
    return "Please use the buttons: I cannot read" in card.shown


@pytest.mark.usefixtures("without_scope")
async def test_without_the_scope_the_card_in_a_direct_message_says_to_use_the_buttons(small_house: House):
    assert cards_line(await small_house.ask())
    assert not cards_line(await small_house.ask_in_thread(KIM))
    dm = small_house.slack.dm_of(ANA)
    assert await small_house.slack.announce(dm, small_house.slack.say(ANA, dm, "9")) is None


async def test_with_the_scope_it_does_not(small_house: House):
    assert not cards_line(await small_house.ask())


@pytest.mark.parametrize("typed", ["9", "0, too expensive", "They had an export"])
async def test_a_question_that_asks_for_a_reason_takes_no_typed_score(house: House, typed: str):
    card = await house.ask(survey="not-renewed")
    reply = await type_to_bot(house, typed)
    assert await stored(house) == []
    assert reply == "Please choose a reason with the buttons above."
    await house.press(ANA, card, "reason_price")
    assert "Your answer: Price." in house.card(card).shown


async def test_words_are_no_comment_on_what_a_colleague_wrote_down(house: House):
    async with house.database.transaction() as tx:
        survey = await surveys.named(tx, house.slack.team_id, "relationship")
        facts = Facts(ANA, "Ana Ruiz", language="en")
        told = {"score": 3, "comment": None, "recorded_by": BO, "held_at": house.now, "key": "1", "now": house.now}
        await interviews.record(tx, house.slack.team_id, person=facts, survey=survey, **told)
    assert NOTHING in await type_to_bot(house, "Hello there")
    assert [each.comment for each in await stored(house)] == [None]
