"""The gates of an ask that starts by itself after support: has there been a conversation, and has staff been in it?"""

from dataclasses import dataclass

from bot.rules.recontact import Because

FEWEST_MESSAGES = 2


@dataclass(frozen=True)
class Conversation:
    """What people wrote in a thread so far. `has_staff` None: it is too long to tell."""

    messages: int
    has_staff: bool | None


def closed_gate(conversation: Conversation) -> Because | None:
    """The first gate that is closed, as a reason not to ask; None: all are open."""
    if conversation.messages < FEWEST_MESSAGES:
        return Because.TOO_SHORT
    return Because.NO_STAFF_REPLY if conversation.has_staff is False else None
