"""
Files of answers, page by page: each page is a transaction of its own.

A file is long in the making, and a look that lasted as long would keep what is erased meanwhile in SQLite's log.
Nothing is lost by it: an answer's place never moves, and what is given after `before` belongs to a later file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.rules.answer_files import AnswerLine, NotCounted
from bot.rules.answering import Mode
from bot.rules.periods import Period
from bot.rules.privacy import Privacy, heard_until
from bot.rules.scoring import category
from bot.services import calendars, reports, themes
from bot.services.scopes import Scope
from bot.services.surveys import SurveyKind
from storage import answer_files as queries
from storage.answer_files import Answer, Chosen, Cursor, Stretch
from storage.database import Transaction

PAGE = 1000
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
NOT_ASKED = {Mode.INTERVIEWER: NotCounted.TOLD_TO_COLLEAGUE, Mode.VOLUNTEERED: NotCounted.VOLUNTEERED}
SCORED = (SurveyKind.RELATIONAL, SurveyKind.TRANSACTIONAL)

__all__ = ["FIRST", "PAGE", "AnswerFile", "Chosen", "Page", "Place", "ever", "is_of_one_kind", "of_scope", "page"]


@dataclass(frozen=True)
class AnswerFile:
    """Which answers a file is of, kind by kind. `heard_until`: of confidential ones, those given before."""

    parts: Sequence[Chosen]
    heard_until: datetime


@dataclass(frozen=True)
class Place:
    """How far a file is written: the kind, those with a name before those without, and the last answer."""

    part: int = 0
    is_confidential: bool = False
    after: Cursor | None = None


FIRST = Place()


@dataclass(frozen=True)
class Page:
    """Some lines, and where the next ones begin; None: that was all."""

    lines: Sequence[AnswerLine]
    next: Place | None


async def of_scope(tx: Transaction, workspace_id: str, scope: Scope, *, now: datetime) -> AnswerFile:
    """The answers that a report of that scope looks at; of both kinds, where none was wished for."""
    kinds = [scope.kind] if is_of_one_kind(scope) else SCORED
    parts = [part for kind in kinds for part in await _parts(tx, workspace_id, scope, kind, now=now)]
    return AnswerFile(parts, heard_until(await calendars.of_team(tx, workspace_id), now=now))


def is_of_one_kind(scope: Scope) -> bool:
    return any(each.dimension in ("kind", "survey") for each in scope.wanted.filters)


def ever(now: datetime) -> Period:
    """All answers there are."""
    return Period("ever", BEGINNING, now, BEGINNING)


async def _parts(
    tx: Transaction, workspace_id: str, scope: Scope, kind: SurveyKind, *, now: datetime
) -> Sequence[Chosen]:
    """What people answered who were asked, and then what others said, over the time of the number."""
    if scope.period is None:
        score = (await reports.standing(tx, workspace_id, kind, within=scope.within, now=now)).score
        since, before = now - timedelta(days=score.days), now
    else:
        since, before = scope.period.since, scope.period.until
    return [Chosen(workspace_id, kind, mode, since, before, scope.within) for mode in Mode]


async def page(tx: Transaction, file: AnswerFile, place: Place) -> Page:
    """Those without a name stand apart, or their neighbours would tell at what minute they were given."""
    stretch = Stretch(
        chosen=file.parts[place.part],
        heard_until=file.heard_until if place.is_confidential else None,
        after=place.after,
        limit=PAGE,
    )
    rows = await queries.answers(tx, stretch)
    counted = await _counted(tx, stretch, rows)
    names = {each.key: each.name for each in await themes.word_list(tx, stretch.chosen.workspace_id)}
    found = [_line(row, counted, names) for row in rows]
    if place.is_confidential:
        found = sorted(found, key=_without_order)
    return Page(found, _next(file, place, rows))


def _next(file: AnswerFile, place: Place, rows: Sequence[Answer]) -> Place | None:
    if len(rows) == PAGE:
        return replace(place, after=(rows[-1].answered_at, rows[-1].id))
    if not place.is_confidential:
        return Place(place.part, is_confidential=True)
    return Place(place.part + 1) if place.part + 1 < len(file.parts) else None


async def _counted(tx: Transaction, stretch: Stretch, rows: Sequence[Answer]) -> set[int]:
    """The ids of those that are in the score of that time."""
    chosen = stretch.chosen
    if not rows or chosen.mode != Mode.SELF:
        return set()
    if chosen.kind != SurveyKind.RELATIONAL:
        return {row.id for row in rows if not row.is_repeat}
    if chosen.is_narrowed:  # another of theirs may be the latest of those
        return await queries.latest(tx, stretch)
    return {row.id for row in rows if row.superseded_at is None or row.superseded_at > chosen.before}


def _line(row: Answer, counted: set[int], names: Mapping[str, str]) -> AnswerLine:
    is_counted = row.id in counted
    line = AnswerLine(
        id=row.id,
        date=row.answered_at,
        survey=row.survey,
        kind=row.kind,
        score=row.score,
        category=category(row.score),
        comment=row.comment,
        solved=row.solved,
        wants_reply=row.wants_reply,
        themes=tuple(names[key] for key in row.themes or () if key in names),
        user_id=row.user_id,
        name=row.name,
        role=row.role,
        account=row.account,
        segment=row.segment,
        owner_id=row.owner_id,
        trigger=row.trigger,
        occasion=row.occasion_label,
        channel_id=row.channel_id,
        language=row.language,
        mode=row.mode,
        is_late=row.is_late,
        is_repeat=row.is_repeat,
        counted=is_counted,
        not_counted_because=None if is_counted else _because(row),
        privacy=row.privacy,
    )
    return line if row.privacy == Privacy.NAMED else _without_name(line, row.answered_at.astimezone(UTC).date())


def _because(row: Answer) -> NotCounted:
    if row.mode in NOT_ASKED:
        return NOT_ASKED[Mode(row.mode)]
    return NotCounted.LATER_ANSWER if row.kind == SurveyKind.RELATIONAL else NotCounted.REPEAT


def _without_name(line: AnswerLine, given_on: date) -> AnswerLine:
    """The day alone; that somebody answered before, or late, in their language, would tell who it was, too."""
    person = line._replace(date=given_on, id=None, user_id=None, name=None, role=None, language=None)
    whose = person._replace(account=None, segment=None, owner_id=None)
    asked = whose._replace(trigger=None, occasion=None, channel_id=None)
    return asked._replace(is_late=None, is_repeat=None, not_counted_because=None)


def _without_order(line: AnswerLine) -> tuple[Any, ...]:
    """Within a day nothing tells who answered first."""
    return line.date, line.score, line.survey, line.comment or ""
