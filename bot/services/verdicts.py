"""Verdicts: whether what somebody clicked or sent may still be taken, whatever the question asks for."""

from datetime import datetime, timedelta

from bot.errors import AnswerSettled, QuestionClosed, QuestionWithdrawn
from bot.rules.answering import CHANGE_PERIOD, LATE_PERIOD, InvitationState, Verdict, judge
from storage.models import Invitation


def permitted(
    invitation: Invitation, answered_at: datetime | None, *, grace: timedelta = timedelta(0), now: datetime
) -> Verdict:
    """Raises QuestionWithdrawn, QuestionClosed or AnswerSettled, in the language the question was asked in."""
    verdict = judge(
        InvitationState(invitation.state),
        answered_at=answered_at,
        closed_at=invitation.closed_at,
        grace=grace,
        now=now,
    )
    if verdict is Verdict.WITHDRAWN:
        raise QuestionWithdrawn().to(invitation.language)
    if verdict is Verdict.CLOSED:
        raise QuestionClosed(closed_at=(invitation.closed_at or now) + LATE_PERIOD).to(invitation.language)
    if verdict is Verdict.SETTLED and answered_at is not None:
        raise AnswerSettled(until=answered_at + CHANGE_PERIOD).to(invitation.language)
    return verdict
