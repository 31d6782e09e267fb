"""
The desk a listener works at: who is acting, a transaction, and ways to show the outcome once it is safe.

A listener has four beats: read, do, ack, show. Slack reads the ack as "it is safe with us" and gets it when the
listener returns, so what is shown runs in a tracked task that a shutdown waits for.
"""

from collections.abc import Callable, Collection, Coroutine
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from aiohttp import ClientError, ClientSession
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Refusal
from bot.rules.permissions import Permission
from bot.services import deliveries, roles
from bot.services.deliveries import Drawing
from bot.services.roles import Caller
from bot.slack import payloads
from bot.slack.api_errors import error_code
from bot.slack.blocks.kit import Message, section
from bot.slack.charts import Charts
from bot.slack.people import People, Person
from bot.slack.staff import Roster
from bot.slack.tasks import Tasks
from bot.texts import Mrkdwn, Speaker, speaker
from bot.texts.refusals import sentence
from storage.database import Database, Transaction

log = structlog.get_logger()
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Office:
    """What all desks share."""

    database: Database
    people: People
    roster: Roster
    tasks: Tasks
    clock: Clock
    http: ClientSession
    wake_courier: Callable[[], None]
    wake_scribe: Callable[[], None]
    workspace_url: str
    scopes: Collection[str] = ()  # what we were granted, where Slack tells
    allows_private_webhooks: bool = False
    charts: Charts = field(default_factory=Charts)


