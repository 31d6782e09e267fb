"""A manager lets a survey ask by itself: whom, how often; and what the preview shows is what happens."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.services import contacts, surveys
from bot.services.contacts import Facts
from storage.models import AudienceMember, Contact, Invitation, Schedule
from tests.fake_slack import FakeSlack, View
from tests.house import ADMIN, ANA, BO, CY, EVA, EVE, GUEST, HELP, KIM, OTHER, SHARED, House
from tests.small import on_sqlite

CUSTOMERS = {ANA, KIM, GUEST, EVE, EVA}
VIPS = "S0VIPS"


async def modal(house: House, survey: str = "relationship") -> View:
    """Open the schedule of a survey, from the list."""
    await house.nps(ADMIN, f"schedule {survey}")
    async with house.database.reading() as tx:
        found = await surveys.named(tx, house.slack.team_id, survey)
    ack = await house.slack.click(ADMIN, house.slack.ephemerals_for(ADMIN)[-1], "schedule", str(found.id))
    assert ack.ok, ack
    await house.settle()
    return opened(house)


def opened(house: House) -> View:
    view = house.slack.open_view(ADMIN)
    assert view is not None, "no modal is open"
    return view


async def start(house: House, survey: str = "relationship", **values: object) -> str:
    """Fill in the modal and send it; returns what is whispered."""
    await modal(house, survey)
    seen = len(house.slack.ephemerals_for(ADMIN))
    ack = await house.slack.submit(ADMIN, values)
    assert ack.ok, ack
    await house.settle()
    return "\n".join(each.shown for each in house.slack.ephemerals_for(ADMIN)[seen:])


async def audience(house: House) -> set[str]:
    async with house.database.reading() as tx:
        query = select(Contact.user_id).join(AudienceMember, AudienceMember.contact_id == Contact.id)
        return set((await tx.scalars(query)).all())


async def known_for_long(house: House, *user_ids: str, team_id: str = "T0OTHER", **facts: object) -> None:
    now = house.now
    async with house.database.transaction() as tx:
        for user_id in user_ids:
            await contacts.meet(tx, house.slack.team_id, Facts(user_id, user_id, None, "en", team_id), now=now)
        mine = Contact.user_id.in_(user_ids)
        await tx.execute(update(Contact).where(mine).values(first_seen_at=now - timedelta(days=400), **facts))


async def asked(house: House) -> list[Invitation]:
    async with house.database.reading() as tx:
        return list((await tx.scalars(select(Invitation).order_by(Invitation.id))).all())


async def days_pass(house: House, days: int) -> None:
    for _ in range(days * 3):
        house.slack.clock.now += timedelta(hours=8).total_seconds()
        await house.settle()


async def test_members_of_channels_are_asked_if_they_are_customers(house: House):
    house.slack.add_user("U0ROBOT", name="robot", team_id="T0OTHER", is_bot=True)
    house.slack.join(SHARED, "U0ROBOT")
    told = await start(house, channels=[HELP, SHARED])
    assert "relationship* asks by itself." in told
    assert "The audience has 5 people" in told
    assert await audience(house) == CUSTOMERS
    await days_pass(house, 2)
    assert await asked(house) == []  # nobody is asked in their first month
    house.slack.clock.now += timedelta(days=40).total_seconds()
    await days_pass(house, 4)
    assert len(house.cards(house.slack.dm_of(ANA))) == 1
    assert {each.trigger for each in await asked(house)} == {"schedule"}
    assert len(await asked(house)) == len(CUSTOMERS)
    hours = {each.send_at.hour for each in await asked(house)}
    assert hours <= set(range(9, 17))
    assert {each.send_at.weekday() for each in await asked(house)} <= set(range(5))


async def test_who_joins_and_who_leaves_is_noticed_within_a_day(house: House):
    await start(house, channels=[SHARED])
    assert await audience(house) == {EVE, EVA}
    house.slack.channel(SHARED).members.remove(EVA)
    house.slack.add_user("U0NEW", name="new", real_name="New Person", team_id="T0OTHER")
    house.slack.join(SHARED, "U0NEW")
    await house.later(hours=25)
    assert await audience(house) == {EVE, "U0NEW"}


@pytest.fixture
def _may_read_groups(slack: FakeSlack) -> None:
    slack.scopes.add("usergroups:read")


@on_sqlite
@pytest.mark.usefixtures("_may_read_groups")
async def test_members_of_a_user_group_are_asked(house: House):
    house.slack.add_usergroup(VIPS, users=[ANA, BO])
    await start(house, groups=[VIPS])
    assert await audience(house) == {ANA}
    assert f"@{VIPS.lower()}" in await house.nps(ADMIN, "schedule")


@on_sqlite
async def test_without_the_scope_there_is_no_menu_of_groups(house: House):
    house.slack.add_usergroup(VIPS, users=[ANA])
    assert "User groups" not in (await modal(house)).shown


@on_sqlite
async def test_everybody_known_is_asked_but_no_colleague(house: House):
    await known_for_long(house, "U1EXT", "U2EXT", EVE)
    await known_for_long(house, ANA, BO, team_id=house.slack.team_id)
    await house.nps(BO, "try")
    await start(house)
    assert await audience(house) == {"U1EXT", "U2EXT", EVE, ANA}


@on_sqlite
async def test_slack_wanting_us_to_slow_down_loses_nobody(house: House):
    house.slack.fail_next("users.info", retry_after=30, when=lambda args: args["user"] == EVE)
    await start(house, channels=[HELP, SHARED])
    assert EVE not in await audience(house)
    await house.later(minutes=16)
    assert await audience(house) == CUSTOMERS


async def test_more_new_people_than_slack_lets_us_look_up_at_once_take_several_turns(small_house: House):
    house = small_house
    for n in range(70):
        house.slack.add_user(f"U9{n:03}", name=f"ext{n}", team_id="T0OTHER")
        house.slack.join(SHARED, f"U9{n:03}")
    await start(house, channels=[SHARED])
    assert len(await audience(house)) == 50
    await house.later(minutes=16)
    assert len(await audience(house)) == 72


async def test_many_who_are_no_customers_keep_nobody_from_being_looked_up(small_house: House):
    house = small_house
    for n in range(70):
        house.slack.add_user(f"U00{n:03}", name=f"robot{n}", team_id="T0OTHER", is_bot=True)
        house.slack.join(SHARED, f"U00{n:03}")
    await start(house, channels=[SHARED])
    assert await audience(house) == set()
    await house.later(minutes=16)
    await house.later(minutes=16)
    assert await audience(house) == {EVE, EVA}
    house.slack.channel(SHARED).members.remove(EVA)
    await house.later(hours=25)
    await house.later(minutes=16)
    assert await audience(house) == {EVE}


@on_sqlite
async def test_a_channel_that_can_no_longer_be_read_keeps_its_people(house: House):
    await start(house, channels=[SHARED])
    house.slack.fail_next("conversations.members", "channel_not_found", times=9)
    await house.later(hours=25)
    assert await audience(house) == {EVE, EVA}


async def test_the_preview_in_the_modal_shows_and_keeps_nothing(house: House):
    await known_for_long(house, EVE, EVA)
    view = await modal(house)
    await house.slack.select(ADMIN, view, "value", [SHARED, HELP], block_id="channels")
    await house.press(ADMIN, view, "preview_schedule")
    shown = opened(house).shown
    assert "The audience has 2 people" in shown or "Of 2 people in the audience" in shown
    assert "3 people I have not met yet" in shown
    async with house.database.reading() as tx:
        assert (await tx.scalars(select(Schedule))).all() == []
    assert await audience(house) == set()
    assert (await house.slack.submit(ADMIN, {})).ok
    await house.settle()
    assert await audience(house) == CUSTOMERS


@on_sqlite
@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("most_a_day", "0", "A whole number, from 1 to 200."),
        ("every_days", "30", "A whole number of days, from 90 to 730"),
        ("properties", "gold", "One property a line"),
    ],
)
async def test_what_cannot_be_is_said_beside_the_field_and_in_the_preview(house: House, field, value, told):
    view = await modal(house)
    await house.slack.select(ADMIN, view, "value", value, block_id=field)
    await house.press(ADMIN, view, "preview_schedule")
    assert told in opened(house).shown
    ack = await house.slack.submit(ADMIN, {})
    assert told in str(ack.body["errors"][field])


async def test_what_the_preview_shows_happens_in_the_two_weeks_after(small_house: House):
    house = small_house
    people = [f"U5{n:03}" for n in range(24)]
    for user_id in people:
        house.slack.add_user(user_id, name=user_id.lower(), team_id="T0OTHER")
        house.slack.join(SHARED, user_id)
    await known_for_long(house, *people)
    await house.later(hours=10)  # today's hours are over, so that no minute of theirs passes between two looks
    await start(house, channels=[SHARED], most_a_day="3")
    shown, began = await house.nps(BO, "preview"), house.now.date()
    await days_pass(house, 14)
    inside = [each for each in await asked(house) if each.send_at.date() < began + timedelta(days=14)]
    happened = Counter(f"{each.send_at:%a %d %b}" for each in inside)
    table = {day: int(count) for day, count in re.findall(r"(\w{3} \d\d \w{3}) +(\d+)", shown)}
    assert table == happened
    assert sum(table.values()) >= 5
    assert all(each.sent_at is not None for each in inside)
    assert sum(len(house.cards(house.slack.dm_of(each))) for each in people) >= len(inside)


async def test_a_pause_asks_nobody_and_resuming_goes_on(small_house: House):
    house = small_house
    await known_for_long(house, EVE, EVA, "U1EXT")
    await start(house)
    for button, word in (("pause_schedule", "paused"), ("resume_schedule", "every 90 days")):
        await house.nps(ADMIN, "schedule")
        await house.press(ADMIN, house.slack.ephemerals_for(ADMIN)[-1], button)
        assert word in house.slack.ephemerals_for(ADMIN)[-1].shown
        before = len(await asked(house))
        house.slack.clock.now += timedelta(days=14).total_seconds()
        await days_pass(house, 2)  # of all who became due meanwhile
        assert (len(await asked(house)) > before) == (button == "resume_schedule")


async def test_check_ins_are_added_with_one_click_and_come_once(small_house: House):
    house = small_house
    await known_for_long(house, EVE)
    started = (house.now - timedelta(days=12)).date()
    async with house.database.transaction() as tx:
        await tx.execute(
            update(Contact).values(first_seen_at=datetime(started.year, started.month, started.day, tzinfo=UTC))
        )
    await house.nps(ADMIN, "schedule")
    await house.press(ADMIN, house.slack.ephemerals_for(ADMIN)[-1], "add_check_ins")
    shown = house.slack.ephemerals_for(ADMIN)[-1].shown
    assert "day-14* · once, on day 14 after the start" in shown
    assert "Add check-ins" not in shown
    await days_pass(house, 4)
    for _ in range(4):
        house.slack.clock.now += timedelta(days=6).total_seconds()
        await days_pass(house, 1)
    await days_pass(house, 4)
    assert [each.occasion for each in await asked(house)] == ["lifecycle:day-14", "lifecycle:day-45"]


@on_sqlite
async def test_only_managers_set_it_up_and_every_colleague_may_look(house: House):
    await house.choose_channel()
    assert "You may not set up surveys" in await house.nps(CY, "schedule")
    assert "the next two weeks" in await house.nps(CY, "preview")
    assert "can answer, but not use this" in await house.nps(GUEST, "preview")


@on_sqlite
async def test_a_survey_that_is_not_there_is_named_with_those_that_are(house: House):
    assert "There is no survey called" in await house.nps(ADMIN, "schedule partners")
    assert "There is no survey called" in await house.nps(ADMIN, "preview partners")


async def test_an_erased_person_is_in_no_audience(house: House):
    await start(house, channels=[OTHER, HELP])
    await house.nps(ANA, "me")
    assert ANA in await audience(house)
    await house.press(ANA, house.slack.ephemerals_for(ANA)[-1], "erase_me")
    assert ANA not in await audience(house)


@on_sqlite
async def test_home_offers_it_last_and_for_later(house: House):
    assert "Later: ask by itself." in await house.home(ADMIN)
    await house.press(ADMIN, house.home_page(ADMIN), "show_schedules")
    assert "Surveys that ask by themselves" in house.cards(house.slack.dm_of(ADMIN))[-1].shown
    await start(house)
    assert "I ask by myself" in await house.home(ADMIN)


async def test_no_transaction_waits_for_slack(house: House, slack: FakeSlack):
    """While Slack is slow to tell who is in a channel, others answer and ask."""
    gate = slack.slow_next("conversations.members")
    await modal(house)
    ack = await slack.submit(ADMIN, {"channels": [SHARED]})
    assert ack.ok
    await gate.reached.wait()
    async with house.database.transaction() as tx:
        await surveys.named(tx, slack.team_id, "support")
    gate.set()
    await house.settle()
    assert await audience(house) == {EVE, EVA}
