"""Queries about recoveries: whose answer was looked after some weeks ago, and how they feel now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Row, exists, func, select

from storage import database
from storage.database import Transaction
from storage.follow_ups import RESOLVED, WAITS
from storage.models import Contact, FollowUp, Invitation, Recovery, Response, Survey
from storage.reports import SELF, STATES

RECOVERY = "recovery"  # the kind of question
DECLINED, CHANGED_MIND = "declined", "changed_mind"
Looked: TypeAlias = Row[FollowUp, Response, Contact]


@dataclass(frozen=True)
class Standing:
    """What happened to somebody since: they said something anew, were asked, still wait for us, or said no."""

    has_answered: bool
    was_asked: bool
    is_looked_after: bool
    has_declined: bool


async def surveys(tx: Transaction) -> Sequence[Survey]:
    """The one of each workspace, where it is not paused."""
    query = select(Survey).where(Survey.kind == RECOVERY, Survey.paused_at.is_(None))
    return (await tx.scalars(query.order_by(Survey.id))).all()


async def undecided(
    tx: Transaction, workspace_id: str, *, since: datetime, until: datetime, limit: int
) -> Sequence[Looked]:
    """What a person resolved in that time, the longest ago first; not of somebody who left, and of no such question."""
    is_decided = exists().where(Recovery.follow_up_id == FollowUp.id, Recovery.round == FollowUp.round)
    query = (
        select(FollowUp, Response, Contact)
        .join(Response, Response.id == FollowUp.response_id)
        .join(Contact, Contact.id == Response.contact_id)
        .where(FollowUp.workspace_id == workspace_id, FollowUp.is_rehearsal.is_(False))
        .where(FollowUp.state == RESOLVED, WAITS)
        .where(FollowUp.resolved_at > since, FollowUp.resolved_at <= until)
        .where(FollowUp.outcome.is_distinct_from(CHANGED_MIND), Response.kind != RECOVERY)
        .where(Contact.opted_out_at.is_(None), ~is_decided)
        .order_by(FollowUp.resolved_at, FollowUp.id)
    )
    return (await tx.execute(query.limit(limit))).all()


async def standing(tx: Transaction, contact_id: int, *, since: datetime, declined_since: datetime) -> Standing:
    theirs = (Response.contact_id == contact_id, Response.is_rehearsal.is_(False))
    asked = (Invitation.contact_id == contact_id, Invitation.is_rehearsal.is_(False))
    looked_after = select(FollowUp.id).join(Response, Response.id == FollowUp.response_id)
    query = select(
        exists().where(*theirs, Response.answered_at > since),
        exists().where(*asked, Invitation.kind == RECOVERY, Invitation.created_at > since),
        looked_after.where(*theirs, FollowUp.state != RESOLVED, WAITS).exists(),
        exists().where(*asked, Invitation.state == DECLINED, Invitation.closed_at > declined_since),
    )
    return Standing(*map(bool, (await tx.execute(query)).one()))


async def add(tx: Transaction, recovery: Recovery) -> bool:
    """False when it was decided before."""
    return await database.keep(tx, recovery)


async def of_invitation(tx: Transaction, invitation_id: int) -> FollowUp | None:
    """What was resolved before this question was asked."""
    query = select(FollowUp).join(Recovery, Recovery.follow_up_id == FollowUp.id)
    return await tx.scalar(query.where(Recovery.invitation_id == invitation_id))


async def scores(tx: Transaction, workspace_id: str, *, since: datetime, before: datetime) -> Sequence[tuple[int, int]]:
    """The score before and the one now, of everybody who said how they feel in that time."""
    query = (
        select(Recovery.score, Response.score)
        .join(Response, Response.invitation_id == Recovery.invitation_id)
        .where(Response.workspace_id == workspace_id, Response.kind == RECOVERY)
        .where(Response.is_rehearsal.is_(False), Response.mode == SELF)
        .where(Response.answered_at > since, Response.answered_at <= before)
    )
    return [(earlier, now) for earlier, now in await tx.execute(query)]


async def count_asked(tx: Transaction, workspace_id: str, *, since: datetime, before: datetime) -> int:
    query = (
        select(func.count())
        .select_from(Recovery)
        .join(Invitation, Invitation.id == Recovery.invitation_id)
        .where(Invitation.workspace_id == workspace_id, Invitation.kind == RECOVERY)
        .where(Invitation.is_rehearsal.is_(False), Invitation.mode == SELF, Invitation.state.in_(STATES))
        .where(Invitation.sent_at > since, Invitation.sent_at <= before)
    )
    return (await tx.execute(query)).scalar_one()
