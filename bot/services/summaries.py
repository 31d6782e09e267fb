"""Summaries: what a week's digest tells, gathered as things are now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.rules.calendar import Calendar
from bot.rules.closing import FIRST_REPLIES, RESOLVE_WITHIN
from bot.rules.first_replies import Heard, Replies, first_replies
from bot.rules.privacy import heard_until
from bot.rules.scoring import PASSIVE_FROM, PROMOTER_FROM, Tally
from bot.rules.weekly import Week
from bot.services import calendars, reports, rounds, schedules, surveys, workspaces
from bot.services.reports import Slice, Standing
from bot.services.surveys import SurveyKind
from storage import summaries as queries
from storage.database import Transaction
from storage.models import Schedule, Survey
from storage.summaries import Quoted, Waiting

SHOWN_WAITING = 2  # a digest is read on a phone, in ten seconds
NEXT_WEEK = timedelta(days=7)

__all__ = ["OfKind", "Quoted", "Summary", "Waiting", "ahead", "gather", "overdue", "planned"]


@dataclass(frozen=True)
class OfKind:
    """The answers of one kind of survey; `name`: the survey's, where there is only one."""

    standing: Standing
    new: Tally
    name: str | None = None

    @property
    def is_silent(self) -> bool:
        return not (self.new.responses or self.standing.score.answers.responses)


@dataclass(frozen=True)
class Summary:
    """One week. A kind of survey is None where the digest is not about any."""

    relational: OfKind | None = None
    transactional: OfKind | None = None
    waiting: Sequence[Waiting] = ()
    waiting_count: int = 0
    overdue: int = 0
    replies: Replies = field(default_factory=Replies)
    best: Quoted | None = None
    worst: Quoted | None = None
    withheld: Mapping[str, int] = field(default_factory=dict)

    @property
    def kinds(self) -> Sequence[OfKind]:
        return [each for each in (self.relational, self.transactional) if each]

    @property
    def has_news(self) -> bool:
        """Else nobody needs to hear it."""
        return bool(self.waiting_count or self.overdue or any(each.new.responses for each in self.kinds))


async def gather(tx: Transaction, workspace_id: str, within: Slice, week: Week, calendar: Calendar) -> Summary:
    at, days = week.told_at, {"since": week.since, "until": week.until}
    words = {**days, "heard_until": heard_until(await calendars.of_team(tx, workspace_id), now=at)}
    return Summary(
        relational=await _of_kind(tx, workspace_id, SurveyKind.RELATIONAL, within, week),
        transactional=await _of_kind(tx, workspace_id, SurveyKind.TRANSACTIONAL, within, week),
        waiting=await queries.waiting(tx, workspace_id, within=within, until=at, limit=SHOWN_WAITING),
        waiting_count=await queries.count_waiting(tx, workspace_id, within=within, until=at),
        overdue=await overdue(tx, workspace_id, within, now=at),
        replies=await _replies(tx, workspace_id, within, week, calendar),
        best=await queries.best(tx, workspace_id, within=within, **words, lowest=PROMOTER_FROM),
        worst=await queries.worst(tx, workspace_id, within=within, **words, highest=PASSIVE_FROM - 1),
        withheld=await queries.withheld(tx, workspace_id, within=within, **days),
    )


async def overdue(tx: Transaction, workspace_id: str, within: Slice, *, now: datetime) -> int:
    """How many `/nps follow-ups overdue` would list."""
    return await queries.count_overdue(tx, workspace_id, within=within, now=now, opened_before=now - RESOLVE_WITHIN)


async def planned(tx: Transaction, workspace_id: str, within: Slice) -> Sequence[tuple[Survey, Schedule]]:
    """The surveys of the digest that ask by themselves."""
    known = {each.id: each for each in await _chosen(tx, workspace_id, within) if each.paused_at is None}
    running = [each for each in await schedules.of_workspace(tx, workspace_id) if each.paused_at is None]
    return [(known[each.survey_id], each) for each in running if each.survey_id in known and each.gathered_at]


async def ahead(tx: Transaction, workspace_id: str, within: Slice, *, now: datetime) -> int:
    """How many people the schedules will ask within a week, as their preview has it."""
    if (await workspaces.get(tx, workspace_id)).halted_at is not None:
        return 0
    turns: set[int] = set()
    for survey, schedule in await planned(tx, workspace_id, within):
        outlook = await rounds.outlook(tx, survey, schedules.proposal_of(schedule), now=now)
        turns |= {turn.key for turn in outlook.turns if now < turn.at <= now + NEXT_WEEK}
    return len(turns & await _people(tx, workspace_id, within, turns))


async def _people(tx: Transaction, workspace_id: str, within: Slice, turns: Collection[int]) -> set[int]:
    is_about_all = not within.people()
    return set(turns) if is_about_all else await queries.among(tx, workspace_id, within=within)


async def _chosen(tx: Transaction, workspace_id: str, within: Slice) -> Sequence[Survey]:
    known = await surveys.all_of(tx, workspace_id)
    return [each for each in known if not within.survey_ids or each.id in within.survey_ids]


async def _of_kind(tx: Transaction, workspace_id: str, kind: SurveyKind, within: Slice, week: Week) -> OfKind | None:
    names = [each.name for each in await _chosen(tx, workspace_id, within) if each.kind == kind]
    if not names:
        return None
    standing = await reports.standing(tx, workspace_id, kind, within=within, now=week.until)
    new = await reports.new_answers(tx, workspace_id, kind, within=within, since=week.since, before=week.until)
    return OfKind(standing, new, names[0] if len(names) == 1 else None)


async def _replies(tx: Transaction, workspace_id: str, within: Slice, week: Week, calendar: Calendar) -> Replies:
    rows = await queries.first_steps(
        tx, workspace_id, within=within, since=week.since, until=week.until, replying=FIRST_REPLIES
    )
    return first_replies([Heard(*row) for row in rows], calendar, now=week.told_at)
