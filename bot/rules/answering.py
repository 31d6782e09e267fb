"""What a click or a submission means, by the state of the invitation it belongs to and the time it comes."""

from datetime import datetime, timedelta
from enum import StrEnum

CHANGE_PERIOD = timedelta(hours=24)  # how long an answer may be changed, from the first one
TYPING_GRACE = timedelta(hours=1)  # a modal opened in time may be sent a little late: typed words are not thrown away
LATE_PERIOD = timedelta(days=30)  # how long after it expired an answer is still taken, marked late


class InvitationState(StrEnum):
    WAITING = "waiting"  # not sent yet
    SENT = "sent"
    ANSWERED = "answered"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"  # could not be delivered, and never will be


class Mode(StrEnum):
    """Who gave the answer to the bot."""

    SELF = "self"
    INTERVIEWER = "interviewer"
    VOLUNTEERED = "volunteered"  # they were not asked: the card stood open for all of their company


OPEN = frozenset({InvitationState.WAITING, InvitationState.SENT})
# Still to be sent, sent and unanswered, or refused by the person themselves: whoever clicks a score has answered.
ANSWERABLE = OPEN | {InvitationState.DECLINED, InvitationState.FAILED}


class Verdict(StrEnum):
    TAKE = "take"
    TAKE_LATE = "take_late"
    CHANGE = "change"
    SETTLED = "settled"  # answered, and the time for changing is over
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"  # too late even for a late answer


def judge(
    state: InvitationState,
    *,
    answered_at: datetime | None,
    closed_at: datetime | None,
    grace: timedelta = timedelta(0),
    now: datetime,
) -> Verdict:
    """Judge a score or a comment. `closed_at` is when the invitation expired; `grace` is for words already typed."""
    if answered_at is not None:
        return Verdict.CHANGE if now < answered_at + CHANGE_PERIOD + grace else Verdict.SETTLED
    if state is InvitationState.WITHDRAWN:
        return Verdict.WITHDRAWN
    if state in ANSWERABLE:
        return Verdict.TAKE
    in_time = closed_at is None or now < closed_at + LATE_PERIOD + grace
    return Verdict.TAKE_LATE if in_time else Verdict.CLOSED
