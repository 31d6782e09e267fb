"""Queries about asks: was this one made already, and when was the person last asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from sqlalchemy import case, func, select

from storage.database import Transaction
from storage.models import Delivery, Invitation

WAITING, DECLINED, ASK = "waiting", "declined", "ask"
EXPIRED = "expired"
FINISHED = ("answered", DECLINED, EXPIRED)
LOOKED_BACK = 2


@dataclass(frozen=True)
class LastAsks:
    """When this person was last asked; rehearsals do not count."""

    is_waiting: bool = False
    any_survey_at: datetime | None = None
    same_survey_at: datetime | None = None
    declined_at: datetime | None = None
    unanswered_in_a_row: int = 0


async def by_occasion(tx: Transaction, *, survey_id: int, contact_id: int, occasion: str) -> Invitation | None:
    query = select(Invitation).where(
        Invitation.survey_id == survey_id, Invitation.contact_id == contact_id, Invitation.occasion == occasion
    )
    return await tx.scalar(query)


async def add(tx: Transaction, invitation: Invitation) -> None:
    tx.add(invitation)
    await tx.flush()


async def last_other_ask_at(tx: Transaction, invitation: Invitation) -> datetime | None:
    """When the person was last asked anything else."""
    query = select(func.max(func.coalesce(Invitation.reminded_at, Invitation.sent_at))).where(
        Invitation.contact_id == invitation.contact_id,
        Invitation.id != invitation.id,
        Invitation.is_rehearsal.is_(False),
    )
    return await tx.scalar(query)


async def is_another_leaving(tx: Transaction, invitation: Invitation) -> bool:
    """Whether Slack is being told another question to the same person this moment."""
    query = (
        select(Delivery.id)
        .join(Invitation, Invitation.id == Delivery.invitation_id)
        .where(Delivery.kind.in_((ASK, "reminder")), Delivery.settled_at.is_(None), Delivery.posting_since.is_not(None))
        .where(Invitation.contact_id == invitation.contact_id, Invitation.id != invitation.id)
        .where(Invitation.is_rehearsal.is_(False))
    )
    return (await tx.scalar(query.limit(1))) is not None


async def last_asks(tx: Transaction, *, contact_id: int, survey_id: int) -> LastAsks:
    same = Invitation.survey_id == survey_id
    query = select(
        func.max(case((Invitation.state == WAITING, 1), else_=0)),
        func.max(Invitation.sent_at),
        func.max(case((same, Invitation.sent_at))),
        func.max(case((Invitation.state == DECLINED, Invitation.closed_at))),
    ).where(Invitation.contact_id == contact_id, Invitation.is_rehearsal.is_(False))
    waiting, last, same_survey, declined = (await tx.execute(query)).one()
    return LastAsks(bool(waiting), last, same_survey, declined, await _unanswered_in_a_row(tx, contact_id))


async def latest(tx: Transaction, contact_id: int, *, limit: int) -> Sequence[Invitation]:
    """What this person was asked, the latest first; rehearsals are no asks."""
    query = select(Invitation).where(Invitation.contact_id == contact_id, Invitation.is_rehearsal.is_(False))
    return (await tx.scalars(query.order_by(Invitation.created_at.desc(), Invitation.id.desc()).limit(limit))).all()


async def _unanswered_in_a_row(tx: Transaction, contact_id: int) -> int:
    """How many of the last asks that are over stayed without a word; not more than are looked at."""
    query = (
        select(Invitation.state)
        .where(Invitation.contact_id == contact_id, Invitation.is_rehearsal.is_(False))
        .where(Invitation.state.in_(FINISHED))
        .order_by(Invitation.sent_at.desc(), Invitation.id.desc())
        .limit(LOOKED_BACK)
    )
    states = (await tx.scalars(query)).all()
    return len(list(takewhile(lambda state: state == EXPIRED, states)))
