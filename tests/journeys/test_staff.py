"""A workspace says who its staff is; everybody else is a customer, who answers and can do nothing else."""

import pytest
from slack_sdk.errors import SlackApiError
from sqlalchemy import select

from bot.services import privacy
from bot.slack.people import PERSON_SECONDS
from bot.slack.staff import GROUP_SECONDS
from storage.models import Base, Invitation
from tests.fake_slack import FakeSlack
from tests.house import ADMIN, ALERTS, ANA, BO, CY, EVA, EVE, GENERAL, GUEST, HELP, KIM, SHARED, House, open_house
from tests.journeys.test_reactions import asked, helped, react
from tests.journeys.test_scheduling import audience
from tests.journeys.test_scheduling import start as schedule
from tests.small import on_sqlite

GROUP, OTHERS = "S0HELPERS", "S0OTHERS"
REFUSED = "Guests, customers and people from other companies can answer"


@pytest.fixture
async def slack(slack: FakeSlack) -> FakeSlack:
    slack.scopes |= {"reactions:read", "usergroups:read", "channels:history"}
    slack.add_usergroup(GROUP, name="Helpers", users=[BO])
    slack.add_usergroup(OTHERS, name="Others", users=[])
    return slack


async def name_staff(house: House, *people: str, group: str | None = None, by: str = ADMIN) -> str:
    """Open the modal by its button, fill it in and send it; returns what is told then."""
    await house.nps(by, "staff")
    await house.press(by, house.slack.ephemerals_for(by)[-1], "edit_staff")
    ack = await house.slack.submit(by, {"people": list(people), **({"group": group} if group else {})})
    assert ack.ok, ack
    await house.settle()
    return house.slack.ephemerals_for(by)[-1].shown


async def is_refused(house: House, user: str) -> bool:
    return REFUSED in await house.nps(user)


# naming


@on_sqlite
async def test_at_first_every_full_member_is_staff(house: House):
    assert "Every full member of this workspace is staff" in await house.nps(ADMIN, "staff")
    assert not await is_refused(house, CY)


async def test_naming_a_group_and_people_is_told_back_and_kept(house: House):
    told = await name_staff(house, CY, group=GROUP)
    assert "whoever is in the user group *Helpers*" in told
    assert f"<@{CY}>" in told
    assert await house.nps(ADMIN, "staff") == told


async def test_emptied_again_every_full_member_is_staff_again(house: House):
    await name_staff(house, BO, group=GROUP)
    assert await is_refused(house, CY)
    assert "Every full member" in await name_staff(house, group="none")
    assert not await is_refused(house, CY)


@on_sqlite
async def test_only_admins_name_staff(house: House):
    assert "You may not choose" in await house.nps(BO, "staff")


@on_sqlite
async def test_an_open_modal_is_of_no_use_to_whoever_is_no_admin_any_more(house: House, slack: FakeSlack):
    await house.nps(ADMIN, "staff")
    await house.press(ADMIN, slack.ephemerals_for(ADMIN)[-1], "edit_staff")
    slack.user(ADMIN).is_admin = False
    slack.clock.now += PERSON_SECONDS
    await slack.submit(ADMIN, {"people": [CY]})
    await house.settle()
    assert not await is_refused(house, BO)


@on_sqlite
async def test_without_the_scope_people_are_named_and_the_modal_says_so(slack: FakeSlack, database_url: str):
    slack.scopes.remove("usergroups:read")
    async with open_house(slack, database_url, "http") as house:
        await house.nps(ADMIN, "staff")
        await house.press(ADMIN, slack.ephemerals_for(ADMIN)[-1], "edit_staff")
        assert "scope usergroups:read" in slack.open_view(ADMIN).shown
        assert (await slack.submit(ADMIN, {"people": [BO]})).ok
        await house.settle()
        assert (await is_refused(house, BO), await is_refused(house, CY)) == (False, True)


