"""Queries about the time line: how many of each score in every span of it, in one statement."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, literal, select

from storage.database import Transaction
from storage.models import Response
from storage.reports import GIVER, RELATIONAL, SELF, is_latest
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
    span, where = _span(borders), _counted(workspace_id, kind, borders, within)
    if kind == RELATIONAL and not within.of(Response):
        return await _by_score(tx, span, *where, is_latest(_end(borders)))
    place = func.row_number().over(
        partition_by=(span, *GIVER), order_by=(Response.answered_at.desc(), Response.id.desc())
    )
    given = select(span.label("span"), Response.score, place.label("place"))
    latest = given.where(*where).subquery()
    query = select(latest.c.span, latest.c.score, func.count()).where(latest.c.place == 1)
    rows = (await tx.execute(query.group_by(latest.c.span, latest.c.score))).all()
    return _by_span([(row[0], row[1], row[2]) for row in rows])


async def every_answer(
    tx: Transaction, workspace_id: str, *, kind: str, borders: Sequence[datetime], within: Slice = ALL
) -> Histograms:
    """The same of all answers, leaving out a person's repeats."""
    where = _counted(workspace_id, kind, borders, within)
    return await _by_score(tx, _span(borders), *where, Response.is_repeat.is_(False))


async def _by_score(tx: Transaction, span: ColumnElement[int], *where: ColumnElement[bool]) -> Histograms:
    number = span.label("span")
    query = select(number, Response.score, func.count()).where(*where).group_by(number, Response.score)
    return _by_span([(row[0], row[1], row[2]) for row in await tx.execute(query)])


def _span(borders: Sequence[datetime]) -> ColumnElement[int]:
    """The number of the span an answer is in, from 0."""
    ends = enumerate(borders[1:])
    return case(*((Response.answered_at <= end, number) for number, end in ends))


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
