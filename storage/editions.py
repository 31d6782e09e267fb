"""Queries about editions: the digests of single weeks, and where each stands in Slack."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select, update

from storage import database
from storage.database import Transaction
from storage.models import Edition, FollowUp, FollowUpStep, Response


async def get(tx: Transaction, edition_id: int) -> Edition | None:
    return await tx.get(Edition, edition_id, populate_existing=True)


async def add(tx: Transaction, edition: Edition) -> None:
    await database.add(tx, edition)


async def latest(tx: Transaction, digest_id: int) -> Edition | None:
    query = select(Edition).where(Edition.digest_id == digest_id)
    return await tx.scalar(query.order_by(Edition.slot_at.desc()).limit(1))


async def set_card(tx: Transaction, edition_id: int, *, channel_id: str | None, ts: str | None) -> None:
    values = {"card_channel_id": channel_id, "card_ts": ts}
    await tx.execute(update(Edition).where(Edition.id == edition_id).values(**values))


async def at(tx: Transaction, workspace_id: str, channel_id: str, ts: str) -> Edition | None:
    """The one that stands there."""
    return await tx.scalar(select(Edition).where(*_in(workspace_id, channel_id), Edition.card_ts == ts))


async def standing_in(tx: Transaction, workspace_id: str, channel_id: str) -> Sequence[Edition]:
    query = select(Edition).where(*_in(workspace_id, channel_id), Edition.card_ts.is_not(None))
    return (await tx.scalars(query.order_by(Edition.id))).all()


async def of_digest(tx: Transaction, digest_id: int) -> Sequence[Edition]:
    return (await tx.scalars(select(Edition).where(Edition.digest_id == digest_id).order_by(Edition.id))).all()


async def about_person(tx: Transaction, workspace_id: str, contact_id: int) -> Sequence[Edition]:
    """Those that may quote somebody, or say that they wait."""
    return await _about(tx, workspace_id, Response.contact_id == contact_id)


async def about_colleague(tx: Transaction, workspace_id: str, user_id: str) -> Sequence[Edition]:
    """Those that may say that somebody takes care of an answer, or did; it may have been handed to them."""
    theirs = select(FollowUpStep.follow_up_id).where(or_(FollowUpStep.by == user_id, FollowUpStep.to == user_id))
    return await _about(tx, workspace_id, FollowUp.id.in_(theirs))


async def rename_channel(tx: Transaction, workspace_id: str, *, old: str, new: str) -> None:
    await tx.execute(update(Edition).where(*_in(workspace_id, old)).values(card_channel_id=new))


async def _about(tx: Transaction, workspace_id: str, whose: ColumnElement[bool]) -> Sequence[Edition]:
    """An answer is quoted in its week, and waited for until it is resolved."""
    waited = FollowUp.id.is_not(None) & or_(FollowUp.resolved_at.is_(None), FollowUp.resolved_at >= Edition.slot_at)
    told = (
        select(Response.id)
        .outerjoin(FollowUp, FollowUp.response_id == Response.id)
        .where(Response.workspace_id == workspace_id, whose, Response.answered_at <= Edition.slot_at)
        .where(or_(Response.answered_at >= Edition.since_at, waited))
    )
    query = select(Edition).where(Edition.workspace_id == workspace_id, told.exists())
    return (await tx.scalars(query.order_by(Edition.id))).all()


def _in(workspace_id: str, channel_id: str) -> tuple[ColumnElement[bool], ...]:
    return Edition.workspace_id == workspace_id, Edition.card_channel_id == channel_id
