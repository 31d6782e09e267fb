"""Queries about turns: those whose day it is, and the noes of the rules that are kept once."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Row, or_, select

from storage import database
from storage.database import Transaction
from storage.models import Contact, Withholding

BY_SCHEDULE = ("schedule", "lifecycle")


async def hold_contacts(tx: Transaction, contact_ids: Collection[int]) -> Sequence[Contact]:
    """Those who are still there, in the order in which everybody holds several."""
    query = select(Contact).where(Contact.id.in_(contact_ids)).order_by(Contact.id)
    return (await tx.scalars(query.with_for_update(key_share=True))).all()


async def withheld(tx: Transaction, survey_id: int, *, now: datetime) -> Sequence[Row[int, str, datetime | None]]:
    """What of a schedule's withholdings still holds: contact, because, until."""
    holds = or_(Withholding.until.is_(None), Withholding.until > now)
    query = select(Withholding.contact_id, Withholding.because, Withholding.until)
    query = query.where(Withholding.survey_id == survey_id, Withholding.trigger.in_(BY_SCHEDULE), holds)
    return (await tx.execute(query)).all()


async def add_withholdings(tx: Transaction, withholdings: Sequence[Withholding]) -> None:
    """For those who are still there."""
    wanted = {each.contact_id for each in withholdings}
    query = select(Contact.id).where(Contact.id.in_(wanted)).order_by(Contact.id).with_for_update(read=True)
    there = set((await tx.scalars(query)).all())
    rows = [_row(each) for each in withholdings if each.contact_id in there]
    if rows:
        await tx.execute(database.insert(tx, Withholding), rows)


def _row(withholding: Withholding) -> dict[str, object]:
    """Every row with the same columns."""
    return {"until": None, "days_ago": None, **database.values_of(withholding)}
