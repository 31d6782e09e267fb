"""The box in a survey's settings that keeps names from colleagues."""

from bot.rules.privacy import Privacy
from bot.services.surveys import gives_scores
from bot.slack import wire
from bot.slack.blocks.kit import Block, field, tick
from bot.texts import speaker
from bot.texts.markup import Mrkdwn
from storage.models import Survey

say = speaker("en")


def privacy_field(survey: Survey | None) -> list[Block]:
    """Not where there is no score: how people feel later is promised what they were before."""
    if survey is not None and not gives_scores(survey):
        return []
    ticked = survey is not None and survey.privacy == Privacy.CONFIDENTIAL
    box = tick(wire.VALUE, say("Confidential: nobody here sees who answered"), ticked=ticked)
    hint = say(
        "They are asked by direct message, and unhappy answers appear the next working morning. "
        "Answers given before stay as they were promised."
    )
    return [field("privacy", say("Names"), box, optional=True, hint=hint)]


def marked_confidential(line: Mrkdwn, survey: Survey) -> Mrkdwn:
    """In the list of surveys."""
    return Mrkdwn(f"{line} · {say('confidential')}") if survey.privacy == Privacy.CONFIDENTIAL else line
