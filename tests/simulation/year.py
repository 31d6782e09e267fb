"""
A company's year: schedules, check-ins, events, emoji and colleagues ask a thousand people in twelve zones.

`make year` lives through all of it; a test through its first months with fewer people. Asking is interrupted in the
middle now and then, as a process that is killed would be, and goes on.
"""

import argparse
import asyncio
import logging
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import structlog
from sqlalchemy import select

from bot.rules.recontact import ACCOUNT_CAP, ACCOUNT_PERIOD, FLOOR, RECONTACT_PERIOD, REST_PERIOD
from bot.rules.triggers import TriggerKind
from bot.services import asks, audiences, calendars, contacts, declines, invitations, responses, schedules, surveys
from bot.services.asks import Ask, Place
from bot.services.contacts import Facts
from bot.services.schedules import Proposal
from bot.worker.errands import ask_due
from storage.database import Database, Transaction
from storage.models import Account, Contact, Invitation
from tests import databases
from tests.factories import BO, NORTHWIND, a_choice
from tests.simulation.world import World

START = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)  # a Monday; clocks change in its first and last months
LOOKS = timedelta(hours=8)  # often enough that a plan is made before the working day of every zone
ZONES = (
    *("Pacific/Auckland", "Australia/Sydney", "Asia/Tokyo", "Asia/Kolkata", "Asia/Dubai", "Africa/Cairo"),
    *(
        "Europe/Berlin",
        "Europe/London",
        "America/Sao_Paulo",
        "America/New_York",
        "America/Denver",
        "America/Los_Angeles",
    ),
)
OTHERS = (TriggerKind.EVENT, TriggerKind.REACTION, TriggerKind.COLLEAGUE, TriggerKind.WORKFLOW)
BY_ITSELF = (TriggerKind.SCHEDULE, TriggerKind.LIFECYCLE)


@dataclass(frozen=True)
class Size:
    people: int
    accounts: int
    days: int


class Year:
    """Lives through the days; `check` says what was promised and not kept."""

    def __init__(self, database: Database, size: Size, *, seed: int = 2026) -> None:
        self.size, self.chance = size, Random(seed)
        self.world = World(database, now=START)
        self.no: dict[str, datetime] = {}

    async def live(self) -> None:
        await self.world.begin()
        await self.world.do(self._settle_in)
        end = START + timedelta(days=self.size.days)
        while self.world.now < end:
            await self._look()
            for _ in range(self._some(self.size.people / 120)):
                await self.world.do(self._something_happens)
            await self.world.pass_time(LOOKS, step=LOOKS)
            await self._people_answer()

    async def _settle_in(self, tx: Transaction) -> None:
        everybody = [await self._arrive(tx, n) for n in range(self.size.people)]
        await schedules.start(tx, await surveys.named(tx, NORTHWIND, "relationship"), Proposal(), by=BO, now=START)
        await schedules.add_check_ins(tx, NORTHWIND, by=BO, now=START)
        for schedule in await schedules.running(tx):
            await audiences.admit(tx, schedule.survey_id, everybody, now=START)

    async def _arrive(self, tx: Transaction, n: int) -> int:
        """Accounts began over the year before, or begin in the months ahead."""
        if n < self.size.accounts:
            began = START.date() + timedelta(days=self.chance.randint(-300, 60))
            tx.add(Account(workspace_id=NORTHWIND, name=f"A{n}", team_id=f"T{n}", started_on=began, created_at=START))
            await tx.flush()
        person = Facts(f"U{n:05}", f"Person {n}", None, "en", f"T{n % self.size.accounts}", ZONES[n % len(ZONES)])
        seen_at = START - timedelta(days=self.chance.randint(0, 300))
        return (await contacts.meet(tx, NORTHWIND, person, now=seen_at)).id

    async def _look(self) -> None:
        """Now and then it is cut off somewhere; the next look goes on."""
        looking = asyncio.ensure_future(ask_due(self.world.database, self.world.now))
        if self.chance.random() < 1 / 30:
            for _ in range(self.chance.randint(1, 200)):
                await asyncio.sleep(0)
            looking.cancel()
            await asyncio.gather(looking, return_exceptions=True)
        else:
            await looking

    async def _something_happens(self, tx: Transaction) -> None:
        n = self.chance.randrange(self.size.people)
        ask = Ask(
            survey=await surveys.named(tx, NORTHWIND, "support"),
            person=Facts(f"U{n:05}", f"Person {n}", None, "en", f"T{n % self.size.accounts}", ZONES[n % len(ZONES)]),
            place=Place(),
            asked_by=BO,
            occasion=f"case:{self.chance.randrange(10**6)}",
            send_at=self.world.now + timedelta(hours=self.chance.choice((0, 3, 24))),
            trigger=self.chance.choice(OTHERS),
        )
        await asks.invite(tx, ask, now=self.world.now)

    async def _people_answer(self) -> None:
        async with self.world.database.reading() as tx:
            rows = await tx.execute(
                select(Invitation.id, Contact.user_id).join(Contact).where(Invitation.state == "sent")
            )
            standing = [(invitation_id, user_id) for invitation_id, user_id in rows]
        for invitation_id, user_id in standing:
            if self.chance.random() < 1 / 12:
                await self.world.do(lambda tx, about=invitation_id, who=user_id: self._answer(tx, about, who))

    async def _answer(self, tx: Transaction, invitation_id: int, who: str) -> None:
        mine = await invitations.all_opened_by(tx, NORTHWIND, invitation_id, user_id=who)
        match self.chance.choice(("score",) * 7 + ("not_now", "not_me", "never")):
            case "score":
                choice = a_choice(mine.invitation, self.chance.randint(7, 10), self.world.now, by=who)
                await responses.record_score(tx, NORTHWIND, choice, now=self.world.now)
            case "not_now":
                await declines.snooze(tx, mine, now=self.world.now)
            case "not_me":
                await declines.wrong_person(tx, mine, now=self.world.now)
            case "never":
                await declines.stop_asking(tx, mine, now=self.world.now)
                self.no[who] = self.world.now

    def _some(self, mean: float) -> int:
        return int(mean) + (self.chance.random() < mean % 1)

    async def check(self) -> Counter[str]:
        """How many of each kind were asked. Raises AssertionError for a promise that was broken."""
        questions, people = await self.world.rows(Invitation), await self.world.people()
        known = calendars.Calendars(calendars.ALWAYS.window, keeps_holidays=True, blackouts=())
        asked, of_person = await self.world.asked(), defaultdict(list)
        async with self.world.database.reading() as tx:
            known = (await calendars.overview(tx, NORTHWIND)).calendars
        for sending in self.world.slack.sendings:
            assert known.of(people[sending.user_id].time_zone).is_open(sending.at), "asked at night or on a day off"
            assert sending.at <= self.no.get(sending.user_id, sending.at), "asked after they said no"
            of_person[sending.user_id].append((sending.at, asked[sending.key]))
        for sendings in of_person.values():
            _check_periods(sendings)
        _check_days(questions, people)
        _check_accounts(questions, people)
        return Counter(each.trigger for each in questions if each.sent_at)


