"""Queries about replies: what colleagues and a customer write to each other about a follow-up."""

from datetime import datetime

from sqlalchemy import Row, exists, select, update

from storage import database
from storage.database import Transaction
from storage.models import Contact, FollowUp, FollowUpMessage, FollowUpStep, Response

REPLIED, HEARD = "replied", "heard"


async def is_known(tx: Transaction, follow_up_id: int, source: str) -> bool:
    """Whether this very act was written down before."""
    query = select(exists().where(FollowUpStep.follow_up_id == follow_up_id, FollowUpStep.source == source))
    return bool(await tx.scalar(query))


async def has_written_back(tx: Transaction, follow_up_id: int) -> bool:
    query = select(exists().where(FollowUpStep.follow_up_id == follow_up_id, FollowUpStep.what == HEARD))
    return bool(await tx.scalar(query))


async def last_said(tx: Transaction, workspace_id: str, user_id: str) -> Row[FollowUp, datetime] | None:
    """The last words between them and a colleague whose reply stands in Slack, and when those were."""
    reached = exists().where(FollowUpMessage.follow_up_id == FollowUp.id, FollowUpMessage.is_to_customer)
    query = (
        select(FollowUp, FollowUpStep.at)
        .join(FollowUpStep, FollowUpStep.follow_up_id == FollowUp.id)
        .join(Response, Response.id == FollowUp.response_id)
        .join(Contact, Contact.id == Response.contact_id)
        .where(Contact.workspace_id == workspace_id, Contact.user_id == user_id, reached)
        .where(FollowUpStep.what.in_((REPLIED, HEARD)))
        .order_by(FollowUpStep.at.desc(), FollowUpStep.id.desc())
    )
    return (await tx.execute(query.limit(1))).one_or_none()


async def add_message(tx: Transaction, message: FollowUpMessage) -> None:
    await database.add(tx, message)


async def set_contacted(tx: Transaction, follow_up_id: int, *, at: datetime) -> None:
    """The first time counts."""
    first = FollowUp.contacted_at.is_(None)
    await tx.execute(update(FollowUp).where(FollowUp.id == follow_up_id, first).values(contacted_at=at))
