"""Queries about schedules: surveys that ask by themselves, running or paused."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import or_, select, update

from storage import database
from storage.database import Transaction
from storage.models import Schedule, Survey


async def get(tx: Transaction, survey_id: int) -> Schedule | None:
    return await tx.get(Schedule, survey_id, populate_existing=True)


async def of_workspace(tx: Transaction, workspace_id: str) -> Sequence[Schedule]:
    query = select(Schedule).where(Schedule.workspace_id == workspace_id).order_by(Schedule.survey_id)
    return (await tx.scalars(query)).all()


async def running(tx: Transaction) -> Sequence[Schedule]:
    """Those of every workspace that ask: neither they nor their surveys are paused."""
    query = select(Schedule).join(Survey, Survey.id == Schedule.survey_id)
    return (await tx.scalars(query.where(*_RUNS).order_by(Schedule.survey_id))).all()


async def to_gather(tx: Transaction, workspace_id: str, *, before: datetime) -> Sequence[Schedule]:
    """Running ones whose people were not looked up since then, the longest ago first."""
    is_due = or_(Schedule.gathered_at.is_(None), Schedule.gathered_at < before)
    query = select(Schedule).join(Survey, Survey.id == Schedule.survey_id)
    query = query.where(Schedule.workspace_id == workspace_id, is_due, *_RUNS)
    return (await tx.scalars(query.order_by(Schedule.gathered_at.nulls_first(), Schedule.survey_id))).all()


async def held(tx: Transaction, survey_id: int) -> Schedule | None:
    """If it is running; whoever else plans it waits until this transaction ends."""
    query = (
        select(Schedule).join(Survey, Survey.id == Schedule.survey_id).where(Schedule.survey_id == survey_id, *_RUNS)
    )
    return await tx.scalar(query.with_for_update(of=Schedule))


async def put(tx: Transaction, schedule: Schedule) -> None:
    """Add it, or change the rhythm and the audience of the one that is there."""
    changed = {name: getattr(schedule, name) for name in ("every_days", "check_in_day", "most_a_day", "audience")}
    query = database.insert(tx, Schedule).values(database.values_of(schedule))
    changed["gathered_at"] = None
    await tx.execute(query.on_conflict_do_update(index_elements=["survey_id"], set_=changed))


async def set_paused(tx: Transaction, survey_id: int, at: datetime | None) -> None:
    await _update(tx, survey_id, paused_at=at)


async def set_gathered(tx: Transaction, survey_id: int, at: datetime | None) -> None:
    await _update(tx, survey_id, gathered_at=at)


async def set_audience(tx: Transaction, survey_id: int, audience: Mapping[str, Sequence[str]]) -> None:
    await _update(tx, survey_id, audience=audience)


_RUNS = (Schedule.paused_at.is_(None), Survey.paused_at.is_(None))


async def _update(tx: Transaction, survey_id: int, **values: object) -> None:
    await tx.execute(update(Schedule).where(Schedule.survey_id == survey_id).values(**values))
