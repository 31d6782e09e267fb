"""
Comments: what people wrote, for reading: found by words, by theme and by category, the newest first.

All of them are there, those of repeats and of review meetings too: nothing here is a number. A colleague may correct
what a comment is about.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.errors import CommentGone
from bot.rules.please_read import please_read
from bot.rules.privacy import heard_until
from bot.rules.sought import Sought, sought
from bot.rules.themes import Theme
from bot.services import calendars, themes
from bot.services.disclosures import place_in_list
from bot.services.scopes import USUAL_DAYS, Scope
from storage import comments as queries
from storage.comments import Wanted
from storage.database import Transaction
from storage.models import Contact, FollowUp, Response

A_PAGE = 10


@dataclass(frozen=True)
class Comment:
    """One of them, as colleagues may see it. `contact` None: it is confidential. `is_odd`: please read."""

    response: Response
    contact: Contact | None
    company: str | None
    survey_name: str
    themes: Sequence[Theme] = ()
    is_odd: bool = False
    follow_up: FollowUp | None = None


@dataclass(frozen=True)
class Found:
    """A page of them. `count`: of all pages."""

    sought: Sought
    comments: Sequence[Comment]
    count: int
    page: int = 1
    themes: Sequence[Theme] = field(default_factory=tuple)

    @property
    def has_more(self) -> bool:
        return self.page * A_PAGE < self.count


async def find(tx: Transaction, workspace_id: str, scope: Scope, *, now: datetime) -> Found:
    known = await themes.word_list(tx, workspace_id)
    looked_for = sought(scope.wanted.rest, known)
    told = heard_until(await calendars.of_team(tx, workspace_id), now=now)
    wanted = _wanted(workspace_id, scope, looked_for, told, now=now)
    count = await queries.count(tx, wanted)
    page = max(1, min(scope.wanted.page, -(-count // A_PAGE)))
    rows = await queries.page(tx, wanted, limit=A_PAGE, offset=(page - 1) * A_PAGE, now=now)
    return Found(looked_for, _comments(rows, known), count, page, known)


async def latest(tx: Transaction, workspace_id: str, *, limit: int, now: datetime) -> Sequence[Comment]:
    """The last ones of the last 90 days, whatever the survey."""
    known = await themes.word_list(tx, workspace_id)
    told = heard_until(await calendars.of_team(tx, workspace_id), now=now)
    since = now - timedelta(days=USUAL_DAYS)
    rows = await queries.latest(tx, workspace_id, since=since, heard_until=told, limit=limit, now=now)
    return _comments(rows, known)


async def correct(
    tx: Transaction, workspace_id: str, response_id: int, key: str, *, is_about: bool, now: datetime
) -> None:
    """What a colleague says of a comment they read. Raises CommentGone and ThemeGone."""
    told = heard_until(await calendars.of_team(tx, workspace_id), now=now)
    response = await queries.get(tx, workspace_id, response_id, heard_until=told)
    if response is None:
        raise CommentGone
    await themes.correct(tx, response, key, is_about=is_about)


def _wanted(workspace_id: str, scope: Scope, looked_for: Sought, told: datetime, *, now: datetime) -> Wanted:
    since, before = scope.window(now=now)
    lowest, highest = looked_for.scores
    return Wanted(
        workspace_id=workspace_id,
        kind=scope.kind,
        since=since,
        before=before,
        within=scope.within,
        heard_until=told,
        lowest=lowest,
        highest=highest,
        theme=looked_for.theme,
        is_unmatched=looked_for.is_unmatched,
        words=looked_for.words,
    )


def _comments(rows: Sequence[queries.Comment], known: Sequence[Theme]) -> Sequence[Comment]:
    return [_comment(row, known) for row in sorted(rows, key=lambda row: place_in_list(row.response))]


def _comment(row: queries.Comment, known: Sequence[Theme]) -> Comment:
    comment = row.response.comment or ""
    return Comment(
        row.response,
        row.contact,
        row.company,
        row.survey_name,
        themes=[each for each in known if each.key in row.themes],
        is_odd=please_read(row.response.score, comment, row.language),
        follow_up=row.follow_up,
    )
