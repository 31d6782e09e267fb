"""Asks that cannot leave: whoever asked hears why and how to mend it, once; mended, the question leaves."""

import pytest

from tests.fake_slack import Message
from tests.house import ADMIN, ALERTS, ANA, BO, CY, HELP, KIM, House, permalink

QUESTION = "How likely are you to recommend Northwind"


async def ask_later(house: House, *, by: str = BO) -> str:
    """Ask Ana in a thread of #help, in three hours; returns the thread."""
    thread = house.slack.say(ANA, HELP, "My export is stuck")
    await house.slack.message_shortcut(by, "ask_for_nps", HELP, thread)
    await house.settle()
    await house.slack.submit(by, {"time": "later"})
    await house.settle()
    return thread


def told(house: House, person: str, words: str) -> list[Message]:
    return [each for each in house.cards(house.slack.dm_of(person)) if words in each.shown]


async def admins_known(house: House) -> None:
    """An admin and a manager: those who hear of trouble with alerts."""
    await house.nps(ADMIN)
    await house.choose_channel(by=CY)


# what happens to #help, what the asker is told, and what mends it
async def kicked(house: House) -> None:
    house.slack.kick(HELP, house.slack.bot_user_id)


async def invited(house: House) -> None:
    await house.slack.invite(HELP, house.slack.bot_user_id)


async def archived(house: House) -> None:
    await house.slack.archive(HELP)


async def unarchived(house: House) -> None:
    await house.slack.unarchive(HELP)


@pytest.mark.parametrize(
    ("trouble", "why", "mended"),
    [
        pytest.param(kicked, f"I am not in <#{HELP}>: type `/invite` there", invited, id="not in the channel"),
        pytest.param(archived, f"<#{HELP}> is archived.", unarchived, id="archived"),
    ],
)
async def test_only_the_asker_hears_once_why_a_question_waits(small_house: House, trouble, why, mended):
    await admins_known(small_house)
    await ask_later(small_house)
    await trouble(small_house)
    await small_house.later(hours=3)
    await small_house.later(hours=1)
    [notice] = told(small_house, BO, "waits")
    assert f"My question to <@{ANA}> waits. {why}" in notice.shown
    assert told(small_house, ADMIN, "waits") == told(small_house, CY, "waits") == []
    await mended(small_house)
    await small_house.later(seconds=2)
    assert QUESTION in small_house.cards(HELP)[-1].shown


async def test_a_channel_where_only_some_may_post_is_explained_and_tried_again_every_hour(small_house: House):
    await ask_later(small_house)
    small_house.slack.fail_next("chat.postMessage", "restricted_action", when=lambda args: args["channel"] == HELP)
    await small_house.later(hours=3)
    assert f"In <#{HELP}> only some people may post." in told(small_house, BO, "waits")[-1].shown
    await small_house.later(hours=1)
    assert QUESTION in small_house.cards(HELP)[-1].shown


def without_scope(house: House, times: int = 1) -> None:
    house.slack.fail_next(
        "chat.postMessage", "missing_scope", times=times, when=lambda args: args["channel"] in (HELP, KIM)
    )


async def test_what_a_new_installation_mends_is_told_to_the_asker_and_the_admins_once_each(house: House):
    await admins_known(house)
    await ask_later(house)
    without_scope(house, times=4)
    await house.later(hours=3)
    await house.nps(BO, f"ask <@{KIM}>")
    await house.later(hours=1)
    assert "Install me again" in told(house, BO, f"<@{ANA}> waits")[-1].shown
    for person in (ADMIN, CY):
        [notice] = told(house, person, "Install me again")
        assert "nps-bot doctor" in notice.shown
    await house.later(hours=2)
    assert QUESTION in house.cards(HELP)[-1].shown
    assert len(house.cards(house.slack.dm_of(KIM))) == 1


@pytest.mark.parametrize("asker", [ADMIN, BO])
async def test_nobody_is_told_twice_of_one_question_that_waits(small_house: House, asker):
    if asker == ADMIN:
        await small_house.nps(ADMIN)
        small_house.slack.join(HELP, ADMIN)
    await ask_later(small_house, by=asker)
    without_scope(small_house, times=2)
    await small_house.later(hours=3)
    await small_house.later(hours=1)
    assert len(told(small_house, asker, "Install me again")) == 1


async def test_news_of_trouble_that_could_not_leave_either_is_not_told_once_it_is_mended(small_house: House):
    await small_house.nps(ADMIN)
    await ask_later(small_house)
    small_house.slack.fail_next("chat.postMessage", "missing_scope", times=3)  # the question and both notices
    await small_house.later(hours=3)
    await small_house.later(hours=1)
    assert QUESTION in small_house.cards(HELP)[-1].shown
    for person in (ADMIN, BO):
        assert told(small_house, person, "Install me again") == []


async def test_a_question_that_was_taken_back_while_it_waited_is_no_longer_spoken_of(small_house: House):
    await ask_later(small_house)
    whisper = small_house.slack.ephemerals_for(BO)[-1]
    await kicked(small_house)
    small_house.slack.fail_next("chat.postMessage", retry_after=60, when=lambda args: args["channel"] == BO)
    await small_house.later(hours=3)
    await small_house.slack.click(BO, whisper, "dont_ask")
    await small_house.later(minutes=2)
    assert told(small_house, BO, "waits") == []


# links


async def test_the_link_in_an_alert_leads_to_the_message_that_was_meant(house: House):
    await house.choose_channel()
    thread = house.slack.say(ANA, HELP, "My export is stuck")
    reply = house.slack.say(BO, HELP, "Fixed!", thread_ts=thread)
    await house.nps(BO, f"ask <@{ANA}> {permalink(HELP, reply, thread)}")
    await house.click_score(ANA, house.cards(HELP)[-1], 3)
    await house.later(minutes=6)
    [button] = [each for each in house.alerts()[-1].blocks[-1]["elements"] if "url" in each]
    assert button["url"] == permalink(HELP, reply, thread)
    await house.slack.click(CY, house.alerts()[-1], "open_link")


async def test_a_link_from_somewhere_else_is_written_anew_and_leads_into_our_workspace(small_house: House):
    thread = small_house.slack.say(ANA, HELP, "My export is stuck")
    pasted = permalink(HELP, thread).replace("northwind", "northwind-login")
    await small_house.nps(BO, f"ask <@{ANA}> {pasted}")
    whisper = small_house.slack.ephemerals_for(BO)[-1].shown
    assert permalink(HELP, thread, thread) in whisper
    assert "northwind-login" not in whisper


async def test_the_report_and_the_list_lead_to_the_alert(small_house: House):
    await small_house.choose_channel()
    await small_house.click_score(ANA, await small_house.ask_in_thread(), 3)
    await small_house.later(minutes=6)
    alert = permalink(ALERTS, small_house.alerts()[-1].ts)
    for text in ("", "detractors"):
        await small_house.nps(BO, text)
        blocks = small_house.slack.ephemerals_for(BO)[-1].blocks
        assert alert in [block.get("accessory", {}).get("url") for block in blocks]
