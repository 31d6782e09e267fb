"""Queries about rounds: everything the planner looks at, for all people at once, in a handful of queries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, case, func, or_, select

from storage.database import Transaction
from storage.models import Account, AudienceMember, Contact, Invitation

WAITING, DECLINED, EXPIRED, WITHDRAWN, FAILED = "waiting", "declined", "expired", "withdrawn", "failed"
FINISHED = ("answered", DECLINED, EXPIRED)
NEVER_LEFT = (WITHDRAWN, FAILED, DECLINED)
BY_SCHEDULE = ("schedule", "lifecycle")
RECOVERY = "recovery"  # a kind of question after which no other rests
LOOKED_BACK = 2


@dataclass(frozen=True, slots=True)
class Person:
    """What the planner and the filters of an audience look at in one person and their account."""

    id: int
    user_id: str
    name: str
    time_zone: str | None
    first_seen_at: datetime
    account_id: int | None
    role: str | None
    is_decision_maker: bool
    properties: Mapping[str, str]
    started_on: date | None
    segment: str | None


@dataclass(frozen=True, slots=True)
class LastAsks:
    """When one person was last asked; `tried_at`: with this survey, in vain."""

    contact_id: int
    is_waiting: bool
    any_at: datetime | None
    same_at: datetime | None
    same_waiting_at: datetime | None
    declined_at: datetime | None
    check_in_at: datetime | None
    tried_at: datetime | None


async def people(tx: Transaction, workspace_id: str, *, of_survey: int | None) -> Sequence[Person]:
    """Everybody who has not opted out, with their account; `of_survey`: only those who belong to its schedule."""
    query = select(
        Contact.id,
        Contact.user_id,
        Contact.name,
        Contact.time_zone,
        Contact.first_seen_at,
        Contact.account_id,
        Contact.role,
        Contact.is_decision_maker,
        Contact.properties,
        Account.started_on,
        Account.segment,
    ).outerjoin(Account, Account.id == Contact.account_id)
    if of_survey is not None:
        mine = and_(AudienceMember.contact_id == Contact.id, AudienceMember.survey_id == of_survey)
        query = query.join(AudienceMember, mine)
    query = query.where(Contact.workspace_id == workspace_id, Contact.opted_out_at.is_(None))
    return [Person(*row) for row in await tx.execute(query.order_by(Contact.id))]


async def last_asks(
    tx: Transaction, workspace_id: str, survey_id: int, *, check_ins: Collection[int]
) -> Mapping[int, LastAsks]:
    """By contact; rehearsals do not count."""
    about = {"workspace": workspace_id, "survey": survey_id, "check_ins": list(check_ins)}
    rows = await tx.execute(_LAST_ASKS, about)
    return {row[0]: LastAsks(row[0], bool(row[1]), *row[2:]) for row in rows}


async def silent(tx: Transaction, workspace_id: str) -> set[int]:
    """Whose last questions that are over stayed without a word, two in a row."""
    return set((await tx.scalars(_SILENT, {"workspace": workspace_id})).all())


async def asked_lately(
    tx: Transaction, workspace_id: str, *, since: datetime
) -> Sequence[Row[int, int | None, str | None, datetime]]:
    """Who of an account was asked since then or soon will be: contact, account, their time zone, when."""
    return (await tx.execute(_ASKED_LATELY, {"workspace": workspace_id, "since": since})).all()


async def asked_by_schedule(
    tx: Transaction, survey_id: int, *, since: datetime
) -> Sequence[Row[int, str | None, datetime]]:
    """Whom a schedule decided to ask since then, their time zone, and when it did."""
    return (await tx.execute(_ASKED_BY_SCHEDULE, {"survey": survey_id, "since": since})).all()


async def has_begun(tx: Transaction, survey_id: int, *, before: datetime) -> bool:
    return (await tx.scalar(_HAS_BEGUN, {"survey": survey_id, "before": before})) is not None


def _of_last_asks() -> Select[int, Any, datetime | None, Any, Any, Any, Any, Any]:
    same, counts = Invitation.survey_id == bindparam("survey"), Invitation.kind != RECOVERY
    check_in = Invitation.survey_id.in_(bindparam("check_ins", expanding=True))
    never_left = and_(same, Invitation.sent_at.is_(None), Invitation.state.in_(NEVER_LEFT))
    query = select(
        Invitation.contact_id,
        func.max(case((and_(counts, Invitation.state == WAITING), 1), else_=0)),
        func.max(case((counts, Invitation.sent_at))),
        func.max(case((same, Invitation.sent_at))),
        func.max(case((and_(same, Invitation.state == WAITING), Invitation.send_at))),
        func.max(case((Invitation.state == DECLINED, Invitation.closed_at))),
        func.max(case((check_in, Invitation.sent_at))),
        func.max(case((never_left, Invitation.created_at))),
    )
    return query.where(*_COUNTED).group_by(Invitation.contact_id)


def _of_silent() -> Select[int]:
    latest_first = (Invitation.sent_at.desc().nulls_last(), Invitation.id.desc())
    place = func.row_number().over(partition_by=Invitation.contact_id, order_by=latest_first).label("place")
    over = (*_COUNTED, Invitation.state.in_(FINISHED), Invitation.kind != RECOVERY)
    last = select(Invitation.contact_id, Invitation.state, place).where(*over)
    ranked = last.subquery()
    query = select(ranked.c.contact_id).where(ranked.c.place <= LOOKED_BACK, ranked.c.state == EXPIRED)
    return query.group_by(ranked.c.contact_id).having(func.count() == LOOKED_BACK)


def _of_asked_lately() -> Select[int, int | None, str | None, datetime]:
    at = func.coalesce(Invitation.sent_at, Invitation.send_at)
    since = or_(Invitation.sent_at >= bindparam("since"), Invitation.state == WAITING)
    query = select(Invitation.contact_id, Contact.account_id, Contact.time_zone, at)
    query = query.join(Contact, Contact.id == Invitation.contact_id)
    return query.where(*_COUNTED, Invitation.kind != RECOVERY, Contact.account_id.is_not(None), since)


# Made once: a plan asks all of them, and to make them anew costs more than to run them.
_COUNTED = (Invitation.workspace_id == bindparam("workspace"), Invitation.is_rehearsal.is_(False))
_BY_SCHEDULE = (Invitation.survey_id == bindparam("survey"), Invitation.trigger.in_(BY_SCHEDULE))
_LAST_ASKS, _SILENT, _ASKED_LATELY = _of_last_asks(), _of_silent(), _of_asked_lately()
_ASKED_BY_SCHEDULE = (
    select(Invitation.contact_id, Contact.time_zone, Invitation.created_at)
    .join(Contact, Contact.id == Invitation.contact_id)
    .where(*_BY_SCHEDULE, Invitation.created_at >= bindparam("since"))
)
_HAS_BEGUN = select(Invitation.id).where(*_BY_SCHEDULE, Invitation.created_at < bindparam("before")).limit(1)
