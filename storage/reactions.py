"""Queries about reactions: what emoji in one thread have asked so far."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, or_, select

from storage.database import Transaction
from storage.models import Invitation


@dataclass(frozen=True)
class Thread:
    """A conversation, and the survey that is asked there."""

    workspace_id: str
    survey_id: int
    channel_id: str
    thread_ts: str


async def asked_in(tx: Transaction, thread: Thread, *, prefix: str) -> Sequence[Invitation]:
    """Every question whose occasion begins so, oldest first."""
    return (await tx.scalars(_asked_in(thread, prefix))).all()


async def lock_asked_in(tx: Transaction, thread: Thread, *, prefix: str) -> Sequence[Invitation]:
    """The same, and nobody else changes them before this transaction ends."""
    return (await tx.scalars(_asked_in(thread, prefix).with_for_update())).all()


def _asked_in(thread: Thread, prefix: str) -> Select[Invitation]:
    """
    By where it is asked: an occasion keeps the id a channel had once, these columns follow it to its new one. Who is
    asked confidentially is asked by direct message: there the occasion is all that tells of the thread.
    """
    there = and_(Invitation.channel_id == thread.channel_id, Invitation.thread_ts == thread.thread_ts)
    about = Invitation.occasion.startswith(f"{prefix}{thread.channel_id}:{thread.thread_ts}", autoescape=True)
    return (
        select(Invitation)
        .where(
            Invitation.workspace_id == thread.workspace_id,
            Invitation.survey_id == thread.survey_id,
            or_(there, and_(Invitation.channel_id.is_(None), about)),
            Invitation.occasion.startswith(prefix),
        )
        .order_by(Invitation.id)
    )
