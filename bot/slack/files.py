"""
Files in Slack: announced, sent to the address Slack names, then shown in somebody's direct messages.

Slack shows no file by the id of a person. So a message goes first, and the file into the conversation that message
is in. A file on disk is read while it is sent, whatever its size.
"""

import asyncio
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from aiohttp import ClientError, ClientSession, ClientTimeout
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import ScopeMissing
from bot.slack.api_errors import error_code
from bot.slack.blocks.kit import Message
from bot.slack.scopes import FILES

LONGEST = ClientTimeout(total=900)  # for the bytes of one file; a line that stands still ends here


@dataclass(frozen=True)
class Upload:
    """Something to be uploaded; an open file is closed then. `description`: what a screen reader says of a picture."""

    name: str
    content: bytes | Path | BinaryIO
    title: str = ""
    description: str = ""


@dataclass(frozen=True)
class Shown:
    """Where it is seen: the direct conversation, the message before it, and the file."""

    channel_id: str
    message_ts: str
    file_id: str


def may_upload(scopes: Collection[str]) -> bool:
    """Also where Slack does not tell what was granted: then it is tried."""
    return not scopes or FILES in scopes


def require(scopes: Collection[str]) -> None:
    """Raises ScopeMissing where Slack has told that uploads were not granted."""
    if not may_upload(scopes):
        raise ScopeMissing(FILES)


async def send(slack: AsyncWebClient, http: ClientSession, user_id: str, message: Message, upload: Upload) -> Shown:
    """
    Bring somebody a message, and the file below it; without the file no message stays, since it is tried again.

    Raises ScopeMissing before anything is sent.
    """
    file_id = await _bring(slack, http, upload)
    posted = await slack.chat_postMessage(channel=user_id, text=message.text, blocks=list(message.blocks))
    try:
        await slack.files_completeUploadExternal(files=[_titled(file_id, upload)], channel_id=posted["channel"])
    except (SlackApiError, ClientError, TimeoutError):
        await _unsay(slack, posted["channel"], posted["ts"])
        raise
    return Shown(posted["channel"], posted["ts"], file_id)


async def keep(slack: AsyncWebClient, http: ClientSession, upload: Upload) -> str:
    """Upload for image blocks to name; until one does, only the bot sees it. The file's id. Raises ScopeMissing."""
    file_id = await _bring(slack, http, upload)
    await slack.files_completeUploadExternal(files=[_titled(file_id, upload)])
    return file_id


async def _unsay(slack: AsyncWebClient, channel_id: str, ts: str) -> None:
    """As well as it goes: Slack has just failed us."""
    with suppress(SlackApiError, ClientError, TimeoutError):
        await slack.chat_delete(channel=channel_id, ts=ts)


async def _bring(slack: AsyncWebClient, http: ClientSession, upload: Upload) -> str:
    content = await asyncio.to_thread(_opened, upload.content)
    try:
        url, file_id = await _announced(slack, upload, length=await asyncio.to_thread(_length, content))
        async with http.post(url, data=content, timeout=LONGEST) as answer:
            answer.raise_for_status()
    finally:
        content.close()
    return file_id


async def _announced(slack: AsyncWebClient, upload: Upload, *, length: int) -> tuple[str, str]:
    description = {"alt_txt": upload.description} if upload.description else {}
    try:
        answer = await slack.files_getUploadURLExternal(filename=upload.name, length=length, **description)
    except SlackApiError as error:
        if error_code(error) == "missing_scope":
            raise ScopeMissing(FILES) from None
        raise
    return answer["upload_url"], answer["file_id"]


def _titled(file_id: str, upload: Upload) -> dict[str, str | None]:
    return {"id": file_id, "title": upload.title or upload.name}


def _opened(content: bytes | Path | BinaryIO) -> BinaryIO:
    if isinstance(content, bytes):
        return BytesIO(content)
    return content.open("rb") if isinstance(content, Path) else content


def _length(content: BinaryIO) -> int:
    length = content.seek(0, 2)
    content.seek(0)
    return length
