"""Two sides from one line of words."""

from datetime import date

import pytest

from bot.rules.periods import NoPeriod
from bot.rules.versus import EXAMPLES, NoSides, completed, share_answers, sides
from bot.rules.wanted import Filter, Wanted, tokens

TODAY = date(2026, 11, 18)
SMALL, LARGE, MINE = Filter("segment", "small"), Filter("segment", "large"), Filter("owner", "<@U1>")


def found(text):
    return sides(tokens(text), today=TODAY)


def test_what_stands_left_and_right_of_versus_are_the_sides():
    assert found("enterprise vs small") == (Wanted(rest=("enterprise",)), Wanted(rest=("small",)))
    assert found("segment:small versus segment:large this year") == (
        Wanted(filters=(SMALL,)),
        Wanted(filters=(LARGE,), period="this year"),
    )
    assert found("this quarter vs last quarter") == (Wanted(period="this quarter"), Wanted(period="last quarter"))


def test_before_a_day_is_compared_with_as_long_after_it():
    before, after = found("before 2026-11-01 segment:small")
    assert (before.period, after.period) == ("2026-10-15 to 2026-10-31", "2026-11-01 to 2026-11-17")
    assert before.filters == after.filters == (SMALL,)
    before, after = found("before 1 March")
    assert (before.period, after.period) == ("2025-12-01 to 2026-02-28", "2026-03-01 to 2026-05-29")


@pytest.mark.parametrize("text", ["", "enterprise", "a vs b vs c", "small large"])
def test_words_without_two_sides_are_refused(text):
    with pytest.raises(NoSides):
        found(text)


@pytest.mark.parametrize("text", ["before", "before yesterday", "before 2026-11-18", "before 2027-01-01"])
def test_a_day_that_is_none_or_has_no_time_after_it_is_refused(text):
    with pytest.raises((NoPeriod, NoSides)):
        found(text)


def test_what_only_one_side_names_goes_for_both():
    left, right = Wanted(filters=(SMALL,), period="this year"), Wanted(filters=(LARGE, MINE))
    assert completed(left, right) == Wanted(filters=(SMALL, MINE), period="this year")
    assert completed(right, left) == Wanted(filters=(LARGE, MINE), period="this year")


def test_sides_share_answers_unless_something_tells_them_apart():
    assert share_answers([], [])
    assert share_answers([SMALL], [SMALL, MINE])
    assert share_answers([SMALL, LARGE], [LARGE])
    assert not share_answers([SMALL, MINE], [LARGE, MINE])


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_has_two_sides(example):
    assert len(found(example)) == 2
