"""Queries about the time line: how many of each score in every span of it, in one statement."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import pairwise

from sqlalchemy import ColumnElement, CompoundSelect, Row, Text, bindparam, case, func, literal, select, union_all

from storage.database import Transaction
from storage.models import Response
from storage.reports import GIVER, RELATIONAL, SELF, is_latest
from storage.slices import ALL, Slice
from storage.types import UtcDateTime
from storage.windows import Given

Histograms = Mapping[int, Mapping[int, int]]


async def latest_per_person(
    tx: Transaction, workspace_id: str, *, kind: str, borders: Sequence[datetime], within: Slice = ALL
) -> Histograms:
    """
    Count people by their latest score in each span: {0: {7: 5, 10: 31}}; a span nobody answered in is absent.

    `borders` are the instants between spans, one more than there are: each is left out of the span that it begins.
    """
    if kind == RELATIONAL and not within.of(Response):
        asked = {"workspace": workspace_id, "kind": kind, **{f"at_{n}": each for n, each in enumerate(borders)}}
        return _by_span((await tx.execute(_of_everybody(len(borders) - 1), asked)).all())
    span = _span(borders)
    place = func.row_number().over(
        partition_by=(span, *GIVER), order_by=(Response.answered_at.desc(), Response.id.desc())
    )
    given = select(span.label("span"), Response.score, place.label("place"))
    latest = given.where(*_counted(workspace_id, kind, borders, within)).subquery()
    query = select(latest.c.span, latest.c.score, func.count()).where(latest.c.place == 1)
    rows = (await tx.execute(query.group_by(latest.c.span, latest.c.score))).all()
    return _by_span(rows)


async def every_answer(
    tx: Transaction, workspace_id: str, *, kind: str, borders: Sequence[datetime], within: Slice = ALL
) -> Histograms:
    """The same of all answers, leaving out a person's repeats."""
    counts = Response.is_repeat.is_(False)
    spans = [(*_counted(workspace_id, kind, each, within), counts) for each in pairwise(borders)]
    return _by_span((await tx.execute(_by_score(spans))).all())


@cache
def _of_everybody(spans: int) -> CompoundSelect[int, int, int]:
    """Made once for each number of spans: to make it costs nearly as much as to count."""
    workspace_id, kind = bindparam("workspace", type_=Text()), bindparam("kind", type_=Text())
    borders = [bindparam(f"at_{number}", type_=UtcDateTime()) for number in range(spans + 1)]
    return _by_score([(*_counted(workspace_id, kind, each, ALL), is_latest(each[1])) for each in pairwise(borders)])


def _by_score(spans: Sequence[Sequence[ColumnElement[bool]]]) -> CompoundSelect[int, int, int]:
    """Each by itself: a count of a time is read from the index, to sort answers into times costs more than to read."""
    each = [
        select(literal(number), Response.score, func.count()).where(*where).group_by(Response.score)
        for number, where in enumerate(spans)
    ]
    return union_all(*each)


def _span(borders: Sequence[datetime]) -> ColumnElement[int]:
    """The number of the span an answer is in, from 0."""
    ends = enumerate(borders[1:])
    return case(*((Response.answered_at <= end, number) for number, end in ends))


def _counted(
    workspace_id: Given[str], kind: Given[str], borders: Sequence[Given[datetime]], within: Slice
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


def _by_span(rows: Sequence[Row[int, int, int]]) -> Histograms:
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for span, score, count in rows:
        found[span][score] = count
    return found
