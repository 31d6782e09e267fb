"""Queries about many answers at once: how many of each score, who is unhappy, who answered at all."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Subquery, func, or_, select

from storage.database import Transaction
from storage.follow_ups import OPEN, WAITS
from storage.models import Contact, FollowUp, Invitation, Response, Survey
from storage.slices import ALL, NAMED, Slice
from storage.windows import Given, Window, rows

RELATIONAL = "relational"
SELF = "self"  # answered by the person; what a colleague was told in a review meeting is counted apart
TOLD = "interviewer"
# Each is looked up by itself: a time is found in an index only behind words that are told.
KINDS, MODES = ("relational", "transactional", "exit", "recovery"), (SELF, TOLD, "volunteered")
STATES = ("waiting", "sent", "answered", "declined", "expired", "withdrawn", "failed")
# What somebody said in confidence is never put together with what they said by name: one would tell of the other.
GIVER = (Response.contact_id, Response.privacy)
_PLACE = func.row_number().over(partition_by=GIVER, order_by=(Response.answered_at.desc(), Response.id.desc()))


@dataclass(frozen=True)
class Unhappy:
    """One answer with the person who gave it and what became of it. `contact` None: it is confidential."""

    response: Response
    contact: Contact | None
    follow_up: FollowUp | None
    survey_name: str


async def latest_per_person(
    tx: Transaction, workspace_id: str, *, kind: str, since: datetime, before: datetime, within: Slice = ALL
) -> Mapping[int, int]:
    """Count people by the score of their latest answer in the window: {0: 2, 10: 31}."""
    window = Window(workspace_id, kind, since, before, within)
    return dict(await rows(tx, _people, window))


async def latest_told(
    tx: Transaction, workspace_id: str, *, kind: str, mode: str, since: datetime, before: datetime
) -> Mapping[int, int]:
    """The same of answers that came another way than by a question of ours, which are in no score."""
    query = _latest_per_person(*_given(workspace_id, kind, since, before), Response.mode == mode)
    return dict((await tx.execute(query)).all())


def counted(
    workspace_id: Given[str],
    *,
    kind: str,
    since: Given[datetime],
    before: Given[datetime],
    within: Slice = ALL,
    also: Collection[ColumnElement[bool]] = (),
) -> Subquery:
    """
    The answers a number is made of, as rows of id, contact_id, invitation_id and score: of what people think of us as a
    whole the latest of each person, of interactions every one that is no repeat.
    """
    narrowed = (*within.of(Response), *also)
    columns = (Response.id, Response.contact_id, Response.invitation_id, Response.score)
    given = select(*columns).where(*_counted(workspace_id, kind, since, before), *narrowed)
    if kind != RELATIONAL:
        return given.where(Response.is_repeat.is_(False)).subquery()
    if not narrowed:
        return given.where(is_latest(before)).subquery()
    latest = given.add_columns(_PLACE.label("place")).subquery()
    return select(latest).where(latest.c.place == 1).subquery()


def asked(
    workspace_id: Given[str], kind: str, since: Given[datetime], before: Given[datetime]
) -> tuple[ColumnElement[bool], ...]:
    """Questions of ours that were sent in that time; who answered of their own accord was not asked."""
    return (
        Invitation.workspace_id == workspace_id,
        Invitation.kind == kind,
        Invitation.is_rehearsal.is_(False),
        Invitation.mode == SELF,
        Invitation.state.in_(STATES),
        Invitation.sent_at > since,
        Invitation.sent_at <= before,
    )


def _people(window: Window) -> Select[int, int]:
    where, narrowed = _counted(*_of(window)), window.within.of(Response)
    if narrowed or window.kind != RELATIONAL:
        return _latest_per_person(*where, *narrowed)
    return _by_score(*where, is_latest(window.before))


def _answers(window: Window) -> Select[int, int]:
    return _by_score(*_counted(*_of(window)), Response.is_repeat.is_(False), *window.within.of(Response))


def _states(window: Window) -> Select[str, int]:
    query = select(Invitation.state, func.count()).where(*asked(*_of(window)), *window.within.of(Invitation))
    return query.group_by(Invitation.state)


def _of(window: Window) -> tuple[Given[str], str, Given[datetime], Given[datetime]]:
    return window.workspace_id, window.kind, window.since, window.before


def _by_score(*where: ColumnElement[bool]) -> Select[int, int]:
    return select(Response.score, func.count()).where(*where).group_by(Response.score)


def _latest_per_person(*where: ColumnElement[bool]) -> Select[int, int]:
    latest = select(Response.score, _PLACE.label("place")).where(*where).subquery()
    return select(latest.c.score, func.count()).where(latest.c.place == 1).group_by(latest.c.score)


async def every_answer(
    tx: Transaction, workspace_id: str, *, kind: str, since: datetime, before: datetime, within: Slice = ALL
) -> Mapping[int, int]:
    """Count answers by score, leaving out a person's repeats."""
    window = Window(workspace_id, kind, since, before, within)
    return dict(await rows(tx, _answers, window))


async def closed_invitations(
    tx: Transaction, workspace_id: str, *, kind: str, since: datetime, before: datetime, within: Slice = ALL
) -> Mapping[str, int]:
    """Count invitations sent in the window by state, rehearsals left out."""
    window = Window(workspace_id, kind, since, before, within)
    return dict(await rows(tx, _states, window))


async def waiting(tx: Transaction, workspace_id: str, *, limit: int, now: datetime) -> Sequence[Unhappy]:
    """Answers nobody has claimed yet, longest waiting first."""
    query = (
        select(Response, Contact, FollowUp, Survey.name)
        .join(Contact, Contact.id == Response.contact_id)
        .join(Survey, Survey.id == Response.survey_id)
        .join(FollowUp, FollowUp.response_id == Response.id)
        .where(*_waiting(workspace_id, now))
        .order_by(FollowUp.opened_at, FollowUp.id)
        .limit(limit)
    )
    return [unhappy(*row) for row in (await tx.execute(query))]


async def count_waiting(tx: Transaction, workspace_id: str, *, now: datetime) -> int:
    query = select(func.count()).select_from(FollowUp).where(*_waiting(workspace_id, now))
    return (await tx.execute(query)).scalar_one()


def unhappy(response: Response, contact: Contact, follow_up: FollowUp | None, survey_name: str) -> Unhappy:
    return Unhappy(response, contact if response.privacy == NAMED else None, follow_up, survey_name)


def _waiting(workspace_id: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    ours = FollowUp.workspace_id == workspace_id, FollowUp.is_rehearsal.is_(False)
    return (*ours, FollowUp.state == OPEN, WAITS, FollowUp.opened_at <= now)


def is_latest(before: Given[datetime]) -> ColumnElement[bool]:
    """Whether a relational answer is its person's last until then. Of those of a slice another may be the last."""
    return or_(Response.superseded_at.is_(None), Response.superseded_at > before)


def _counted(
    workspace_id: Given[str], kind: str, since: Given[datetime], before: Given[datetime]
) -> tuple[ColumnElement[bool], ...]:
    return (*_given(workspace_id, kind, since, before), Response.mode == SELF)


def _given(
    workspace_id: Given[str], kind: str, since: Given[datetime], before: Given[datetime]
) -> tuple[ColumnElement[bool], ...]:
    return (
        Response.workspace_id == workspace_id,
        Response.kind == kind,
        Response.answered_at > since,
        Response.answered_at <= before,
        Response.is_rehearsal.is_(False),
    )
