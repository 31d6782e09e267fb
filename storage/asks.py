"""Queries about asks: was this one made already, and when was the person last asked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Any

from sqlalchemy import Select, SQLColumnExpression, and_, case, func, or_, select, union_all

from storage.database import Transaction
from storage.models import Contact, Invitation

WAITING, DECLINED, ASK = "waiting", "declined", "ask"
EXPIRED, RECOVERY, NAMED = "expired", "recovery", "named"
FINISHED = ("answered", DECLINED, EXPIRED)
LEFT = (*FINISHED, "sent", "withdrawn", "failed")  # every state but waiting
LOOKED_BACK = 2


@dataclass(frozen=True)
class LastAsks:
    """When this person was last asked; rehearsals do not count, nor how they felt after somebody looked after them."""

    is_waiting: bool = False
    any_survey_at: datetime | None = None
    same_survey_at: datetime | None = None
    declined_at: datetime | None = None
    unanswered_in_a_row: int = 0


async def by_occasion(tx: Transaction, *, survey_id: int, contact_id: int, occasion: str) -> Invitation | None:
    query = select(Invitation).where(
        Invitation.survey_id == survey_id, Invitation.contact_id == contact_id, Invitation.occasion == occasion
    )
    return await tx.scalar(query)


async def add(tx: Transaction, invitation: Invitation) -> None:
    tx.add(invitation)
    await tx.flush()


async def last_asks(tx: Transaction, *, contact_id: int, survey_id: int) -> LastAsks:
    return (await last_asks_of_each(tx, contact_id=contact_id, survey_ids=(survey_id,)))[survey_id]


async def last_asks_of_each(tx: Transaction, *, contact_id: int, survey_ids: Collection[int]) -> Mapping[int, LastAsks]:
    """The same for each of these surveys, at once."""
    counts = Invitation.kind != RECOVERY
    query = (
        select(
            Invitation.survey_id,
            func.max(case((and_(counts, Invitation.state == WAITING), 1), else_=0)),
            func.max(case((counts, Invitation.sent_at))),
            func.max(Invitation.sent_at),
            func.max(case((Invitation.state == DECLINED, Invitation.closed_at))),
        )
        .where(Invitation.contact_id == contact_id, Invitation.is_rehearsal.is_(False))
        .group_by(Invitation.survey_id)
    )
    found = {survey_id: row for survey_id, *row in await tx.execute(query)}
    waiting, last, _, declined = (tuple(map(_latest, zip(*found.values(), strict=True)))) if found else (None,) * 4
    row = await _unanswered_in_a_row(tx, contact_id)
    same = {each: found[each][2] if each in found else None for each in survey_ids}
    return {each: LastAsks(bool(waiting), last, same[each], declined, row) for each in survey_ids}


async def others_of_account(tx: Transaction, contact: Contact, *, since: datetime) -> Sequence[datetime]:
    """When each other person of this contact's account was last asked, or is going to be; rehearsals do not count."""
    ahead = _of_others(contact, Invitation.send_at, since).where(Invitation.state == WAITING)
    asked = _of_others(contact, Invitation.sent_at, since).where(Invitation.state.in_(LEFT))
    either = union_all(ahead, asked).subquery()
    query = select(func.max(either.c.at)).group_by(either.c.contact_id)
    return [at for at in await tx.scalars(query) if at is not None]


async def latest(tx: Transaction, contact_id: int, *, limit: int) -> Sequence[Invitation]:
    """
    What this person was asked, the latest first; rehearsals are no asks. Without what follows a confidential answer:
    that they were asked how they feel now would tell that they had been unhappy.
    """
    query = select(Invitation).where(Invitation.contact_id == contact_id, Invitation.is_rehearsal.is_(False))
    query = query.where(or_(Invitation.kind != RECOVERY, Invitation.privacy == NAMED))
    return (await tx.scalars(query.order_by(Invitation.created_at.desc(), Invitation.id.desc()).limit(limit))).all()


def _of_others(contact: Contact, at: SQLColumnExpression[Any], since: datetime) -> Select[int, Any]:
    others = select(Contact.id).where(Contact.account_id == contact.account_id, Contact.id != contact.id)
    counts = (Invitation.is_rehearsal.is_(False), Invitation.kind != RECOVERY)
    return select(Invitation.contact_id, at.label("at")).where(Invitation.contact_id.in_(others), at > since, *counts)


def _latest(values: Sequence[Any]) -> Any:
    return max((each for each in values if each is not None), default=None)


async def _unanswered_in_a_row(tx: Transaction, contact_id: int) -> int:
    """How many of the last asks that are over stayed without a word; not more than are looked at."""
    query = (
        select(Invitation.state)
        .where(Invitation.contact_id == contact_id, Invitation.is_rehearsal.is_(False))
        .where(Invitation.state.in_(FINISHED), Invitation.kind != RECOVERY)
        .order_by(Invitation.sent_at.desc(), Invitation.id.desc())
        .limit(LOOKED_BACK)
    )
    states = (await tx.scalars(query)).all()
    return len(list(takewhile(lambda state: state == EXPIRED, states)))
