"""The box in a survey's settings that opens its cards to the customer's company."""

from bot.services.surveys import SurveyKind
from bot.slack import wire
from bot.slack.blocks.kit import Block, field, tick
from bot.texts import speaker
from storage.models import Survey

say = speaker("en")


def who_may_answer(survey: Survey | None) -> list[Block]:
    """Only what is asked after an interaction can stand in a thread where others are concerned too."""
    if survey is not None and survey.kind == SurveyKind.RELATIONAL:
        return []
    box = tick(wire.VALUE, say("Anybody of the customer's company may answer"), ticked=bool(survey and survey.is_open))
    hint = say("In threads only, and each person for themselves: nothing of an answer shows there.")
    return [field("open", say("Who may answer"), box, optional=True, hint=hint)]
