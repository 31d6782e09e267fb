"""The runner: delivers and sweeps until it is told to stop, and finishes what it has in hand."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

import structlog

from bot.services import duties
from bot.worker.courier import Courier
from bot.worker.duties import BATCH, CHORES, Chore
from bot.worker.errands import Errand
from storage.database import Database

log = structlog.get_logger()
PAUSE_SECONDS = 1.0  # how often an idle runner looks for what other replicas promised
LOOK_GAP = timedelta(seconds=PAUSE_SECONDS)
NO_ERRANDS: Mapping[str, Errand] = MappingProxyType({})


class Runner:
    """One per process; any number of processes share a database."""

    def __init__(
        self,
        database: Database,
        courier: Courier,
        clock: Callable[[], datetime],
        *,
        chores: Mapping[str, Chore] = CHORES,
        errands: Mapping[str, Errand] = NO_ERRANDS,
        start: Callable[[Coroutine[Any, Any, None]], object] = asyncio.ensure_future,
    ) -> None:
        self._database, self._courier, self._clock = database, courier, clock
        self._chores, self._errands, self._start = chores, errands, start
        self._every = {name: each.every for name, each in errands.items()}
        self._every |= {name: each.every for name, each in chores.items()}
        self._awake = asyncio.Event()
        self._stopping = False
        self._last_look = datetime.min.replace(tzinfo=UTC)
        self._task: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Something may be due: do not wait for the next look."""
        self._awake.set()

    async def prepare(self) -> None:
        """Know the chores there are: where nothing has happened yet there is nothing to sweep."""
        now = self._clock()
        chores = {name: now + chore.every for name, chore in self._chores.items()}
        async with self._database.transaction() as tx:
            await duties.ensure(tx, chores | dict.fromkeys(self._errands, now))

    def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Finish what is in hand, take nothing new."""
        self._stopping = True
        self.wake()
        if self._task is not None:
            await self._task

    async def run_due(self) -> int:
        """Everything that is due now; returns how much was done."""
        return await self._courier.deliver_due() + await self._sweep_due()

    async def _run(self) -> None:
        while not self._stopping:
            self._awake.clear()
            try:
                busy = await self.run_due()
            except Exception:
                log.exception("running_failed")
                busy = 0
            if not busy and not self._stopping:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._awake.wait(), PAUSE_SECONDS)

    async def _sweep_due(self) -> int:
        now = self._clock()
        if self._last_look <= now < self._last_look + LOOK_GAP:  # every click wakes the runner, and no duty hurries so
            return 0
        self._last_look = now
        mine = await self._take_turns(now)
        sent = [name for name in mine if name in self._errands]
        for name in sent:  # each goes on by itself
            self._start(self._run_errand(name, self._errands[name]))
        return len(sent) + await self._sweep([name for name in mine if name in self._chores])

    async def _take_turns(self, now: datetime) -> Sequence[str]:
        async with self._database.reading() as tx:
            due = await duties.due(tx, now=now)
        every = {name: period for name, period in self._every.items() if name in due}
        if not every:
            return []
        async with self._database.transaction() as tx:
            return await duties.take_turns(tx, every, now=now)

    async def _run_errand(self, name: str, errand: Errand) -> None:
        try:
            done = await errand.run(self._clock())
        except Exception:
            log.exception("errand_failed", duty=name)
            return
        if done:
            log.info("errand_run", duty=name, count=done)
            self.wake()

    async def _sweep(self, names: Sequence[str]) -> int:
        """Batch after batch until nothing is left. Raises what went wrong once all the others had their turn."""
        left, done, failed = list(names), 0, []
        while left and not self._stopping:
            name, batch = left[0], 0
            try:
                async with self._database.transaction() as tx:
                    for name in left:  # those that find nothing to do share a transaction
                        batch = await self._chores[name].sweep(tx, self._clock())
                        if batch:
                            break
            except Exception as error:  # noqa: BLE001 - raised below
                failed.append(error)
                batch = 0
            if batch:
                log.info("duty_swept", duty=name, count=batch)
            done += batch
            del left[: left.index(name) + (batch < BATCH)]
        if failed:
            raise ExceptionGroup("sweeps failed", failed)
        return done
