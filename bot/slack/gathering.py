"""
Gathering: whom a schedule may ask, as Slack has it today. Customers only: guests, and people of other companies; or,
once staff is named, everybody else.

Once a day for each running schedule. Slack is never asked inside a transaction, and everybody new is kept as soon as
they were looked up: where Slack wants us to slow down, the next turn goes on and nothing is lost. Who has left is let
go only once everything was read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from bot.errors import PersonUnknown
from bot.rules.audience import Audience, read
from bot.rules.staff import Named, Standing, is_staff
from bot.services import audiences, schedules
from bot.services.audiences import Known
from bot.slack.api_errors import error_code
from bot.slack.people import People, Person
from bot.slack.rosters import Ours, Rosters
from bot.slack.staff import Roster
from storage.database import Database
from storage.models import Schedule

log = structlog.get_logger()
PASSED_BY = timedelta(hours=12)  # they may be customers by the next day
LOOKUPS_A_TURN = 50  # Slack takes a hundred a minute, and others look people up too


@dataclass(frozen=True)
class Looked:
    """An audience as Slack has it. `user_ids`: customers we know; `unknown`: whom nobody has looked up yet."""

    user_ids: frozenset[str]
    unknown: tuple[str, ...] = ()
    is_complete: bool = True


@dataclass(frozen=True)
class Gathering:
    """Looks with one hand, writes with the other."""

    database: Database
    people: People
    roster: Roster
    rosters: Rosters
    workspace_id: str
    passed_by: dict[str, datetime] = field(default_factory=dict)  # looked up lately, and no customers

    async def gather_due(self, now: datetime) -> int:
        """The errand: every running schedule whose people were not looked up today; returns how many were."""
        async with self.database.reading() as tx:
            due = await schedules.to_gather(tx, self.workspace_id, now=now)
        return sum([await self.gather(each, now=now) for each in due])

    async def gather(self, schedule: Schedule, *, now: datetime) -> bool:
        """False when Slack would not tell everything for now: the next turn goes on from here."""
        try:
            return await self._gather(schedule, now=now)
        except (SlackApiError, ClientError, TimeoutError) as error:
            reason = error_code(error) if isinstance(error, SlackApiError) else type(error).__name__
            log.warning("gathering_interrupted", survey_id=schedule.survey_id, error=reason)
            return False

    async def look(self, audience: Audience) -> Looked:
        """Only look, and keep nothing."""
        wanted, is_complete = await self._wanted(audience)
        ours = await self.rosters.ours()
        known = await self._known()
        everybody = known.keys() if wanted is None else wanted
        staff = await self.roster.named()
        able = [each for each in everybody if not _is_no_customer(each, ours, staff)]
        customers = frozenset(each for each in able if each in known and _is_placed(known[each], ours))
        unclear = [each for each in able if each not in customers]
        return Looked(customers, tuple(sorted(unclear)), is_complete)

    async def _gather(self, schedule: Schedule, *, now: datetime) -> bool:
        looked = await self.look(read(schedule.audience))
        known = await self._known()
        async with self.database.transaction() as tx:
            mine = [known[each].contact_id for each in looked.user_ids if each in known]
            await audiences.admit(tx, schedule.survey_id, mine, now=now)
        unknown = [each for each in looked.unknown if not self._was_passed_by(each, now=now)]
        for user_id in unknown[:LOOKUPS_A_TURN]:
            await self._meet(schedule.survey_id, user_id, now=now)
        if len(unknown) > LOOKUPS_A_TURN:
            return False
        async with self.database.transaction() as tx:
            if looked.is_complete:
                await audiences.let_go(tx, schedule.survey_id, since=now)
            await schedules.gathered(tx, schedule.survey_id, now=now)
        log.info("audience_gathered", survey_id=schedule.survey_id, known=len(mine), looked_up=len(unknown))
        return True

    async def _meet(self, survey_id: int, user_id: str, *, now: datetime) -> None:
        person = await self._customer(user_id)
        if person is None:
            self.passed_by[user_id] = now
        else:
            async with self.database.transaction() as tx:
                await audiences.meet(tx, self.workspace_id, survey_id, person.facts(), now=now)

    async def _customer(self, user_id: str) -> Person | None:
        try:
            person = await self.people.person(user_id)
        except PersonUnknown:
            return None
        return person if person.is_customer and not person.is_deactivated else None

    def _was_passed_by(self, user_id: str, *, now: datetime) -> bool:
        """They would take the place of those nobody has looked up."""
        at = self.passed_by.get(user_id)
        return at is not None and now - at < PASSED_BY

    async def _wanted(self, audience: Audience) -> tuple[set[str] | None, bool]:
        """Everybody in its channels and groups; None: whoever is known. And whether all of them could be read."""
        if not audience.has_sources:
            return None, True
        found = [await self.rosters.of_channel(each) for each in audience.channels]
        found += [await self.rosters.of_group(each) for each in audience.groups]
        return {user for roster in found for user in roster or ()}, None not in found

    async def _known(self) -> Mapping[str, Known]:
        async with self.database.reading() as tx:
            return {each.user_id: each for each in await audiences.known(tx, self.workspace_id)}


def _is_no_customer(user_id: str, ours: Ours, staff: Named | None) -> bool:
    """Bots, those who have left, and staff."""
    is_ours = user_id in ours.everybody
    standing = Standing(user_id, user_id in ours.guests, is_external=not is_ours, is_admin=user_id in ours.admins)
    return (is_ours and not ours.is_person(user_id)) or is_staff(standing, staff)


def _is_placed(known: Known, ours: Ours) -> bool:
    """Whether we know where they belong: here, or in none of our own workspaces."""
    is_foreign = known.home_team_id is not None and known.home_team_id not in ours.team_ids
    return ours.is_person(known.user_id) or is_foreign
