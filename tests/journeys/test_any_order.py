"""No order of clicks, submissions, claims, retries and crashes loses an answer, doubles one, or alerts for nothing."""

import asyncio
import os
import tempfile
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from bot.rules.urgency import Solved, causes
from storage.models import Delivery, FollowUp, Invitation, Response
from tests import databases
from tests.fake_slack import FakeSlack, Message
from tests.fake_slack.rehearsal import Clock
from tests.house import ALERTS, ANA, BO, CY, KIM, House, furnish, open_house, permalink

PEOPLE = st.sampled_from([ANA, KIM])
COLLEAGUES = st.sampled_from([BO, CY])
SCORES = st.integers(0, 10)
COMMENTS = st.sampled_from([None, "slow", "love it"])
DELAYS = st.sampled_from([0.0, -2.0, 2.0])
TROUBLES = ["ratelimited", "500", "dropped before", "dropped after"]


@dataclass
class Told:
    """What one person told us, as far as the bot has acknowledged it."""

    card: Message
    clicks: list[tuple[float, int]] = field(default_factory=list)
    comment: str | None = None
    wants_reply: bool = False

    @property
    def score(self) -> int:
        return max(self.clicks, key=lambda click: click[0])[1]


class AnyOrder(RuleBasedStateMachine):
    def __init__(self, template: Path) -> None:
        super().__init__()
        self.template = template
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.told: dict[str, Told | None] = {}  # None: asked, and the card never arrived
        self.sent: dict[str, object] = {}
        self.lost_results = 0

    @initialize(in_thread=st.booleans(), trouble=st.sampled_from([None, "dies", *TROUBLES]))
    def open(self, trouble: str | None, *, in_thread: bool) -> None:
        self.run(self._open())
        self.run(self._ask(ANA, trouble, in_thread=in_thread))

    @precondition(lambda self: KIM not in self.told)
    @rule(in_thread=st.booleans(), trouble=st.sampled_from([None, "dies", *TROUBLES]))
    def ask_kim(self, trouble: str | None, *, in_thread: bool) -> None:
        self.run(self._ask(KIM, trouble, in_thread=in_thread))

    @rule(person=PEOPLE, clicks=st.lists(st.tuples(SCORES, DELAYS), min_size=1, max_size=3))
    def click(self, person: str, clicks: list[tuple[int, float]]) -> None:
        if self.told.get(person):
            self.run(self._click(person, clicks))

    @rule(person=PEOPLE, comment=COMMENTS, reply=st.booleans())
    def submit(self, person: str, comment: str | None, *, reply: bool) -> None:
        if self.house.slack.open_view(person) is not None:
            self.run(self._submit(person, comment, reply=reply))

    @rule(person=PEOPLE)
    def deliver_the_submission_again(self, person: str) -> None:
        if person in self.sent:
            self.run(self.house.slack.redeliver(self.sent[person]))

    @rule(person=PEOPLE)
    def skip(self, person: str) -> None:
        if self.house.slack.open_view(person) is not None:
            self.run(self.house.slack.close_view(person))

    @rule(colleague=COLLEAGUES, action=st.sampled_from(["claim", "resolve", "reopen"]), which=st.integers(0, 3))
    def work(self, colleague: str, action: str, which: int) -> None:
        self.run(self._work(colleague, action, which))

    @rule(trouble=st.sampled_from(TROUBLES))
    def slack_has_trouble(self, trouble: str) -> None:
        slack = self.house.slack
        if trouble == "ratelimited":
            slack.fail_next("chat.postMessage", retry_after=3)
        elif trouble == "500":
            slack.fail_next("chat.postMessage", status=500)
            self.lost_results += 1
        else:
            slack.drop_next("chat.postMessage", after_effect=trouble.endswith("after"))
            self.lost_results += 1

    @rule(seconds=st.sampled_from([1, 10, 70, 400]))
    def wait(self, seconds: int) -> None:
        self.run(self.house.later(seconds=seconds))

    @rule()
    def crash_while_posting(self) -> None:
        self.run(self._die_during(self.house.later(seconds=400)))

    @invariant()
    def every_answer_is_kept_once_and_the_latest_wins(self) -> None:
        if hasattr(self, "house"):
            self.run(self._check_answers())

    def teardown(self) -> None:
        try:
            if hasattr(self, "house"):
                self.run(self._check_alerts())
        finally:
            self.run(self.stack.aclose())
            self.runner.close()

    def run(self, work):
        return self.runner.run(work)

    async def _open(self) -> None:
        folder = self.stack.enter_context(tempfile.TemporaryDirectory())
        self.url = databases.copy_file(self.template, Path(folder) / "nps.db")
        slack = await self.stack.enter_async_context(FakeSlack(Clock()))
        furnish(slack)
        self.house: House = await self.stack.enter_async_context(open_house(slack, self.url, "http"))
        await self.house.choose_channel()

    async def _ask(self, person: str, trouble: str | None, *, in_thread: bool) -> None:
        house = self.house
        thread = house.slack.say(person, "C0HELP", "Stuck") if in_thread else None
        link = f" {permalink('C0HELP', thread)}" if thread else ""
        if trouble == "dies":
            await self._die_during(house.nps(BO, f"ask <@{person}>{link}"))
        else:
            if trouble:
                self.slack_has_trouble(trouble)
            await house.nps(BO, f"ask <@{person}>{link}")
        await self.house.later(seconds=100)
        place = "C0HELP" if in_thread else house.slack.dm_of(person)
        cards = [card for card in self.house.cards(place) if not in_thread or card.thread_ts == thread]
        assert len(cards) <= 1, "asked twice"
        self.told[person] = Told(cards[0]) if cards else None

    async def _click(self, person: str, clicks: list[tuple[int, float]]) -> None:
        house, told = self.house, self.told[person]
        for score, delay in clicks:
            # The fake's clock stands still within a step, but no two clicks of one person share a moment.
            at = round(house.slack.clock.now + delay + len(told.clicks) / 1000, 6)
            ack = await house.slack.click(person, told.card, f"score_{score}", action_ts=f"{at:.6f}", stale=True)
            assert ack.ok
            told.clicks.append((at, score))
        await house.settle()

    async def _submit(self, person: str, comment: str | None, *, reply: bool) -> None:
        told = self.told[person]
        values: dict[str, object] = {"comment": comment or "", "reply": ["yes"] if reply else []}
        had = "initial_value" in str(self.house.slack.open_view(person).blocks)
        had_reply = "initial_options" in str(self.house.slack.open_view(person).blocks)
        ack = await self.house.slack.submit(person, values)
        assert ack.ok, ack
        told.comment = comment if comment or had else told.comment
        told.wants_reply = reply if reply or had_reply else told.wants_reply
        self.sent[person] = ack
        await self.house.settle()

    async def _work(self, colleague: str, action: str, which: int) -> None:
        open_ones = [alert for alert in self.house.alerts() if f"'action_id': '{action}'" in str(alert.blocks)]
        if not open_ones:
            return
        await self.house.slack.click(colleague, open_ones[which % len(open_ones)], action)
        await self.house.settle()
        if action == "resolve" and self.house.slack.open_view(colleague) is not None:
            await self.house.slack.submit(colleague, {"outcome": "fixed", "root_cause": "other", "note": "Done."})
            await self.house.settle()

    async def _die_during(self, work: Coroutine[object, object, object]) -> None:
        """The process dies while Slack is being told something, and another one starts on the same database."""
        gate = self.house.slack.slow_next("chat.postMessage")
        dying = asyncio.create_task(work)
        reached = asyncio.create_task(gate.reached.wait())
        await asyncio.wait({dying, reached}, return_when=asyncio.FIRST_COMPLETED)
        if not dying.done():
            self.lost_results += 1
        for task in (dying, reached):
            task.cancel()
        await asyncio.gather(dying, reached, return_exceptions=True)
        gate.set()
        self.house.slack.open_gates()
        self.house = await self.stack.enter_async_context(open_house(self.house.slack, self.url, "http"))

    async def _check_answers(self) -> None:
        async with self.house.database.reading() as tx:
            rows = (await tx.execute(select(Response, Invitation).join(Invitation))).all()
        kept = {invitation.card_ts: response for response, invitation in rows}
        assert len(kept) == len(rows)
        expected = {told.card.ts: told for told in self.told.values() if told and told.clicks}
        assert kept.keys() == expected.keys()
        for ts, told in expected.items():
            response = kept[ts]
            assert (response.score, response.comment, response.wants_reply) == (
                told.score,
                told.comment,
                told.wants_reply,
            )

    async def _check_alerts(self) -> None:
        for _ in range(20):  # longer than any back-off of ours, as often as Slack was told to fail
            await self.house.later(minutes=20)
            if not await self._is_owed():
                break
        await self.house.later(hours=7)  # nothing more comes of it
        async with self.house.database.reading() as tx:
            pairs = (await tx.execute(select(Response, FollowUp).outerjoin(FollowUp))).all()
        shown = [alert.shown for alert in self.house.alerts()]
        for response, follow_up in pairs:
            solved = Solved(response.solved) if response.solved else None
            if causes(score=response.score, solved=solved, wants_reply=response.wants_reply):
                assert follow_up is not None
                assert follow_up.card_ts is not None, "a cause without an alert"
        told = {follow_up.card_ts for _, follow_up in pairs if follow_up and follow_up.card_ts}
        assert len(shown) <= len(told) + self.lost_results, "an alert without a cause, or twice for no reason"
        assert len(self.house.alerts(ALERTS)) >= len(told)

    async def _is_owed(self) -> bool:
        async with self.house.database.reading() as tx:
            return await tx.scalar(select(Delivery.id).where(Delivery.settled_at.is_(None)).limit(1)) is not None


def test_no_order_of_events_loses_or_doubles_anything(sqlite_template: Path) -> None:
    examples = int(os.environ.get("ANY_ORDER_EXAMPLES", "25"))
    run_state_machine_as_test(
        partial(AnyOrder, sqlite_template),
        settings=settings(
            max_examples=examples,
            stateful_step_count=25,
            phases=[
                Phase.explicit,
                Phase.reuse,
                Phase.generate,
                *([Phase.shrink] if "ANY_ORDER_SHRINK" in os.environ else []),
            ],
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
