"""Queries about comments: those somebody looks for, the newest first, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from storage.database import Transaction
from storage.models import Account, Contact, FollowUp, Invitation, Reading, Response, Survey
from storage.reasons import about
from storage.slices import NAMED, Slice

SCORED = ("relational", "transactional")


@dataclass(frozen=True)
class Wanted:
    """
    Comments of one kind of survey, in a time whose beginning is left out; of confidential ones those that were told.

    `theme`: about that one; `is_unmatched`: about none. `words`, folded, must all stand in it.
    """

    workspace_id: str
    kind: str
    since: datetime
    before: datetime
    within: Slice
    heard_until: datetime
    lowest: int
    highest: int
    theme: str | None
    is_unmatched: bool
    words: tuple[str, ...]


@dataclass(frozen=True)
class Comment:
    """One of them. `contact` None: it is confidential, and so is the company."""

    response: Response
    contact: Contact | None
    company: str | None
    survey_name: str
    language: str
    themes: tuple[str, ...]
    follow_up: FollowUp | None


async def page(tx: Transaction, wanted: Wanted, *, limit: int, offset: int, now: datetime) -> Sequence[Comment]:
    return await _newest(tx, _fitting(wanted), limit=limit, offset=offset, now=now)


async def latest(
    tx: Transaction, workspace_id: str, *, since: datetime, heard_until: datetime, limit: int, now: datetime
) -> Sequence[Comment]:
    """The last ones of all surveys that give scores."""
    where = [
        Response.workspace_id == workspace_id,
        Response.kind.in_(SCORED),
        Response.is_rehearsal.is_(False),
        Response.answered_at > since,
        Response.answered_at <= now,
        or_(Response.privacy == NAMED, Response.answered_at < heard_until),
    ]
    return await _newest(tx, where, limit=limit, offset=0, now=now)


async def count(tx: Transaction, wanted: Wanted) -> int:
    query = select(func.count()).select_from(Response).join(Reading, Reading.response_id == Response.id)
    return (await tx.execute(query.where(*_fitting(wanted)))).scalar_one()


async def get(tx: Transaction, workspace_id: str, response_id: int, *, heard_until: datetime) -> Response | None:
    """An answer with a comment that colleagues may read."""
    query = select(Response).join(Reading, Reading.response_id == Response.id)
    seen = or_(Response.privacy == NAMED, Response.answered_at < heard_until)
    return await tx.scalar(query.where(Response.workspace_id == workspace_id, Response.id == response_id, seen))


async def _newest(
    tx: Transaction, where: Sequence[ColumnElement[bool]], *, limit: int, offset: int, now: datetime
) -> Sequence[Comment]:
    told_of = and_(FollowUp.response_id == Response.id, FollowUp.opened_at <= now)
    query = (
        select(Response, Contact, Account.name, Survey.name, Invitation.language, Reading.themes, FollowUp)
        .join(Reading, Reading.response_id == Response.id)
        .join(Contact, Contact.id == Response.contact_id)
        .outerjoin(Account, Account.id == Contact.account_id)
        .join(Survey, Survey.id == Response.survey_id)
        .join(Invitation, Invitation.id == Response.invitation_id)
        .outerjoin(FollowUp, told_of)
        .where(*where)
        .order_by(Response.answered_at.desc(), Response.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [_without_name(Comment(*row)) for row in await tx.execute(query)]


def _without_name(comment: Comment) -> Comment:
    is_named = comment.response.privacy == NAMED
    return comment if is_named else replace(comment, contact=None, company=None)


def _fitting(wanted: Wanted) -> list[ColumnElement[bool]]:
    where = [
        Response.workspace_id == wanted.workspace_id,
        Response.kind == wanted.kind,
        Response.is_rehearsal.is_(False),
        Response.answered_at > wanted.since,
        Response.answered_at <= wanted.before,
        Response.score.between(wanted.lowest, wanted.highest),
        or_(Response.privacy == NAMED, Response.answered_at < wanted.heard_until),
        *wanted.within.of(Response),
        *(Reading.folded.contains(word, autoescape=True) for word in wanted.words),
    ]
    if wanted.is_unmatched:
        return [*where, about(None)]
    return [*where, about(wanted.theme)] if wanted.theme else where
