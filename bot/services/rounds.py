"""
Rounds: what a schedule does today, and what it would do in the days ahead.

To plan is to look only, at everybody at once and in a handful of queries, so it holds up nobody.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from functools import cache

from bot.rules import rounds
from bot.rules.audience import Traits, admits
from bot.rules.cadence import Cadence, Member, Rhythm, draw_lots
from bot.rules.recontact import ACCOUNT_PERIOD, UNANSWERED_UNTIL_DOUBLED, Candidate
from bot.rules.rounds import Asked, Circle, Day, Turn
from bot.services import calendars, incidents, schedules, surveys, workspaces
from bot.services.schedules import Proposal
from storage import rounds as queries
from storage.database import Transaction
from storage.models import Schedule, Survey, Workspace
from storage.rounds import LastAsks, Person

LOOKED_BACK = ACCOUNT_PERIOD + timedelta(days=2)  # a date begins up to a day earlier somewhere, and ends a day later
DAYS_SHOWN = 14


@dataclass(frozen=True)
class Outlook:
    """The days ahead of a schedule. `size`: how many people it has; `names`, `user_ids`: of all who are spoken of."""

    days: Sequence[Day]
    size: int
    names: Mapping[int, str]
    user_ids: Mapping[int, str]

    @property
    def turns(self) -> Sequence[Turn]:
        return [turn for day in self.days for turn in day.turns]

    @property
    def not_asked(self) -> Mapping[int, str]:
        """Whose turn comes and who is asked on none of these days, and why not."""
        asked = {turn.key for turn in self.turns}
        return {no.key: no.because for day in self.days for no in day.held if no.key not in asked}

    @property
    def left(self) -> int:
        """How many wait for a place beyond these days."""
        return max((day.left for day in self.days[-3:]), default=0)  # the last days may be a weekend


@dataclass(frozen=True)
class SoFar:
    """What a schedule has asked lately, and whether it asked before."""

    asked: Sequence[Asked]
    has_begun: bool


async def outlook(
    tx: Transaction,
    survey: Survey,
    proposal: Proposal,
    *,
    user_ids: Collection[str] | None = None,
    now: datetime,
) -> Outlook:
    """`user_ids`: whom Slack says the audience has; None: those who belong to the schedule as it is."""
    found = await _people(tx, survey, proposal, user_ids)
    circle = await _circle(tx, survey, proposal.rhythm, found, now=now)
    days = rounds.preview(circle, now=now, days=DAYS_SHOWN)
    spoken_of = {turn.key for day in days for turn in day.turns} | {no.key for day in days for no in day.held}
    mine = [row for row in found if row.id in spoken_of]
    return Outlook(days, len(found), {row.id: row.name for row in mine}, {row.id: row.user_id for row in mine})


async def plan_today(tx: Transaction, schedule: Schedule, *, now: datetime) -> Day | None:
    """What is to be done now; None where all asking is stopped."""
    if (await workspaces.get(tx, schedule.workspace_id)).halted_at is not None:
        return None
    survey, proposal = await surveys.get(tx, schedule.survey_id), schedules.proposal_of(schedule)
    found = await _people(tx, survey, proposal, None)
    circle = await _circle(tx, survey, proposal.rhythm, found, now=now)
    return rounds.today(circle, now=now)


async def so_far(tx: Transaction, survey_id: int, *, now: datetime) -> SoFar:
    """A question belongs to the date on which it was decided, where the person lives."""
    rows = await queries.asked_by_schedule(tx, survey_id, since=now - LOOKED_BACK)
    asked = [Asked(id_, None, _date(at, calendars.zone_of(zone)), is_by_schedule=True) for id_, zone, at in rows]
    return SoFar(asked, await queries.has_begun(tx, survey_id, before=now - LOOKED_BACK))


async def _people(
    tx: Transaction, survey: Survey, proposal: Proposal, user_ids: Collection[str] | None
) -> Sequence[Person]:
    of_survey = survey.id if user_ids is None else None
    rows = await queries.people(tx, survey.workspace_id, of_survey=of_survey)
    wanted = None if user_ids is None else set(user_ids)
    mine = [row for row in rows if wanted is None or row.user_id in wanted]
    return [row for row in mine if admits(proposal.audience, _traits(row))]


async def _circle(
    tx: Transaction,
    survey: Survey,
    rhythm: Rhythm,
    found: Iterable[Person],
    *,
    now: datetime,
) -> Circle:
    workspace = await workspaces.get(tx, survey.workspace_id)
    schedule = await schedules.get(tx, survey.id)
    check_ins = await _check_ins(tx, survey)
    asks = await queries.last_asks(tx, survey.workspace_id, survey.id, check_ins=list(check_ins))
    silent = await queries.silent(tx, survey.workspace_id)
    known = await calendars.of_workspace(tx, workspace)
    members = [_member(row, asks.get(row.id), survey, workspace, row.id in silent) for row in found]
    members = await _during_incidents(tx, workspace.id, members)
    done = await so_far(tx, survey.id, now=now)
    lately = await queries.asked_lately(tx, survey.workspace_id, since=now - LOOKED_BACK)
    others = [Asked(id_, account_id, _date(at, calendars.zone_of(zone))) for id_, account_id, zone, at in lately]
    return Circle(
        rhythm=_after_check_ins(rhythm, check_ins),
        started_on=(schedule.started_at if schedule else now).date(),
        members=members,
        asked=[*done.asked, *others],
        has_begun=done.has_begun,
        is_working_day=cache(lambda zone, on: known.of(str(zone)).is_asking_day(on)),
    )


async def _during_incidents(tx: Transaction, workspace_id: str, members: Sequence[Member]) -> list[Member]:
    """Those for whom something is broken just now keep no place from others."""
    broken = {each.account_id for each in await incidents.all_open(tx, workspace_id)}
    return [
        replace(each, candidate=replace(each.candidate, has_incident=True))
        if None in broken or each.account_id in broken
        else each
        for each in members
    ]


async def _check_ins(tx: Transaction, survey: Survey) -> Mapping[int, int]:
    """The days of the workspace's other check-ins that run, by survey."""
    known = await schedules.of_workspace(tx, survey.workspace_id)
    running = [each for each in known if each.paused_at is None and each.survey_id != survey.id]
    return {each.survey_id: each.check_in_day for each in running if each.check_in_day is not None}


