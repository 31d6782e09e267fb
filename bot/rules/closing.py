"""Closing the loop: the states of a follow-up, what is written down on the way, and how it may end."""

from enum import StrEnum


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


class Step(StrEnum):
    OPENED = "opened"
    CLAIMED = "claimed"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    CHANGED_MIND = "changed_mind"
