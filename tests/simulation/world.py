"""A workspace, its customers and a clock; the real runner, courier and services between them."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import select, update

from bot.errors import Refusal
from bot.services import invitations
from bot.slack.people import People
from bot.slack.sender import Sender
from bot.worker.courier import Courier
from bot.worker.duties import CHORES
from bot.worker.runner import Runner
from storage.database import Database, Transaction
from storage.models import Contact, Delivery, Invitation, Workspace
from tests.factories import NORTHWIND, make_workspace

T = TypeVar("T")
A_LANE = timedelta(seconds=1)
SALT = "the same in every world"  # it decides at which minute of an hour each is asked, and who of two goes first
OF_QUESTIONS = {name: CHORES[name] for name in ("expire", "give_up_waiting", "remind")}  # the others only tidy up


@dataclass(frozen=True)
class Sending:
    """A question that reached somebody. `key` names this very sending."""

    at: datetime
    user_id: str
    key: str


@dataclass
class Postbox:
    """A Slack that takes every message, and remembers whose. Everybody has one direct message with the bot."""

    clock: Callable[[], datetime]
    posted: list[str] = field(default_factory=list)  # by the keys of their deliveries
    sendings: list[Sending] = field(default_factory=list)
    serial: count = field(default_factory=lambda: count(1))

    async def chat_postMessage(  # noqa: N802 - Slack's name
        self, *, channel: str, metadata: Mapping[str, Any], **_: object
    ) -> dict[str, str]:
        key = metadata["event_payload"]["key"]
        self.posted.append(key)
        if key.startswith("ask:"):
            self.sendings.append(Sending(self.clock(), channel, key))
        place = channel if channel.startswith("C") else f"D{channel}"
        return {"channel": place, "ts": f"{self.clock().timestamp():.0f}.{next(self.serial):06}"}

    async def conversations_info(self, *, channel: str) -> dict[str, object]:
        return {"channel": {"id": channel, "name": channel.lower(), "is_channel": True, "is_member": True}}

    async def chat_update(self, **_: object) -> dict[str, str]:
        return {}

    async def chat_delete(self, **_: object) -> dict[str, str]:
        return {}


class World:
    """`replicas` couriers and runners share one database, and one clock that only moves when it is told to."""

    def __init__(self, database: Database, *, now: datetime, replicas: int = 1) -> None:
        self.database, self.now = database, now
        self.slack = Postbox(lambda: self.now)
        self.left: list[tuple[object, ...]] = []  # what a story left behind, for comparing two
        self.runners = [self._runner() for _ in range(replicas)]

    def reopen(self, database: Database) -> None:
        """Other processes, over the same rows."""
        self.database = database
        self.runners = [self._runner() for _ in self.runners]

    def _runner(self) -> Runner:
        clock = lambda: self.now  # noqa: E731 - read anew at every call
        sender = Sender(self.database, self.slack, People(self.slack, NORTHWIND), scopes=())
        return Runner(
            self.database, Courier(self.database, sender, clock, workspace_id=NORTHWIND), clock, chores=OF_QUESTIONS
        )

    async def begin(self) -> None:
        async with self.database.transaction() as tx:
            await make_workspace(tx, now=self.now)
            await tx.execute(update(Workspace).values(salt=SALT))
        for runner in self.runners:
            await runner.prepare()

    async def do(self, act: Callable[[Transaction], Awaitable[T]]) -> T | Refusal:
        """In one transaction; a polite no is an answer like every other."""
        try:
            async with self.database.transaction() as tx:
                return await act(tx)
        except Refusal as refusal:
            return refusal

    async def pass_time(self, period: timedelta, *, step: timedelta = timedelta(hours=1)) -> None:
        """Let it pass, and what falls due happen not more than a step late."""
        end = self.now + period
        while self.now < end:
            self.now = min(end, await self._next_moment(step))
            await self.settle()

    async def settle(self) -> None:
        """Until nothing is left to do this moment; a lane opens again a second later."""
        while any(await asyncio.gather(*(runner.run_due() for runner in self.runners))):
            self.now += A_LANE

    async def _next_moment(self, step: timedelta) -> datetime:
        """The next thing that falls due, or the next look of the duties."""
        query = select(Delivery.due_at).where(Delivery.settled_at.is_(None)).order_by(Delivery.due_at).limit(1)
        async with self.database.reading() as tx:
            due_at = await tx.scalar(query)
        latest = self.now + step
        return latest if due_at is None or due_at > latest else max(due_at, self.now + A_LANE)

    async def rows(self, table: type[T]) -> Sequence[T]:
        async with self.database.reading() as tx:
            return (await tx.scalars(select(table).order_by(table.id))).all()

    async def people(self) -> dict[str, Contact]:
        return {contact.user_id: contact for contact in await self.rows(Contact)}

    async def asked(self) -> dict[str, Invitation]:
        """Each question by the key of its sending."""
        found = {invitations.ask_key(each): each for each in await self.rows(Invitation)}
        return {sending.key: _of(sending.key, found) for sending in self.slack.sendings}


def _of(key: str, found: Mapping[str, Invitation]) -> Invitation:
    """A question that was put off was sent before under an earlier key."""
    about = key.rpartition(":")[0]
    return next(invitation for known, invitation in found.items() if known.rpartition(":")[0] == about)
