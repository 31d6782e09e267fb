"""What a click means, by the state of the invitation and the time it comes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.answering import TYPING_GRACE, InvitationState, Verdict, judge

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
NONE, HOUR, DAY, MONTH = timedelta(0), timedelta(hours=1), timedelta(hours=24), timedelta(days=30)
STATES = st.sampled_from(InvitationState)
PERIODS = st.timedeltas(NONE, timedelta(days=90))


def ago(period: timedelta | None) -> datetime | None:
    return None if period is None else NOW - period


@pytest.mark.parametrize(
    ("state", "verdict"),
    [
        (InvitationState.WAITING, Verdict.TAKE),
        (InvitationState.SENT, Verdict.TAKE),
        (InvitationState.DECLINED, Verdict.TAKE),
        (InvitationState.FAILED, Verdict.TAKE),
        (InvitationState.EXPIRED, Verdict.TAKE_LATE),
        (InvitationState.WITHDRAWN, Verdict.WITHDRAWN),
    ],
)
@pytest.mark.parametrize("closed", [None, NONE, DAY], ids=str)
def test_a_first_answer_is_judged_by_the_state_of_its_question(state, verdict, closed):
    assert judge(state, answered_at=None, closed_at=ago(closed), now=NOW) is verdict


@pytest.mark.parametrize(
    ("since_closing", "grace", "verdict"),
    [
        (NONE, NONE, Verdict.TAKE_LATE),
        (MONTH - INSTANT, NONE, Verdict.TAKE_LATE),
        (MONTH, NONE, Verdict.CLOSED),
        (MONTH, HOUR, Verdict.TAKE_LATE),
        (MONTH + HOUR - INSTANT, HOUR, Verdict.TAKE_LATE),
        (MONTH + HOUR, HOUR, Verdict.CLOSED),
    ],
    ids=str,
)
def test_an_expired_question_takes_a_late_answer_for_thirty_days(since_closing, grace, verdict):
    found = judge(InvitationState.EXPIRED, answered_at=None, closed_at=ago(since_closing), grace=grace, now=NOW)
    assert found is verdict


@pytest.mark.parametrize("state", [InvitationState.WAITING, InvitationState.SENT, InvitationState.DECLINED])
def test_a_question_that_never_expired_is_answered_in_time_however_long_it_took(state):
    assert judge(state, answered_at=None, closed_at=ago(timedelta(days=400)), now=NOW) is Verdict.TAKE


@pytest.mark.parametrize(
    ("since_answer", "grace", "verdict"),
    [
        (NONE, NONE, Verdict.CHANGE),
        (DAY - INSTANT, NONE, Verdict.CHANGE),
        (DAY, NONE, Verdict.SETTLED),
        (DAY, HOUR, Verdict.CHANGE),
        (DAY + HOUR - INSTANT, HOUR, Verdict.CHANGE),
        (DAY + HOUR, HOUR, Verdict.SETTLED),
    ],
    ids=str,
)
@pytest.mark.parametrize("state", InvitationState)
@pytest.mark.parametrize("closed", [None, NONE, MONTH], ids=str)
def test_an_answer_may_be_changed_for_a_day_from_the_first_one(state, closed, since_answer, grace, verdict):
    found = judge(state, answered_at=ago(since_answer), closed_at=ago(closed), grace=grace, now=NOW)
    assert found is verdict


def test_words_already_typed_have_an_hour_of_grace():
    assert TYPING_GRACE == HOUR


@given(STATES, st.none() | PERIODS, st.none() | PERIODS)
def test_grace_never_turns_an_answer_away(state, answered, closed):
    strict = judge(state, answered_at=ago(answered), closed_at=ago(closed), now=NOW)
    gentle = judge(state, answered_at=ago(answered), closed_at=ago(closed), grace=TYPING_GRACE, now=NOW)
    refused = {Verdict.SETTLED, Verdict.WITHDRAWN, Verdict.CLOSED}
    assert strict in refused or gentle is strict
