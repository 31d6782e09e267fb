"""An ask that starts by itself after support waits for a conversation in which staff has taken part."""

import pytest

from bot.rules.gates import Conversation, closed_gate
from bot.rules.recontact import GATES, Because

CASES = [
    (0, False, Because.TOO_SHORT),
    (1, False, Because.TOO_SHORT),
    (1, True, Because.TOO_SHORT),
    (1, None, Because.TOO_SHORT),
    (2, False, Because.NO_STAFF_REPLY),
    (2, True, None),
    (7, False, Because.NO_STAFF_REPLY),
    (7, True, None),
    (200, None, None),
]


@pytest.mark.parametrize(("messages", "has_staff", "because"), CASES)
def test_a_gate_is_closed_until_two_have_been_written_and_one_of_them_by_staff(messages, has_staff, because):
    assert closed_gate(Conversation(messages, has_staff)) is because


def test_whatever_closes_a_gate_may_be_overruled():
    assert {because for *_, because in CASES if because} <= GATES
