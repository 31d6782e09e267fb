"""
Workflow steps: a workflow of Slack's asks somebody and waits for what becomes of it.

    open -> completed

Slack tells again what it is not sure we heard, so a step is begun once for each execution. What the workflow is owed
goes through the outbox: after an answer when its comment comes or some minutes later, as alerts do; after everything
else that closes a question when the next sweep looks.
"""

from datetime import datetime

from bot.rules.messages import DeliveryKind
from bot.rules.triggers import TriggerKind
from bot.rules.urgency import COMMENT_GRACE
from bot.services import deliveries
from bot.services.deliveries import Promise
from storage import workflow_steps as queries
from storage.database import Transaction
from storage.models import Contact, Delivery, Invitation, Response, WorkflowStep

ERASED = "erased"  # what a workflow hears whose person was forgotten


async def is_known(tx: Transaction, execution_id: str) -> bool:
    return await queries.is_known(tx, execution_id)


async def begin(tx: Transaction, invitation: Invitation, execution_id: str, *, now: datetime) -> None:
    """The workflow waits for this invitation. Safe to repeat."""
    step = WorkflowStep(
        workspace_id=invitation.workspace_id, execution_id=execution_id, invitation_id=invitation.id, began_at=now
    )
    await queries.keep(tx, step)


async def turn_away(
    tx: Transaction, workspace_id: str, execution_id: str, *, reason: str, is_wrong: bool, now: datetime
) -> None:
    """Nobody is asked: the workflow goes on with the reason, or fails with it when an input is wrong. Repeatable."""
    step = WorkflowStep(
        workspace_id=workspace_id, execution_id=execution_id, reason=reason, is_wrong=is_wrong, began_at=now
    )
    await queries.keep(tx, step)
    await _owe(tx, await queries.by_execution(tx, execution_id), due_at=now, now=now)


async def answered(tx: Transaction, invitation: Invitation, response: Response, *, now: datetime) -> None:
    """Owe the answer to the workflow that waits for it, if one does."""
    if invitation.trigger != TriggerKind.WORKFLOW:
        return
    step = await queries.open_of(tx, invitation.id)
    if step is not None:
        await _owe(tx, step, due_at=now if response.comment else now + COMMENT_GRACE, now=now)
        if response.comment:
            await deliveries.hasten(tx, key(step), now=now)


async def owe_closed(tx: Transaction, *, limit: int, now: datetime) -> int:
    """Owe what became of questions that are closed; returns how many workflows had not been promised it."""
    closed = await queries.with_closed_question(tx, answered_before=now - COMMENT_GRACE, limit=limit)
    return sum([await _owe(tx, step, due_at=now, now=now) for step in closed])


async def of_delivery(tx: Transaction, delivery: Delivery) -> WorkflowStep | None:
    """The step a delivery is about; None once nobody waits any more."""
    step = await queries.get(tx, int(delivery.topic or 0))
    return step if step and step.completed_at is None else None


async def completed(tx: Transaction, delivery: Delivery, *, now: datetime) -> None:
    """The workflow knows, or Slack no longer takes it."""
    await queries.complete(tx, int(delivery.topic or 0), at=now)


async def let_go(tx: Transaction, contact: Contact, *, now: datetime) -> None:
    """Somebody is forgotten: workflows that wait for them go on without an answer."""
    for step in await queries.let_go(tx, contact.id, reason=ERASED):
        await _owe(tx, step, due_at=now, now=now)
        await deliveries.hasten(tx, key(step), now=now)


async def forget(tx: Transaction, *, before: datetime, limit: int) -> int:
    """Drop what was completed long ago; returns how many."""
    return await queries.forget(tx, before=before, limit=limit)


def key(step: WorkflowStep) -> str:
    return f"step:{step.id}"


async def _owe(tx: Transaction, step: WorkflowStep, *, due_at: datetime, now: datetime) -> bool:
    owed = Promise(workspace_id=step.workspace_id, kind=DeliveryKind.STEP, key=key(step), topic=str(step.id))
    return await deliveries.promise(tx, owed, due_at=due_at, now=now)
