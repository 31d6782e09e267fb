"""
Queries about reasons: how many comments with which score are about which theme, and one of each to quote.

Counted are the comments of the answers a score is made of; of confidential ones those that were told (`heard_until`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Subquery, Text, case, func, or_, select, type_coerce

from storage import reports
from storage.database import Transaction
from storage.models import Contact, Reading, Response
from storage.slices import NAMED, Slice

SELF = "self"


@dataclass(frozen=True)
class Asked:
    """Which answers: of one kind of survey, in a time whose beginning is left out, of some people."""

    workspace_id: str
    kind: str
    since: datetime
    before: datetime
    within: Slice
    heard_until: datetime


@dataclass(frozen=True)
class Group:
    """Comments with one score about the same themes. `newest`: when the last one worth quoting was said."""

    score: int
    themes: tuple[str, ...]
    count: int
    newest: datetime | None


@dataclass(frozen=True)
class Band:
    """A theme among scores from `lowest` to `highest`; no theme: comments that are about none."""

    theme: str | None
    lowest: int
    highest: int


@dataclass(frozen=True)
class Quoted:
    """`name` None: it is confidential."""

    response_id: int
    comment: str
    score: int
    name: str | None


async def groups(tx: Transaction, asked: Asked, *, shortest: int) -> Sequence[Group]:
    """All comments, counted; one of at least `shortest` letters may be quoted."""
    said = _said(asked)
    quotable = case((said.c.length >= shortest, said.c.answered_at), else_=None)
    query = (
        select(said.c.score, Reading.themes, func.count(), func.max(quotable, type_=said.c.answered_at.type))
        .join(Reading, Reading.response_id == said.c.id)
        .group_by(said.c.score, Reading.themes)
    )
    return [Group(*row) for row in await tx.execute(query)]


async def quotes(
    tx: Transaction, asked: Asked, band: Band, *, said_at: datetime | None = None, shortest: int, limit: int
) -> Sequence[Quoted]:
    """Comments of a band that are at least so long, the newest first; or those of that moment alone."""
    name = case((Response.privacy == NAMED, Contact.name), else_=None)
    query = (
        select(Response.id, Response.comment, Response.score, name)
        .join(Contact, Contact.id == Response.contact_id)
        .join(Reading, Reading.response_id == Response.id)
        .where(*commented(asked), Response.score.between(band.lowest, band.highest), about(band.theme))
        .where(func.length(Response.comment) >= shortest)
        .where(*([Response.answered_at == said_at] if said_at else []))
        .order_by(Response.answered_at.desc(), Response.id.desc())
        .limit(limit)
    )
    return [Quoted(id_, text or "", score, whose) for id_, text, score, whose in await tx.execute(query)]


def about(theme: str | None) -> ColumnElement[bool]:
    """What a comment was found to be about: one theme, or, without one, none at all."""
    found = type_coerce(Reading.themes, Text())
    return found.like(f"% {theme} %") if theme is not None else found == ""


def _said(asked: Asked) -> Subquery:
    """The comments of the very answers a score is made of, once they were told."""
    answers = reports.counted(
        asked.workspace_id, kind=asked.kind, since=asked.since, before=asked.before, within=asked.within
    )
    columns = (Response.id, Response.score, Response.answered_at, func.length(Response.comment).label("length"))
    comments = select(*columns).join(answers, answers.c.id == Response.id)
    return comments.where(func.length(Response.comment) > 0, _told(asked)).subquery()


def _told(asked: Asked) -> ColumnElement[bool]:
    return or_(Response.privacy == NAMED, Response.answered_at < asked.heard_until)


def commented(asked: Asked) -> list[ColumnElement[bool]]:
    """Comments of answers that count, or did before their person answered again."""
    where = [
        Response.workspace_id == asked.workspace_id,
        Response.kind == asked.kind,
        Response.is_rehearsal.is_(False),
        Response.mode == SELF,
        Response.answered_at > asked.since,
        Response.answered_at <= asked.before,
        Response.is_repeat.is_(False),
        func.length(Response.comment) > 0,
        *asked.within.of(Response),
    ]
    return [*where, _told(asked)]
