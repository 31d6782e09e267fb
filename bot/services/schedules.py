"""Schedules: surveys that ask by themselves, started, changed, paused and resumed by those who set up surveys."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.errors import InputRefused, SurveyUnknown
from bot.rules.audience import Audience, kept, read
from bot.rules.cadence import (
    LEAST_EVERY_DAYS,
    MOST_A_DAY,
    MOST_CHECK_IN_DAY,
    MOST_EVERY_DAYS,
    Cadence,
    CheckIn,
    Rhythm,
)
from bot.services import audiences, surveys
from bot.services.surveys import SurveyKind, Wording
from storage import schedules as queries
from storage.database import Transaction
from storage.models import Schedule, Survey

CHECK_IN_DAYS = (14, 45)  # two onboarding questions within the first sixty days
GATHERED_EVERY = timedelta(days=1)


@dataclass(frozen=True)
class Proposal:
    """How a survey would ask by itself, and whom."""

    rhythm: Rhythm = field(default_factory=Cadence)
    audience: Audience = field(default_factory=Audience)


async def get(tx: Transaction, survey_id: int) -> Schedule | None:
    return await queries.get(tx, survey_id)


async def of_workspace(tx: Transaction, workspace_id: str) -> Sequence[Schedule]:
    return await queries.of_workspace(tx, workspace_id)


async def running(tx: Transaction) -> Sequence[Schedule]:
    return await queries.running(tx)


async def held(tx: Transaction, survey_id: int) -> Schedule | None:
    """If it runs; whoever else plans it waits until this transaction ends."""
    return await queries.held(tx, survey_id)


async def start(tx: Transaction, survey: Survey, proposal: Proposal, *, by: str, now: datetime) -> None:
    """Ask by itself from now on; one that does already is changed, and goes on where it was. Raises InputRefused."""
    check(survey, proposal.rhythm)
    rhythm = proposal.rhythm
    schedule = Schedule(
        survey_id=survey.id,
        workspace_id=survey.workspace_id,
        every_days=rhythm.every_days if isinstance(rhythm, Cadence) else None,
        check_in_day=rhythm.day if isinstance(rhythm, CheckIn) else None,
        most_a_day=rhythm.most_a_day,
        audience=kept(proposal.audience),
        started_at=now,
        started_by=by,
    )
    before = await queries.get(tx, survey.id)
    if before is None or _sources(read(before.audience)) != _sources(proposal.audience):
        await audiences.let_go(tx, survey.id, since=now)  # nobody is asked for having belonged to something else
    await queries.put(tx, schedule)


async def pause(tx: Transaction, workspace_id: str, survey_id: int, *, now: datetime) -> None:
    """Ask nobody more; questions that are out stay. Raises SurveyUnknown."""
    await queries.set_paused(tx, (await _existing(tx, workspace_id, survey_id)).survey_id, now)


async def resume(tx: Transaction, workspace_id: str, survey_id: int) -> None:
    """Raises SurveyUnknown."""
    await queries.set_paused(tx, (await _existing(tx, workspace_id, survey_id)).survey_id, None)


async def add_check_ins(tx: Transaction, workspace_id: str, *, by: str, now: datetime) -> Sequence[Survey]:
    """The two usual ones, each a survey of its own; those that are there already are left alone."""
    added = []
    for day in CHECK_IN_DAYS:
        survey = await _check_in_survey(tx, workspace_id, f"day-{day}", by=by, now=now)
        if await queries.get(tx, survey.id) is None:
            await start(tx, survey, Proposal(CheckIn(day)), by=by, now=now)
            added.append(survey)
    return added


async def has_check_ins(tx: Transaction, workspace_id: str) -> bool:
    return any(each.check_in_day is not None for each in await queries.of_workspace(tx, workspace_id))


def rhythm_of(schedule: Schedule) -> Rhythm:
    if schedule.check_in_day is not None:
        return CheckIn(schedule.check_in_day, most_a_day=schedule.most_a_day)
    return Cadence(schedule.every_days or LEAST_EVERY_DAYS, most_a_day=schedule.most_a_day)


def proposal_of(schedule: Schedule) -> Proposal:
    return Proposal(rhythm_of(schedule), read(schedule.audience))


def check(survey: Survey, rhythm: Rhythm) -> None:
    """Raises InputRefused for a rhythm nobody should ask in."""
    if survey.kind != SurveyKind.RELATIONAL:
        raise InputRefused("rhythm", "schedule_transactional")
    if isinstance(rhythm, Cadence) and not LEAST_EVERY_DAYS <= rhythm.every_days <= MOST_EVERY_DAYS:
        raise InputRefused("every_days", "every_days")
    if isinstance(rhythm, CheckIn) and not 1 <= rhythm.day <= MOST_CHECK_IN_DAY:
        raise InputRefused("check_in_day", "check_in_day")
    if not 1 <= rhythm.most_a_day <= MOST_A_DAY:
        raise InputRefused("most_a_day", "most_a_day")


async def to_gather(tx: Transaction, workspace_id: str, *, now: datetime) -> Sequence[Schedule]:
    """Running ones whose people were not looked up today."""
    return await queries.to_gather(tx, workspace_id, before=now - GATHERED_EVERY)


async def gathered(tx: Transaction, survey_id: int, *, now: datetime) -> None:
    await queries.set_gathered(tx, survey_id, now)


async def channel_renamed(tx: Transaction, workspace_id: str, *, old: str, new: str) -> None:
    for schedule in await queries.of_workspace(tx, workspace_id):
        audience = read(schedule.audience)
        if old in audience.channels:
            channels = tuple(new if each == old else each for each in audience.channels)
            await queries.set_audience(tx, schedule.survey_id, kept(replace(audience, channels=channels)))


async def _check_in_survey(tx: Transaction, workspace_id: str, name: str, *, by: str, now: datetime) -> Survey:
    try:
        return await surveys.named(tx, workspace_id, name)
    except SurveyUnknown:
        usual = await surveys.usual_alert_channel(tx, workspace_id)
        survey = await surveys.create(
            tx, workspace_id, kind=SurveyKind.RELATIONAL, wording=Wording(name), by=by, now=now
        )
        await surveys.set_alert_channel(tx, survey.id, usual)
        return survey


async def _existing(tx: Transaction, workspace_id: str, survey_id: int) -> Schedule:
    schedule = await queries.get(tx, survey_id)
    if schedule is None or schedule.workspace_id != workspace_id:
        raise SurveyUnknown(str(survey_id))
    return schedule


def _sources(audience: Audience) -> tuple[set[str], set[str]]:
    return set(audience.channels), set(audience.groups)