@dataclass(frozen=True)
class Desk:
    """One request being worked on."""

    office: Office
    slack: AsyncWebClient
    workspace_id: str
    user_id: str
    now: datetime
    origin: payloads.Origin = field(default_factory=payloads.Origin)

    def transaction(self) -> AbstractAsyncContextManager[Transaction]:
        return self.office.database.transaction()

    def reading(self) -> AbstractAsyncContextManager[Transaction]:
        return self.office.database.reading()

    async def person(self) -> Person:
        return await self.office.people.person(self.user_id)

    async def caller(self) -> Caller:
        return (await self.person()).caller(self.workspace_id)

    async def require(self, permission: Permission) -> Caller:
        """Raises OutsidersCannot or NotAllowed. Admins are remembered, to know whom to tell."""
        caller = await self.caller()
        async with self.reading() as tx:
            if await roles.is_remembered_right(tx, caller):
                await roles.require(tx, caller, permission)
                return caller
        async with self.transaction() as tx:  # before any refusal, which names those who may
            await roles.remember_admin(tx, caller, now=self.now)
        async with self.reading() as tx:
            await roles.require(tx, caller, permission)
        return caller

    def show(self, work: Coroutine[Any, Any, None]) -> None:
        """After the ack: what fails here is logged, and never reaches Slack as an error."""
        self.office.tasks.start(self._guarded(work))

    def attend(self, work: Coroutine[Any, Any, None]) -> None:
        """Do what a colleague asked for, after the ack; when Slack fails us they hear that."""
        self.office.tasks.start(self._guarded(self._apologising(work)))

    async def apologise(self) -> None:
        text = Mrkdwn("Slack did not answer me just now. Please try again in a moment.")
        await self.whisper(Message(text, [section(text)]))

    async def open(self, view: dict[str, object]) -> None:
        await self.slack.views_open(trigger_id=self.origin.trigger_id, view=view)

    async def whisper(self, message: Message) -> None:
        """Tell the acting person alone, where they are. In a thread Slack would put a response into the channel."""
        offer, respond = partial(self.office.charts.offer, self.workspace_id), partial(self._respond, replace=False)
        if not await offer(self._whisper_there, message) and not await offer(respond, message):
            await self.dm(message)

    async def answer(self, message: Message) -> None:
        """Answer a command: to the person alone, and by direct message where another company reads along."""
        if self.origin.channel_id and await self._is_shared(self.origin.channel_id):
            await self.dm(message)
        else:
            await self.whisper(message)

    async def replace_or_whisper(self, message: Message) -> None:
        if not await self.replace(message):
            await self.whisper(message)

    def at(self, response_url: str | None) -> "Desk":
        """The same desk, answering where an earlier command was typed."""
        return replace(self, origin=payloads.Origin(response_url=response_url))

    def beside(self, channel_id: str | None, thread_ts: str | None) -> "Desk":
        """The same desk, answering beside a message, in its thread if it has one: a modal has no place of its own."""
        return replace(self, origin=payloads.Origin(channel_id=channel_id, thread_ts=thread_ts))

    async def dm(self, message: Message) -> None:
        await self.office.charts.post(self.slack, self.workspace_id, self.user_id, message)

    async def replace(self, message: Message, *, response_url: str | None = None) -> bool:
        """Redraw the message that was acted on; False when Slack did not take it."""
        respond = partial(self._respond, replace=True, response_url=response_url)
        return await self.office.charts.offer(self.workspace_id, respond, message)

    async def drawn(self, drawing: Drawing) -> None:
        """Tell the outbox that what it owed is done."""
        async with self.transaction() as tx:
            await deliveries.fulfil(tx, drawing, now=self.office.clock())

    async def refuse(self, refusal: Refusal) -> None:
        """A polite no, in the person's own language."""
        text = sentence(refusal, await self.speaker(refusal))
        tell = self.answer if self.origin.is_command else self.whisper
        await tell(Message(text, [section(text)]))

    async def speaker(self, refusal: Refusal) -> Speaker:
        if refusal.language:
            return speaker(refusal.language)
        try:
            return speaker((await self.person()).language or "en")
        except (SlackApiError, ClientError, TimeoutError, Refusal):
            return speaker("en")

    async def _is_shared(self, channel_id: str) -> bool:
        """False also when Slack does not tell: a whisper is seen by one person anyway."""
        if not channel_id.startswith(("C", "G")):
            return False
        try:
            channel = await self.office.people.channel(channel_id)
        except (SlackApiError, ClientError, TimeoutError):
            return False
        return channel is not None and channel.is_shared

    async def _whisper_there(self, message: Message) -> bool:
        """By name of the place, where no response URL leads to it."""
        if not self.origin.channel_id or (self.origin.response_url and not self.origin.thread_ts):
            return False
        try:
            await self.slack.chat_postEphemeral(
                channel=self.origin.channel_id,
                user=self.user_id,
                thread_ts=self.origin.thread_ts,
                text=message.text,
                blocks=list(message.blocks),
            )
        except SlackApiError as error:
            log.info("whisper_refused", workspace_id=self.workspace_id, error=error_code(error))
            return False
        return True

    async def _respond(self, message: Message, *, replace: bool, response_url: str | None = None) -> bool:
        url = response_url or self.origin.response_url
        if url is None:
            return False
        body = {"text": message.text, "blocks": list(message.blocks), "replace_original": replace}
        body |= {} if replace else {"response_type": "ephemeral"}
        try:
            async with self.office.http.post(url, json=body) as answer:
                return answer.ok and '"ok":false' not in (await answer.text()).replace(" ", "")
        except (ClientError, TimeoutError):
            return False

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Refusal as refusal:
            log.info("refused", refusal=type(refusal).__name__, workspace_id=self.workspace_id, user_id=self.user_id)
            await self._quietly(self.refuse(refusal))
        except SlackApiError as error:
            log.warning("slack_refused", workspace_id=self.workspace_id, error=error_code(error))
        except (ClientError, TimeoutError) as error:
            log.warning("slack_unreachable", workspace_id=self.workspace_id, error=type(error).__name__)
        except Exception:
            log.exception("showing_failed", workspace_id=self.workspace_id, user_id=self.user_id)
        finally:
            self.office.wake_courier()

    async def _apologising(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except (SlackApiError, ClientError, TimeoutError):
            await self._quietly(self.apologise())
            raise

    async def _quietly(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001 - telling a no must not become a second problem
            log.warning("refusal_not_told", workspace_id=self.workspace_id, error=type(error).__name__)


def give_desk(office: Office) -> Callable[..., Coroutine[Any, Any, None]]:
    """Bolt middleware: every listener may name a parameter `desk`."""

    async def middleware(
        body: dict[str, Any],
        context: AsyncBoltContext,
        client: AsyncWebClient,
        next: Callable[[], Any],  # noqa: A002 - Bolt's name
    ) -> None:
        context["desk"] = Desk(
            office=office,
            slack=client,
            workspace_id=context.team_id or "",
            user_id=context.user_id or "",
            now=office.clock(),
            origin=payloads.origin_of(body),
        )
        await next()

    return middleware
