"""Closing the loop: the states of a follow-up, what is written down on the way, its clock, and how it may end."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.rules.calendar import Calendar

NUDGE_AFTER, ESCALATE_AFTER = timedelta(hours=2), timedelta(hours=8)  # working hours without a first reply
RESOLVE_WITHIN = timedelta(days=7)


class FollowUpState(StrEnum):
    OPEN = "open"
    CLAIMED = "claimed"
    RESOLVED = "resolved"


class Outcome(StrEnum):
    FIXED = "fixed"
    EXPLAINED = "explained"
    PLANNED = "planned"
    NO_ANSWER = "no_answer"
    NOTHING_TO_DO = "nothing_to_do"
    CHANGED_MIND = "changed_mind"  # set by the bot: the answer changed before anybody was told


class RootCause(StrEnum):
    PRODUCT = "product"
    PROCESS = "process"
    CAPACITY = "capacity"
    PERSON = "person"
    EXPECTATION = "expectation"
    OTHER = "other"


class ContactKind(StrEnum):
    """How a colleague reached the person outside of the bot."""

    MESSAGE = "message"
    EMAIL = "email"
    CALL = "call"
    MEETING = "meeting"


class Step(StrEnum):
    OPENED = "opened"
    CLAIMED = "claimed"
    HANDED_OVER = "handed_over"
    CONTACTED = "contacted"  # a colleague reached them, and wrote down how
    REPLIED = "replied"  # a colleague's words went to them through the bot
    ARRIVED = "arrived"  # those words stand where the customer is, or count as if they did
    UNDELIVERED = "undelivered"  # those words did not reach them
    HEARD = "heard"  # their words came back
    SNOOZED = "snoozed"
    NUDGED = "nudged"
    ESCALATED = "escalated"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    CHANGED_MIND = "changed_mind"


# What stops the clock: the person has heard from us, or somebody wrote down why they need not.
FIRST_REPLIES = frozenset({Step.CONTACTED, Step.ARRIVED, Step.RESOLVED})
# No line of its own in the thread.
UNSAID = frozenset({Step.OPENED, Step.ARRIVED, Step.NUDGED, Step.ESCALATED, Step.CHANGED_MIND})


@dataclass(frozen=True)
class Clock:
    """When somebody is reminded that the person waits, when it goes higher, and when all should be over. In UTC."""

    nudge_at: datetime
    escalate_at: datetime
    resolve_by: datetime


def clock(opened_at: datetime, team: Calendar) -> Clock:
    """By the team's working hours; the first reply is due when it would go higher."""
    return Clock(
        nudge_at=team.after(opened_at, NUDGE_AFTER),
        escalate_at=team.after(opened_at, ESCALATE_AFTER),
        resolve_by=opened_at + RESOLVE_WITHIN,
    )
