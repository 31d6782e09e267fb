"""Queries about the log of follow-ups: its steps, and our messages that tell of them."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from storage import database
from storage.database import Transaction
from storage.models import FollowUp, FollowUpMessage, FollowUpStep


async def add_step(tx: Transaction, step: FollowUpStep) -> None:
    await database.add(tx, step)


async def steps(tx: Transaction, follow_up_id: int) -> Sequence[FollowUpStep]:
    query = select(FollowUpStep).where(FollowUpStep.follow_up_id == follow_up_id).order_by(FollowUpStep.id)
    return (await tx.scalars(query)).all()


async def step(tx: Transaction, step_id: int) -> FollowUpStep | None:
    return await tx.get(FollowUpStep, step_id)


async def add_message(tx: Transaction, message: FollowUpMessage) -> None:
    await database.add(tx, message)


async def messages_in(tx: Transaction, workspace_id: str, channel_id: str) -> Sequence[FollowUpMessage]:
    """What is for colleagues alone: a reply to a customer stands where it was meant to."""
    query = select(FollowUpMessage).join(FollowUp, FollowUp.id == FollowUpMessage.follow_up_id)
    query = query.where(FollowUp.workspace_id == workspace_id, FollowUpMessage.channel_id == channel_id)
    query = query.where(~FollowUpMessage.is_to_customer)
    return (await tx.scalars(query.order_by(FollowUpMessage.id))).all()


async def forget_messages(tx: Transaction, gone: Sequence[FollowUpMessage]) -> None:
    await tx.execute(delete(FollowUpMessage).where(FollowUpMessage.id.in_([each.id for each in gone])))
