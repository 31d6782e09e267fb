"""Whatever happens in whatever order: nobody is asked too soon, at night, on a day off, in spite of a no, or twice."""

import asyncio
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.rules.calendar import ROUND_THE_CLOCK, Blackout, Window
from bot.rules.recontact import FLOOR, RECONTACT_PERIOD, REST_PERIOD, SNOOZE_PERIOD
from bot.rules.triggers import TriggerKind
from bot.services import (
    asks,
    calendars,
    contacts,
    declines,
    departures,
    halts,
    incidents,
    invitations,
    responses,
    surveys,
)
from bot.services.asks import Ask, Place
from bot.services.calendars import Calendars
from bot.services.contacts import Facts
from storage.database import Database, Transaction
from storage.models import Invitation
from tests import databases
from tests.factories import BO, NORTHWIND, a_choice
from tests.simulation.world import World

START = datetime(2026, 3, 20, 10, 0, tzinfo=UTC)  # a Friday; clocks change in the weeks that follow
PEOPLE = {"U0ANA": "Europe/Berlin", "U0KIM": "America/New_York", "U0YUI": "Asia/Tokyo"}
CALENDARS = [
    Calendars(Window(), keeps_holidays=True, blackouts=()),
    Calendars(Window(13, 15, frozenset({1, 3})), keeps_holidays=False, blackouts=()),
    Calendars(Window(), True, [Blackout(datetime(2026, 4, 1).date(), datetime(2026, 4, 20).date())]),  # noqa: DTZ001
    Calendars(ROUND_THE_CLOCK, keeps_holidays=False, blackouts=()),
]
HOURS = st.sampled_from([1, 12, 23, 25, 60, 24 * 7, 24 * 8, 24 * 14, 24 * 29, 24 * 61])
WHO = st.sampled_from(list(PEOPLE))
ASKING = st.tuples(
    st.just("ask"), WHO, st.sampled_from(["relationship", "support"]), st.integers(0, 9), st.sampled_from([0, 3, 72]),
    st.booleans(),
)  # fmt: skip
ABOUT = st.tuples(
    st.sampled_from(["answer", "not_now", "wrong_person", "stop", "allow", "take_back", "hurry"]),
    WHO,
    st.integers(0, 1),
)
ELSE = st.tuples(st.sampled_from(["halt", "lift", "broken", "mended"])) | st.tuples(
    st.just("calendar"), st.integers(0, len(CALENDARS) - 1)
)
PASSING = st.tuples(st.just("pass"), HOURS)
HISTORIES = st.lists(ASKING | ASKING | ABOUT | PASSING | PASSING | ELSE, max_size=25)


