"""Customers who do not give up: they click and write, again when nobody answers, and remember what was acknowledged."""

import asyncio
from dataclasses import dataclass, field
from random import Random

from tests.fake_slack import Ack, FakeSlack, Message
from tests.waiting import until

LONGEST_WAIT = 60.0
MODAL_SECONDS = 1.0  # after that a person thinks that no modal will come


@dataclass(frozen=True)
class Click:
    """One press of a score. `source` is the name the bot keeps it under."""

    score: int
    source: str


@dataclass
class Customer:
    """`open_for_business` is set while there is a bot to talk to."""

    user_id: str
    slack: FakeSlack
    dice: Random
    open_for_business: asyncio.Event
    acknowledged: list[Click] = field(default_factory=list)
    comment: str | None = None  # what was last acknowledged
    attempts: int = 0

    @property
    def score(self) -> int:
        """What they said last, as far as anybody told them it was heard."""
        return self.acknowledged[-1].score

    async def answer(self, card: Message) -> None:
        """Choose two scores one after the other; most then write why."""
        for _ in range(2):
            await self._click(card, self.dice.randrange(11))
        if self.dice.random() < 0.8:
            await self._write(card, f"comment-{self.user_id}-{self.dice.randrange(10**6)}")

    async def _click(self, card: Message, score: int) -> None:
        """The card as it came, whatever was drawn over it since."""
        while not (await self._attempt(card, score)).ok:
            await self._wait_for_business()

    async def _attempt(self, card: Message, score: int) -> Ack:
        self.attempts += 1
        ack = await self.slack.click(self.user_id, card, f"score_{score}", stale=True)
        if ack.ok:
            acted = ack.delivery.payload["actions"][0]["action_ts"]
            self.acknowledged.append(Click(score, f"click:{card.ts}:{acted}:score_{score}"))
        return ack

    async def _write(self, card: Message, comment: str) -> None:
        """No modal came, or nobody heard: once more from the card."""
        while not await self._sent(comment):
            await self._wait_for_business()
            await self._click(card, self.score)

    async def _sent(self, comment: str) -> bool:
        if not await self._modal_came():
            return False
        self.attempts += 1
        ack = await self.slack.submit(self.user_id, {"comment": comment})
        if ack.ok:
            self.comment = comment
        return ack.ok

    async def _modal_came(self) -> bool:
        try:
            await until(lambda: self.slack.open_view(self.user_id), "a modal", within=MODAL_SECONDS)
        except AssertionError:
            return False
        return True

    async def _wait_for_business(self) -> None:
        await asyncio.wait_for(self.open_for_business.wait(), LONGEST_WAIT)
