"""Three weeks after somebody looked after an answer, its person is asked once how they feel now; outside the score."""

import json

import pytest
from sqlalchemy import func, select

from bot.services import exports, privacy
from storage.models import FollowUp, Invitation, Recovery, Response, Survey
from tests.fake_slack import Message
from tests.house import ADMIN, ANA, BO, CY, HELP, KIM, House
from tests.small import on_sqlite

COMMENT = "Exports time out every Monday."
QUESTION = "How do you feel about it now?"
ABOUT = "A while ago you gave Northwind an answer, and somebody looked into it."


async def looked_after(house: House, *, score: int = 4, person: str = ANA, by: str = BO) -> Message:
    """An answer in a thread, alerted, taken and resolved; returns its alert."""
    await house.click_score(person, await house.ask_in_thread(person), score)
    await house.comment(person, COMMENT, reply=["yes"])
    await house.later(minutes=6)
    return await resolve(house, by=by)


async def resolve(house: House, *, by: str = BO) -> Message:
    alert = [each for each in house.alerts() if '"resolve"' in json.dumps(each.blocks)][-1]
    await house.press(by, alert, "resolve")
    await house.comment(by, outcome="fixed", root_cause="product", note="Called her.")
    return alert


def questions(house: House, person: str = ANA) -> list[Message]:
    return [each for each in house.cards(house.slack.dm_of(person)) if QUESTION in each.shown]


async def states(house: House) -> list[str]:
    async with house.database.reading() as tx:
        query = select(Invitation.state).where(Invitation.kind == "recovery")
        return list((await tx.scalars(query.order_by(Invitation.id))).all())


async def asked(house: House) -> Message:
    await house.choose_channel()
    await looked_after(house)
    await house.later(days=21)
    return questions(house)[-1]


async def test_three_weeks_after_it_was_resolved_the_person_is_asked_by_direct_message(house: House):
    await house.choose_channel()
    await looked_after(house)
    await house.later(days=20)
    assert questions(house) == []
    await house.later(days=1)
    [card] = questions(house)
    assert ABOUT in card.shown
    assert "0 = very bad · 10 = very good" in card.shown
    assert COMMENT not in card.shown
    assert [each for each in house.cards(HELP) if QUESTION in each.shown] == []
    await house.later(days=60)
    assert len(questions(house)) == 1


async def test_the_answer_moves_no_number_and_is_told_apart(house: House):
    card = await asked(house)
    before = (await house.nps(CY)).splitlines()
    await house.click_score(ANA, card, 9)
    assert "What has changed, and what is still missing?" in house.slack.open_view(ANA).shown
    await house.comment(ANA, "It works now.")
    assert 'Thank you, Ana Ruiz. Your score is 9: "It works now."' in house.card(card).shown
    after = (await house.nps(CY)).splitlines()
    assert [line for line in after if line not in before] == [
        "After somebody looked after them: 1 of 1 recovered; `/nps recovery`"
    ]
    told = await house.nps(CY, "recovery")
    assert "1 of 1 recovered\n1 detractor → 1 promoter" in told
    assert "Asked: 1; answered: 1." in told
    assert "%" not in told
    async with house.database.reading() as tx:
        assert [each["score"] async for each in exports.answers(tx, "T0NORTH")] == [4]
        [row] = [each async for each in exports.recoveries(tx, "T0NORTH")]
    assert (row["before"], row["now"], row["comment"]) == (4, 9, "It works now.")


async def test_who_is_still_unhappy_is_alerted_of_and_whoever_looked_after_them_hears(house: House):
    await house.choose_channel()
    first = await looked_after(house)
    await house.later(days=21)
    await house.click_score(ANA, questions(house)[-1], 3)
    await house.comment(ANA, "Still broken.")
    await house.later(seconds=9)
    second = house.alerts()[-1]
    assert second.ts != first.ts
    assert "Still broken." in second.shown
    assert "Last time: 4" in second.shown
    await house.later(minutes=6)
    assert len(news(house)) == 1
    await resolve(house, by=CY)
    await house.later(days=30)
    assert await states(house) == ["answered"], "nobody is asked how they feel about being asked how they feel"


