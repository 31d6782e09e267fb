"""Odd names: right to left, with asterisks, over several lines; what we say with them stays readable."""

import pytest

from tests.house import ADMIN, ANA, BO, House

LEILA, SCORE = "ليلى حسن", 4
ISOLATED = f"\u2068{LEILA}\u2069"


async def alerted(house: House) -> str:
    """Somebody answers, and the alert is there; returns what it shows."""
    await house.choose_channel()
    await house.click_score(ANA, await house.ask(survey="support"), SCORE)
    await house.comment(ANA, "Exports time out.")
    await house.later(seconds=2)
    return house.alerts()[-1].shown


async def reword(house: House, **words: str) -> None:
    """Change the words of the survey "support"."""
    await house.nps(ADMIN, "surveys")
    await house.slack.click(ADMIN, house.slack.ephemerals_for(ADMIN)[-1], "edit_survey", value="2")
    await house.settle()
    assert (await house.slack.submit(ADMIN, dict(words))).ok
    await house.settle()


async def test_beside_a_name_from_right_to_left_the_score_stays_where_it_is_read(small_house: House):
    small_house.slack.user(ANA).real_name = LEILA
    assert f"*{ISOLATED}: {SCORE}*" in await alerted(small_house)
    assert f"*{ISOLATED}: {SCORE}*" in await small_house.nps(BO, "detractors")
    assert f"{ISOLATED}, since" in await small_house.nps(BO)


async def test_the_news_that_somebody_has_said_more_is_read_in_the_right_order(small_house: House):
    small_house.slack.user(ANA).real_name = LEILA
    await alerted(small_house)
    await small_house.slack.click(BO, small_house.alerts()[-1], "claim")
    await small_house.settle()
    await small_house.slack.click(ANA, small_house.cards(small_house.slack.dm_of(ANA))[-1], "change_answer")
    await small_house.settle()
    await small_house.comment(ANA, "And again.")
    await small_house.later(seconds=2)
    assert f"{ISOLATED} has said more" in small_house.cards(small_house.slack.dm_of(BO))[-1].shown


async def test_a_thank_you_to_a_name_from_right_to_left_keeps_the_score_apart(small_house: House):
    small_house.slack.user(ANA).real_name = LEILA
    await alerted(small_house)
    assert f"{ISOLATED}. Your score is {SCORE}" in small_house.cards(small_house.slack.dm_of(ANA))[-1].shown


async def test_a_name_with_asterisks_does_not_end_what_is_bold(small_house: House):
    small_house.slack.user(ANA).real_name = "*Ana* <!channel>"
    shown = await alerted(small_house)
    assert f"*∗Ana∗ &lt;!channel&gt;: {SCORE}*" in shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ({"subject": "the *new* Cloud"}, "*How likely are you to recommend the ∗new∗ Cloud to a friend or colleague?*"),
        ({"question": "We moved.\n\nHow is {subject} now?"}, "*We moved.*\n\n*How is Northwind now?*"),
        ({"question": "How is {subject}? {oops} 100%"}, "*How is Northwind? {oops} 100%*"),
    ],
)
async def test_a_survey_speaks_its_own_words_whole_and_bold(small_house: House, words, shown):
    await reword(small_house, **words)
    card = await small_house.ask(survey="support")
    assert shown in card.shown
