"""Queries about single answers by how happy they are, newest first, and what became of each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from storage.database import Transaction
from storage.models import Contact, FollowUp, Response, Survey
from storage.reports import Unhappy, unhappy
from storage.slices import ALL, NAMED, Slice

__all__ = ["Unhappy", "Wanted", "newest"]


@dataclass(frozen=True)
class Wanted:
    """
    Scores from `lowest` to `highest`, of these kinds; `since` None: from the beginning. `heard_until`: of confidential
    answers those before.
    """

    workspace_id: str
    kinds: Collection[str]
    lowest: int
    highest: int
    before: datetime
    heard_until: datetime
    since: datetime | None = None
    within: Slice = ALL


async def newest(tx: Transaction, wanted: Wanted, *, limit: int, offset: int) -> Sequence[Unhappy]:
    query = (
        select(Response, Contact, FollowUp, Survey.name)
        .join(Contact, Contact.id == Response.contact_id)
        .join(Survey, Survey.id == Response.survey_id)
        .outerjoin(FollowUp, FollowUp.response_id == Response.id)
        .where(*_fitting(wanted))
        .order_by(Response.answered_at.desc(), Response.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [unhappy(*row) for row in (await tx.execute(query))]


def _fitting(wanted: Wanted) -> list[ColumnElement[bool]]:
    where = [
        Response.workspace_id == wanted.workspace_id,
        Response.kind.in_(wanted.kinds),
        Response.is_rehearsal.is_(False),
        Response.score.between(wanted.lowest, wanted.highest),
        Response.answered_at <= wanted.before,
        or_(Response.privacy == NAMED, Response.answered_at < wanted.heard_until),
    ]
    since = [Response.answered_at > wanted.since] if wanted.since else []
    return [*where, *since, *wanted.within.of(Response)]
