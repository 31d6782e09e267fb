"""Two sides from one line of words."""

from datetime import date

import pytest

from bot.rules.periods import NoPeriod
from bot.rules.versus import EXAMPLES, NoSides, apart, are_times, completed, share_answers, sides, together
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


@pytest.mark.parametrize("text", ["", "enterprise", "a vs b vs c", "small large", "enterprise vs", "vs small"])
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


@pytest.mark.parametrize(
    ("text", "rest", "filters", "period"),
    [
        ("enterprise vs small", "enterprise vs small", (), None),
        ("enterprise vs small last 30 days", "enterprise vs small", (), "last 30 days"),
        ("enterprise last 30 days vs small", "enterprise vs small", (), "last 30 days"),
        ("segment:large vs segment:small owner:<@U1>", "segment:large vs segment:small", (MINE,), None),
        ("enterprise VS. small segment:small", "enterprise VS. small", (SMALL,), None),
        ("enterprise vs segment:small", "enterprise vs segment:small", (), None),
        ("this quarter vs last quarter segment:small", "this quarter vs last quarter", (SMALL,), None),
        ('plan:"big one" vs plan:"small one" this year', 'plan:"big one" vs plan:"small one"', (), "this year"),
        ("before 2026-03-01 segment:small", "before 2026-03-01", (SMALL,), None),
        ("before 1 March enterprise", "before 1 March enterprise", (), None),
        ("segment:small last 30 days", "", (SMALL,), "last 30 days"),
    ],
)
def test_what_goes_for_both_sides_stands_apart_and_is_put_together_again(text, rest, filters, period):
    asked = apart(Wanted("compare", tuple(tokens(text)), is_raw=True), today=TODAY)
    assert (" ".join(asked.rest), asked.filters, asked.period) == (rest, filters, period)
    assert apart(Wanted("compare", tuple(together(asked)), is_raw=True), today=TODAY) == asked


def test_no_other_time_can_be_chosen_for_sides_that_are_times():
    asked = [Wanted("compare", tuple(tokens(text)), is_raw=True) for text in EXAMPLES]
    assert [are_times(each, today=TODAY) for each in asked] == [False, True, True]
