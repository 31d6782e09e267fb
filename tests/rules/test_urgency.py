"""Which answers somebody should look at."""

import pytest

from bot.rules.urgency import Cause, Solved, causes

UNHAPPY, PASSIVE, HAPPY = 6, 7, 10


@pytest.mark.parametrize(
    ("score", "solved", "wants_reply", "expected"),
    [
        (UNHAPPY, None, False, (Cause.LOW_SCORE,)),
        (0, None, False, (Cause.LOW_SCORE,)),
        (PASSIVE, None, False, ()),
        (HAPPY, None, False, ()),
        (HAPPY, Solved.YES, False, ()),
        (HAPPY, Solved.PARTLY, False, ()),
        (HAPPY, Solved.NO, False, (Cause.UNSOLVED,)),
        (HAPPY, None, True, (Cause.WANTS_REPLY,)),
        (HAPPY, Solved.NO, True, (Cause.WANTS_REPLY, Cause.UNSOLVED)),
        (UNHAPPY, Solved.YES, False, (Cause.LOW_SCORE,)),
        (UNHAPPY, Solved.NO, False, (Cause.UNSOLVED, Cause.LOW_SCORE)),
        (UNHAPPY, Solved.NO, True, (Cause.WANTS_REPLY, Cause.UNSOLVED, Cause.LOW_SCORE)),
    ],
)
def test_an_answer_is_followed_up_for_every_cause_weightiest_first(score, solved, wants_reply, expected):
    assert causes(score=score, solved=solved, wants_reply=wants_reply) == expected


@pytest.mark.parametrize("score", range(11))
def test_a_score_alone_is_a_cause_up_to_six(score):
    assert (causes(score=score, solved=None, wants_reply=False) == (Cause.LOW_SCORE,)) == (score <= 6)