def _check_periods(sendings: list[tuple[datetime, Invitation]]) -> None:
    firsts = list({question.id: (at, question) for at, question in reversed(sendings)}.values())
    for at, question in firsts:
        for before, other in sendings:
            if other.id != question.id and before < at:
                assert at - before >= FLOOR, "asked twice in a day"
        earlier = [(before, other) for before, other in firsts if before < at]
        assert all(at - before >= REST_PERIOD for before, _ in earlier), "asked inside the rest period"
        same = [before for before, other in earlier if other.survey_id == question.survey_id]
        assert all(at - before >= RECONTACT_PERIOD for before in same), "asked the same too soon"


def _check_days(questions: list[Invitation], people: dict[str, Contact]) -> None:
    """A schedule asks so many on a date, counted where each person lives."""
    zones = {person.id: calendars.zone_of(person.time_zone) for person in people.values()}
    planned = [each for each in questions if each.trigger in BY_ITSELF]
    by_day = Counter((each.survey_id, each.created_at.astimezone(zones[each.contact_id]).date()) for each in planned)
    assert max(by_day.values(), default=0) <= 20, "more than twenty on one day"
    for survey_id in {survey_id for survey_id, _ in by_day}:
        first = min(on for about, on in by_day if about == survey_id)
        assert by_day[survey_id, first] <= 5, "more than five on the first day"


def _check_accounts(questions: list[Invitation], people: dict[str, Contact]) -> None:
    account_of = {person.id: person.account_id for person in people.values()}
    planned: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    for each in questions:
        if each.sent_at and each.snoozes == 0:
            planned[account_of[each.contact_id]].append((each.send_at, each.contact_id))
    for asked in planned.values():
        for at, _ in asked:
            week = {who for when, who in asked if at <= when < at + ACCOUNT_PERIOD}
            assert len(week) <= ACCOUNT_CAP + 1, "a team was swamped"  # what waits may be caught up by what does not


async def live(folder: Path, template: Path, size: Size) -> Counter[str]:
    database = Database(databases.copy_file(template, folder / "year.db"))
    try:
        year = Year(database, size)
        await year.live()
        return await year.check()
    finally:
        await database.close()


def main() -> None:
    parser = argparse.ArgumentParser(description="Live through a year, and check every promise about asking.")
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--accounts", type=int, default=60)
    parser.add_argument("--days", type=int, default=365)
    wanted = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    started = time.monotonic()
    with TemporaryDirectory() as name:
        folder, template = Path(name), Path(name) / "template.db"
        asyncio.run(databases.make_file(template))
        asked = asyncio.run(live(folder, template, Size(wanted.people, wanted.accounts, wanted.days)))
    print(f"{sum(asked.values())} questions kept every promise in {time.monotonic() - started:.0f} s: {dict(asked)}")  # noqa: T201


if __name__ == "__main__":
    main()
