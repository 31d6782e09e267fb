"""
Queries about a file of answers: a page at a time, by kind, by who was told, and then by when they were given.

Which of a person's answers counts stands beside it, or, among some surveys or people, is asked for the people of a
page: no query looks at more than a page and what those people said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Row, Select, func, or_, select

from storage.database import Transaction
from storage.models import Account, Contact, Invitation, Reading, Response, Survey
from storage.reports import GIVER
from storage.slices import ALL, NAMED, Slice

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
    Response.superseded_at,
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
    Reading.themes,
)


@dataclass(frozen=True)
class Chosen:
    """Answers of one kind that were given in one way, after `since` and not after `before`."""

    workspace_id: str
    kind: str
    mode: str
    since: datetime
    before: datetime
    within: Slice = ALL

    @property
    def is_narrowed(self) -> bool:
        return bool(self.within.of(Response))

    def where(self) -> list[ColumnElement[bool]]:
        """But for where it begins."""
        return [
            Response.kind == self.kind,
            Response.mode == self.mode,
            Response.answered_at <= self.before,
            Response.is_rehearsal.is_(False),
            *self.within.of(Response),
        ]


Answer: TypeAlias = Row[*tuple[Any, ...]]  # the columns above, by name
Cursor: TypeAlias = tuple[datetime, int]  # when the last answer of a page was given, and its id


@dataclass(frozen=True)
class Stretch:
    """A page of them. `heard_until` None: those with a name; else those without, that colleagues were told of."""

    chosen: Chosen
    heard_until: datetime | None
    after: Cursor | None
    limit: int

    def ids(self) -> Select[int]:
        """Found in one index, before anything is joined to it."""
        query = select(Response.id).where(*self._from_there(), *self._privacy())
        return query.order_by(Response.answered_at, Response.id).limit(self.limit)

    def _from_there(self) -> list[ColumnElement[bool]]:
        """One lower bound only: given two, SQLite goes through all before this page again."""
        where = [Response.workspace_id == self.chosen.workspace_id, *self.chosen.where()]
        if self.after is None:
            return [*where, Response.answered_at > self.chosen.since]
        at, answer_id = self.after
        return [*where, Response.answered_at >= at, or_(Response.answered_at > at, Response.id > answer_id)]

    def _privacy(self) -> list[ColumnElement[bool]]:
        if self.heard_until is None:
            return [Response.privacy == NAMED]
        return [Response.privacy != NAMED, Response.answered_at < self.heard_until]


async def answers(tx: Transaction, stretch: Stretch) -> Sequence[Answer]:
    page = stretch.ids().subquery()
    query = (
        select(*_COLUMNS)
        .join(page, page.c.id == Response.id)
        .join(Survey, Survey.id == Response.survey_id)
        .join(Contact, Contact.id == Response.contact_id)
        .join(Invitation, Invitation.id == Response.invitation_id)
        .outerjoin(Account, Account.id == Contact.account_id)
        .outerjoin(Reading, Reading.response_id == Response.id)
        .order_by(Response.answered_at, Response.id)
    )
    return (await tx.execute(query)).all()


async def latest(tx: Transaction, stretch: Stretch) -> set[int]:
    """
    Of the people on that page, the ids of their latest answers.

    Whose workspace it is, is not asked: they are of one, and databases would go through all of its answers.
    """
    page, chosen = stretch.ids().with_only_columns(Response.contact_id).subquery(), stretch.chosen
    theirs = Response.contact_id.in_(select(page.c.contact_id))
    place = func.row_number().over(partition_by=GIVER, order_by=(Response.answered_at.desc(), Response.id.desc()))
    ranked = select(Response.id, place.label("place")).where(theirs, *chosen.where())
    found = ranked.where(Response.answered_at > chosen.since).subquery()
    return set((await tx.scalars(select(found.c.id).where(found.c.place == 1))).all())
