"""Whom to ask how they feel now: once, on any number of replicas, and never somebody who was erased meanwhile."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from bot.errors import Halted, Withheld
from bot.rules.closing import Outcome, RootCause
from bot.services import departures, follow_ups, halts, incidents, invitations, privacy, recoveries, responses
from bot.services.follow_ups import Resolution
from bot.services.recoveries import Due
from bot.services.surveys import SurveyKind
from storage.database import Database
from storage.models import Contact, Invitation, Recovery, Survey
from tests.factories import ANA, BO, NORTHWIND, a_choice, make_invitation

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)  # a Monday
LATER = NOW + timedelta(days=21)


@pytest.fixture
async def resolved(database: Database) -> None:
    """Ana gave a 3, and Bo resolved it."""
    async with database.transaction() as tx:
        asked = await make_invitation(tx, now=NOW - timedelta(days=1))
        recorded = await responses.record_score(tx, NORTHWIND, a_choice(asked, 3, NOW), now=NOW)
        follow_up = await follow_ups.of_response(tx, recorded.response.id)
        how = Resolution(Outcome.FIXED, RootCause.PRODUCT, "Called her.")
        await follow_ups.resolve(tx, follow_up, how, by=BO, now=NOW)


async def due(database: Database, *, now: datetime = LATER) -> list[Due]:
    async with database.reading() as tx:
        return list(await recoveries.due(tx, now=now))


async def decide(database: Database, it: Due, *, now: datetime = LATER) -> bool:
    async with database.transaction() as tx:
        return await recoveries.decide(tx, it, now=now)


async def asked(database: Database) -> list[str]:
    async with database.reading() as tx:
        query = select(Invitation.state).where(Invitation.kind == SurveyKind.RECOVERY)
        return list((await tx.scalars(query)).all())


@pytest.mark.usefixtures("resolved")
async def test_it_is_due_after_three_weeks_and_for_two(database: Database):
    days = {n: len(await due(database, now=NOW + timedelta(days=n))) for n in (20, 21, 34, 35)}
    assert days == {20: 0, 21: 1, 34: 1, 35: 0}


@pytest.mark.usefixtures("resolved")
async def test_decided_by_two_replicas_at_once_it_is_asked_once(database: Database):
    [it] = await due(database)
    await asyncio.gather(decide(database, it), decide(database, it))
    assert await asked(database) == ["waiting"]
    assert await due(database) == []


@pytest.mark.usefixtures("resolved")
async def test_who_is_erased_in_that_moment_is_neither_asked_nor_known_again(database: Database):
    [it] = await due(database)
    async with database.transaction() as tx:
        await privacy.erase(tx, NORTHWIND, ANA, now=LATER)
    assert not await decide(database, it)
    async with database.reading() as tx:
        for table in (Contact, Invitation, Recovery):
            assert (await tx.execute(select(func.count()).select_from(table))).scalar_one() == 0


@pytest.mark.usefixtures("resolved")
async def test_during_a_halt_and_an_incident_it_waits(database: Database):
    [it] = await due(database)
    async with database.transaction() as tx:
        await incidents.started(tx, NORTHWIND, None, key="down", now=LATER)
    with pytest.raises(Withheld):
        await decide(database, it)
    async with database.transaction() as tx:
        await halts.halt(tx, NORTHWIND, by=BO, now=LATER)
    with pytest.raises(Halted):
        await decide(database, it)
    assert len(await due(database)) == 1


@pytest.mark.usefixtures("resolved")
async def test_opened_again_before_it_left_it_is_taken_back_at_the_door(database: Database):
    [it] = await due(database)
    await decide(database, it)
    async with database.transaction() as tx:
        await follow_ups.reopen(tx, it.follow_up, by=BO, now=LATER)
        invitation = await tx.scalar(select(Invitation.id).where(Invitation.kind == SurveyKind.RECOVERY))
        assert (await departures.give_way(tx, invitation, now=LATER)).because == "needless"
    assert await asked(database) == ["withdrawn"]


@pytest.mark.usefixtures("resolved")
async def test_nothing_from_before_there_was_the_question_is_asked_about(database: Database):
    async with database.transaction() as tx:
        later = update(Survey).where(Survey.kind == SurveyKind.RECOVERY).values(created_at=NOW + timedelta(hours=1))
        await tx.execute(later)
    assert await due(database) == []


@pytest.mark.usefixtures("resolved")
async def test_an_alert_about_it_is_owed_where_the_first_one_was(database: Database):
    [it] = await due(database)
    await decide(database, it)
    async with database.transaction() as tx:
        invitation = (await tx.scalars(select(Invitation).where(Invitation.kind == SurveyKind.RECOVERY))).one()
        await invitations.arrived(tx, invitation.id, card=invitations.Card("D0ANA", "9.9"), now=LATER)
        recorded = await responses.record_score(tx, NORTHWIND, a_choice(invitation, 2, LATER), now=LATER)
        again = await follow_ups.of_response(tx, recorded.response.id)
    assert again.survey_id == it.follow_up.survey_id != recorded.response.survey_id
