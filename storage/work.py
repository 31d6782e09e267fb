"""Queries about work on a follow-up between taking and resolving it."""

from datetime import datetime

from sqlalchemy import update

from storage.database import Transaction
from storage.follow_ups import CLAIMED, OPEN, move
from storage.models import FollowUp


async def hand_over(tx: Transaction, follow_up_id: int, *, from_: str | None, to: str, at: datetime) -> bool:
    """Compare and set: only while it is `from_`'s (None: nobody's)."""
    still = FollowUp.claimed_by.is_(None) if from_ is None else FollowUp.claimed_by == from_
    return await move(tx, follow_up_id, (OPEN, CLAIMED), still, state=CLAIMED, claimed_by=to, claimed_at=at)


async def contacted(tx: Transaction, follow_up_id: int, *, at: datetime) -> None:
    """The first time counts."""
    first = FollowUp.contacted_at.is_(None)
    await tx.execute(update(FollowUp).where(FollowUp.id == follow_up_id, first).values(contacted_at=at))


async def snooze(tx: Transaction, follow_up_id: int, *, until: datetime) -> bool:
    """False when it was resolved meanwhile."""
    return await move(tx, follow_up_id, (OPEN, CLAIMED), snoozed_until=until)
