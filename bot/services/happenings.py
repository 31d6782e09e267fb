"""Happenings: an event with everything that was found out about it, and what came of it in a few words."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.rules.recontact import Candidate
from bot.services.asks import Place
from bot.services.contacts import Facts
from bot.services.told import Told
from storage.models import Event, EventSource


class Outcome(StrEnum):
    """What came of an event, in one word."""

    ASKED = "asked"
    WITHHELD = "withheld"
    CALLED_OFF = "called_off"
    TO_REPAIR = "to_repair"
    NOTED = "noted"


class Why(StrEnum):
    """Why nothing more came of it, beside what the rules of asking say."""

    UNNAMED = "unnamed"
    UNKNOWN = "unknown"
    EMAIL = "email"
    EMAIL_SCOPE = "email_scope"
    NO_CUSTOMER = "no_customer"
    NO_HISTORY = "no_history"
    COLLEAGUE = "colleague"
    OPEN_AGAIN = "open_again"
    STALE = "stale"


class AccountUnknown(Exception):  # noqa: N818 - a no to a program, not to a person
    """No account has the sign an incident names."""


@dataclass(frozen=True)
class Found:
    """Whom an event is about, and where they may be asked."""

    person: Facts
    candidate: Candidate = field(default_factory=Candidate)
    place: Place = field(default_factory=Place)
    is_customer: bool = True


@dataclass(frozen=True)
class Nobody:
    """It does not say whom it is about, or nobody answers to that."""

    because: Why


@dataclass(frozen=True)
class Happening:
    """An event that was kept, and everything that was found out about it."""

    event: Event
    source: EventSource
    told: Told
    found: Found | Nobody
    now: datetime


@dataclass(frozen=True)
class Came:
    """What came of it."""

    outcome: Outcome
    because: str | None = None
    until: datetime | None = None
    contact_id: int | None = None
    invitation_id: int | None = None
