"""Emoji have one name, Slack's, however they were typed."""

import pytest

from bot.rules.emoji import CHARACTERS, NAME, name_of, plain_name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (":ballot_box_with_ballot:", "ballot_box_with_ballot"),
        ("ballot_box_with_ballot", "ballot_box_with_ballot"),
        ("🗳️", "ballot_box_with_ballot"),
        ("🗳", "ballot_box_with_ballot"),
        (" :Party_Parrot: ", "party_parrot"),
        ("👍🏽", "+1"),
        (":wave::skin-tone-3:", "wave"),
        ("thumbsup", "+1"),
        ("nps-ask", "nps-ask"),
    ],
)
def test_an_emoji_is_found_by_its_name_or_by_itself(typed: str, name: str):
    assert name_of(typed) == name


@pytest.mark.parametrize("typed", ["", ":", "two words", "🦩", "✅✅", "a:b", "ballot box", "x" * 101])
def test_what_is_no_emoji_we_know_has_no_name(typed: str):
    assert name_of(typed) is None


def test_a_reaction_in_any_skin_tone_is_the_same_reaction():
    assert plain_name("+1::skin-tone-4") == plain_name("+1") == plain_name("thumbsup") == "+1"


def test_every_name_is_one_slack_could_send():
    assert all(NAME.fullmatch(name) and plain_name(name) == name for name in CHARACTERS.values())
