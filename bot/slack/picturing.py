"""
Picturing: from a trend to a picture in Slack, drawn beside everything else, and uploaded once.

A file that has just been uploaded may not be shown in a message for some seconds: Slack looks at it first. So pictures
that stand in messages are uploaded ahead of them, and what is sent by direct message is the file itself.
"""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import structlog
from aiohttp import ClientError, ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.charts import png
from bot.errors import ScopeMissing
from bot.services import pictures
from bot.services.trends import Trend
from bot.slack import files
from bot.slack.api_errors import error_code
from bot.slack.blocks.kit import Block, Message
from bot.slack.blocks.trend_charts import picture_block, trend_chart
from bot.slack.blocks.trends import description
from bot.slack.files import Upload
from bot.texts.markup import Mrkdwn
from storage.database import Database, Transaction
from storage.models import Picture

log = structlog.get_logger()
NAME, LONGEST_DESCRIPTION = "nps-trend.png", 1000  # what Slack takes with a file
LEAST_SCORES = 2  # of one alone there is nothing to see


@dataclass(frozen=True)
class Easel:
    """Where pictures go up. `scopes`: what we were granted, where Slack tells."""

    database: Database
    slack: AsyncWebClient
    http: ClientSession
    scopes: Collection[str] = ()

    @property
    def may_upload(self) -> bool:
        return files.may_upload(self.scopes)

    async def send(self, user_id: str, message: Message, trend: Trend, about: Mrkdwn | None = None) -> None:
        """A message and the picture below it, by direct message. Raises ScopeMissing."""
        files.require(self.scopes)
        await files.send(self.slack, self.http, user_id, message, await upload_of(trend, about))

    async def keep(
        self, workspace_id: str, key: str, trend: Trend, about: Mrkdwn | None = None, *, now: datetime
    ) -> None:
        """Upload it for messages to come, unless it is there. What goes wrong is logged: no picture is fine, too."""
        if not (is_worth_a_picture(trend) and self.may_upload):
            return
        async with self.database.reading() as tx:
            known = await pictures.get(tx, workspace_id, key)
        if known is not None:
            return
        try:
            file_id = await files.keep(self.slack, self.http, await upload_of(trend, about))
        except (ScopeMissing, SlackApiError, ClientError, TimeoutError) as error:
            why = error_code(error) if isinstance(error, SlackApiError) else type(error).__name__
            log.warning("picture_not_uploaded", workspace_id=workspace_id, error=why)
            return
        words = description(trend, about)
        async with self.database.transaction() as tx:
            await pictures.uploaded(tx, workspace_id, key, file_id=file_id, description=words, now=now)


def is_worth_a_picture(trend: Trend) -> bool:
    return sum(point.shown is not None for point in trend.points) >= LEAST_SCORES


def key_of(trend: Trend, about: Mrkdwn | None = None) -> str:
    """By what it shows: the same numbers and notes have the same picture."""
    return f"trend:{sha256(repr(trend_chart(trend, about)).encode()).hexdigest()}"


async def kept(tx: Transaction, workspace_id: str, key: str) -> Block | None:
    """The block that shows a picture, if it was uploaded."""
    found = await pictures.get(tx, workspace_id, key)
    return shown(found) if found else None


def shown(picture: Picture) -> Block:
    return picture_block(picture.file_id, picture.description)


async def upload_of(trend: Trend, about: Mrkdwn | None = None) -> Upload:
    chart = trend_chart(trend, about)
    content = await asyncio.to_thread(png, chart)
    return Upload(NAME, content, chart.title, description(trend, about)[:LONGEST_DESCRIPTION])
