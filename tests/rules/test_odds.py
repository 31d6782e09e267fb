"""Words are suggested that tell the groups apart by more than chance, and that the list does not know."""

from math import log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.odds import FEWEST_COMMENTS, MOST_SUGGESTED, Suggestion, log_odds, suggestions
from bot.rules.themes import DEFAULTS, Theme, reader

ENGLISH = reader(DEFAULTS, "en")
COUNTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 50), max_size=6)


def test_the_odds_are_those_of_the_paper():
    """Worked by hand: 30 words in either group, a prior of 10 in the proportions of both, so 10·25/60 of "export"."""
    first, second = {"export": 20, "meeting": 10}, {"export": 5, "meeting": 25}
    prior = 10 * 25 / 60
    odds = log((20 + prior) / (30 + 10 - 20 - prior)) - log((5 + prior) / (30 + 10 - 5 - prior))
    error = sqrt(1 / (20 + prior) + 1 / (5 + prior))
    assert log_odds(first, second)["export"] == pytest.approx(odds / error)
    assert round(odds / error, 4) == 4.2172


@given(COUNTS, COUNTS)
def test_who_is_first_changes_the_sign_only(first, second):
    there, back = log_odds(first, second), log_odds(second, first)
    assert there.keys() == back.keys() == first.keys() | second.keys()
    assert all(there[word] == pytest.approx(-back[word], abs=1e-9) for word in there)


@given(COUNTS)
def test_of_two_groups_that_say_the_same_nothing_tells_them_apart(counts):
    assert all(abs(z) < 1e-9 for z in log_odds(counts, counts).values())


def some(words: str, count: int) -> list[str]:
    return [f"{words} number{n}" for n in range(count)]


def test_a_word_of_unhappy_people_is_suggested_as_most_write_it():
    unhappy = [*some("The exports again", 20), "Exporting!", *some("meeting", 2)]
    found = suggestions(unhappy, some("the meeting with everybody", 40), ENGLISH)
    assert [(each.word, each.unhappy, each.happy) for each in found if each.z > 0] == [("exports", 21, 0)]
    assert "everybody" in {each.word for each in found if each.z < 0}


def test_a_word_in_seven_comments_is_not_enough():
    few = FEWEST_COMMENTS - 1
    assert [each.word for each in suggestions(some("exports", few), some("meeting", 60), ENGLISH) if each.z > 0] == []
    assert [each.word for each in suggestions(some("exports", 8), some("meeting", 60), ENGLISH) if each.z > 0]


def test_whoever_repeats_a_word_counts_once():
    assert (
        suggestions(["exports " * 50], some("meeting", 60), ENGLISH)[:1]
        == suggestions(["exports"], some("meeting", 60), ENGLISH)[:1]
    )


@pytest.mark.parametrize("word", ["expensive", "terrible", "because", "api"])
def test_what_the_list_knows_what_everybody_says_and_what_is_too_short_is_not_suggested(word: str):
    found = suggestions(some(word, 40), some("meeting", 40), ENGLISH)
    assert word not in {each.word for each in found}


def test_a_word_that_was_added_is_not_suggested_again():
    unhappy, happy = some("exports", 40), some("meeting", 40)
    known = reader([*DEFAULTS, Theme("own-1", "Exports", {"en": ("export",)})], "en")
    assert "exports" in {each.word for each in suggestions(unhappy, happy, ENGLISH)}
    assert "exports" not in {each.word for each in suggestions(unhappy, happy, known)}


def test_there_are_never_many():
    unhappy, happy = some("apples pears plums grapes", 40), some("chairs tables shelves lamps", 40)
    found = suggestions(unhappy, happy, ENGLISH)
    assert len(found) == MOST_SUGGESTED
    assert [abs(each.z) for each in found] == sorted((abs(each.z) for each in found), reverse=True)


def test_where_words_have_no_spaces_nothing_is_suggested():
    assert suggestions(["料金"] * 40, ["画面"] * 40, reader(DEFAULTS, "ja")) == []


def test_of_nobody_nothing_is_suggested():
    assert suggestions([], [], ENGLISH) == []
    assert isinstance(suggestions(some("exports", 40), [*some("meeting", 40)], ENGLISH)[0], Suggestion)
