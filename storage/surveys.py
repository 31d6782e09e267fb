"""Queries about surveys: what we ask, and where its alerts go."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Text, func, select, type_coerce, update

from storage.database import Transaction, once
from storage.models import Survey


async def get(tx: Transaction, survey_id: int) -> Survey | None:
    return await tx.get(Survey, survey_id, populate_existing=True)


async def by_name(tx: Transaction, workspace_id: str, name: str) -> Survey | None:
    query = select(Survey).where(Survey.workspace_id == workspace_id, Survey.name == name)
    return await tx.scalar(query)


async def by_reaction(tx: Transaction, workspace_id: str, reaction: str) -> Survey | None:
    query = select(Survey).where(Survey.workspace_id == workspace_id, Survey.reaction == reaction)
    return await tx.scalar(query)


async def of_workspace(tx: Transaction, workspace_id: str) -> Sequence[Survey]:
    async def look() -> Sequence[Survey]:
        query = select(Survey).where(Survey.workspace_id == workspace_id).order_by(Survey.id)
        return (await tx.scalars(query)).all()

    return await once(tx, ("surveys", workspace_id), look)


async def add(tx: Transaction, survey: Survey) -> None:
    tx.add(survey)
    await tx.flush()


async def set_wording(
    tx: Transaction, survey_id: int, *, name: str, subject: str | None, question: str | None, language: str
) -> None:
    await _update(tx, Survey.id == survey_id, name=name, subject=subject, question=question, language=language)


async def set_paused(tx: Transaction, survey_id: int, at: datetime | None) -> None:
    await _update(tx, Survey.id == survey_id, paused_at=at)


async def set_reaction(
    tx: Transaction, survey_id: int, reaction: str | None, *, delay_minutes: int, channels: tuple[str, ...]
) -> None:
    chosen = {"reaction": reaction, "delay_minutes": delay_minutes, "reaction_channels": channels}
    await _update(tx, Survey.id == survey_id, **chosen)


async def set_open(tx: Transaction, survey_id: int, *, is_open: bool) -> None:
    await _update(tx, Survey.id == survey_id, is_open=is_open)


async def set_privacy(tx: Transaction, survey_id: int, privacy: str) -> None:
    await _update(tx, Survey.id == survey_id, privacy=privacy)


async def set_after_days(tx: Transaction, survey_id: int, days: int) -> None:
    await _update(tx, Survey.id == survey_id, after_days=days)


async def set_alert_channel(tx: Transaction, survey_id: int, channel_id: str | None) -> None:
    await _update(tx, Survey.id == survey_id, alert_channel_id=channel_id, alerts_stopped_because=None)


async def with_alert_channel(tx: Transaction, workspace_id: str, channel_id: str) -> Sequence[Survey]:
    """Locked, so that what is decided by them holds until this transaction ends."""
    query = select(Survey).where(Survey.workspace_id == workspace_id, Survey.alert_channel_id == channel_id)
    return (await tx.scalars(query.order_by(Survey.id).with_for_update(key_share=True))).all()


async def stop_alerts(tx: Transaction, workspace_id: str, channel_id: str, because: str) -> bool:
    """Say why alerts may not go to a channel now; False when that was said before, or none go there."""
    query = (
        update(Survey)
        .where(
            Survey.workspace_id == workspace_id,
            Survey.alert_channel_id == channel_id,
            Survey.alerts_stopped_because.is_distinct_from(because),
        )
        .values(alerts_stopped_because=because)
        .returning(Survey.id)
    )
    return bool((await tx.scalars(query)).all())


async def let_alerts_go(tx: Transaction, workspace_id: str, channel_id: str) -> None:
    where = (Survey.workspace_id == workspace_id) & (Survey.alert_channel_id == channel_id)
    await _update(tx, where, alerts_stopped_because=None)


async def rename_channel(tx: Transaction, workspace_id: str, *, old: str, new: str) -> None:
    where = (Survey.workspace_id == workspace_id) & (Survey.alert_channel_id == old)
    await _update(tx, where, alert_channel_id=new)
    channels = Survey.reaction_channels
    named = (Survey.workspace_id == workspace_id) & type_coerce(channels, Text).contains(f" {old} ", autoescape=True)
    await _update(tx, named, reaction_channels=func.replace(type_coerce(channels, Text), f" {old} ", f" {new} "))


async def _update(tx: Transaction, where: object, **values: object) -> None:
    await tx.execute(update(Survey).where(where).values(**values))  # type: ignore[arg-type] # a column expression