@on_sqlite
async def test_a_group_that_can_no_longer_be_seen_stays_named_and_makes_nobody_staff(
    slack: FakeSlack, database_url: str
):
    async with open_house(slack, database_url, "http") as house:
        await name_staff(house, CY, group=GROUP)
    slack.scopes.remove("usergroups:read")
    async with open_house(slack, database_url, "http") as house:
        assert (await is_refused(house, BO), await is_refused(house, CY)) == (True, False)
        assert "I may not see that group" in await name_staff(house, CY, group=GROUP)
    slack.scopes.add("usergroups:read")
    async with open_house(slack, database_url, "http") as house:
        assert not await is_refused(house, BO)


@on_sqlite
async def test_a_group_that_is_gone_is_told(house: House, slack: FakeSlack):
    await name_staff(house, group=GROUP)
    del slack.usergroups[GROUP]
    assert "no longer there" in await house.nps(ADMIN, "staff")


# who may do what


@on_sqlite
async def test_a_full_member_who_is_not_named_can_only_answer(house: House):
    await name_staff(house, group=GROUP)
    assert [await is_refused(house, user) for user in (BO, CY, ADMIN)] == [False, True, False]
    assert "Ask somebody" not in await house.home(CY)
    assert "Ask somebody" in await house.home(BO)


@on_sqlite
async def test_a_guest_who_is_named_does_what_a_member_does(house: House):
    await name_staff(house, GUEST)
    assert not await is_refused(house, GUEST)
    await house.nps(GUEST, f"ask <@{ANA}>")
    assert len(house.cards(house.slack.dm_of(ANA))) == 1


@on_sqlite
async def test_whoever_was_appointed_stays_staff(house: House):
    await house.nps(ADMIN, "managers")
    await house.slack.submit(ADMIN, {"managers": [CY]})
    await name_staff(house, group=OTHERS)
    assert [await is_refused(house, user) for user in (CY, BO)] == [False, True]
    assert "New survey" in await house.nps(CY, "surveys")


async def test_the_first_admin_is_staff_whatever_was_named_before(slack: FakeSlack, database_url: str):
    async with open_house(slack, database_url, "socket") as house:
        await name_staff(house, group=OTHERS)
    async with open_house(slack, database_url, "socket", first_admin=CY) as house:
        assert not await is_refused(house, CY)


@on_sqlite
async def test_another_companys_people_are_staff_by_name_and_never_by_a_group(house: House, slack: FakeSlack):
    slack.usergroups[GROUP] = [BO, EVE]
    await name_staff(house, group=GROUP)
    thread = helped(house, EVE, channel=SHARED)
    assert f"I will ask <@{EVE}>" in await react(house, BO, thread, channel=SHARED)
    await name_staff(house, EVE, group=GROUP)
    other = helped(house, "U0EVA", channel=SHARED)
    assert "I will ask <@U0EVA>" in await react(house, EVE, other, channel=SHARED)


# whom the emoji asks


@on_sqlite
async def test_a_full_member_who_is_not_named_is_a_customer_and_asked_as_one(house: House):
    await name_staff(house, group=GROUP)
    thread = helped(house, CY)
    assert f"I will ask <@{CY}>" in await react(house, BO, thread)


@on_sqlite
async def test_the_emoji_of_a_member_who_is_not_named_asks_nobody(house: House):
    await name_staff(house, group=GROUP)
    assert await react(house, CY, helped(house)) == ""
    assert await asked(house) == []


@on_sqlite
async def test_a_guest_who_is_named_is_no_customer_and_their_answer_opens_the_gate(house: House):
    await name_staff(house, GUEST, group=GROUP)
    own = house.slack.say(GUEST, HELP, "Here is the list")
    assert "asks nobody" in await react(house, BO, own)
    thread = house.slack.say(ANA, HELP, "My export is stuck")
    house.slack.say(GUEST, HELP, "Started again.", thread_ts=thread)
    assert f"I will ask <@{ANA}>" in await react(house, BO, thread)


