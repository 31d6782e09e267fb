"""How a payload reaches the app: as a signed HTTP request or down a websocket, with the same test either way."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp

from .faults import Faults
from .records import Ack, Delivery, Json
from .sockets import Sockets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

FORM = "application/x-www-form-urlencoded"


class Transport(Faults):
    """Deliver, wait three seconds for the answer, and hand it over as an Ack."""

    events_path = "/slack/events"
    ack_timeout = 3.0  # seconds, of real time: the one thing that does not follow the fake's clock
    app_url: str | None = None
    transport: str | None = None  # "http" or "socket"; None: HTTP if there is an app_url

    def __init__(self, clock: Callable[[], float], scopes: Iterable[str] = (), **facts: Any) -> None:
        super().__init__(clock, scopes, **facts)
        self.signing_clock = self.now
        self.sockets = Sockets(self.app_id, self.next_id, self.violation)
        self._session: aiohttp.ClientSession | None = None

    @property
    def is_connected(self) -> bool:
        """Whether there is an app to talk to."""
        return self.app_url is not None or self.sockets.count > 0

    async def deliver(self, delivery: Delivery) -> Ack:
        started = time.monotonic()
        ack = await (self._over_http(delivery) if self._is_http() else self._over_socket(delivery))
        return replace(ack, took=time.monotonic() - started)

    async def redeliver(self, ack: Ack, *, retry_num: int | None = None, retry_reason: str = "http_timeout") -> Ack:
        """Send the identical payload once more; with `retry_num` as Slack's own retry of an event."""
        return await self.deliver(replace(ack.delivery, retry_num=retry_num, retry_reason=retry_reason))

    async def deliver_raw(self, body: bytes, headers: dict[str, str]) -> int:
        """Post these bytes with these headers, whoever might have sent them; returns the status."""
        async with self._http().post(self._events_url(), data=body, headers=headers) as response:
            return response.status

    def signed_headers(self, body: bytes, timestamp: int | str | None = None) -> dict[str, str]:
        """The two headers by which an app knows that a request comes from Slack."""
        stamp = str(int(self.signing_clock()) if timestamp is None else timestamp)
        digest = hmac.new(self.signing_secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Socket Mode: ask the app to reconnect ("refresh_requested", "warning"), or end it ("link_disabled")."""
        await self.sockets.disconnect(reason)

    async def connected(self) -> None:
        """Wait until an app has opened a websocket."""
        assert await self.sockets.connected(self.ack_timeout), "no app has connected over Socket Mode"

    async def close_transport(self) -> None:
        await self.sockets.close()
        if self._session is not None:
            await self._session.close()

    async def _over_http(self, delivery: Delivery) -> Ack:
        content_type, body = _encoded(delivery)
        headers = {"Content-Type": content_type, "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)"}
        headers |= self.signed_headers(body) | _retry_headers(delivery)
        limit = aiohttp.ClientTimeout(total=self.ack_timeout)
        try:
            async with self._http().post(self._events_url(), data=body, headers=headers, timeout=limit) as response:
                return Ack(response.status, _decoded(await response.text()), delivery, headers=dict(response.headers))
        except TimeoutError:
            return Ack(None, None, delivery, reason="http_timeout")
        except aiohttp.ClientError:
            return Ack(None, None, delivery, reason="connection_failed")

    async def _over_socket(self, delivery: Delivery) -> Ack:
        await self.connected()
        facts: Json = {"accepts_response_payload": delivery.kind != "events_api"}
        if delivery.kind == "events_api":
            reason = delivery.retry_reason if delivery.retry_num else ""
            facts |= {"retry_attempt": delivery.retry_num or 0, "retry_reason": reason}
        answer = await self.sockets.send(delivery.kind, delivery.payload, facts, self.ack_timeout)
        if answer is None:
            return Ack(None, None, delivery, reason="no ack")
        return Ack(200, answer.get("payload"), delivery)

    def _is_http(self) -> bool:
        assert self.transport in {None, "http", "socket"}, f"no such transport: {self.transport}"
        return self.transport == "http" or (self.transport is None and self.app_url is not None)

    def _events_url(self) -> str:
        assert self.app_url, "app_url is not set: where does the app listen?"
        return self.app_url.rstrip("/") + self.events_path

    def _http(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        return self._session


def _encoded(delivery: Delivery) -> tuple[str, bytes]:
    if delivery.kind == "events_api":
        return "application/json", json.dumps(delivery.payload).encode()
    if delivery.kind == "slash_commands":
        return FORM, urlencode(delivery.payload).encode()
    return FORM, urlencode({"payload": json.dumps(delivery.payload)}).encode()


def _retry_headers(delivery: Delivery) -> dict[str, str]:
    if delivery.retry_num is None:
        return {}
    return {"X-Slack-Retry-Num": str(delivery.retry_num), "X-Slack-Retry-Reason": delivery.retry_reason}


def _decoded(body: str) -> Json | str | None:
    """JSON objects become dicts; anything else stays text; nothing is None."""
    if body.startswith("{"):
        try:
            return dict(json.loads(body))
        except json.JSONDecodeError:
            return body
    return body or None
