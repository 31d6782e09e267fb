"""Queries about falls: scores of which it was said that they fell."""

from sqlalchemy import select

from storage.database import Transaction, add
from storage.models import Fall, Survey

__all__ = ["add", "get", "hold_survey", "latest"]


async def get(tx: Transaction, fall_id: int) -> Fall | None:
    return await tx.get(Fall, fall_id)


async def hold_survey(tx: Transaction, survey_id: int) -> None:
    """Whoever else looks at this survey waits until this transaction ends."""
    await tx.execute(select(Survey.id).where(Survey.id == survey_id).with_for_update(key_share=True))


async def latest(tx: Transaction, survey_id: int) -> Fall | None:
    query = select(Fall).where(Fall.survey_id == survey_id)
    return await tx.scalar(query.order_by(Fall.found_at.desc(), Fall.id.desc()).limit(1))