def _after_check_ins(rhythm: Rhythm, check_ins: Mapping[int, int]) -> Rhythm:
    if not isinstance(rhythm, Cadence) or not check_ins:
        return rhythm
    return Cadence(rhythm.every_days, most_a_day=rhythm.most_a_day, check_ins_until_day=max(check_ins.values()))


def _traits(row: Person) -> Traits:
    return Traits(row.account_id, row.segment, row.role, row.is_decision_maker, row.properties)


def _member(row: Person, asks: LastAsks | None, survey: Survey, workspace: Workspace, is_silent: bool) -> Member:
    zone = calendars.zone_of(row.time_zone)
    member = Member(
        key=row.id,
        lots=draw_lots(workspace.salt, survey.id, row.id),
        zone=zone,
        first_seen_on=_date(row.first_seen_at, zone),
        account_id=row.account_id,
        account_started_on=row.started_on,
        window=calendars.window_of(workspace),
    )
    return _with_history(member, asks, is_silent) if asks is not None else member


def _with_history(member: Member, asks: LastAsks, is_silent: bool) -> Member:
    same = [at for at in (asks.same_at, asks.same_waiting_at) if at]
    candidate = Candidate(
        is_waiting=bool(asks.is_waiting),
        last_asked_at=asks.any_at,
        last_asked_same_survey_at=asks.same_at,
        declined_at=asks.declined_at,
        unanswered_in_a_row=UNANSWERED_UNTIL_DOUBLED if is_silent else 0,
    )
    return replace(
        member,
        last_same_on=_date(max(same), member.zone) if same else None,
        last_check_in_on=_date(asks.check_in_at, member.zone) if asks.check_in_at else None,
        last_tried_on=_date(asks.tried_at, member.zone) if asks.tried_at else None,
        candidate=candidate,
    )


@cache
def _date(at: datetime, zone: tzinfo) -> date:
    return at.astimezone(zone).date()