class History:
    """Acts it out, and writes down what people said and which hours held when."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.calendar = CALENDARS[0]
        self.hours: list[tuple[datetime, Calendars]] = [(world.now, self.calendar)]
        self.silence: dict[str, list[tuple[datetime, bool]]] = defaultdict(list)

    async def act_out(self, history: list[tuple[Any, ...]]) -> None:
        await self.world.begin()
        for what, *about in history:
            await getattr(self, what)(*about)
            await self.world.settle()
        await self.world.pass_time(timedelta(days=10), step=timedelta(days=4))

    async def ask(self, who: str, survey: str, occasion: int, delay: int, is_overruled: bool) -> None:
        async def invite(tx: Transaction) -> Invitation:
            ask = Ask(
                survey=await surveys.named(tx, NORTHWIND, survey),
                person=Facts(who, who, time_zone=PEOPLE[who]),
                place=Place(),
                asked_by=BO,
                occasion=f"case:{occasion}",
                send_at=self.world.now + timedelta(hours=delay),
                is_overruled=is_overruled,
                trigger=TriggerKind.EVENT,
            )
            return await asks.invite(tx, ask, now=self.world.now)

        await self.world.do(invite)

    async def answer(self, who: str, which: int = 0) -> None:
        async def score(tx: Transaction) -> None:
            last = await self._last(tx, who, which)
            if last is not None:
                choice = a_choice(last, 8, self.world.now, by=who)
                await responses.record_score(tx, NORTHWIND, choice, now=self.world.now)

        await self.world.do(score)

    async def not_now(self, who: str, which: int = 0) -> None:
        await self._on_card(who, declines.snooze, which)

    async def wrong_person(self, who: str, which: int = 0) -> None:
        await self._on_card(who, declines.wrong_person, which)

    async def stop(self, who: str, which: int = 0) -> None:
        if await self._on_card(who, declines.stop_asking, which):
            self.silence[who].append((self.world.now, True))

    async def allow(self, who: str, which: int = 0) -> None:
        if await self._on_card(who, declines.allow_asking, which):
            self.silence[who].append((self.world.now, False))

    async def take_back(self, who: str, which: int = 0) -> None:
        await self._on_last(who, invitations.take_back, which)

    async def hurry(self, who: str, which: int = 0) -> None:
        await self._on_last(who, departures.hurry, which)

    async def halt(self) -> None:
        await self.world.do(lambda tx: halts.halt(tx, NORTHWIND, by=BO, now=self.world.now))

    async def lift(self) -> None:
        await self.world.do(lambda tx: halts.lift(tx, NORTHWIND, now=self.world.now))

    async def broken(self) -> None:
        now = self.world.now
        await self.world.do(lambda tx: incidents.started(tx, NORTHWIND, None, key="it", now=now))

    async def mended(self) -> None:
        await self.world.do(lambda tx: incidents.ended(tx, NORTHWIND, key="it", now=self.world.now))

    async def calendar_(self, number: int) -> None:
        self.calendar = CALENDARS[number]
        self.hours.append((self.world.now, self.calendar))
        await self.world.do(lambda tx: calendars.change(tx, NORTHWIND, self.calendar))

    async def pass_(self, hours: int) -> None:
        await self.world.pass_time(timedelta(hours=hours), step=timedelta(days=4))

    async def _on_card(self, who: str, act: Any, which: int) -> bool:
        async def click(tx: Transaction) -> bool:
            last = await self._last(tx, who, which)
            if last is None:
                return False
            await act(tx, await invitations.all_opened_by(tx, NORTHWIND, last.id, user_id=who), now=self.world.now)
            return True

        return await self.world.do(click) is True

    async def _on_last(self, who: str, act: Any, which: int) -> None:
        async def change(tx: Transaction) -> None:
            last = await self._last(tx, who, which)
            if last is not None:
                await act(tx, NORTHWIND, last.id, now=self.world.now)

        await self.world.do(change)

    async def _last(self, tx: Transaction, who: str, which: int) -> Invitation | None:
        """The latest question to them, or the one before it."""
        contact = await contacts.by_user(tx, NORTHWIND, who)
        asked = await asks.latest(tx, contact, limit=2) if contact else []
        return asked[which] if which < len(asked) else None

    def hours_at(self, at: datetime) -> Calendars:
        return [calendar for since, calendar in self.hours if since <= at][-1]

    def is_silent(self, who: str, at: datetime) -> bool:
        said = [is_no for since, is_no in self.silence[who] if since <= at]
        return bool(said and said[-1])


async def lived(url: str, history: list[tuple[Any, ...]], *, replicas: int = 1) -> World:
    database = Database(url)
    try:
        world = World(database, now=START, replicas=replicas)
        told = History(world)
        await told.act_out([(PYTHONS_OWN.get(what, what), *about) for what, *about in history])
        await _check(world, told)
        world.left = sorted(map(_in_short, await world.rows(Invitation)))
        return world
    finally:
        await database.close()


def _in_short(invitation: Invitation) -> tuple[Any, ...]:
    sent_on = invitation.sent_at and invitation.sent_at.date()
    about = (invitation.survey_id, invitation.contact_id, invitation.occasion)
    return (*about, invitation.state, invitation.snoozes, str(sent_on))


PYTHONS_OWN = {"pass": "pass_", "calendar": "calendar_"}


async def _check(world: World, history: History) -> None:
    asked = await world.asked()
    by_person: dict[str, list[tuple[datetime, str, Invitation]]] = defaultdict(list)
    for sending in world.slack.sendings:
        invitation = asked[sending.key]
        assert not history.is_silent(sending.user_id, sending.at), "asked after opting out"
        zone = history.hours_at(sending.at).of(PEOPLE[sending.user_id])
        assert invitation.is_at_any_hour or zone.is_open(sending.at), "asked at night or on a day off"
        by_person[sending.user_id].append((sending.at, sending.key, invitation))
    for sendings in by_person.values():
        _check_person(sendings)
    keys = [sending.key for sending in world.slack.sendings]
    assert len(keys) == len(set(keys)), "one question left twice"
    occasions = [(each.survey_id, each.contact_id, each.occasion) for each in await world.rows(Invitation)]
    assert len(occasions) == len(set(occasions)), "asked twice for one occasion"


def _check_person(sendings: list[tuple[datetime, str, Invitation]]) -> None:
    first_of: dict[int, datetime] = {}
    last_of: dict[int, datetime] = {}
    for at, _, invitation in sendings:
        others = [when for about, when in last_of.items() if about != invitation.id]
        assert all(at - when >= FLOOR for when in others), "asked twice in a day"
        if invitation.id in first_of:
            assert at - last_of[invitation.id] >= min(SNOOZE_PERIOD, timedelta(0)), "asked again at once"
        elif not invitation.was_overruled:
            assert all(at - when >= REST_PERIOD for when in first_of.values()), "asked inside the rest period"
        first_of.setdefault(invitation.id, at)
        last_of[invitation.id] = at
    _check_surveys(sendings)


def _check_surveys(sendings: list[tuple[datetime, str, Invitation]]) -> None:
    last: dict[int, tuple[datetime, int]] = {}
    for at, _, invitation in sendings:
        before = last.get(invitation.survey_id)
        if before and before[1] != invitation.id and not invitation.was_overruled:
            assert at - before[0] >= RECONTACT_PERIOD - SNOOZE_PERIOD, "asked the same too soon"
        last.setdefault(invitation.survey_id, (at, invitation.id))


HOUR, DAY = 1, 24
# What decides at the last moment: each of these asks somebody wrongly when one look at the door is left out.
TRICKY: list[list[tuple[Any, ...]]] = [
    [("ask", "U0ANA", "support", 0, 72, False), ("calendar", 1), ("pass", 8 * DAY)],
    [("ask", "U0KIM", "support", 0, 72, False), ("calendar", 2), ("pass", 61 * DAY)],
    [
        ("ask", "U0ANA", "relationship", 0, 0, False),
        ("pass", 25 * HOUR),
        ("ask", "U0ANA", "support", 1, 0, True),
        ("pass", 3 * DAY),
        ("not_now", "U0ANA", 0),
        ("not_now", "U0ANA", 1),
        ("pass", 14 * DAY),
    ],
    [("ask", "U0ANA", "relationship", 0, 0, False), ("pass", 8 * DAY), ("ask", "U0ANA", "support", 1, 0, False)],
    [("ask", "U0ANA", "support", 0, 0, False), ("pass", 61 * DAY), ("ask", "U0ANA", "support", 1, 0, False)],
    [("ask", "U0YUI", "support", 0, 72, False), ("stop", "U0YUI", 0), ("pass", 8 * DAY), ("allow", "U0YUI", 0)],
    [("ask", "U0YUI", "support", 0, 72, False), ("halt",), ("pass", 8 * DAY), ("lift",), ("pass", 7 * DAY)],
    [("ask", "U0KIM", "support", 0, 3, False), ("broken",), ("pass", 25 * HOUR), ("mended",), ("pass", 60 * HOUR)],
    [("ask", "U0ANA", "support", 0, 0, False), ("ask", "U0ANA", "support", 0, 0, True), ("pass", 61 * DAY)],
]


def with_examples(test: Any) -> Any:
    for history in TRICKY:
        test = example(history=history)(test)
    return test


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(history=HISTORIES)
@with_examples
def test_in_any_history_nobody_is_over_asked(sqlite_template: Path, history: list[tuple[Any, ...]]) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(lived(databases.copy_file(sqlite_template, Path(folder) / "nps.db"), history))


@pytest.fixture(scope="module")
def lived_alone() -> dict[str, World]:
    """What became of each history where one replica lived through it, told once for both databases."""
    return {}


@pytest.mark.parametrize("history", TRICKY)
async def test_two_replicas_leave_the_same_rows_as_one(
    database_url: str, sqlite_template: Path, tmp_path: Path, lived_alone: dict[str, World], history: list[Any]
) -> None:
    if repr(history) not in lived_alone:
        alone_url = databases.copy_file(sqlite_template, tmp_path / "alone.db")
        lived_alone[repr(history)] = await lived(alone_url, history)
    alone = lived_alone[repr(history)]
    together = await lived(database_url, history, replicas=2)
    assert together.left == alone.left
    assert len(together.slack.sendings) == len(alone.slack.sendings)
