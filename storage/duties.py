"""Queries about duties: whose turn it is."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import bindparam, case, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from storage.database import Transaction, insert
from storage.models import Duty


async def due_times(tx: Transaction) -> Mapping[str, datetime]:
    return dict((await tx.execute(select(Duty.name, Duty.due_at))).all())


async def ensure(tx: Transaction, due_times: Mapping[str, datetime]) -> None:
    """Know these duties; leave the time alone of those known already."""
    rows = [{"name": name, "due_at": due_at} for name, due_at in sorted(due_times.items())]
    await tx.execute(insert(tx, Duty).on_conflict_do_nothing(), rows)


async def take_turns(tx: Transaction, next_due: Mapping[str, datetime], *, due_by: datetime) -> Sequence[str]:
    """Compare and set: of all who call, one gets each name."""
    return (await tx.scalars(_taking(tuple(next_due)), {**next_due, "due_by": due_by})).all()


@cache
def _taking(names: tuple[str, ...]) -> ReturningUpdate[str]:
    is_due = Duty.due_at <= bindparam("due_by")
    due = select(Duty.name).where(Duty.name.in_(names), is_due).order_by(Duty.name).with_for_update(skip_locked=True)
    after = {name: bindparam(name, type_=Duty.due_at.type) for name in names}
    # Due is asked again: on Postgres a row that another has just taken is looked at afresh once it is unlocked.
    query = update(Duty).where(Duty.name.in_(due), is_due)
    return query.values(due_at=case(after, value=Duty.name, else_=Duty.due_at)).returning(Duty.name)