@on_sqlite
async def test_of_a_low_score_that_was_a_slip_nobody_hears(house: House):
    await house.click_score(ANA, await asked(house), 1)
    async with house.database.reading() as tx:
        invitation_id = await tx.scalar(select(func.max(Invitation.id)))
    await house.slack.select(ANA, house.slack.open_view(ANA), "score_picked", f"{invitation_id}:9")
    await house.later(minutes=6)
    assert news(house) == []
    assert len(house.alerts()) == 1


@on_sqlite
async def test_the_alert_stands_where_the_first_one_stood(house: House):
    await house.choose_channel()
    await looked_after(house)
    async with house.database.transaction() as tx:
        first = (await tx.scalars(select(FollowUp))).one()
        second = await tx.scalar(select(Survey.id).where(Survey.kind == "recovery"))
    await house.later(days=21)
    await house.click_score(ANA, questions(house)[-1], 3)
    async with house.database.reading() as tx:
        latest = (await tx.scalars(select(FollowUp).order_by(FollowUp.id.desc()))).first()
    assert (latest.survey_id, latest.survey_id != second) == (first.survey_id, True)


@on_sqlite
async def test_what_is_opened_again_is_not_asked_about_and_once_more_when_resolved_again(house: House):
    await house.choose_channel()
    alert = await looked_after(house)
    await house.later(days=20)
    await house.press(CY, house.card(alert), "reopen")
    await house.later(days=7)
    assert questions(house) == []
    await resolve(house, by=CY)
    await house.later(days=20)
    assert questions(house) == []
    await house.later(days=1)
    assert len(questions(house)) == 1


@on_sqlite
async def test_opened_again_while_the_question_waits_for_the_morning_it_is_called_off(house: House):
    await house.choose_channel()
    alert = await looked_after(house)
    await house.later(days=21, hours=9)
    assert await states(house) == ["waiting"]
    await house.press(CY, house.card(alert), "reopen")
    await house.later(days=1)
    assert (questions(house), await states(house)) == ([], ["withdrawn"])


@on_sqlite
async def test_an_answer_since_makes_the_question_needless(house: House):
    await house.choose_channel()
    await looked_after(house)
    await house.later(days=3)
    await house.click_score(ANA, await ask_anyway(house), 8)
    await house.later(days=30)
    assert (questions(house), await states(house)) == ([], [])
    async with house.database.reading() as tx:
        assert (await tx.scalars(select(Recovery.invitation_id))).all() == [None]


@on_sqlite
async def test_who_waits_for_us_again_is_asked_after_that(house: House):
    await house.choose_channel()
    await looked_after(house)
    await house.later(days=3)
    await house.click_score(ANA, await ask_anyway(house), 2)
    await house.later(days=24)
    assert questions(house) == []
    await resolve(house)
    await house.later(days=21)
    assert len(questions(house)) == 1


@on_sqlite
async def test_who_does_not_want_to_be_asked_is_not(house: House):
    await house.choose_channel()
    await looked_after(house)
    await house.home(ANA)
    await house.press(ANA, house.home_page(ANA), "stop_asking_me")
    await house.later(days=40)
    assert questions(house) == []


@on_sqlite
async def test_a_halt_keeps_it_back_and_a_start_lets_it_go(house: House):
    await house.choose_channel()
    await looked_after(house)
    await house.nps(ADMIN, "stop")
    await house.later(days=22)
    assert questions(house) == []
    await house.nps(ADMIN, "start")
    await house.later(hours=1)
    assert len(questions(house)) == 1


@on_sqlite
async def test_who_just_declined_is_left_alone_and_after_two_weeks_for_good(house: House):
    await house.choose_channel()
    await looked_after(house)
    await house.later(days=15)
    await house.press(ANA, await ask_anyway(house), "wrong_person")
    await house.later(days=60)
    assert (questions(house), await states(house)) == ([], [])


@on_sqlite
async def test_a_rehearsal_is_nobodys_to_recover_from(house: House):
    await house.choose_channel()
    await house.nps(BO, "try")
    await house.click_score(BO, house.cards(house.slack.dm_of(BO))[-1], 2)
    await house.comment(BO, COMMENT)
    await house.later(minutes=6)
    await resolve(house)
    await house.later(days=30)
    assert questions(house, BO) == []


