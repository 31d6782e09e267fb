"""The one place where a listener's exception ends: a whisper for a refusal, one logged traceback for a bug."""

from typing import Any

import structlog
from aiohttp import ClientError
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.errors import InputRefused, Refusal
from bot.slack.api_errors import error_code
from bot.slack.middleware import Desk
from bot.slack.shapes import Unreadable
from bot.texts.markup import as_plain, mentioned
from bot.texts.refusals import sentence

log = structlog.get_logger()
EVENT = "event_callback"  # Slack delivers these again when we fail


async def refused_or_failed(error: Exception, body: dict[str, Any], context: AsyncBoltContext) -> BoltResponse:
    """Answer Slack after a listener raised: 200 for a no we can explain, 500 so that an event is delivered again."""
    desk: Desk | None = context.get("desk")
    if isinstance(error, BoltUnhandledRequestError):
        log.warning("nobody_listens", type=body.get("type"), event_type=_event_type(body))
        return BoltResponse(status=404)
    if isinstance(error, Unreadable):
        log.warning("payload_refused", type=body.get("type"), reader=str(error))
        return BoltResponse(status=400)
    if isinstance(error, Refusal) and desk is not None:
        return await _explained(error, body, desk)
    if isinstance(error, SlackApiError | ClientError | TimeoutError) and desk is not None and body.get("type") != EVENT:
        return await _apologised(error, body, desk)
    log.error("listening_failed", type=body.get("type"), exc_info=_without_values(error))
    return BoltResponse(status=500)


async def _explained(refusal: Refusal, body: dict[str, Any], desk: Desk) -> BoltResponse:
    log.info("refused", refusal=type(refusal).__name__, workspace_id=desk.workspace_id, user_id=desk.user_id)
    if body.get("type") != "view_submission":
        desk.show(desk.refuse(refusal))
        return BoltResponse(status=200)
    # A modal stays open with the words in it: what was typed is not lost.
    text = await _in_plain_words(refusal, desk)
    block_id = refusal.field if isinstance(refusal, InputRefused) else _first_input(body)
    return _field_error(block_id, text)


async def _apologised(error: Exception, body: dict[str, Any], desk: Desk) -> BoltResponse:
    """Slack failed us before anything was done: the person may do it again, and a modal keeps what is in it."""
    log.warning("slack_failed", type=body.get("type"), error=type(error).__name__, workspace_id=desk.workspace_id)
    if body.get("type") != "view_submission":
        desk.show(desk.apologise())
        return BoltResponse(status=200)
    return _field_error(_first_input(body), "Slack did not answer. Please send this again in a moment.")


def _field_error(block_id: str, text: str) -> BoltResponse:
    errors = {"response_action": "errors", "errors": {block_id: text}}
    return BoltResponse(status=200, body=errors, headers={"content-type": ["application/json"]})


async def _in_plain_words(refusal: Refusal, desk: Desk) -> str:
    """Beside a field Slack shows no mention, so people are named."""
    text = sentence(refusal, await desk.speaker(refusal))
    names = {user_id: (await desk.office.people.person(user_id)).name for user_id in mentioned(text)}
    return as_plain(text, names)


def _first_input(body: dict[str, Any]) -> str:
    blocks = body["view"]["blocks"]
    return str(next(block["block_id"] for block in blocks if block["type"] == "input"))


def _event_type(body: dict[str, Any]) -> str | None:
    event = body.get("event")
    return event.get("type") if isinstance(event, dict) else None


def _without_values(error: Exception) -> Exception:
    """Slack's errors print the whole response, which may quote a person."""
    if isinstance(error, SlackApiError):
        return RuntimeError(f"Slack said {error_code(error)}").with_traceback(error.__traceback__)
    return error
