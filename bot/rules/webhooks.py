"""Webhooks: what other programs may hear of, and what becomes of a message that was not taken."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

TIMEOUT = timedelta(seconds=15)  # how long a program may take to answer
LEASE = timedelta(seconds=60)  # how long a worker may hold a message; longer than any answer
FORMER_SECRET = timedelta(hours=24)  # how long the secret before a new one signs too
ERASED_GRACE = timedelta(seconds=30)  # what is on its way about a person arrives before their erasure does
# Eleven tries within 24 hours: at once, and after each of these.
WAITS = (
    *(timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=30)),
    *(timedelta(hours=hours) for hours in (1, 2, 4, 6, 10)),
)
SWAY = 0.1  # a wait is up to so much shorter: what failed together is not tried together again
LONGEST_RETRY_AFTER = timedelta(hours=1)
GONE, TOO_MANY, UNAVAILABLE = 410, 429, 503


class WebhookEvent(StrEnum):
    """What happened, as programs are told it. Never renamed: they compare it."""

    RESPONSE_RECORDED = "response.recorded"
    RESPONSE_CHANGED = "response.changed"
    FOLLOW_UP_OPENED = "follow_up.opened"
    FOLLOW_UP_CLAIMED = "follow_up.claimed"
    FOLLOW_UP_RESOLVED = "follow_up.resolved"
    CONTACT_OPTED_OUT = "contact.opted_out"
    CONTACT_ERASED = "contact.erased"


TEST = "webhook.test"  # nothing happened: a colleague tries an address out


class Trouble(StrEnum):
    """Why no program answered at all."""

    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    PRIVATE = "private"  # the name leads into an inner network
    UNSAFE = "unsafe"  # the certificate is not right
    FAILED = "failed"  # on our side


@dataclass(frozen=True)
class Answer:
    """What came back. `status` None: nothing, because of `trouble`."""

    status: int | None = None
    trouble: Trouble | None = None
    retry_after: timedelta | None = None

    @property
    def is_taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300  # noqa: PLR2004 - HTTP's "all is well"

    @property
    def is_gone(self) -> bool:
        """The program wants nothing any more."""
        return self.status == GONE


def next_wait(answer: Answer, *, attempts: int, sway: float) -> timedelta | None:
    """
    How long to wait after so many attempts; None: no longer worth trying.

    `sway`: from 0 to 1, by chance. A program that says when to come back is not asked before.
    """
    if attempts > len(WAITS):
        return None
    wait = WAITS[max(attempts, 1) - 1] * (1 - SWAY * sway)
    if answer.status in (TOO_MANY, UNAVAILABLE) and answer.retry_after is not None:
        return max(wait, min(answer.retry_after, LONGEST_RETRY_AFTER))
    return wait
