"""Errands: every schedule has its turn, whatever is wrong with another; and erasing reaches what they keep."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select, update

from bot.rules.cadence import CheckIn
from bot.services import audiences, privacy, schedules, surveys
from bot.services.schedules import Proposal
from bot.services.surveys import SurveyKind, Wording
from bot.worker.errands import ask_due
from storage.database import Database
from storage.models import AudienceMember, Schedule
from tests.factories import BO, NORTHWIND
from tests.services.crowd import asked, make_crowd, make_schedule

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
BEGUN = NOW - timedelta(days=60)


async def two_schedules(database: Database) -> list[int]:
    async with database.transaction() as tx:
        people = await make_crowd(tx, 2, now=NOW)
        first = await make_schedule(tx, people[:1], now=BEGUN)
        wording = Wording("partners")
        other = await surveys.create(tx, NORTHWIND, kind=SurveyKind.RELATIONAL, wording=wording, by=BO, now=NOW)
        await make_schedule(tx, people[1:], now=BEGUN, survey=other.name)
        return [first.id, other.id]


async def test_every_schedule_asks(database: Database):
    ids = await two_schedules(database)
    assert await ask_due(database, NOW) == 2
    assert [each.survey_id for each in await asked(database)] == ids
    assert await ask_due(database, NOW) == 0


async def test_a_schedule_that_cannot_be_read_stops_no_other(database: Database):
    first, other = await two_schedules(database)
    async with database.transaction() as tx:
        spoilt = update(Schedule).where(Schedule.survey_id == first)
        await tx.execute(spoilt.values(audience={"accounts": ["of yesterday"]}))
    assert await ask_due(database, NOW) == 1
    assert [each.survey_id for each in await asked(database)] == [other]


async def test_a_person_who_is_due_with_two_surveys_is_asked_with_one(database: Database):
    first, other = await two_schedules(database)
    async with database.transaction() as tx:
        both = (await tx.scalars(select(AudienceMember.contact_id))).all()
        await audiences.admit(tx, first, both, now=NOW)
        await audiences.admit(tx, other, both, now=NOW)
    assert await ask_due(database, NOW) == 2
    assert {each.survey_id for each in await asked(database)} == {first}


async def test_other_sources_begin_with_nobody(database: Database):
    first, _ = await two_schedules(database)
    async with database.transaction() as tx:
        survey = await surveys.get(tx, first)
        await schedules.start(tx, survey, Proposal(CheckIn(3)), by=BO, now=NOW)
        assert await audiences.size(tx, first) == 1
        narrowed = schedules.proposal_of(await schedules.get(tx, first)).audience
        elsewhere = Proposal(CheckIn(3), type(narrowed)(channels=("C1",)))
        await schedules.start(tx, survey, elsewhere, by=BO, now=NOW + timedelta(days=1))
        assert await audiences.size(tx, first) == 0


async def test_erasing_takes_a_customer_out_of_audiences_and_a_colleagues_name_off_schedules(database: Database):
    await two_schedules(database)
    async with database.transaction() as tx:
        await privacy.erase(tx, NORTHWIND, "U0000", now=NOW)
        await privacy.erase(tx, NORTHWIND, BO, now=NOW)
    async with database.reading() as tx:
        assert await tx.scalar(select(func.count()).select_from(AudienceMember)) == 1
        assert set((await tx.scalars(select(Schedule.started_by))).all()) == {None}
