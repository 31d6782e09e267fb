"""
The postman: brings what happened to the programs that want to hear of it, beside the courier and never in its way.

As the courier does it takes in one transaction, settles in another, and speaks to nobody inside one. A few messages of
each endpoint are in hand at a time, and an endpoint that is slow keeps waiting nobody but itself. A crash between
sending and settling sends again, under the same id.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import groupby
from random import random
from typing import TypeAlias

import structlog

from bot.rules.webhooks import Answer, Trouble
from bot.services import webhook_endpoints, webhook_payloads, webhooks
from bot.services.webhooks import Outcome
from bot.worker.posting import Post, body_of, headers
from storage.database import Database
from storage.models import WebhookEndpoint, WebhookMessage

log = structlog.get_logger()
PAUSE_SECONDS = 1.0  # how often it looks for what was promised
LONGEST_FAREWELL_SECONDS = 5.0  # what is not through by then is sent again when its lease has run out
InHand: TypeAlias = tuple[WebhookEndpoint, WebhookMessage]


class Postman:
    """One per process; any number of processes share a database. `sway`: a number from 0 to 1, by chance."""

    def __init__(
        self,
        database: Database,
        post: Post,
        clock: Callable[[], datetime],
        *,
        workspace_id: str,
        sway: Callable[[], float] = random,
    ) -> None:
        self._database, self._post, self._clock, self._workspace_id = database, post, clock, workspace_id
        self._sway = sway
        self._rounds: dict[int, asyncio.Task[None]] = {}  # what is in hand, by endpoint
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Take nothing new, and wait a little for what is in hand."""
        self._stopping.set()
        if self._task is not None:
            await self._task
        if self._rounds:
            _, late = await asyncio.wait(self._rounds.values(), timeout=LONGEST_FAREWELL_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def deliver_due(self) -> int:
        """Bring what is due now, and wait until it is settled; returns how many messages were taken."""
        taken = await self.take_due()
        await asyncio.gather(*self._rounds.values())
        return taken

    async def take_due(self) -> int:
        """Begin to bring what is due, but for endpoints that have something in hand; returns how many were taken."""
        async with self._database.reading() as tx:
            if not await webhooks.is_any_due(tx, self._workspace_id, now=self._clock()):
                return 0
        async with self._database.transaction() as tx:
            taken = await webhooks.take(tx, self._workspace_id, but=tuple(self._rounds), now=self._clock())
        by_endpoint = sorted(taken, key=lambda each: (each[0].id, each[1].id))
        for endpoint_id, messages in groupby(by_endpoint, key=lambda each: each[0].id):
            self._begin(endpoint_id, list(messages))
        return len(taken)

    def _begin(self, endpoint_id: int, messages: Sequence[InHand]) -> None:
        task = asyncio.create_task(self._bring_all(messages))
        self._rounds[endpoint_id] = task
        task.add_done_callback(lambda _: self._rounds.pop(endpoint_id))

    async def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                await self.take_due()
            except Exception:
                log.exception("webhooks_failed")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), PAUSE_SECONDS)

    async def _bring_all(self, messages: Sequence[InHand]) -> None:
        results = await asyncio.gather(*(self._bring(*each) for each in messages), return_exceptions=True)
        for result in results:
            if isinstance(result, BaseException):  # it could not be written down: the lease will run out
                log.error("settling_failed", exc_info=result)

    async def _bring(self, endpoint: WebhookEndpoint, message: WebhookMessage) -> None:
        began = asyncio.get_running_loop().time()
        at = self._clock()
        try:
            answer = await self._attempt(endpoint, message)
        except Exception:
            log.exception("webhook_failed", message_id=message.id, endpoint_id=endpoint.id)
            answer = Answer(trouble=Trouble.FAILED)
        outcome = Outcome(at, timedelta(seconds=asyncio.get_running_loop().time() - began), answer)
        async with self._database.transaction() as tx:
            kept = await webhooks.settle(tx, endpoint, message, outcome, sway=self._sway(), now=self._clock())
        _note(endpoint, message, answer, kept=kept)

    async def _attempt(self, endpoint: WebhookEndpoint, message: WebhookMessage) -> Answer | None:
        """None: there is nothing to tell any more."""
        async with self._database.reading() as tx:
            payload = await webhook_payloads.payload(tx, message)
        if payload is None:
            return None
        now, body = self._clock(), body_of(payload)
        secrets = webhook_endpoints.secrets_of(endpoint, now=now)
        return await self._post.send(endpoint.url, body, headers(message.event_id, body, secrets, now=now))


def _note(endpoint: WebhookEndpoint, message: WebhookMessage, answer: Answer | None, *, kept: bool) -> None:
    ids = {"message_id": message.id, "endpoint_id": endpoint.id, "type": message.type}
    came = {"status": answer.status, "because": answer.trouble} if answer else {"because": "nothing_to_tell"}
    log.info("webhook_settled", **ids, **came, kept=kept)
