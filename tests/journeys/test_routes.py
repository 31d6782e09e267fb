"""A manager says which alerts go where; they go there, mention whom they should, and none is lost."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from storage.models import Account, Contact, Delivery, FollowUp
from tests.fake_slack import FakeSlack, Message
from tests.house import ADMIN, ALERTS, ANA, BO, CY, GENERAL, GUEST, KIM, House, open_house

URGENT, HIGHER, COMMENT = "C0URGENT", "C0HIGHER", "Exports time out every Monday."


@pytest.fixture
async def with_groups(slack: FakeSlack, sqlite_url: str) -> AsyncIterator[House]:
    slack.scopes |= {"usergroups:read"}
    slack.add_usergroup("S0CARE", name="Care", users=[BO])
    async with open_house(slack, sqlite_url, "http") as house:
        yield house


def furnish(house: House) -> None:
    for channel in (URGENT, HIGHER):
        members = [ADMIN, BO, CY, house.slack.bot_user_id]
        house.slack.add_channel(channel, name=channel.lower(), members=members)


def listed(house: House, user: str = ADMIN):
    return house.slack.ephemerals_for(user)[-1]


async def add(house: House, **values: object) -> str:
    """Add a route as a manager does; returns the list as it is read then."""
    await house.nps(ADMIN, "routes")
    await house.press(ADMIN, listed(house), "add_route")
    ack = await house.slack.submit(ADMIN, values)
    assert ack.ok, ack
    await house.settle()
    return listed(house).shown


async def pick(house: House, act: str, route_id: int = 1) -> None:
    value = f"{act}:{route_id}"
    ack = await house.slack.select(ADMIN, listed(house), "route_menu", value, block_id=_beside(house, value))
    assert ack.ok, ack
    await house.settle()


def _beside(house: House, value: str) -> str:
    [row] = [each for each in listed(house).blocks if f"'{value}'" in str(each.get("accessory"))]
    return row["block_id"]


async def answer(house: House, score: int, person: str = ANA, **values: object) -> None:
    card = await house.ask(person)
    await house.click_score(person, card, score)
    await house.comment(person, COMMENT, **values)
    await house.later(seconds=2)


async def belongs(house: House, **account: object) -> None:
    """Ana is of Beta."""
    async with house.database.transaction() as tx:
        row = Account(workspace_id=house.slack.team_id, name="Beta", created_at=house.now, **account)
        tx.add(row)
        await tx.flush()
        whose = {"account_id": row.id, "is_account_by_hand": True, "first_seen_at": house.now}
        tx.add(Contact(workspace_id=row.workspace_id, user_id=ANA, name="Ana Ruiz", **whose))


def words(message: Message) -> str:
    """What Slack was given, mentions and all."""
    return str(message.blocks)


async def test_an_alert_mentions_who_asked_until_somebody_takes_it(house: House):
    await house.choose_channel()
    await answer(house, 3)
    [alert] = house.alerts()
    assert f"<@{BO}>, first reply due" in words(alert)
    await house.press(CY, alert, "claim")
    await house.later(seconds=30)
    assert "first reply due" not in words(house.card(alert))


async def test_a_route_sends_the_alerts_of_a_segment_elsewhere_and_mentions_a_colleague(house: House):
    furnish(house)
    await house.choose_channel()
    await belongs(house, segment="enterprise", arr=80_000, owner_id=BO)
    values = {"segment": "=enterprise", "arr_from": "50,000", "channel": URGENT}
    told = await add(house, **values, mention="colleague", colleague=CY)
    assert "segment enterprise · ARR from 50,000" in told
    await answer(house, 3)
    await answer(house, 3, KIM)
    [urgent], [usual] = house.alerts(URGENT), house.alerts()
    assert f"<@{CY}>, first reply due" in words(urgent)
    assert "Kim" in usual.shown


async def test_praise_goes_where_a_route_asks_for_it_and_nobody_is_reminded(house: House):
    furnish(house)
    await house.choose_channel()
    await add(house, categories=["promoter"], channel=URGENT, mention="asker")
    await answer(house, 10)
    [praise] = house.alerts(URGENT)
    assert f"<@{BO}>, for you to see." in words(praise)
    await house.later(hours=30)
    assert house.thread(praise) == []
    assert "waiting" not in await house.nps(BO)


async def test_praise_that_was_resolved_is_not_opened_again_by_more_praise(small_house: House):
    furnish(small_house)
    await small_house.choose_channel()
    await add(small_house, categories=["promoter"], channel=URGENT)
    card = await small_house.ask()
    await small_house.click_score(ANA, card, 9)
    await small_house.comment(ANA, COMMENT)
    await small_house.press(CY, small_house.alerts(URGENT)[0], "resolve")
    await small_house.slack.submit(CY, {"outcome": "nothing_to_do", "root_cause": "other", "note": "Lovely."})
    await small_house.settle()
    await small_house.slack.click(ANA, small_house.card(card), "change_answer")
    await small_house.settle()
    await small_house.comment(ANA, "Lovely, and fast.")
    await small_house.later(minutes=1)
    async with small_house.database.reading() as tx:
        assert await tx.scalar(select(FollowUp.state)) == "resolved"


async def test_a_user_group_is_mentioned(with_groups: House):
    small_house = with_groups
    furnish(small_house)
    await small_house.choose_channel()
    await add(small_house, channel=URGENT, mention="group", group="S0CARE")
    await answer(small_house, 3)
    assert "<!subteam^S0CARE>, first reply due" in words(small_house.alerts(URGENT)[0])


# setting up


async def test_routes_are_changed_moved_and_taken_out(small_house: House):
    furnish(small_house)
    await add(small_house, channel=URGENT, highest_score="2")
    told = await add(small_house, channel=HIGHER)
    assert told.index("scores 0 to 2") < told.index("every alert")
    await pick(small_house, "earlier", 2)
    assert listed(small_house).shown.index("every alert") < listed(small_house).shown.index("scores 0 to 2")
    await pick(small_house, "edit", 1)
    await small_house.slack.submit(ADMIN, {"highest_score": "4", "mention": "nobody"})
    await small_house.settle()
    assert "scores 0 to 4" in listed(small_house).shown
    await pick(small_house, "edit", 2)
    await small_house.slack.submit(ADMIN, {"remove": ["yes"]})
    await small_house.settle()
    assert "every alert\n" not in listed(small_house).shown


@pytest.mark.parametrize(
    ("values", "field", "why"),
    [
        ({"arr_from": "a lot"}, "arr_from", "whole amount"),
        ({"highest_score": "11"}, "highest_score", "from 0 to 10"),
        ({"highest_score": "x"}, "highest_score", "from 0 to 10"),
        ({"mention": "colleague"}, "colleague", "Choose the colleague"),
        ({"mention": "colleague", "colleague": GUEST}, "colleague", "your staff"),
    ],
)
async def test_what_cannot_be_meant_is_said_beside_its_field(small_house: House, values: dict, field: str, why: str):
    await small_house.nps(ADMIN, "routes")
    await small_house.press(ADMIN, listed(small_house), "add_route")
    ack = await small_house.slack.submit(ADMIN, values)
    assert why in ack.body["errors"][field]


async def test_a_channel_that_outsiders_read_by_now_is_refused(small_house: House):
    furnish(small_house)
    await add(small_house, channel=URGENT)
    await pick(small_house, "edit")
    small_house.slack.share(URGENT, "T0OTHER")
    ack = await small_house.slack.submit(ADMIN, {})
    assert "shared with another company" in ack.body["errors"]["channel"]


async def test_nothing_goes_higher_in_a_channel_that_is_archived_by_now(small_house: House):
    furnish(small_house)
    await small_house.nps(ADMIN, "routes")
    await small_house.press(ADMIN, listed(small_house), "edit_escalation")
    await small_house.slack.submit(ADMIN, {"channel": HIGHER})
    await small_house.settle()
    await small_house.press(ADMIN, listed(small_house), "edit_escalation")
    small_house.slack.archive(HIGHER)
    ack = await small_house.slack.submit(ADMIN, {})
    assert "archived" in ack.body["errors"]["channel"]


async def test_members_cannot_see_or_change_routes(small_house: House):
    assert "You may not set up surveys" in await small_house.nps(CY, "routes")


async def test_a_stale_list_says_that_the_route_is_gone(small_house: House):
    await add(small_house, channel=ALERTS)
    stale = listed(small_house)
    await pick(small_house, "edit")
    await small_house.slack.submit(ADMIN, {"remove": ["yes"]})
    await small_house.settle()
    await small_house.slack.select(ADMIN, stale, "route_menu", "earlier:1", stale=True)
    await small_house.settle()
    assert "That route is no longer there" in listed(small_house).shown


async def test_a_test_is_plainly_one_and_mentions_only_whoever_tests(house: House):
    furnish(house)
    await add(house, channel=URGENT, mention="colleague", colleague=CY)
    await pick(house, "test")
    [test] = house.cards(URGENT)
    assert "Test of a route" in test.shown
    assert f"<@{ADMIN}>" in words(test)
    assert CY not in words(test)


async def test_a_test_goes_to_no_channel_that_outsiders_read(small_house: House):
    furnish(small_house)
    await add(small_house, channel=URGENT)
    shown = listed(small_house)
    small_house.slack.share(URGENT, "T0OTHER")
    await small_house.slack.select(ADMIN, shown, "route_menu", "test:1")
    await small_house.settle()
    assert small_house.cards(URGENT) == []
    assert "shared with another company" in listed(small_house).shown


# what keeps alerts back


async def parked(house: House) -> list[str | None]:
    async with house.database.reading() as tx:
        return list((await tx.scalars(select(Delivery.obstacle).where(Delivery.state == "parked"))).all())


def told(house: House, words: str) -> list[Message]:
    return [each for each in house.cards(house.slack.dm_of(ADMIN)) if words in each.shown]


async def test_a_routes_channel_that_is_archived_keeps_its_alerts_until_it_is_back(house: House):
    furnish(house)
    await house.choose_channel()
    await add(house, channel=URGENT)
    house.slack.archive(URGENT)
    await answer(house, 3)
    assert (await parked(house), len(told(house, "archived"))) == (["archived"], 1)
    await house.slack.unarchive(URGENT)
    await house.later(seconds=2)
    assert COMMENT in house.alerts(URGENT)[-1].shown


async def test_a_routes_channel_the_bot_is_not_in_keeps_its_alerts_until_it_is_invited(house: House):
    furnish(house)
    await house.choose_channel()
    await add(house, channel=URGENT)
    house.slack.kick(URGENT, house.slack.bot_user_id)
    await answer(house, 3)
    assert (await parked(house), len(told(house, "/invite"))) == (["not_in_channel"], 1)
    await house.slack.invite(URGENT, house.slack.bot_user_id)
    await house.later(seconds=2)
    assert COMMENT in house.alerts(URGENT)[-1].shown


async def test_a_routes_channel_that_becomes_shared_loses_its_alerts_to_the_one_chosen_instead(house: House):
    furnish(house)
    await house.choose_channel()
    await add(house, channel=URGENT)
    await answer(house, 3)
    await house.slack.share(URGENT, "T0OTHER")
    await house.later(seconds=5)
    assert house.alerts(URGENT) == []
    await house.nps(ADMIN, "routes")
    assert "stopped since it is shared" in listed(house).shown
    [notice] = told(house, "shared with another company")
    await house.slack.select(ADMIN, notice, "move_channel", GENERAL)
    await house.later(seconds=5)
    assert COMMENT in house.alerts(GENERAL)[-1].shown


async def test_taking_a_route_out_lets_what_waited_for_it_go_by_those_that_are_left(house: House):
    furnish(house)
    await house.choose_channel()
    await add(house, channel=URGENT)
    house.slack.archive(URGENT)
    await answer(house, 3)
    await house.nps(ADMIN, "routes")
    await pick(house, "edit")
    await house.slack.submit(ADMIN, {"remove": ["yes"]})
    await house.later(seconds=5)
    assert COMMENT in house.alerts()[-1].shown


async def test_it_goes_higher_in_the_channel_chosen_for_that(house: House):
    furnish(house)
    await house.choose_channel()
    await house.nps(ADMIN, "routes")
    await house.press(ADMIN, listed(house), "edit_escalation")
    await house.slack.submit(ADMIN, {"channel": HIGHER})
    await house.settle()
    assert f"<#{HIGHER}>" in str(listed(house).blocks)
    await answer(house, 3)
    await house.later(hours=30)
    assert "Nobody has replied" in house.escalations(HIGHER)[-1].shown


async def test_without_one_it_goes_higher_where_the_alert_is(small_house: House):
    furnish(small_house)
    await small_house.choose_channel()
    await add(small_house, channel=URGENT)
    await answer(small_house, 3)
    await small_house.later(hours=30)
    assert "Nobody has replied" in small_house.escalations(URGENT)[-1].shown


async def test_what_goes_higher_waits_for_its_channel_too(house: House):
    furnish(house)
    await house.choose_channel()
    await house.nps(ADMIN, "routes")
    await house.press(ADMIN, listed(house), "edit_escalation")
    await house.slack.submit(ADMIN, {"channel": HIGHER})
    await house.settle()
    await house.slack.share(HIGHER, "T0OTHER")
    await answer(house, 3)
    await house.later(hours=30)
    assert (await parked(house), house.cards(HIGHER)) == (["shared"], [])
    [notice] = told(house, "shared with another company")
    await house.slack.select(ADMIN, notice, "move_channel", GENERAL)
    await house.later(seconds=5)
    assert "Nobody has replied" in house.escalations(GENERAL)[-1].shown
