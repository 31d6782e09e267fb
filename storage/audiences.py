"""Queries about audiences: who belongs to a schedule, and what filters could name."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Row, delete, func, select
from sqlalchemy.orm import InstrumentedAttribute

from storage import database
from storage.database import Transaction
from storage.models import Account, AudienceMember, Contact


async def known(tx: Transaction, workspace_id: str) -> Sequence[Row[int, str, str | None]]:
    """Everybody we know: contact id, Slack id, home workspace."""
    query = select(Contact.id, Contact.user_id, Contact.home_team_id).where(Contact.workspace_id == workspace_id)
    return (await tx.execute(query.order_by(Contact.id))).all()


async def add(tx: Transaction, survey_id: int, contact_ids: Collection[int], *, at: datetime) -> None:
    """They belong to it as of now; those who were erased meanwhile do not."""
    there = Contact.id.in_(contact_ids)
    known = (await tx.scalars(select(Contact.id).where(there).order_by(Contact.id).with_for_update(read=True))).all()
    rows = [{"survey_id": survey_id, "contact_id": each, "seen_at": at} for each in known]
    if rows:
        query = database.insert(tx, AudienceMember)
        seen = {"seen_at": query.excluded.seen_at}
        await tx.execute(query.on_conflict_do_update(index_elements=["survey_id", "contact_id"], set_=seen), rows)


async def drop_unseen(tx: Transaction, survey_id: int, *, before: datetime) -> None:
    """Those who were not seen any more since then have left."""
    gone = (AudienceMember.survey_id == survey_id, AudienceMember.seen_at < before)
    await tx.execute(delete(AudienceMember).where(*gone))


async def size(tx: Transaction, survey_id: int) -> int:
    query = select(func.count()).select_from(AudienceMember).where(AudienceMember.survey_id == survey_id)
    return (await tx.execute(query)).scalar_one()


async def accounts(tx: Transaction, workspace_id: str) -> Sequence[Row[int, str]]:
    query = select(Account.id, Account.name).where(Account.workspace_id == workspace_id)
    return (await tx.execute(query.order_by(Account.name))).all()


async def segments(tx: Transaction, workspace_id: str) -> Sequence[str]:
    return await _words(tx, Account.segment, Account.workspace_id == workspace_id)


async def roles(tx: Transaction, workspace_id: str) -> Sequence[str]:
    return await _words(tx, Contact.role, Contact.workspace_id == workspace_id)


async def _words(tx: Transaction, column: InstrumentedAttribute[str | None], where: object) -> Sequence[str]:
    query = select(column).where(where, column.is_not(None)).distinct()  # type: ignore[arg-type] # a column expression
    return sorted(word for word in (await tx.scalars(query)).all() if word)
