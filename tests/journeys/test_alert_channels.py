"""Alert channels: who may choose one, what they should mind, and an alert Slack refuses is never lost."""

import pytest
from sqlalchemy import select

from bot.services import surveys
from bot.services.surveys import ADDED_LATER, DEFAULTS, MOST_SURVEYS, SurveyKind, Wording
from storage.models import Delivery, RoleGrant, Survey
from tests.fake_slack import Ephemeral, Message
from tests.house import ADMIN, ALERTS, ANA, BO, CY, GENERAL, HELP, KIM, House

COMMENT = "Exports time out every Monday."
GUESTS = "Mind that not only staff reads"


async def channels(house: House) -> set[str | None]:
    async with house.database.reading() as tx:
        return set((await tx.scalars(select(Survey.alert_channel_id).where(Survey.kind.not_in(ADDED_LATER)))).all())


async def managers(house: House) -> list[str]:
    async with house.database.reading() as tx:
        return list((await tx.scalars(select(RoleGrant.user_id).where(RoleGrant.granted_by.is_not(None)))).all())


async def parked(house: House) -> list[str | None]:
    async with house.database.reading() as tx:
        return list((await tx.scalars(select(Delivery.obstacle).where(Delivery.state == "parked"))).all())


async def pick(house: House, who: str, where: Ephemeral | Message, channel: str, menu: str = "first_channel") -> str:
    """Choose in a menu; returns what that person is told."""
    await house.slack.select(who, where, menu, channel)
    await house.later(seconds=2)
    return house.slack.ephemerals_for(who)[-1].shown


async def unhappy(house: House, person: str = ANA) -> None:
    card = await house.ask(person)
    await house.click_score(person, card, 2)
    await house.comment(person, COMMENT)
    await house.later(seconds=2)


def told(house: House, person: str, words: str) -> list[Message]:
    return [each for each in house.cards(house.slack.dm_of(person)) if words in each.shown]


def offers_menu(shown: Ephemeral) -> bool:
    return "first_channel" in [block["block_id"] for block in shown.blocks]


# who may choose


async def test_until_there_is_a_channel_every_member_is_offered_the_choice_and_then_nobody_is(house: House):
    for text in ("", "try", f"ask <@{KIM}>"):
        await house.nps(CY, text)
        assert offers_menu(house.slack.ephemerals_for(CY)[-1])
    await house.choose_channel(by=BO)
    assert await managers(house) == [BO]
    for who in (CY, BO, ADMIN):
        await house.nps(who)
        assert not offers_menu(house.slack.ephemerals_for(who)[-1])


async def test_where_a_manager_is_known_a_member_is_not_offered_the_choice_and_a_stale_menu_says_who_can(
    small_house: House,
):
    await small_house.nps(CY)
    menu = small_house.slack.ephemerals_for(CY)[-1]
    await small_house.nps(ADMIN, "managers")
    await small_house.slack.submit(ADMIN, {"managers": [BO]})
    assert f"Ask one of <@{ADMIN}>, <@{BO}>" in await pick(small_house, CY, menu, ALERTS)
    assert await channels(small_house) == {None}
    assert await managers(small_house) == [BO]
    await small_house.nps(CY)
    assert not offers_menu(small_house.slack.ephemerals_for(CY)[-1])
    await small_house.nps(BO)
    assert f"Alerts go to <#{ALERTS}>" in await pick(small_house, BO, small_house.slack.ephemerals_for(BO)[-1], ALERTS)


async def test_where_one_survey_has_a_channel_a_member_cannot_choose_for_the_others(small_house: House):
    await small_house.nps(CY)
    menu = small_house.slack.ephemerals_for(CY)[-1]
    async with small_house.database.transaction() as tx:
        survey = await surveys.named(tx, "T0NORTH", "support")
        await surveys.set_alert_channel(tx, survey.id, ALERTS)
    assert "You may not set up surveys" in await pick(small_house, CY, menu, GENERAL)
    assert await channels(small_house) == {None, ALERTS}
    await small_house.nps(CY)
    assert not offers_menu(small_house.slack.ephemerals_for(CY)[-1])


async def test_the_menu_in_a_notice_moves_nothing_for_a_member(small_house: House):
    await small_house.choose_channel()
    small_house.slack.user(ADMIN).is_admin = False
    await small_house.later(minutes=11)
    refusal = await small_house.nps(ADMIN, "surveys")
    assert refusal == "You may not set up surveys. A workspace admin can."  # and nobody is named who no longer may
    await small_house.slack.archive(ALERTS)
    await unhappy(small_house)
    [notice] = told(small_house, BO, "is archived")
    answer = await pick(small_house, BO, notice, GENERAL, "move_channel")
    assert "You may not set up surveys. A workspace admin can." in answer
    assert await channels(small_house) == {ALERTS}
    assert small_house.alerts(GENERAL) == []