async def test_somebody_who_became_staff_meanwhile_is_not_asked_anyway(house: House):
    await name_staff(house, group=GROUP)
    thread = house.slack.say(CY, HELP, "My export is stuck")
    await react(house, BO, thread)
    anyway = house.slack.ephemerals_for(BO)[-1]
    await name_staff(house, CY, group=GROUP)
    await house.press(BO, anyway, "ask_anyway")
    assert "They are staff" in house.slack.ephemerals_for(BO)[-1].shown
    assert await asked(house) == []
    assert "not asked: they are staff" in await house.nps(BO, f"why <@{CY}>")


@on_sqlite
async def test_by_hand_a_colleague_may_ask_a_colleague(house: House):
    await name_staff(house, CY, group=GROUP)
    await house.nps(BO, f"ask <@{CY}>")
    async with house.database.reading() as tx:
        assert len((await tx.scalars(select(Invitation))).all()) == 1


@on_sqlite
async def test_whoever_chooses_the_alert_channel_hears_when_not_only_staff_reads_there(house: House):
    await name_staff(house, group=GROUP)
    await house.choose_channel(ALERTS)
    assert "not only staff reads" in house.slack.ephemerals_for(ADMIN)[-1].shown


@on_sqlite
async def test_of_guests_who_are_named_nobody_is_warned(house: House, slack: FakeSlack):
    slack.join(ALERTS, GUEST)
    await name_staff(house, GUEST, BO, CY)
    await house.choose_channel(ALERTS)
    assert "not only staff reads" not in house.slack.ephemerals_for(ADMIN)[-1].shown


# what is remembered


@on_sqlite
async def test_the_group_is_read_once_until_it_may_have_changed(house: House, slack: FakeSlack):
    await name_staff(house, group=GROUP)
    before = len(slack.calls_to("usergroups.users.list"))
    await house.nps(BO)
    await house.nps(CY)
    assert len(slack.calls_to("usergroups.users.list")) == before
    slack.usergroups[GROUP] = [BO, CY]
    slack.clock.now += GROUP_SECONDS
    assert not await is_refused(house, CY)


async def test_whoever_joins_the_group_is_staff_at_once(house: House, slack: FakeSlack):
    await name_staff(house, group=GROUP)
    assert await is_refused(house, CY)
    assert (await slack.regroup(GROUP, [CY])).ok
    assert (await is_refused(house, CY), await is_refused(house, BO)) == (False, True)


@on_sqlite
@pytest.mark.parametrize("trouble", ["internal_error", "ratelimited"])
async def test_while_slack_does_not_answer_the_members_known_before_still_count(
    house: House, slack: FakeSlack, trouble: str
):
    await name_staff(house, group=GROUP)
    await house.nps(BO)
    slack.clock.now += GROUP_SECONDS * 2
    slack.fail_next("usergroups.users.list", trouble)
    assert "Unhappy answers need a place to go" in await house.nps(BO)


@on_sqlite
async def test_of_a_group_never_seen_nothing_is_made_up_while_slack_does_not_answer(house: House, slack: FakeSlack):
    await name_staff(house, group=GROUP)
    await slack.regroup(GROUP, [BO])
    slack.fail_next("usergroups.users.list", "internal_error")
    with pytest.raises(SlackApiError):
        await house.bot.people.person(BO)
    assert (await house.bot.people.person(BO)).is_staff


# being forgotten


async def test_an_erased_person_leaves_the_list_and_nobody_becomes_staff_by_that(house: House):
    await name_staff(house, BO)
    async with house.database.transaction() as tx:
        await privacy.erase(tx, "T0NORTH", BO, now=house.now)
        for table in Base.metadata.sorted_tables:
            assert f"'{BO}'" not in str((await tx.execute(select(table))).all()), table.name
    assert await is_refused(house, CY)
    assert "nobody but workspace admins" in await house.nps(ADMIN, "staff", channel=GENERAL)


async def test_a_schedule_asks_customers_and_nobody_who_is_staff_by_name(house: House):
    await house.ask(GUEST)
    await house.ask(EVE)
    await name_staff(house, BO, GUEST, EVE)
    await schedule(house, channels=[HELP, SHARED])
    assert await audience(house) == {ANA, KIM, CY, EVA}
