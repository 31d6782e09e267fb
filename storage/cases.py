"""Queries about cases: what was told of each, and what was asked because of it."""

from collections.abc import Sequence

from sqlalchemy import and_, select

from storage.database import Transaction
from storage.models import Event, Invitation

_ORDER = (Event.happened_at, Event.id)


async def history(tx: Transaction, source_id: int, case_id: str) -> Sequence[Event]:
    """Everything that was told of one case, in the order in which it happened."""
    query = select(Event).where(Event.source_id == source_id, Event.case_id == case_id)
    return (await tx.scalars(query.order_by(*_ORDER))).all()


async def histories_of(tx: Transaction, contact_id: int) -> Sequence[Event]:
    """The same of every case in which this person was named, one case after the other."""
    theirs = select(Event.source_id, Event.case_id).where(Event.contact_id == contact_id, Event.case_id.is_not(None))
    cases = theirs.distinct().subquery()
    same = and_(cases.c.source_id == Event.source_id, cases.c.case_id == Event.case_id)
    return (await tx.scalars(select(Event).join(cases, same).order_by(Event.source_id, Event.case_id, *_ORDER))).all()


async def lock_asked_about(tx: Transaction, source_id: int, case_id: str) -> Sequence[Invitation]:
    """The questions a case has led to; nobody else changes them before this transaction ends."""
    ids = select(Event.invitation_id).where(Event.source_id == source_id, Event.case_id == case_id)
    query = select(Invitation).where(Invitation.id.in_(ids)).order_by(Invitation.id).with_for_update()
    return (await tx.scalars(query)).all()