async def test_guests_are_not_offered_the_choice_and_cannot_make_it(small_house: House):
    await small_house.nps(CY)
    menu = small_house.slack.ephemerals_for(CY)[-1]
    small_house.slack.user(CY).is_restricted = True  # made a guest since
    await small_house.later(minutes=11)
    assert "Guests" in await pick(small_house, CY, menu, ALERTS)
    assert await channels(small_house) == {None}


# what to mind


async def test_whoever_chooses_a_channel_guests_read_is_told_so(house: House):
    await house.nps(BO)
    assert f"{GUESTS} <#{HELP}>" in await pick(house, BO, house.slack.ephemerals_for(BO)[-1], HELP)
    assert await channels(house) == {HELP}


async def test_a_channel_without_guests_is_chosen_without_a_warning(small_house: House):
    await small_house.nps(BO)
    answer = await pick(small_house, BO, small_house.slack.ephemerals_for(BO)[-1], ALERTS)
    assert answer == f"Alerts go to <#{ALERTS}>."


@pytest.mark.parametrize(("channel", "is_warned"), [(HELP, True), (ALERTS, False)])
async def test_the_modal_of_a_survey_warns_of_guests_too(small_house: House, channel, is_warned):
    await small_house.nps(ADMIN, "surveys")
    await small_house.slack.click(ADMIN, small_house.slack.ephemerals_for(ADMIN)[-1], "edit_survey", value="1")
    await small_house.settle()
    await small_house.slack.submit(ADMIN, {"alert_channel": channel})
    await small_house.settle()
    answer = small_house.slack.ephemerals_for(ADMIN)[-1].shown
    assert "is saved." in answer
    assert (GUESTS in answer) is is_warned


async def test_when_slack_does_not_tell_who_is_a_guest_the_channel_is_chosen_all_the_same(small_house: House):
    await small_house.nps(BO)
    small_house.slack.fail_next("users.list")
    answer = await pick(small_house, BO, small_house.slack.ephemerals_for(BO)[-1], HELP)
    assert answer == f"Alerts go to <#{HELP}>."


# refused


def refuse_alerts(house: House, times: int) -> None:
    house.slack.fail_next(
        "chat.postMessage", "some_new_error", times=times, when=lambda args: args["channel"] == ALERTS
    )


async def test_an_alert_slack_refuses_for_no_known_reason_is_tried_every_hour_until_it_leaves(house: House):
    await house.choose_channel()
    refuse_alerts(house, times=4)
    await unhappy(house)
    for _ in range(3):
        assert await parked(house) == ["refused"]
        await house.later(hours=1)
    assert house.alerts() == []
    [notice] = told(house, ADMIN, "Slack refused an alert")
    assert "I try again every hour" in notice.shown
    await house.later(hours=1)
    assert COMMENT in house.alerts()[-1].shown
    assert await parked(house) == []


async def test_a_refused_alert_leaves_for_the_channel_that_is_chosen_in_the_notice(small_house: House):
    await small_house.choose_channel()
    refuse_alerts(small_house, times=1)
    await unhappy(small_house)
    [notice] = told(small_house, ADMIN, "Slack refused an alert")
    answer = await pick(small_house, ADMIN, notice, GENERAL, "move_channel")
    assert "1 that waited leaves now." in answer
    assert COMMENT in small_house.alerts(GENERAL)[-1].shown


# too many


async def test_one_survey_too_many_is_refused_in_the_modal_and_all_are_still_shown(small_house: House):
    async with small_house.database.transaction() as tx:
        for n in range(MOST_SURVEYS - len(DEFAULTS)):
            wording, now = Wording(f"survey-{n}"), small_house.now
            await surveys.create(tx, "T0NORTH", kind=SurveyKind.RELATIONAL, wording=wording, by=ADMIN, now=now)
    shown = await small_house.nps(ADMIN, "surveys")
    assert all(f"survey-{n}" in shown for n in range(MOST_SURVEYS - len(DEFAULTS)))
    await small_house.slack.click(ADMIN, small_house.slack.ephemerals_for(ADMIN)[-1], "new_survey")
    await small_house.settle()
    ack = await small_house.slack.submit(ADMIN, {"name": "one-more"})
    assert ack.body["errors"] == {
        "name": "There are 40 surveys, which is the most Slack can show at once. Rename one instead."
    }
    assert "one-more" not in await small_house.nps(ADMIN, "surveys")
