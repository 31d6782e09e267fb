"""
What starts an ask. Everything but a colleague's own word passes the calendar, and none passes by the other rules, but
that the question after somebody was looked after rests after no other.
"""

from enum import StrEnum


class TriggerKind(StrEnum):
    """Kept on each invitation and each withholding."""

    COLLEAGUE = "colleague"
    REACTION = "reaction"
    EVENT = "event"
    SCHEDULE = "schedule"
    LIFECYCLE = "lifecycle"
    WORKFLOW = "workflow"
    OPEN_CARD = "open_card"
    RECOVERY = "recovery"
