"""A colleague writes down what a customer said in a review meeting: kept apart, looked after, seen by the customer."""

from datetime import timedelta

from sqlalchemy import select

from storage.models import Invitation, Response
from tests.house import ADMIN, ALERTS, ANA, BO, CY, EVE, GENERAL, GUEST, KIM, SHARED, House
from tests.small import on_sqlite

COMMENT = "Exports time out, <!channel>."


async def record(house: House, person: str = ANA, *, by: str = BO, channel: str = GENERAL, **values: object) -> str:
    """Type the command, fill in the modal and send it; returns what is said then."""
    assert await house.nps(by, f"record <@{person}>", channel=channel) == ""
    seen, told = len(house.slack.ephemerals), len(house.slack.messages(house.slack.dm_of(by)))
    ack = await house.slack.submit(by, {"score": "3", "comment": COMMENT, **values})
    assert ack.ok, ack
    assert not ack.body, ack.body
    await house.later(seconds=1)
    whispers = [each for each in house.slack.ephemerals[seen:] if each.user == by]
    return "\n".join(each.shown for each in [*whispers, *house.slack.messages(house.slack.dm_of(by))[told:]])


async def answers(house: House) -> list[Response]:
    async with house.database.reading() as tx:
        return list((await tx.scalars(select(Response).order_by(Response.id))).all())


async def test_a_score_told_in_a_meeting_is_kept_and_the_customer_gets_no_message(house: House):
    await house.choose_channel()
    before = len(house.cards(house.slack.dm_of(ANA)))
    said = await record(house)
    assert said.startswith("Kept: *Ana Ruiz: 3* in the review meeting of")
    assert "your team gets an alert" in said
    [answer] = await answers(house)
    assert (answer.score, answer.comment, answer.mode, answer.recorded_by) == (3, COMMENT, "interviewer", BO)
    assert len(house.cards(house.slack.dm_of(ANA))) == before


async def test_the_alert_says_to_whom_it_was_told_and_can_be_taken_and_resolved(house: House):
    await house.choose_channel()
    await record(house)
    [alert] = house.alerts()
    assert f"told to <@{BO}> in a review meeting" in alert.shown
    assert "Asked by" not in alert.shown
    await house.press(CY, alert, "claim")
    assert f"<@{CY}> takes care of it" in house.alerts()[-1].shown
    assert "waiting" not in await house.nps(BO)


async def test_it_is_one_line_beside_the_number_and_marked_among_the_unhappy(house: House):
    await house.choose_channel()
    await record(house)
    told = await house.nps(CY)
    assert "No answers yet." in told
    assert (
        "In review meetings (told to a colleague, not counted above), last 90 days: "
        "1 answer, too few for a score: 0 promoters, 0 passives, 1 detractor" in told
    )
    assert f"relationship, told to <@{BO}> in a review meeting" in await house.nps(CY, "detractors")


@on_sqlite
async def test_a_happy_one_alerts_nobody(house: House):
    await house.choose_channel()
    assert "alert" not in await record(house, score="9", comment=None)
    await house.later(minutes=6)
    assert house.alerts() == []


async def test_the_customer_counts_as_asked_and_why_says_how(house: House):
    await record(house)
    assert "within the last 24 hours" in await house.nps(CY, f"ask <@{ANA}>")
    assert f"told <@{BO}> a score in a review meeting" in await house.nps(CY, f"why <@{ANA}>")


async def test_the_customer_sees_what_was_written_down_and_by_whom_and_may_erase_it(house: House):
    await house.choose_channel()
    await record(house)
    page = await house.home(ANA)
    assert f"You told <@{BO}> in a review meeting: *3*" in page
    assert "Exports time out" in page
    await house.press(ANA, house.home_page(ANA), "erase_me")
    await house.later(minutes=1)
    assert await answers(house) == []
    assert house.alerts() == []


@on_sqlite
async def test_the_meeting_was_on_the_day_that_was_chosen(house: House):
    day = (house.now - timedelta(days=3)).date()
    await record(house, held_on=day)
    async with house.database.reading() as tx:
        asked = (await tx.scalars(select(Invitation))).one()
    assert (asked.sent_at.date(), asked.sent_at.hour) == (day, 12)


@on_sqlite
async def test_a_day_to_come_is_refused_in_the_modal_and_keeps_what_was_typed(house: House):
    await house.nps(BO, f"record <@{ANA}>")
    ack = await house.slack.submit(BO, {"score": "3", "held_on": (house.now + timedelta(days=2)).date()})
    assert ack.body["errors"] == {"held_on": "That day is still to come."}
    assert await answers(house) == []


async def test_the_same_modal_sent_twice_is_one_answer(house: House):
    await house.nps(BO, f"record <@{ANA}>")
    ack = await house.slack.submit(BO, {"score": "3"})
    await house.slack.redeliver(ack)
    await house.settle()
    assert len(await answers(house)) == 1


async def test_only_relational_surveys_are_offered(small_house: House):
    await small_house.nps(BO, f"record <@{ANA}>")
    view = small_house.slack.open_view(BO)
    assert "relationship" in str(view.blocks)
    assert "support" not in str(view.blocks)
    assert "not-renewed" not in str(view.blocks)


async def test_where_another_company_reads_along_the_score_is_told_by_direct_message(small_house: House):
    before = len(small_house.slack.ephemerals)
    assert "Eve Stone: 3" in await record(small_house, EVE, channel=SHARED)
    assert small_house.slack.ephemerals[before:] == []


async def test_guests_write_nothing_down(small_house: House):
    assert "can answer, but not use this" in await small_house.nps(GUEST, f"record <@{ANA}>")
    assert small_house.slack.open_view(GUEST) is None


async def test_nobody_interviews_themselves_or_a_bot(small_house: House):
    assert "/nps try" in await small_house.nps(BO, f"record <@{BO}>")
    assert "That is a bot." in await small_house.nps(BO, f"record <@{small_house.slack.bot_user_id}>")
    assert small_house.slack.open_view(BO) is None


async def test_it_takes_one_person(small_house: House):
    for typed in ("record", f"record <@{ANA}> <@{KIM}>", "record relationship"):
        assert "Did you mean `/nps record @person`?" in await small_house.nps(BO, typed)


async def test_no_alert_channel_is_needed_to_keep_it(small_house: House):
    await record(small_house)
    assert len(await answers(small_house)) == 1
    await small_house.choose_channel(ALERTS, by=ADMIN)
    await small_house.later(minutes=1)
    assert f"told to <@{BO}>" in small_house.alerts()[-1].shown
