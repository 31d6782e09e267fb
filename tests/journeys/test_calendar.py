"""Nobody is asked at night, on a day off, or while something is broken; and colleagues say what that is."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from storage.models import Account, Contact, Invitation
from tests.house import ADMIN, ANA, BO, CY, EVA, EVE, HELP, KIM, House

QUESTION = "How likely are you to recommend Northwind"


async def at(house: House, text: str) -> None:
    """Come to that time of London, and let everything happen until then."""
    house.slack.clock.now = datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()
    await house.later(seconds=1)


async def calendar(house: House, **values: object) -> str:
    """Change it as a manager does; returns what they read then."""
    await house.nps(ADMIN, "calendar")
    await house.press(ADMIN, house.slack.ephemerals_for(ADMIN)[-1], "edit_calendar")
    ack = await house.slack.submit(ADMIN, values)
    assert ack.ok, ack
    await house.settle()
    return house.slack.ephemerals_for(ADMIN)[-1].shown


async def make_account(house: House, *people: str, name: str = "Beta") -> None:
    for person in people:
        await house.nps(BO, f"why <@{person}>")
    async with house.database.transaction() as tx:
        account = Account(workspace_id=house.slack.team_id, name=name, created_at=house.now)
        tx.add(account)
        await tx.flush()
        for person in people:
            contact = Contact(
                workspace_id=account.workspace_id,
                user_id=person,
                name=person,
                first_seen_at=house.now,
                account_id=account.id,
                is_account_by_hand=True,
            )
            tx.add(contact)


def cards(house: House, person: str) -> list[str]:
    return [each.shown for each in house.cards(house.slack.dm_of(person)) if "10" in each.shown]


async def test_an_evening_ask_waits_for_the_next_working_morning(house: House):
    await at(house, "2025-11-21T18:30")  # a Friday
    told = await house.nps(BO, f"ask <@{ANA}>")
    assert "not working hours for them" in told
    assert cards(house, ANA) == []
    await at(house, "2025-11-23T23:00")
    assert cards(house, ANA) == []
    await at(house, "2025-11-24T10:00")
    assert len(cards(house, ANA)) == 1


async def test_a_colleague_may_ask_at_once_and_that_is_recorded(house: House):
    await at(house, "2025-11-21T18:30")
    await house.nps(BO, f"ask <@{ANA}>")
    await house.press(BO, house.slack.ephemerals_for(BO)[-1], "ask_now")
    assert len(cards(house, ANA)) == 1
    assert "I am asking" in house.slack.ephemerals_for(BO)[-1].shown
    async with house.database.reading() as tx:
        assert [each.is_at_any_hour for each in await tx.scalars(select(Invitation))] == [True]
    assert "outside their working hours" in await house.nps(BO, f"why <@{ANA}>")


async def test_the_hours_are_those_of_the_person(small_house: House):
    small_house.slack.add_user("U0TOKYO", name="yui", real_name="Yui", tz="Asia/Tokyo", is_restricted=True)
    small_house.slack.join(HELP, "U0TOKYO")
    await small_house.nps(BO, "ask <@U0TOKYO>")  # ten in London is seven in the evening there
    assert cards(small_house, "U0TOKYO") == []
    await at(small_house, "2025-11-19T01:00")
    assert len(cards(small_house, "U0TOKYO")) == 1


async def test_nobody_is_asked_on_a_holiday_of_their_country_unless_a_manager_says_so(small_house: House):
    await at(small_house, "2025-12-25T10:00")
    await small_house.nps(BO, f"ask <@{ANA}>")
    await at(small_house, "2025-12-28T12:00")  # Boxing Day and a weekend later
    assert cards(small_house, ANA) == []
    await at(small_house, "2025-12-29T10:00")
    assert len(cards(small_house, ANA)) == 1
    await at(small_house, "2026-04-03T10:00")  # Good Friday
    assert "On public holidays too" in await calendar(small_house, holidays=[])
    await small_house.nps(BO, f"ask <@{KIM}>")
    assert len(cards(small_house, KIM)) == 1


async def test_not_now_asks_again_on_a_working_day(small_house: House):
    await at(small_house, "2025-12-19T10:00")
    card = await small_house.ask()
    await at(small_house, "2025-12-20T20:00")  # a Saturday: a week later is one too, after the holidays
    await small_house.press(ANA, card, "not_now")
    assert "Dec 29" in small_house.card(card).shown
    await at(small_house, "2025-12-27T21:00")
    assert len(cards(small_house, ANA)) == 0
    await at(small_house, "2025-12-29T10:00")
    assert len(cards(small_house, ANA)) == 1


async def test_a_question_that_waits_leaves_by_the_hours_that_hold_then(small_house: House):
    ts = small_house.slack.say(ANA, HELP, "My export is stuck")
    await small_house.slack.message_shortcut(BO, "ask_for_nps", HELP, ts)
    await small_house.settle()
    await small_house.slack.submit(BO, {"time": "later"})
    await small_house.settle()
    told = await calendar(small_house, opens="14", closes="16", weekdays=["2", "3"])
    assert "Questions leave Wednesday, Thursday, 14:00 to 16:00." in told
    await small_house.later(hours=4)  # it would have left at one
    assert small_house.cards(HELP) == []
    await at(small_house, "2025-11-19T15:00")
    assert QUESTION in small_house.cards(HELP)[-1].shown


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"opens": "17", "closes": "9"}, "must come after"),
        ({"blackouts": "next week"}, "One a line"),
        ({"blackouts": "2026-02-30"}, "One a line"),
        ({"blackouts": "2026-02-03 to 2026-02-01"}, "comes after"),
    ],
)
async def test_hours_and_days_that_make_no_sense_are_explained_beside_the_field(small_house: House, values, why):
    await small_house.nps(ADMIN, "calendar")
    await small_house.press(ADMIN, small_house.slack.ephemerals_for(ADMIN)[-1], "edit_calendar")
    ack = await small_house.slack.submit(ADMIN, values)
    assert why in str(ack.body)


async def test_on_blackout_days_nobody_is_asked_and_everybody_is_told_until_when(house: House):
    told = await calendar(house, blackouts="2025-11-18 to 2025-11-23 Company *fair*\n\n2026-01-02")
    assert "18 Nov 2025 – 23 Nov 2025 (Company *fair*); 2 Jan 2026" in told
    refused = await house.nps(BO, f"ask <@{ANA}>")
    assert "Nobody is asked on these days. You can ask again from" in refused
    assert "Nov 24" in refused
    assert "Ask anyway" not in refused
    assert "nobody was asked on these days; possible from" in await house.nps(BO, f"why <@{ANA}>")
    assert cards(house, ANA) == []


async def test_while_something_is_broken_nobody_there_is_asked_until_it_is_over(house: House):
    await make_account(house, ANA)
    await house.slack.message_shortcut(BO, "ask_for_nps", HELP, house.slack.say(ANA, HELP, "It is down"))
    await house.settle()
    await house.slack.submit(BO, {"time": "later"})
    await house.settle()
    await house.nps(ADMIN, "calendar")
    await house.press(ADMIN, house.slack.ephemerals_for(ADMIN)[-1], "declare_incident")
    ack = await house.slack.submit(ADMIN, {"account": "Betta"})
    assert "I know no company of that name" in str(ack.body)
    ack = await house.slack.submit(ADMIN, {"account": "beta"})
    assert ack.ok
    await house.settle()
    assert "Something is broken for *Beta*" in house.slack.ephemerals_for(ADMIN)[-1].shown
    await house.later(hours=4)
    assert house.cards(HELP) == []
    await house.nps(BO, f"ask <@{KIM}>")  # of another company
    assert len(cards(house, KIM)) == 1
    await house.press(ADMIN, house.slack.ephemerals_for(ADMIN)[-1], "end_incident")
    assert "broken" not in house.slack.ephemerals_for(ADMIN)[-1].shown.split("Change")[0]
    await house.later(hours=1)
    assert QUESTION in house.cards(HELP)[-1].shown


async def test_with_everything_broken_nobody_can_be_asked(small_house: House):
    await small_house.nps(ADMIN, "calendar")
    await small_house.press(ADMIN, small_house.slack.ephemerals_for(ADMIN)[-1], "declare_incident")
    await small_house.slack.submit(ADMIN, {})
    await small_house.settle()
    assert "Something is broken for their company just now" in await small_house.nps(BO, f"ask <@{ANA}>")


async def test_two_people_of_a_company_are_asked_in_a_week_a_third_only_on_purpose(house: House):
    await make_account(house, ANA, KIM, EVE, EVA)
    for person in (ANA, KIM):
        await house.nps(BO, f"ask <@{person}>")
        await house.later(hours=1)
    told = await house.nps(BO, f"ask <@{EVE}>")
    assert "Two people of their company were asked within a week. You can ask again from" in told
    assert "Nov 25" in told
    await house.press(BO, house.slack.ephemerals_for(BO)[-1], "ask_anyway")
    assert len(cards(house, EVE)) == 1
    await at(house, "2025-11-26T10:00")
    await house.nps(BO, f"ask <@{EVA}>")
    assert len(cards(house, EVA)) == 1


async def test_of_three_people_of_a_company_asked_in_the_same_moment_two_are(house: House):
    await make_account(house, ANA, KIM, EVE)
    asked = (house.slack.command(BO, HELP, "/nps", f"ask <@{person}>") for person in (ANA, KIM, EVE))
    await asyncio.gather(*asked)
    await house.later(seconds=3)
    assert sum(len(cards(house, person)) for person in (ANA, KIM, EVE)) == 2


async def test_only_managers_change_the_calendar(small_house: House):
    assert "You may not set up surveys" in await small_house.nps(CY, "calendar")


async def test_somebody_whose_zone_nobody_knows_is_asked_by_utc(small_house: House):
    await small_house.nps(BO, f"ask <@{ANA}>")
    async with small_house.database.transaction() as tx:
        await tx.execute(update(Contact).values(time_zone="Mars/Olympus"))
    assert "asked" in await small_house.nps(BO, f"why <@{ANA}>")
