"""
The events door: `POST /hooks/{token}`, over HTTP in Socket Mode too.

Who may knock is known by the token, who did by the signature. What fails on our side or Slack's is answered with 503,
and nothing was kept, so that the sender tells it again. What was sent is never logged.
"""

import structlog
from aiohttp import ClientError, web
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import InputRefused, SurveyUnknown
from bot.hooks import answers, reading, zendesk
from bot.hooks.answers import TurnedAway
from bot.hooks.pace import Pace
from bot.hooks.signatures import is_signed
from bot.services import event_sources, events
from bot.services.event_sources import Vendor
from bot.services.happenings import AccountUnknown
from bot.services.told import Told
from bot.slack import hearing
from bot.slack.middleware import Desk, Office
from storage.models import Event, EventSource

log = structlog.get_logger()
PATH = "/hooks/{token}"
LARGEST_BODY = 256 * 1024
LONGEST_TOKEN = 100


class EventsDoor:
    """Verifies, reads, hears, answers."""

    def __init__(self, office: Office, slack: AsyncWebClient, workspace_id: str) -> None:
        self._office, self._slack, self._workspace_id = office, slack, workspace_id
        self._pace = Pace()

    async def knocked(self, request: web.Request) -> web.Response:
        try:
            return await self._answer(request)
        except TurnedAway as no:
            log.info("event_refused", because=no.error)
            return no.response()
        except (SlackApiError, ClientError, TimeoutError) as error:
            log.warning("slack_failed", error=type(error).__name__, workspace_id=self._workspace_id)
        except Exception:  # whatever it is, the sender shall tell it again
            log.exception("hearing_failed", workspace_id=self._workspace_id)
        return answers.later().response()

    async def _answer(self, request: web.Request) -> web.Response:
        desk = self._desk()
        source = await self._source(desk, request.match_info["token"])
        body = await _read(request)
        if not is_signed(Vendor(source.vendor), source.secret, request.headers, body, desk.now):
            raise TurnedAway(401, "bad_signature", "The signature is wrong, missing, or older than five minutes.")
        if not self._pace.allows(source.id, at=desk.now.timestamp()):
            raise answers.too_fast()
        told = _understood(Vendor(source.vendor), body, desk)
        if isinstance(told, str):
            return answers.nothing_changed(told)
        return await _told(desk, source, told)

    async def _source(self, desk: Desk, token: str) -> EventSource:
        async with desk.reading() as tx:
            source = await event_sources.with_token(tx, self._workspace_id, token[:LONGEST_TOKEN])
        if source is None:
            raise TurnedAway(404, "unknown_address", "There is no such address; nps-bot hooks add makes one.")
        return source

    def _desk(self) -> Desk:
        """Nobody in person sits at it."""
        return Desk(self._office, self._slack, self._workspace_id, user_id="", now=self._office.clock())


async def _told(desk: Desk, source: EventSource, told: Told) -> web.Response:
    async with desk.reading() as tx:
        before = await events.known(tx, source, told)
    if before is None:
        event = await _heard(desk, source, told)
        if event is not None:
            log.info("event_taken", event_id=event.id, source_id=source.id, type=event.type, outcome=event.outcome)
            return answers.taken(event)
        async with desk.reading() as tx:  # told twice at once, and the other was faster
            before = await events.known(tx, source, told)
    if before is None:
        raise answers.later()
    return answers.known(before)


async def _heard(desk: Desk, source: EventSource, told: Told) -> Event | None:
    try:
        return await hearing.heard(desk, source, told)
    except InputRefused as refused:
        raise reading.field_refused(
            refused.field, "must be of a relational survey, about a meeting that is over"
        ) from None
    except AccountUnknown:
        raise reading.field_refused("account", "must name an account that was imported") from None
    except SurveyUnknown as unknown:
        raise reading.field_refused("survey", f"must be one of {', '.join(unknown.known)}") from None


def _understood(vendor: Vendor, body: bytes, desk: Desk) -> Told | str:
    """An event, or the id of one that changes nothing. Raises TurnedAway."""
    if vendor is not Vendor.ZENDESK or not zendesk.is_native(body):
        return reading.event(body, now=desk.now)
    told = zendesk.event(body)
    return told if isinstance(told, str) else reading.check(told, now=desk.now)


async def _read(request: web.Request) -> bytes:
    """Raises TurnedAway for what is too large or cannot be read."""
    if "Content-Encoding" in request.headers:
        raise TurnedAway(415, "compressed", "The body must not be compressed.")
    too_large = TurnedAway(413, "too_large", f"The body must not be larger than {LARGEST_BODY // 1024} KiB.")
    if (request.content_length or 0) > LARGEST_BODY:
        raise too_large
    try:
        body = await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise too_large from None
    if len(body) > LARGEST_BODY:
        raise too_large
    return body
