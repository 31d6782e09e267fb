"""What becomes of a message that did not leave: try again, hold it until somebody mends the cause, or give it up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=15)
LEASE = timedelta(seconds=60)  # how long a worker may hold a message; longer than Slack's slowest answer
POST_GAP = timedelta(seconds=1)  # Slack: one message a second per channel
UPDATE_GAP = timedelta(seconds=1.25)  # Slack: chat.update is tier 3, some 50 a minute per workspace
PARKED_RECHECK = timedelta(hours=1)  # mending is usually noticed at once; this catches what was missed


class Obstacle(StrEnum):
    """Why a message is parked; all but a pause are mended in Slack."""

    NO_CHANNEL = "no_channel"
    NOT_IN_CHANNEL = "not_in_channel"
    ARCHIVED = "archived"
    SHARED = "shared"
    RESTRICTED = "restricted"
    MESSAGES_TAB = "messages_tab"
    SCOPE_MISSING = "scope_missing"
    TOKEN = "token"  # noqa: S105 - a reason, not a secret
    REFUSED = "refused"  # by Slack, for a reason we do not know
    PAUSED = "paused"


@dataclass(frozen=True)
class Sent:
    """It arrived, there. Both None when nothing visible was left to do, or nobody can know."""

    channel_id: str | None = None
    ts: str | None = None
    is_certain: bool = True


@dataclass(frozen=True)
class RetryAt:
    """Try again then. `lane` corrects where it queues; `hold` means Slack asked the whole lane to wait."""

    when: datetime
    because: str
    lane: str | None = None
    hold: bool = False


@dataclass(frozen=True)
class GiveUp:
    because: str


@dataclass(frozen=True)
class Park:
    obstacle: Obstacle
    channel_id: str | None = None


@dataclass(frozen=True)
class Moot:
    """There is no longer anything to say: withdrawn, erased, or already drawn."""

    because: str


Outcome = Sent | RetryAt | GiveUp | Park | Moot


def wait(attempts: int) -> timedelta:
    """How long to wait after this many attempts: 5 s, 10 s, 20 s … 15 min."""
    doublings = min(max(attempts - 1, 0), 20)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
