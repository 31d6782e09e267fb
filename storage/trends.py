"""Queries about the time line: how many of each score in every span of it, in one statement."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

<<<<<<< HEAD
from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute
||||||| a7e527a
from sqlalchemy import ColumnElement, case, func, select
=======
from sqlalchemy import ColumnElement, case, func, literal, select
>>>>>>> 1335f7065cbf9222af7c5e6e245aa35c46506dcb

from storage.database import Transaction
from storage.models import Response
from storage.reports import RELATIONAL, SELF, is_latest
from storage.slices import ALL, Slice
from storage.types import UtcDateTime

Histograms = Mapping[int, Mapping[int, int]]


async def latest_per_person(
    tx: Transaction, workspace_id: str, *, kind: str, borders: Sequence[datetime], within: Slice = ALL
) -> Histograms:
    """
    Count people by their latest score in each span: {0: {7: 5, 10: 31}}; a span nobody answered in is absent.

    `borders` are the instants between spans, one more than there are: each is left out of the span that it begins.
    """
<<<<<<< HEAD
    counted = _counted(workspace_id, kind, borders, within)
    span = _span(Response.answered_at, borders)
    if not within.of(Response):
        ends_later = _span(Response.superseded_at, borders) != span
        return await _by_score(tx, span, *counted, or_(Response.superseded_at.is_(None), ends_later))
||||||| a7e527a
    span = _span(borders)
=======
    span, where = _span(borders), _counted(workspace_id, kind, borders, within)
    if kind == RELATIONAL and not within.of(Response):
        return await _by_score(tx, span, *where, is_latest(_end(borders)))
>>>>>>> 1335f7065cbf9222af7c5e6e245aa35c46506dcb
    place = func.row_number().over(
        partition_by=(span, Response.contact_id), order_by=(Response.answered_at.desc(), Response.id.desc())
    )
    given = select(span.label("span"), Response.score, place.label("place"))
<<<<<<< HEAD
    latest = given.where(*counted).subquery()
||||||| a7e527a
    latest = given.where(*_counted(workspace_id, kind, borders, within)).subquery()
=======
    latest = given.where(*where).subquery()
>>>>>>> 1335f7065cbf9222af7c5e6e245aa35c46506dcb
    query = select(latest.c.span, latest.c.score, func.count()).where(latest.c.place == 1)
    rows = (await tx.execute(query.group_by(latest.c.span, latest.c.score))).all()
    return _by_span([(row[0], row[1], row[2]) for row in rows])


async def every_answer(
    tx: Transaction, workspace_id: str, *, kind: str, borders: Sequence[datetime], within: Slice = ALL
) -> Histograms:
    """The same of all answers, leaving out a person's repeats."""
<<<<<<< HEAD
    counted = _counted(workspace_id, kind, borders, within)
    return await _by_score(tx, _span(Response.answered_at, borders), *counted, Response.is_repeat.is_(False))
||||||| a7e527a
    span = _span(borders).label("span")
    given = select(span, Response.score, func.count()).group_by(span, Response.score)
    query = given.where(*_counted(workspace_id, kind, borders, within), Response.is_repeat.is_(False))
    rows = (await tx.execute(query)).all()
    return _by_span([(row[0], row[1], row[2]) for row in rows])
=======
    where = _counted(workspace_id, kind, borders, within)
    return await _by_score(tx, _span(borders), *where, Response.is_repeat.is_(False))


async def _by_score(tx: Transaction, span: ColumnElement[int], *where: ColumnElement[bool]) -> Histograms:
    number = span.label("span")
    query = select(number, Response.score, func.count()).where(*where).group_by(number, Response.score)
    return _by_span([(row[0], row[1], row[2]) for row in await tx.execute(query)])
>>>>>>> 1335f7065cbf9222af7c5e6e245aa35c46506dcb


async def _by_score(tx: Transaction, span: ColumnElement[int], *where: ColumnElement[bool]) -> Histograms:
    number = span.label("span")
    query = select(number, Response.score, func.count()).where(*where).group_by(number, Response.score)
    return _by_span([(row[0], row[1], row[2]) for row in (await tx.execute(query)).all()])


def _span(at: InstrumentedAttribute[Any], borders: Sequence[datetime]) -> ColumnElement[int]:
    """The number of the span an instant is in, from 0; after all of them, how many there are."""
    ends = enumerate(borders[1:])
    return case(*((at <= end, number) for number, end in ends), else_=len(borders) - 1)


def _end(borders: Sequence[datetime]) -> ColumnElement[datetime]:
    """When the span an answer is in ends."""
    return case(*((Response.answered_at <= end, literal(end, UtcDateTime())) for end in borders[1:]))


def _counted(
    workspace_id: str, kind: str, borders: Sequence[datetime], within: Slice
) -> tuple[ColumnElement[bool], ...]:
    return (
        Response.workspace_id == workspace_id,
        Response.kind == kind,
        Response.answered_at > borders[0],
        Response.answered_at <= borders[-1],
        Response.is_rehearsal.is_(False),
        Response.mode == SELF,
        *within.of(Response),
    )


def _by_span(rows: Sequence[tuple[int, int, int]]) -> Histograms:
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for span, score, count in rows:
        found[span][score] = count
    return found
