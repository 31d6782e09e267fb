"""Cards: the message with the question, by what it asks for; a score, or a reason."""

from bot.services.cards import CardFacts
from bot.services.surveys import SurveyKind
from bot.slack.blocks import exits, invitations
from bot.slack.blocks.kit import Message


def card(facts: CardFacts) -> Message:
    """The whole card, drawn anew from the rows."""
    return exits.exit_card(facts) if _asks_why(facts) else invitations.card(facts)


def question_card(facts: CardFacts) -> Message:
    """The card as it leaves, whatever became of an earlier one."""
    return exits.exit_question(facts) if _asks_why(facts) else invitations.question_card(facts)


def _asks_why(facts: CardFacts) -> bool:
    return facts.invitation.kind == SurveyKind.EXIT
