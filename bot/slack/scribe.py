"""
The scribe: writes the files that colleagues asked for, one after the other, and brings each by direct message.

The file has no name on the disk, so nobody else can open it, and whatever ends the process leaves nothing behind. What
was begun and not finished is given back when the bot stops, and falls due again when it could not even do that.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from tempfile import TemporaryFile
from typing import BinaryIO

import structlog
from aiohttp import ClientError, ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Refusal, ScopeMissing
from bot.rules.answer_files import Format
from bot.services import file_orders
from bot.slack import exporting, files
from bot.slack.api_errors import error_code
from bot.slack.blocks import answer_files as blocks
from bot.slack.blocks.kit import Message
from bot.slack.files import Shown, Upload
from bot.slack.tasks import Tasks
from bot.writing import write
from storage.database import Database
from storage.models import FileOrder

log = structlog.get_logger()
NO_FILE = ""
LIMITED = ("ratelimited", "rate_limited")


@dataclass(frozen=True)
class Mail:
    """How a file reaches Slack, and when that is."""

    slack: AsyncWebClient
    http: ClientSession
    clock: Callable[[], datetime]


class Scribe:
    """One per process."""

    def __init__(self, database: Database, mail: Mail, tasks: Tasks, *, workspace_id: str) -> None:
        self._database, self._mail, self._tasks, self._workspace_id = database, mail, tasks, workspace_id
        self._turn = asyncio.Lock()

    async def write_due(self, _: datetime) -> int:
        """What nobody has in hand, as after a process was killed."""
        self.wake()
        return 0

    def wake(self) -> None:
        self._tasks.start_long(self._write_all())

    async def _write_all(self) -> None:
        async with self._turn:
            while (order := await self._taken()) is not None:
                await self._attempt(order)

    async def _taken(self) -> FileOrder | None:
        async with self._database.transaction() as tx:
            return await file_orders.take(tx, self._workspace_id, now=self._mail.clock())

    async def _attempt(self, order: FileOrder) -> None:
        try:
            await self._bring(order)
        except asyncio.CancelledError:
            await self._settle(order, file_orders.give_back)
            raise
        except ScopeMissing:
            await self._settle(order, file_orders.not_allowed)
        except Refusal as refusal:  # what it names is gone since
            log.info("file_refused", order_id=order.id, refusal=type(refusal).__name__)
            await self._settle(order, file_orders.give_up)
        except SlackApiError as error:
            log.warning("file_not_taken", order_id=order.id, error=error_code(error))
            is_patience = error_code(error) in LIMITED
            await self._settle(order, file_orders.held_up if is_patience else file_orders.failed)
        except (ClientError, TimeoutError) as error:
            log.warning("file_not_taken", order_id=order.id, error=type(error).__name__)
            await self._settle(order, file_orders.failed)
        except Exception:
            log.exception("file_failed", order_id=order.id)
            await self._settle(order, file_orders.failed)

    async def _settle(self, order: FileOrder, what: Callable[..., Awaitable[None]]) -> None:
        async with self._database.transaction() as tx:
            await what(tx, order, now=self._mail.clock())

    async def _bring(self, order: FileOrder) -> None:
        async with self._database.reading() as tx:
            meant = await exporting.meant(tx, order, now=self._mail.clock())
        with TemporaryFile() as paper:
            count = await write(self._database, meant.answers, Format(order.format), paper)
            async with self._database.reading() as tx:
                is_current = await file_orders.is_current(tx, order)
            if is_current:
                await self._send(order, blocks.file_comes(meant.scope, count), paper if count else None)
            else:
                await self._settle(order, file_orders.give_back)

    async def _send(self, order: FileOrder, message: Message, paper: BinaryIO | None) -> None:
        shown = await (self._show(order, message, paper) if paper else self._say(order, message))
        async with self._database.transaction() as tx:
            is_finished = await file_orders.finish(tx, order)
        log.info("file_sent" if is_finished else "file_taken_back", order_id=order.id)
        if not is_finished:
            await self._take_back(shown)
            await self._settle(order, file_orders.give_back)

    async def _show(self, order: FileOrder, message: Message, paper: BinaryIO) -> Shown:
        name = f"answers-{order.ordered_at:%Y-%m-%d}.{order.format}"
        upload = Upload(name, paper, blocks.TITLE)
        return await files.send(self._mail.slack, self._mail.http, order.user_id, message, upload)

    async def _say(self, order: FileOrder, message: Message) -> Shown:
        posted = await self._mail.slack.chat_postMessage(
            channel=order.user_id, text=message.text, blocks=list(message.blocks)
        )
        return Shown(posted["channel"], posted["ts"], NO_FILE)

    async def _take_back(self, shown: Shown) -> None:
        """Somebody was erased while Slack was taking it."""
        if shown.file_id:
            await self._mail.slack.files_delete(file=shown.file_id)
        await self._mail.slack.chat_delete(channel=shown.channel_id, ts=shown.message_ts)