async def test_it_rests_after_no_question_and_no_question_after_it(house: House):
    await house.choose_channel()
    await looked_after(house)
    await house.later(days=21)
    assert len(questions(house)) == 1, "28 days after any question nobody is asked another"
    await house.later(days=8)
    assert "I am asking" in await house.nps(BO, f"ask <@{ANA}|ana> relationship")


@on_sqlite
async def test_it_comes_though_another_question_is_open(house: House):
    await house.choose_channel()
    await looked_after(house)
    await house.later(days=17)
    await ask_anyway(house)
    await house.later(days=4)
    assert len(questions(house)) == 1


@on_sqlite
async def test_nobody_is_asked_twice_in_a_day_not_even_so(house: House):
    await house.choose_channel()
    await looked_after(house)
    await house.later(days=20, hours=23)
    await ask_anyway(house)
    await house.later(hours=2)
    assert questions(house) == []
    await house.later(days=1)
    assert len(questions(house)) == 1


async def test_it_is_asked_by_itself_only(small_house: House):
    told = await small_house.nps(BO, f"ask <@{ANA}|ana> recovery")
    assert "How somebody feels now is asked by itself" in told
    await small_house.home(BO)
    await small_house.press(BO, small_house.home_page(BO), "ask_somebody")
    assert "recovery" not in str(small_house.slack.open_view(BO).blocks)


async def test_managers_choose_the_days_and_switch_it_off(small_house: House):
    house = small_house
    await house.choose_channel()
    listed = await house.nps(ADMIN, "surveys")
    assert "*recovery* · recovery · by itself, 21 days after an answer was looked after" in listed
    await set_up(house, after_days="7")
    await looked_after(house)
    await house.later(days=7)
    assert len(questions(house)) == 1
    await looked_after(house, person=KIM)
    await set_up(house, paused=["yes"])
    await house.later(days=40)
    assert [each for each in house.cards(house.slack.dm_of(KIM)) if "damit" in each.shown] == []


async def set_up(house: House, **values: object) -> None:
    await house.nps(ADMIN, "surveys")
    await house.slack.click(ADMIN, house.slack.ephemerals_for(ADMIN)[-1], "edit_survey", value="4")
    await house.settle()
    view = house.slack.open_view(ADMIN)
    assert [block["block_id"] for block in view.blocks] == ["name", "question", "language", "after_days", "paused"]
    await house.comment(ADMIN, **values)


@pytest.mark.parametrize("days", ["0", "366", "-1", "x"])
async def test_days_that_are_none_stay_in_the_modal(small_house: House, days: str):
    await small_house.nps(ADMIN, "surveys")
    await small_house.slack.click(ADMIN, small_house.slack.ephemerals_for(ADMIN)[-1], "edit_survey", value="4")
    await small_house.settle()
    ack = await small_house.slack.submit(ADMIN, {"after_days": days})
    assert "from 1 to 365" in ack.body["errors"]["after_days"]


async def test_it_is_asked_in_the_persons_own_language(small_house: House):
    await small_house.choose_channel()
    await looked_after(small_house, person=KIM)
    await small_house.later(days=21)
    card = small_house.cards(small_house.slack.dm_of(KIM))[-1]
    assert "Wie geht es Ihnen heute damit?" in card.shown


@on_sqlite
async def test_who_is_erased_is_neither_asked_nor_counted(house: House):
    await house.click_score(ANA, await asked(house), 9)
    async with house.database.transaction() as tx:
        await privacy.erase(tx, "T0NORTH", ANA, now=house.now)
    await house.later(minutes=2)
    async with house.database.reading() as tx:
        assert (await tx.scalars(select(Recovery))).all() == (await tx.scalars(select(Response))).all() == []
    assert questions(house) == []
    assert "Nobody has said yet" in await house.nps(CY, "recovery")


def news(house: House) -> list[str]:
    told = "You looked after Ana Ruiz some weeks ago. How they feel now: 3."
    return [each.shown for each in house.cards(house.slack.dm_of(BO)) if told in each.shown]


async def ask_anyway(house: House) -> Message:
    """By hand, in spite of the resting periods."""
    await house.nps(BO, f"ask <@{ANA}|ana> relationship")
    await house.press(BO, house.slack.ephemerals_for(BO)[-1], "ask_anyway")
    await house.later(seconds=3)
    return house.cards(house.slack.dm_of(ANA))[-1]
