"""Queries about what a digest tells beside the scores: who waits, how soon others were looked after, and words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, SQLColumnExpression, case, func, or_, select

from storage.database import Transaction
from storage.follow_ups import CLAIMED, OPEN, RESOLVED, WAITS
from storage.models import Account, Contact, FollowUp, FollowUpStep, Response, Withholding
from storage.reports import TOLD
from storage.slices import NAMED, Slice
from storage.worklists import overdue

RECOVERY = "recovery"  # how somebody feels after they were looked after is in no score
CHANGED_MIND = "changed_mind"  # ended by the bot: the answer changed before anybody was told


@dataclass(frozen=True)
class Waiting:
    """
    Somebody whose answer is not dealt with yet; `company` None: nobody knows whose they are. `person` None: it is
    confidential.
    """

    follow_up: FollowUp
    person: str | None
    company: str | None


@dataclass(frozen=True)
class Quoted:
    """Words of somebody, and the score they gave with them. `name` None: they are confidential."""

    comment: str
    name: str | None
    score: int


async def waiting(
    tx: Transaction, workspace_id: str, *, within: Slice, until: datetime, limit: int
) -> Sequence[Waiting]:
    """Those that were there by then and are not resolved now, longest waiting first."""
    query = (
        select(FollowUp, _named(Contact.name), _named(Account.name))
        .join(Response, Response.id == FollowUp.response_id)
        .join(Contact, Contact.id == Response.contact_id)
        .outerjoin(Account, Account.id == Contact.account_id)
        .where(*_unresolved(workspace_id, within, until))
        .order_by(FollowUp.opened_at, FollowUp.id)
        .limit(limit)
    )
    return [Waiting(*row) for row in await tx.execute(query)]


async def count_waiting(tx: Transaction, workspace_id: str, *, within: Slice, until: datetime) -> int:
    query = select(func.count()).select_from(FollowUp).join(Response, Response.id == FollowUp.response_id)
    return (await tx.execute(query.where(*_unresolved(workspace_id, within, until)))).scalar_one()


async def count_overdue(
    tx: Transaction, workspace_id: str, *, within: Slice, now: datetime, opened_before: datetime
) -> int:
    query = select(func.count()).select_from(FollowUp).join(Response, Response.id == FollowUp.response_id)
    where = (*_unresolved(workspace_id, within, now), *overdue(now, opened_before=opened_before))
    return (await tx.execute(query.where(*where))).scalar_one()


async def first_steps(
    tx: Transaction, workspace_id: str, *, within: Slice, since: datetime, until: datetime, replying: Collection[str]
) -> Sequence[Row[datetime, datetime | None]]:
    """Of each that was opened in that time: when, and when somebody took the first of these steps."""
    is_first = (FollowUpStep.follow_up_id == FollowUp.id, FollowUpStep.what.in_(replying))
    query = (
        select(FollowUp.opened_at, select(func.min(FollowUpStep.at)).where(*is_first).scalar_subquery())
        .join(Response, Response.id == FollowUp.response_id)
        .where(*_counted(workspace_id, within), FollowUp.state.in_((OPEN, CLAIMED, RESOLVED)))
        .where(FollowUp.opened_at > since, FollowUp.opened_at <= until)
        .where(FollowUp.outcome.is_distinct_from(CHANGED_MIND))
    )
    return (await tx.execute(query)).all()


async def worst(
    tx: Transaction,
    workspace_id: str,
    *,
    within: Slice,
    since: datetime,
    until: datetime,
    heard_until: datetime,
    highest: int,
) -> Quoted | None:
    """The lowest score up to that one that came with words, the newest of several."""
    query = _said(workspace_id, within, since, until, heard_until).where(Response.score <= highest)
    return _quoted((await tx.execute(query.order_by(Response.score, *_NEWEST).limit(1))).first())


async def best(
    tx: Transaction,
    workspace_id: str,
    *,
    within: Slice,
    since: datetime,
    until: datetime,
    heard_until: datetime,
    lowest: int,
) -> Quoted | None:
    """The highest score from that one on that came with words, the newest of several."""
    query = _said(workspace_id, within, since, until, heard_until).where(Response.score >= lowest)
    return _quoted((await tx.execute(query.order_by(Response.score.desc(), *_NEWEST).limit(1))).first())


async def withheld(
    tx: Transaction, workspace_id: str, *, within: Slice, since: datetime, until: datetime
) -> Mapping[str, int]:
    """How many people were not asked for which reason: {"recontact": 5}."""
    query = (
        select(Withholding.because, func.count(Withholding.contact_id.distinct()))
        .where(Withholding.workspace_id == workspace_id, *within.of(Withholding))
        .where(Withholding.withheld_at > since, Withholding.withheld_at <= until)
        .group_by(Withholding.because)
    )
    return dict((await tx.execute(query)).all())


async def among(tx: Transaction, workspace_id: str, *, within: Slice) -> set[int]:
    """The people this is about, by their accounts."""
    query = select(Contact.id).where(Contact.workspace_id == workspace_id, *within.people())
    return set((await tx.scalars(query)).all())


_NEWEST = (Response.answered_at.desc(), Response.id.desc())


def _named(name: SQLColumnExpression[str]) -> ColumnElement[str | None]:
    """Nothing where what was said is confidential."""
    return case((Response.privacy == NAMED, name), else_=None)


def _quoted(row: Row[str | None, str | None, int] | None) -> Quoted | None:
    return Quoted(row[0] or "", *row[1:]) if row else None


def _said(
    workspace_id: str, within: Slice, since: datetime, until: datetime, heard_until: datetime
) -> Select[str | None, str | None, int]:
    """`heard_until`: of confidential answers those before."""
    return (
        select(Response.comment, _named(Contact.name), Response.score)
        .join(Contact, Contact.id == Response.contact_id)
        .where(Response.workspace_id == workspace_id, Response.is_rehearsal.is_(False), Response.mode != TOLD)
        .where(Response.answered_at > since, Response.answered_at <= until, Response.comment.is_not(None))
        .where(Response.comment != "", Response.kind != RECOVERY, *within.of(Response))
        .where(or_(Response.privacy == NAMED, Response.answered_at < heard_until))
    )


def _unresolved(workspace_id: str, within: Slice, until: datetime) -> tuple[ColumnElement[bool], ...]:
    return (*_counted(workspace_id, within), FollowUp.state.in_((OPEN, CLAIMED)), FollowUp.opened_at <= until)


def _counted(workspace_id: str, within: Slice) -> tuple[ColumnElement[bool], ...]:
    """By the survey an alert belongs to: of how somebody feels later on, that is the one before."""
    chosen = [FollowUp.survey_id.in_(within.survey_ids)] if within.survey_ids else []
    ours = FollowUp.workspace_id == workspace_id, FollowUp.is_rehearsal.is_(False), WAITS
    return (*ours, *chosen, *replace(within, survey_ids=()).of(Response))
