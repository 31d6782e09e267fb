"""
Queries about a file of answers: a page at a time, by kind and then by when they were given.

Which of a person's answers counts is asked for the people of a page, so no query looks at more than a page and what
those people said.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Row, Select, func, literal, select, tuple_

from storage.database import Transaction
from storage.models import Account, Contact, Invitation, Response, Survey
from storage.reports import SELF
from storage.slices import ALL, NAMED, Slice
from storage.types import UtcDateTime

_COLUMNS = (
    Response.id,
    Response.answered_at,
    Survey.name.label("survey"),
    Response.kind,
    Response.score,
    Response.comment,
    Response.solved,
    Response.wants_reply,
    Response.mode,
    Response.is_late,
    Response.is_repeat,
    Response.privacy,
    Response.contact_id,
    Contact.user_id,
    Contact.name,
    Contact.role,
    Account.name.label("account"),
    Account.segment,
    Account.owner_id,
    Invitation.trigger,
    Invitation.occasion_label,
    Invitation.channel_id,
    Invitation.language,
)


@dataclass(frozen=True)
class Chosen:
    """Answers of one kind, given after `since` and not after `before`."""

    workspace_id: str
    kind: str
    since: datetime
    before: datetime
    within: Slice = ALL

    def where(self) -> list[ColumnElement[bool]]:
        return [
            Response.workspace_id == self.workspace_id,
            Response.kind == self.kind,
            Response.answered_at > self.since,
            Response.answered_at <= self.before,
            Response.is_rehearsal.is_(False),
            *self.within.of(Response),
        ]


Answer: TypeAlias = Row[*tuple[Any, ...]]  # the columns above, by name
Cursor: TypeAlias = tuple[datetime, int]  # when the last answer of a page was given, and its id


async def named(tx: Transaction, chosen: Chosen, *, after: Cursor | None, limit: int) -> Sequence[Answer]:
    return await _page(tx, [*chosen.where(), Response.privacy == NAMED], after, limit)


async def confidential(
    tx: Transaction, chosen: Chosen, *, heard_until: datetime, after: Cursor | None, limit: int
) -> Sequence[Answer]:
    """Those that colleagues have been told of."""
    told = [Response.privacy != NAMED, Response.answered_at < heard_until]
    return await _page(tx, [*chosen.where(), *told], after, limit)


async def latest(tx: Transaction, chosen: Chosen, contact_ids: Collection[int]) -> set[int]:
    """The ids of those people's latest answers, of what they told us themselves."""
    place = func.row_number().over(
        partition_by=Response.contact_id, order_by=(Response.answered_at.desc(), Response.id.desc())
    )
    theirs = (*chosen.where(), Response.mode == SELF, Response.contact_id.in_(contact_ids))
    ranked = select(Response.id, place.label("place")).where(*theirs).subquery()
    return set((await tx.scalars(select(ranked.c.id).where(ranked.c.place == 1))).all())


async def _page(
    tx: Transaction, where: Sequence[ColumnElement[bool]], after: Cursor | None, limit: int
) -> Sequence[Answer]:
    page = _first(where, after, limit).subquery()
    query = (
        select(*_COLUMNS)
        .join(page, page.c.id == Response.id)
        .join(Survey, Survey.id == Response.survey_id)
        .join(Contact, Contact.id == Response.contact_id)
        .join(Invitation, Invitation.id == Response.invitation_id)
        .outerjoin(Account, Account.id == Contact.account_id)
        .order_by(Response.answered_at, Response.id)
    )
    return (await tx.execute(query)).all()


def _first(where: Sequence[ColumnElement[bool]], after: Cursor | None, limit: int) -> Select[int]:
    """The page is found in one index before anything is joined to it."""
    query = select(Response.id).where(*where)
    if after is not None:
        at, answer_id = after
        place = tuple_(Response.answered_at, Response.id)
        query = query.where(place > tuple_(literal(at, UtcDateTime()), literal(answer_id)))
    return query.order_by(Response.answered_at, Response.id).limit(limit)
