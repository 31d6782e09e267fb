"""
Queries about exports: everything page by page, in an order that does not depend on who was stored first.

Texts are compared byte by byte, so that every database gives the same order.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Row, SQLColumnExpression, case, func, literal, select, tuple_

from storage.database import Transaction, is_sqlite
from storage.models import Account, Contact, ExitReason, Invitation, Recovery, Response, Survey
from storage.types import UtcDateTime

IMPORTED, RECOVERY = "import:", "recovery"
_SOURCE_ID = case(
    (Invitation.occasion.startswith(IMPORTED), func.substr(Invitation.occasion, len(IMPORTED) + 1)),
    else_=Invitation.occasion,
)


async def accounts(tx: Transaction, workspace_id: str, *, after: str, limit: int) -> Sequence[Account]:
    """By name, from that one on."""
    name = _bytewise(tx, Account.name)
    query = select(Account).where(Account.workspace_id == workspace_id, name > after)
    return (await tx.scalars(query.order_by(name).limit(limit))).all()


async def contacts(
    tx: Transaction, workspace_id: str, *, after: str, limit: int, only_unmatched: bool
) -> Sequence[Row[Contact, str | None]]:
    """With the name of their account, by Slack id."""
    user_id = _bytewise(tx, Contact.user_id)
    query = select(Contact, Account.name).outerjoin(Account, Account.id == Contact.account_id)
    query = query.where(Contact.workspace_id == workspace_id, user_id > after)
    if only_unmatched:
        query = query.where(Contact.account_id.is_(None))
    return (await tx.execute(query.order_by(user_id).limit(limit))).all()


async def properties(
    tx: Transaction, workspace_id: str, *, after: int, limit: int
) -> Sequence[Row[int, dict[str, str]]]:
    """What is noted about people, by their ids."""
    query = select(Contact.id, Contact.properties).where(Contact.workspace_id == workspace_id, Contact.id > after)
    return (await tx.execute(query.order_by(Contact.id).limit(limit))).all()


async def answers(
    tx: Transaction, workspace_id: str, *, after: tuple[datetime, str, str, str] | None, limit: int
) -> Sequence[Row[datetime, str, str, str, str, Response]]:
    """
    When, the Slack id, the survey, the id of the answer, the name, and the answer. Rehearsals are none; how people
    felt after they were looked after is in a file of its own.
    """
    texts = (Contact.user_id, Survey.name, _SOURCE_ID)
    place = (Response.answered_at, *(_bytewise(tx, text) for text in texts))
    query = (
        select(Response.answered_at, *texts, Contact.name, Response)
        .join(Contact, Contact.id == Response.contact_id)
        .join(Survey, Survey.id == Response.survey_id)
        .join(Invitation, Invitation.id == Response.invitation_id)
        .where(Response.workspace_id == workspace_id, Response.is_rehearsal.is_(False), Response.kind != RECOVERY)
    )
    if after is not None:
        at, *words = after
        query = query.where(tuple_(*place) > tuple_(literal(at, UtcDateTime()), *map(literal, words)))
    return (await tx.execute(query.order_by(*place).limit(limit))).all()


async def exits(
    tx: Transaction, workspace_id: str, *, after: tuple[datetime, int] | None, limit: int
) -> Sequence[Row[ExitReason, str, str, str]]:
    """With the Slack id, the name and the survey, by when they were given. Rehearsals are none."""
    place = (ExitReason.answered_at, ExitReason.id)
    query = (
        select(ExitReason, Contact.user_id, Contact.name, Survey.name)
        .join(Contact, Contact.id == ExitReason.contact_id)
        .join(Survey, Survey.id == ExitReason.survey_id)
        .join(Invitation, Invitation.id == ExitReason.invitation_id)
        .where(ExitReason.workspace_id == workspace_id, Invitation.is_rehearsal.is_(False))
    )
    if after is not None:
        at, answer_id = after
        query = query.where(tuple_(*place) > tuple_(literal(at, UtcDateTime()), literal(answer_id)))
    return (await tx.execute(query.order_by(*place).limit(limit))).all()


async def recoveries(
    tx: Transaction, workspace_id: str, *, after: tuple[datetime, int] | None, limit: int
) -> Sequence[Row[Response, int, str, str]]:
    """With the score before, the Slack id and the name, by when they were given."""
    place = (Response.answered_at, Response.id)
    query = (
        select(Response, Recovery.score, Contact.user_id, Contact.name)
        .join(Recovery, Recovery.invitation_id == Response.invitation_id)
        .join(Contact, Contact.id == Response.contact_id)
        .where(Response.workspace_id == workspace_id)
    )
    if after is not None:
        at, answer_id = after
        query = query.where(tuple_(*place) > tuple_(literal(at, UtcDateTime()), literal(answer_id)))
    return (await tx.execute(query.order_by(*place).limit(limit))).all()


def _bytewise(tx: Transaction, text: SQLColumnExpression[str]) -> ColumnElement[str]:
    return text.collate("BINARY" if is_sqlite(tx) else "C")
