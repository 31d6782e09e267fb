"""Who feels better, and how many: counted exactly, and in percent only where that says something."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.rules.recovery import Recovered, moves, recovered
from bot.rules.scoring import FEW, Category

scores = some.lists(some.tuples(some.integers(0, 10), some.integers(0, 10)), max_size=40)
D, P, R = Category.DETRACTOR, Category.PASSIVE, Category.PROMOTER


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], Recovered(0, 0, None)),
        ([(0, 6)], Recovered(0, 1, None)),
        ([(6, 7)], Recovered(1, 1, None)),
        ([(8, 9)], Recovered(1, 1, None)),
        ([(8, 6)], Recovered(0, 1, None)),
        ([(10, 3), (9, 10)], Recovered(0, 0, None)),
        ([(3, 9)] * 5 + [(3, 3)] * 4, Recovered(5, 9, None)),
        ([(3, 9)] * 5 + [(3, 3)] * 5, Recovered(5, 10, 50)),
        ([(3, 9)] * 5 + [(3, 3)] * 6, Recovered(5, 11, 45)),
        ([(3, 9)] * 5 + [(3, 3)] * 5 + [(10, 10)] * 9, Recovered(5, 10, 50)),
    ],
)
def test_who_is_in_a_better_category_recovered(pairs, expected):
    assert recovered(moves(pairs)) == expected


def test_moves_are_counted_from_category_to_category():
    assert moves([(3, 9), (6, 10), (7, 8), (9, 0)]) == {(D, R): 2, (P, P): 1, (R, D): 1}


@given(scores)
def test_nobody_is_lost_and_nobody_counted_twice(pairs):
    moved = moves(pairs)
    found = recovered(moved)
    assert sum(moved.values()) == len(pairs)
    assert found.of == sum(before < 9 for before, _ in pairs)
    assert 0 <= found.better <= found.of
    assert (found.percent is None) == (found.of < FEW)
