"""Groups beside each other: which stand out, and which are too small to be shown."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.groups import SHOWN_FROM, Group, holm, kept, standouts, total
from bot.rules.scoring import Tally
from bot.rules.trend import Verdict

COUNTS = st.integers(0, 40)
GROUPS = st.lists(st.builds(Tally, COUNTS, COUNTS, COUNTS), max_size=8).map(
    lambda found: [Group(str(n), each) for n, each in enumerate(found)]
)


def groups(**answers: tuple[int, int, int]) -> list[Group]:
    return [Group(name, Tally(*each)) for name, each in answers.items()]


def test_holm_corrects_as_published():
    # Worked by hand: the smallest times 4, the next times 3 and so on, never falling.
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([]) == []
    assert holm([0.6, 0.7]) == [1.0, 1.0]


@given(st.lists(st.floats(0, 1), max_size=10))
def test_a_corrected_probability_is_never_smaller_and_keeps_its_rank(found):
    corrected = holm(found)
    assert all(before <= after <= 1 for before, after in zip(found, corrected, strict=True))
    assert all(
        corrected[a] <= corrected[b] for a in range(len(found)) for b in range(len(found)) if found[a] < found[b]
    )


def test_a_group_stands_out_only_with_thirty_answers_on_both_sides_and_against_chance():
    found = groups(happy=(60, 10, 5), usual=(30, 20, 30), few=(9, 0, 0))
    assert standouts(found) == [Verdict.HIGHER, Verdict.LOWER, Verdict.TOO_FEW]
    assert standouts(groups(one=(20, 10, 10), other=(21, 9, 10))) == [Verdict.NO_CLEAR_CHANGE] * 2
    assert standouts(groups(only=(60, 10, 5))) == [Verdict.TOO_FEW]
    assert standouts([]) == []


def test_among_many_alike_what_would_stand_out_alone_does_not():
    alike = {f"g{n}": (20, 10, 10) for n in range(20)}
    odd = groups(odd=(27, 8, 5), **alike)
    assert standouts(groups(odd=(27, 8, 5), rest=(400, 200, 200)))[0] is Verdict.HIGHER
    assert standouts(odd)[0] is Verdict.NO_CLEAR_CHANGE


def test_small_groups_among_confidential_answers_cannot_be_told_by_subtraction():
    found = kept(groups(big=(30, 5, 5), small=(2, 1, 0), middle=(3, 2, 1), empty=(0, 0, 0)), are_confidential=True)
    assert [each.name for each in found.shown] == ["big", "empty"]
    assert (found.hidden, found.hidden_answers) == (2, 9)


def test_those_of_no_group_are_hidden_like_any_other():
    found = kept([Group("big", Tally(30)), Group("other", Tally(9)), Group(None, Tally(2))])
    assert [each.name for each in found.shown] == ["big", "other"]
    assert (found.hidden, found.hidden_answers) == (1, 2)


def test_ones_own_row_is_shown_however_small():
    found = kept(groups(me=(1, 0, 0), other=(20, 0, 0), third=(40, 0, 0)), least=30, always="me")
    assert [each.name for each in found.shown] == ["third", "me"]


@given(GROUPS)
def test_what_is_hidden_can_never_be_told_from_what_is_shown(found):
    result = kept(found, are_confidential=True)
    shown = [each for each in result.shown if each.answers.responses]
    assert result.hidden_answers == 0 or result.hidden_answers >= SHOWN_FROM or not shown
    assert result.hidden_answers + total(result.shown).responses == total(found).responses
    assert all(each.answers.responses >= SHOWN_FROM for each in shown)
    assert len(result.shown) + result.hidden == len(found)


def test_ten_thousand_groups_are_kept_apart_while_somebody_waits():
    many = [Group(f"account {n}", Tally(n % 7, n % 3, 0)) for n in range(10_000)]
    began = process_time()
    kept(many)
    assert process_time() - began < 1
