"""No order of claims, hand-overs, escalations, changed answers, erasures and restarts breaks a follow-up."""

import asyncio
import os
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot.errors import Refusal
from bot.rules.closing import UNSAID, ContactKind, FollowUpState, Outcome, RootCause, Step
from bot.services import alerts, follow_ups, privacy, responses, surveys, work
from bot.services.follow_ups import Resolution
from storage.database import Database, Transaction
from storage.models import FollowUp, FollowUpStep
from tests import databases
from tests.factories import ANA, NORTHWIND, a_choice, make_invitation, some_words
from tests.simulation.world import World

START = datetime(2026, 3, 27, 15, 0, tzinfo=UTC)  # a Friday afternoon; clocks change over the weekend
ROOMS = ("C0ALERTS", "C0OTHER")
COLLEAGUES = st.sampled_from(["U0BO", "U0CY", "U0DEE"])
HOURS = st.sampled_from([1, 3, 20, 70, 24 * 8])


class FollowingUp(RuleBasedStateMachine):
    """`notes` are what colleagues wrote down; `owner` is whose it should be."""

    def __init__(self, template: Path) -> None:
        super().__init__()
        self.runner, self.folder = asyncio.Runner(), TemporaryDirectory()
        self.url = databases.copy_file(template, Path(self.folder.name) / "nps.db")
        self.world = World(Database(self.url), now=START)
        self.notes: list[str] = []
        self.owner: str | None = None
        self.is_erased = False
        self.serial = count()
        self.deaths = 0

    @initialize()
    def begin(self) -> None:
        self.run(self.world.begin())
        self.do(self._answered)
        self.wait(1)

    @rule(who=COLLEAGUES)
    def claim(self, who: str) -> None:
        if self.act(lambda tx, it: follow_ups.claim(tx, it, by=who, now=self.world.now)):
            self.owner = who

    @rule(who=COLLEAGUES, to=COLLEAGUES, from_=st.none() | COLLEAGUES, is_stale=st.booleans())
    def hand_over(self, who: str, to: str, from_: str | None, *, is_stale: bool) -> None:
        """`is_stale`: decided when it may have been somebody else's."""
        whose, note = from_ if is_stale else self.owner, self._note()
        given = {"from_": whose, "to": to, "by": who, "note": note, "now": self.world.now}
        if self.act(lambda tx, it: work.hand_over(tx, it, **given)):
            assert whose == self.owner, "taken from under its owner"
            self.owner = to
            self.notes.append(note)

    @rule(who=COLLEAGUES, how=st.sampled_from(ContactKind))
    def contact(self, who: str, how: ContactKind) -> None:
        note = self._note()
        if self.act(lambda tx, it: work.contacted(tx, it, how, note=note, by=who, now=self.world.now)):
            self.owner = self.owner or who
            self.notes.append(note)

    @rule(who=COLLEAGUES, hours=HOURS)
    def snooze(self, who: str, hours: int) -> None:
        until = self.world.now + timedelta(hours=hours)
        if self.act(lambda tx, it: work.snooze(tx, it, until, by=who, now=self.world.now)):
            self.owner = self.owner or who

    @rule(who=COLLEAGUES)
    def resolve(self, who: str) -> None:
        how = Resolution(Outcome.FIXED, RootCause.PRODUCT, self._note())
        if self.act(lambda tx, it: follow_ups.resolve(tx, it, how, by=who, now=self.world.now)):
            self.notes.append(how.note)

    @rule(who=COLLEAGUES)
    def reopen(self, who: str) -> None:
        if self.act(lambda tx, it: follow_ups.reopen(tx, it, by=who, now=self.world.now)):
            self.owner = None

    @rule(score=st.integers(0, 10), wants_reply=st.booleans())
    def answer_changes(self, score: int, *, wants_reply: bool) -> None:
        """Within a day; a person who says more opens what was resolved."""
        if self.is_erased:
            return
        words = some_words(
            self.asked, f"view:{next(self.serial)}", score=score, comment=f"{score}", wants_reply=wants_reply
        )
        before = self.row()
        self.do(lambda tx: responses.record_words(tx, NORTHWIND, words, now=self.world.now))
        after = self.row()
        if before and after and after.round != before.round:
            self.owner = None

    @rule(who=COLLEAGUES)
    def erase_colleague(self, who: str) -> None:
        before = self.row()
        self.do(lambda tx: privacy.erase(tx, NORTHWIND, who, now=self.world.now))
        if before and self.owner == who:
            self.owner = None

    @rule()
    def erase_customer(self) -> None:
        if self.world.now > START + timedelta(days=12):  # late, so that there is something to erase
            self.do(lambda tx: privacy.erase(tx, NORTHWIND, ANA, now=self.world.now))
            self.is_erased = True

    @rule(to=st.sampled_from(ROOMS))
    def outsiders_come(self, to: str) -> None:
        """And the alerts move to another channel."""
        left = ROOMS[1 - ROOMS.index(to)]

        async def move(tx: Transaction) -> None:
            await alerts.channel_shared(tx, NORTHWIND, left, now=self.world.now)
            await self._alerts_to(tx, to)

        self.do(move)

    @rule(hours=HOURS)
    def wait(self, hours: int) -> None:
        self.run(self.world.pass_time(timedelta(hours=hours), step=timedelta(hours=24)))

    @rule(after=st.integers(0, 60))
    def restart(self, after: int) -> None:
        """The process dies, maybe in the middle of bringing something; another goes on."""
        self.deaths += 1
        self.run(self._restart(after))

    @invariant()
    def it_has_one_owner_or_is_open(self) -> None:
        it = self.row()
        if it is None:
            assert self.is_erased
            return
        assert (it.state == FollowUpState.OPEN) == (it.claimed_by is None) or it.state == FollowUpState.RESOLVED
        assert it.claimed_by == self.owner

    @invariant()
    def no_note_is_lost(self) -> None:
        kept = [step.note for step in self.steps() if step.note]
        assert kept == ([] if self.is_erased else self.notes)

    @invariant()
    def it_went_higher_once_a_round_at_most_and_only_unanswered(self) -> None:
        answered = escalated = False
        for step in self.steps():
            if step.what in (Step.OPENED, Step.REOPENED):
                answered = escalated = False
            if step.what == Step.ESCALATED:
                assert not answered
                assert not escalated
                escalated = True
            answered = answered or step.what in (Step.CONTACTED, Step.RESOLVED)

    def teardown(self) -> None:
        self.wait(1)
        self._every_line_was_told()
        self.run(self.world.database.close())
        self.runner.close()
        self.folder.cleanup()

    def _every_line_was_told(self) -> None:
        told = Counter(key for key in self.world.slack.posted if key.startswith("line:"))
        # Whoever dies has one message in hand for each channel.
        assert sum(told.values()) - len(told) <= self.deaths * len(ROOMS), "told twice for no reason"
        it = self.row()
        if it is not None and it.card_ts is not None:
            owed = {f"line:{step.id}:{it.card_ts}" for step in self.steps() if step.what not in UNSAID}
            assert owed <= set(told)

    def run(self, what: Any) -> Any:
        return self.runner.run(what)

    def do(self, act: Any) -> Any:
        return self.run(self.world.do(act))

    def act(self, doing: Any) -> bool:
        """Whether it was done; a polite no is none."""

        async def within(tx: Transaction) -> object:
            it = await follow_ups.of_response(tx, self.response_id)
            return None if it is None else await doing(tx, it)

        done = self.do(within)
        return done is not None and not isinstance(done, Refusal)

    def row(self) -> FollowUp | None:
        return next(iter(self.run(self.world.rows(FollowUp))), None)

    def steps(self) -> list[FollowUpStep]:
        return list(self.run(self.world.rows(FollowUpStep)))

    def _note(self) -> str:
        return f"note {next(self.serial)}"

    async def _answered(self, tx: Transaction) -> None:
        self.asked = await make_invitation(tx, now=START)
        await self._alerts_to(tx, ROOMS[0])
        recorded = await responses.record_score(tx, NORTHWIND, a_choice(self.asked, 2, START), now=START)
        self.response_id = recorded.response.id

    async def _alerts_to(self, tx: Transaction, channel_id: str) -> None:
        await alerts.set_channel(tx, await surveys.named(tx, NORTHWIND, "support"), channel_id, now=self.world.now)

    async def _restart(self, after: int) -> None:
        bringing = asyncio.ensure_future(self.world.settle())
        for _ in range(after):
            await asyncio.sleep(0)
        bringing.cancel()
        await asyncio.gather(bringing, return_exceptions=True)
        await self.world.database.close()
        self.world.reopen(Database(self.url))
        await self.world.settle()


def test_no_order_leaves_a_follow_up_with_two_owners_none_or_a_lost_note(sqlite_template: Path) -> None:
    run_state_machine_as_test(
        partial(FollowingUp, sqlite_template),
        settings=settings(
            max_examples=int(os.environ.get("FOLLOW_UP_EXAMPLES", "15")),
            stateful_step_count=20,
            phases=[Phase.generate, *([Phase.shrink] if "FOLLOW_UP_SHRINK" in os.environ else [])],
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
