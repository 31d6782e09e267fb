"""
The HTTP door: Slack's signed requests, and whether we are alive and ready.

A request is verified and decoded here, then handed to Bolt as Socket Mode hands its own: one code behind both. Whatever
is malformed, unsigned, stale or too large is turned away with 400 or 401, and its body is never logged.
"""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from time import time
from typing import Any

import structlog
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import Clock, SignatureVerifier
from yarl import URL

from bot.slack.shapes import Unreadable, check_shape

log = structlog.get_logger()
LARGEST_BODY = 1024 * 1024  # Slack's largest payloads are far below
FORWARDED = ("x-slack-retry-num", "x-slack-retry-reason")


class NotSlack(Exception):  # noqa: N818 - says who is not there
    """Unsigned, wrongly signed or stale."""


class NotReadable(Exception):  # noqa: N818
    """Signed, but not a payload we know how to read."""


class Door:
    """Verifies, decodes, dispatches. Without a signing secret (Socket Mode) nothing of Slack's is let in here."""

    def __init__(self, app: AsyncApp, signing_secret: str, *, clock: Callable[[], float] = time) -> None:
        self._app, self._clock = app, clock
        self._verifier = SignatureVerifier(signing_secret, _FixedClock(clock)) if signing_secret else None

    async def slack_events(self, request: web.Request) -> web.Response:
        try:
            body = await _read(request)
            self.verify(body, request.headers)
            payload = decode(body, request.content_type)
            bolts = _request_of(payload, request.headers)
        except NotSlack:
            log.info("request_refused", because="signature")
            return web.Response(status=401)
        except (NotReadable, Unreadable):
            log.info("request_refused", because="malformed")
            return web.Response(status=400)
        if payload.get("type") == "url_verification":
            return web.json_response({"challenge": payload.get("challenge", "")})
        if "ssl_check" in payload:
            return web.Response()
        return _response(await self._app.async_dispatch(bolts))

    def verify(self, body: bytes, headers: Mapping[str, str]) -> None:
        """Raises NotSlack unless Slack signed exactly these bytes within the last five minutes."""
        timestamp = headers.get("X-Slack-Request-Timestamp", "")
        signature = headers.get("X-Slack-Signature", "")
        # Bolt's own check raises on these, which would be a 500 to anybody who sends them.
        if self._verifier is None or not (timestamp.isascii() and timestamp.isdecimal() and signature.isascii()):
            raise NotSlack
        if len(timestamp) > len(str(int(self._clock()))) or not self._is_signed(body, timestamp, signature):
            raise NotSlack

    def _is_signed(self, body: bytes, timestamp: str, signature: str) -> bool:
        try:
            return self._verifier is not None and self._verifier.is_valid(body, timestamp, signature)
        except UnicodeDecodeError:  # the SDK reads the body as text; Slack sends nothing else
            return False


class _FixedClock(Clock):
    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock

    def now(self) -> float:
        return self._clock()


def decode(body: bytes, content_type: str) -> dict[str, Any]:
    """JSON for events, a form holding JSON for interactions, a plain form for commands. Raises NotReadable."""
    try:
        text = body.decode()
        if content_type == "application/json":
            return _mapping(json.loads(text))
        form = URL.build(query_string=text, encoded=True).query  # percent-decoded in C: this is most of a click's cost
        if "payload" in form:
            return _mapping(json.loads(form["payload"]))
    except (ValueError, RecursionError):
        raise NotReadable from None
    if "command" not in form and "ssl_check" not in form:
        raise NotReadable
    return dict(form)


def make_app(door: Door, is_ready: Callable[[], Awaitable[bool]]) -> web.Application:
    """`/slack/events`, `/healthz` (the process lives), `/readyz` (it can do its work)."""

    async def healthz(_: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    async def readyz(_: web.Request) -> web.Response:
        ready = await is_ready()
        return web.json_response({"ok": ready}, status=200 if ready else 503)

    app = web.Application(client_max_size=LARGEST_BODY)
    app.router.add_post("/slack/events", door.slack_events)
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    return app


async def _read(request: web.Request) -> bytes:
    """Raises NotReadable for a body that is too large, or not packed as its header says."""
    if "Content-Encoding" in request.headers:  # Slack packs nothing
        raise NotReadable
    try:
        return await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise NotReadable from None


def _request_of(payload: dict[str, Any], headers: Mapping[str, str]) -> AsyncBoltRequest:
    """Bolt looks for who and where as it makes one. Raises NotReadable for a payload it stumbles over."""
    forwarded: dict[str, str | Sequence[str]] = {name: headers[name] for name in FORWARDED if name in headers}
    try:
        return AsyncBoltRequest(body=payload, headers=forwarded, mode="socket_mode")
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        raise NotReadable from None


def _mapping(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise NotReadable
    check_shape(value)
    return value


def _response(answer: BoltResponse) -> web.Response:
    content_type = answer.headers.get("content-type", ["text/plain"])[0].partition(";")[0]
    return web.Response(status=answer.status, text=answer.body or "", content_type=content_type)
