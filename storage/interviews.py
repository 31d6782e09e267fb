"""Queries about interviews: was this one written down before."""

from sqlalchemy import select

from storage import database
from storage.database import Transaction
from storage.models import Invitation, Response, ResponseRevision


async def recorded(tx: Transaction, *, survey_id: int, contact_id: int, occasion: str) -> Response | None:
    query = (
        select(Response)
        .join(Invitation, Invitation.id == Response.invitation_id)
        .where(Invitation.survey_id == survey_id, Invitation.contact_id == contact_id, Invitation.occasion == occasion)
    )
    return await tx.scalar(query)


async def add(tx: Transaction, row: Invitation | Response | ResponseRevision) -> None:
    await database.add(tx, row)
