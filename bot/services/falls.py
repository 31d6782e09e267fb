"""Falls: a survey's score that fell by more than chance leaves, said once, and seldom."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.rules.falling import COMPARED, has_fallen, is_quiet
from bot.rules.scoring import Tally
from bot.services import reports, surveys
from bot.services.reports import Slice
from bot.services.surveys import SurveyKind
from storage import falls as queries
from storage.database import Transaction
from storage.models import Fall, Survey

STILL_NEWS = timedelta(days=7)  # how long a digest that comes later in the week tells it too


async def get(tx: Transaction, fall_id: int) -> Fall | None:
    return await queries.get(tx, fall_id)


async def watch(tx: Transaction, workspace_id: str, within: Slice, *, now: datetime) -> Sequence[Fall]:
    """What a digest of these surveys should tell now. Each survey is looked at as a whole, whoever hears of it."""
    known = [each for each in await surveys.all_of(tx, workspace_id) if surveys.gives_scores(each)]
    mine = [each for each in known if not within.survey_ids or each.id in within.survey_ids]
    found = [await _look(tx, each, now=now) for each in mine]
    return [each for each in found if each]


def before_and_after(fall: Fall) -> tuple[Tally, Tally]:
    before = Tally(fall.promoters_before, fall.passives_before, fall.detractors_before)
    return before, Tally(fall.promoters, fall.passives, fall.detractors)


async def _look(tx: Transaction, survey: Survey, *, now: datetime) -> Fall | None:
    await queries.hold_survey(tx, survey.id)
    last = await queries.latest(tx, survey.id)
    if last is not None and is_quiet(last.found_at, now=now):
        return last if now - last.found_at < STILL_NEWS else None
    before = await _tally(tx, survey, until=now - COMPARED)
    after = await _tally(tx, survey, until=now)
    return await _found(tx, survey, before, after, now=now) if has_fallen(before, after) else None


async def _tally(tx: Transaction, survey: Survey, *, until: datetime) -> Tally:
    only = Slice((survey.id,))
    return await reports.tally_between(
        tx, survey.workspace_id, SurveyKind(survey.kind), within=only, since=until - COMPARED, before=until
    )


async def _found(tx: Transaction, survey: Survey, before: Tally, after: Tally, *, now: datetime) -> Fall:
    fall = Fall(
        workspace_id=survey.workspace_id,
        survey_id=survey.id,
        found_at=now,
        promoters_before=before.promoters,
        passives_before=before.passives,
        detractors_before=before.detractors,
        promoters=after.promoters,
        passives=after.passives,
        detractors=after.detractors,
    )
    await queries.add(tx, fall)
    return fall
