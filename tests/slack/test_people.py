"""People as Slack knows them: who is ours, and what we still know while Slack does not answer."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import PersonUnknown
from bot.slack.people import CHANNEL_SECONDS, PERSON_SECONDS, People
from tests.fake_slack import FakeSlack
from tests.fake_slack.rehearsal import Clock
from tests.house import ADMIN, ALERTS, ANA, BO, EVA, EVE, GENERAL, GUEST, HELP, KIM, SHARED, open_house

OURS = "E0NORTHWIND"
GRACE, GUS = "U0GRACE", "U0GUS"  # colleagues in another workspace of our organisation; Gus is a guest there


@pytest.fixture
async def client(slack: FakeSlack) -> AsyncIterator[AsyncWebClient]:
    async with ClientSession() as session:
        yield AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=session, retry_handlers=[])


@pytest.fixture
def people(slack: FakeSlack, client: AsyncWebClient, clock: Clock) -> People:
    grid = {"team_id": "T0SISTER", "enterprise_id": OURS, "enterprise_name": "Northwind Group"}
    slack.add_user(GRACE, name="grace", real_name="Grace", **grid)
    slack.add_user(GUS, name="gus", real_name="Gus", is_restricted=True, **grid)
    return People(client, slack.team_id, enterprise_id=OURS, seconds=clock)


# who is ours


@pytest.mark.parametrize(
    ("user_id", "is_outsider"), [(BO, False), (GRACE, False), (GUS, True), (GUEST, True), (EVE, True), (EVA, True)]
)
async def test_colleagues_anywhere_in_our_organisation_are_ours_and_nobody_else_is(people, user_id, is_outsider):
    assert (await people.person(user_id)).caller("T0NORTH").is_outsider is is_outsider


async def test_outside_an_organisation_only_our_own_workspace_is_ours(slack, client, people, clock):
    alone = People(client, slack.team_id, enterprise_id=None, seconds=clock)
    assert (await alone.person(GRACE)).is_external
    assert (await alone.person(EVE)).is_external
    assert not (await alone.person(BO)).is_external


async def test_an_admin_of_another_company_is_no_admin_of_ours(slack, people):
    slack.user(EVE).is_admin = True
    assert not (await people.person(EVE)).is_admin
    assert (await people.person(ADMIN)).is_admin


async def test_what_speaks_against_asking_somebody_is_read_from_slack(slack, people):
    assert not (await people.person(EVE)).candidate().is_stranger
    slack.kick(SHARED, EVA)
    assert (await people.person(EVA)).candidate().is_stranger
    assert (await people.person(slack.bot_user_id)).candidate().is_bot


async def test_a_colleague_of_a_sister_workspace_takes_care_of_an_alert_like_everybody_else(slack, tmp_path):
    slack.enterprise_id, slack.enterprise_name = OURS, "Northwind Group"
    slack.add_user(GRACE, name="grace", team_id="T0SISTER", enterprise_id=OURS, enterprise_name="Northwind Group")
    async with open_house(slack, f"sqlite+aiosqlite:///{tmp_path / 'nps.db'}", "http") as house:
        await house.choose_channel(ALERTS)
        await house.click_score(ANA, await house.ask(), 2)
        await house.comment(ANA, "Down again.")
        alert = house.alerts(ALERTS)[-1]
        slack.channel(ALERTS).members.append(GRACE)
        await slack.click(GRACE, alert, "claim")
        await house.settle()
        assert f"<@{GRACE}> takes care of it" in house.card(alert).shown


# what is remembered


async def test_somebody_is_looked_up_once_until_it_may_have_changed(slack, people, clock):
    for _ in range(3):
        await people.person(BO)
    assert len(slack.calls_to("users.info")) == 1
    slack.user(BO).is_restricted = True
    clock.now += PERSON_SECONDS - 1
    assert not (await people.person(BO)).is_guest
    clock.now += 1
    assert (await people.person(BO)).is_guest
    assert len(slack.calls_to("users.info")) == 2


@pytest.mark.parametrize(("trouble", "status"), [("ratelimited", None), ("internal_error", None), ("broken", 503)])
async def test_while_slack_does_not_answer_what_was_known_of_somebody_still_holds(
    slack, people, clock, trouble, status
):
    await people.person(ADMIN)
    clock.now += PERSON_SECONDS * 6
    slack.fail_next("users.info", trouble, status=status)
    assert (await people.person(ADMIN)).is_admin
    slack.user(ADMIN).is_admin = False
    assert not (await people.person(ADMIN)).is_admin  # Slack answers again: what it says now counts


async def test_of_somebody_new_nothing_is_made_up_while_slack_does_not_answer(slack, people):
    slack.fail_next("users.info", "internal_error")
    with pytest.raises(SlackApiError):
        await people.person(BO)
    assert (await people.person(BO)).name == "Bo Lind"


async def test_somebody_slack_no_longer_knows_is_not_taken_from_memory(slack, people, clock):
    await people.person(KIM)
    clock.now += PERSON_SECONDS
    del slack.users[KIM]
    with pytest.raises(PersonUnknown):
        await people.person(KIM)


async def test_whether_a_channel_is_shared_is_asked_again_after_a_minute_and_at_once_when_it_matters(
    slack, people, clock
):
    assert await people.is_among_ourselves(ALERTS)
    slack.channel(ALERTS).is_ext_shared = True
    assert (await people.channel(ALERTS, fresh=True)).is_shared
    slack.channel(ALERTS).is_ext_shared = False
    assert not await people.is_among_ourselves(ALERTS)
    clock.now += CHANNEL_SECONDS
    assert await people.is_among_ourselves(ALERTS)


async def test_a_channel_we_cannot_see_is_not_taken_for_ours(slack, people):
    slack.add_channel("C0SECRET", name="secret", members=[BO], is_private=True)
    assert not await people.is_among_ourselves("C0SECRET")
    assert await people.is_among_ourselves("D0ANA")


async def test_a_stranger_is_not_asked_and_a_colleague_hears_why(small_house):
    small_house.slack.kick(SHARED, EVE)
    assert "share no channel with them" in await small_house.nps(BO, f"ask <@{EVE}>")
    assert small_house.cards(small_house.slack.dm_of(EVE)) == []


async def test_guests_are_found_in_a_channel_and_only_there(people):
    assert await people.has_guests(HELP)
    assert await people.has_guests(GENERAL)
    assert not await people.has_guests(ALERTS)
