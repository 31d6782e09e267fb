"""Queries about workflow steps: who waits for an answer of ours, and for which."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, delete, or_, select, update

from storage.database import Transaction, keep
from storage.models import Invitation, WorkflowStep

ANSWERED = "answered"
CLOSED = ("declined", "expired", "withdrawn", "failed")
_IS_OPEN = WorkflowStep.completed_at.is_(None)

__all__ = ["by_execution", "complete", "forget", "get", "is_known", "keep", "let_go", "open_of", "with_closed_question"]


async def get(tx: Transaction, step_id: int) -> WorkflowStep | None:
    return await tx.get(WorkflowStep, step_id, populate_existing=True)


async def is_known(tx: Transaction, execution_id: str) -> bool:
    query = select(WorkflowStep.id).where(WorkflowStep.execution_id == execution_id)
    return (await tx.scalar(query)) is not None


async def by_execution(tx: Transaction, execution_id: str) -> WorkflowStep:
    query = select(WorkflowStep).where(WorkflowStep.execution_id == execution_id)
    return (await tx.scalars(query)).one()


async def open_of(tx: Transaction, invitation_id: int) -> WorkflowStep | None:
    """The step that waits for this invitation."""
    return await tx.scalar(select(WorkflowStep).where(WorkflowStep.invitation_id == invitation_id, _IS_OPEN))


async def with_closed_question(tx: Transaction, *, answered_before: datetime, limit: int) -> Sequence[WorkflowStep]:
    """Steps that wait although nothing more will come, or although the answer is older than that."""
    answered = and_(Invitation.state == ANSWERED, Invitation.closed_at <= answered_before)
    query = (
        select(WorkflowStep)
        .join(Invitation, Invitation.id == WorkflowStep.invitation_id)
        .where(_IS_OPEN, or_(Invitation.state.in_(CLOSED), answered))
        .order_by(WorkflowStep.id)
        .limit(limit)
    )
    return (await tx.scalars(query)).all()


async def complete(tx: Transaction, step_id: int, *, at: datetime) -> None:
    """The workflow knows, or cannot be told any more."""
    query = update(WorkflowStep).where(WorkflowStep.id == step_id, _IS_OPEN)
    await tx.execute(query.values(completed_at=at, reason=None))


async def let_go(tx: Transaction, contact_id: int, *, reason: str) -> Sequence[WorkflowStep]:
    """Nothing may lead to this person any more; returns the steps that still wait, now with a reason."""
    theirs = WorkflowStep.invitation_id.in_(select(Invitation.id).where(Invitation.contact_id == contact_id))
    await tx.execute(delete(WorkflowStep).where(theirs, ~_IS_OPEN))
    query = update(WorkflowStep).where(theirs).values(invitation_id=None, reason=reason)
    return (await tx.scalars(query.returning(WorkflowStep))).all()


async def forget(tx: Transaction, *, before: datetime, limit: int) -> int:
    """Drop what was completed long ago; returns how many."""
    ids = select(WorkflowStep.id).where(WorkflowStep.completed_at <= before).limit(limit)
    query = delete(WorkflowStep).where(WorkflowStep.id.in_(ids.scalar_subquery())).returning(WorkflowStep.id)
    return len((await tx.scalars(query)).all())
