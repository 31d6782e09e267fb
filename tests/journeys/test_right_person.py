"""Not the right person: whoever is may be named, and is asked under the same rules as everybody."""

from tests.fake_slack import Message, View
from tests.house import ANA, BO, CY, HELP, KIM, House

NAMED = f"<@{ANA}> says that <@{KIM}> would be the right person to ask."


async def says_not_me(house: House, card: Message) -> View:
    await house.press(ANA, card, "wrong_person")
    window = house.slack.open_view(ANA)
    assert window is not None
    return window


def notice(house: House, colleague: str = BO) -> Message:
    return next(each for each in house.cards(house.slack.dm_of(colleague)) if NAMED in each.shown)


async def named_kim(house: House, card: Message) -> None:
    await says_not_me(house, card)
    assert (await house.slack.submit(ANA, {"person": KIM})).ok
    await house.later(seconds=2)


async def test_whoever_asked_hears_who_would_be_right_and_asks_them_with_one_click(house: House):
    await named_kim(house, await house.ask(ANA))
    await house.press(BO, notice(house), "ask_instead")
    await house.later(seconds=2)
    assert "Northwind" in house.cards(house.slack.dm_of(KIM))[-1].shown


async def test_in_a_thread_the_other_person_is_asked_in_the_same_thread_about_the_same(house: House):
    card = await house.ask_in_thread(ANA)
    await named_kim(house, card)
    await house.press(BO, notice(house), "ask_instead")
    await house.later(seconds=2)
    again = house.cards(HELP)[-1]
    assert f"<@{KIM}>" in again.shown
    assert again.thread_ts == card.thread_ts


async def test_the_other_person_is_asked_once_however_often_the_button_is_pressed(house: House):
    await named_kim(house, await house.ask(ANA))
    for _ in range(2):
        await house.press(BO, notice(house), "ask_instead")
        await house.later(seconds=2)
    assert len(house.cards(house.slack.dm_of(KIM))) == 1


async def test_the_rules_hold_for_the_other_person_too(house: House):
    await house.click_score(KIM, await house.ask(KIM), 9)
    await house.later(days=2)
    await named_kim(house, await house.ask(ANA))
    await house.press(BO, notice(house), "ask_instead")
    assert "They were asked 2 days ago." in house.slack.ephemerals_for(BO)[-1].shown


async def test_nobody_need_be_named(house: House):
    await says_not_me(house, await house.ask(ANA))
    assert (await house.slack.submit(ANA, {})).ok
    await house.later(seconds=2)
    assert "This question is closed." in house.cards(house.slack.dm_of(ANA))[-1].shown
    assert "would be the right person" not in str(house.cards(house.slack.dm_of(BO)))


async def test_naming_oneself_names_nobody(small_house: House):
    await says_not_me(small_house, await small_house.ask(ANA))
    assert (await small_house.slack.submit(ANA, {"person": ANA})).ok
    await small_house.later(seconds=2)
    assert "would be the right person" not in str(small_house.cards(small_house.slack.dm_of(BO)))


async def test_a_rehearsal_asks_for_nobody(small_house: House):
    await small_house.nps(CY, "try")
    await small_house.press(CY, small_house.cards(small_house.slack.dm_of(CY))[-1], "wrong_person")
    assert small_house.slack.open_view(CY) is None
