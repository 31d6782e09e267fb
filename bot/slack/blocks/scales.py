"""What the ends of the scale mean, by what is asked; seen, and read aloud."""

from bot.services.surveys import SurveyKind
from bot.texts import Speaker
from bot.texts.markup import Mrkdwn
from storage.models import Invitation


def scale(say: Speaker, invitation: Invitation) -> Mrkdwn:
    if invitation.kind == SurveyKind.RECOVERY:
        return say.mrkdwn("0 = very bad · 10 = very good")
    return say.mrkdwn("0 = not at all likely · 10 = extremely likely")


def spoken(say: Speaker, invitation: Invitation, *, intro: Mrkdwn, question: str) -> Mrkdwn:
    """Notifications and screen readers say no more than this, so it holds the whole question."""
    if invitation.kind == SurveyKind.RECOVERY:
        return say.mrkdwn(
            "{intro} {question} Choose a number from 0 (very bad) to 10 (very good).", intro=intro, question=question
        )
    return say.mrkdwn(
        "{intro} {question} Choose a number from 0 (not at all likely) to 10 (extremely likely).",
        intro=intro,
        question=question,
    )
