"""
Queries about one account: its people, what they said, and what came of it.

Nothing confidential is among it: of few people it would tell who said it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Row, and_, case, func, select

from storage.database import Transaction
from storage.follow_ups import RESOLVED, WAITS
from storage.models import Account, Contact, FollowUp, Response, Survey
from storage.reports import SELF
from storage.slices import NAMED

RECOVERY = "recovery"  # how somebody feels after they were looked after is told apart


@dataclass(frozen=True)
class Said:
    """One answer with its giver, the survey's name and what became of it."""

    response: Response
    contact: Contact
    survey_name: str
    follow_up: FollowUp | None = None


async def names(tx: Transaction, workspace_id: str) -> Mapping[int, str]:
    """Of all accounts, by id: which one somebody means is not for a database to say."""
    query = select(Account.id, Account.name).where(Account.workspace_id == workspace_id)
    return {row[0]: row[1] for row in await tx.execute(query)}


async def people(tx: Transaction, account_id: int, *, limit: int) -> Sequence[Contact]:
    """Who decides first, then who answered last; who never did comes last."""
    last = (
        select(Response.contact_id, func.max(Response.answered_at).label("at"))
        .join(Contact, Contact.id == Response.contact_id)
        .where(*_said(account_id))
        .group_by(Response.contact_id)
        .subquery()
    )
    query = (
        select(Contact)
        .outerjoin(last, last.c.contact_id == Contact.id)
        .where(Contact.account_id == account_id)
        .order_by(Contact.is_decision_maker.desc(), last.c.at.is_(None), last.c.at.desc(), Contact.name, Contact.id)
        .limit(limit)
    )
    return (await tx.scalars(query)).all()


async def count_people(tx: Transaction, account_id: int) -> int:
    query = select(func.count()).select_from(Contact).where(Contact.account_id == account_id)
    return (await tx.execute(query)).scalar_one()


async def latest_scores(tx: Transaction, contact_ids: Sequence[int], *, latest: int) -> Mapping[int, list[Response]]:
    """The last so many answers of each of these people, the newest first."""
    place = func.row_number().over(
        partition_by=Response.contact_id, order_by=(Response.answered_at.desc(), Response.id.desc())
    )
    theirs = Response.contact_id.in_(contact_ids), Response.is_rehearsal.is_(False), Response.privacy == NAMED
    placed = (
        select(Response.id, place.label("place"))
        .where(*theirs, Response.kind != RECOVERY, Response.mode == SELF)
        .subquery()
    )
    query = select(Response).join(placed, placed.c.id == Response.id).where(placed.c.place <= latest)
    found = dict[int, list[Response]]()
    for each in await tx.scalars(query.order_by(Response.answered_at.desc(), Response.id.desc())):
        found.setdefault(each.contact_id, []).append(each)
    return found


async def answers(tx: Transaction, account_id: int, *, limit: int) -> Sequence[Said]:
    """The newest first, those too that a colleague was told in a meeting."""
    query = (
        select(Response, Contact, Survey.name)
        .join(Contact, Contact.id == Response.contact_id)
        .join(Survey, Survey.id == Response.survey_id)
        .where(*_said(account_id))
        .order_by(Response.answered_at.desc(), Response.id.desc())
        .limit(limit)
    )
    return [Said(*row) for row in await tx.execute(query)]


async def count_answers(tx: Transaction, account_id: int) -> int:
    query = select(func.count()).select_from(Response).join(Contact, Contact.id == Response.contact_id)
    return (await tx.execute(query.where(*_said(account_id)))).scalar_one()


async def follow_ups(tx: Transaction, account_id: int, *, limit: int) -> Sequence[Said]:
    """Those that are not over first, then the latest."""
    query = (
        select(Response, Contact, Survey.name, FollowUp)
        .join(FollowUp, FollowUp.response_id == Response.id)
        .join(Contact, Contact.id == Response.contact_id)
        .join(Survey, Survey.id == FollowUp.survey_id)
        .where(*_followed_up(account_id))
        .order_by(FollowUp.state == RESOLVED, FollowUp.opened_at.desc(), FollowUp.id.desc())
        .limit(limit)
    )
    return [Said(*row) for row in await tx.execute(query)]


async def count_follow_ups(tx: Transaction, account_id: int) -> Row[int, int | None]:
    """How many there are, and how many of them are over."""
    over = func.sum(case((FollowUp.state == RESOLVED, 1), else_=0))
    query = (
        select(func.count(), over)
        .select_from(FollowUp)
        .join(Response, Response.id == FollowUp.response_id)
        .join(Contact, Contact.id == Response.contact_id)
    )
    found: Row[int, int | None] = (await tx.execute(query.where(*_followed_up(account_id)))).one()
    return found


def _said(account_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Contact.account_id == account_id,
        and_(Response.is_rehearsal.is_(False), Response.privacy == NAMED),
        Response.kind != RECOVERY,
    )


def _followed_up(account_id: int) -> tuple[ColumnElement[bool], ...]:
    ours = Contact.account_id == account_id, FollowUp.is_rehearsal.is_(False), Response.privacy == NAMED
    return (*ours, WAITS)
