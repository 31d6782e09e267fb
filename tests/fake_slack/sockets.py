"""Socket Mode, Slack's side: websockets an app opened, envelopes sent down one of them, acks that come back."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import TYPE_CHECKING

from aiohttp import WSMsgType, web

if TYPE_CHECKING:
    from collections.abc import Callable

    from .records import Json

MOST_CONNECTIONS = 10
CLOSING_SECONDS = 1.0


class Sockets:
    """The open connections of one app. Each envelope goes to one of them, in turn."""

    def __init__(self, app_id: str, next_id: Callable[[str], str], violation: Callable[[str], None]) -> None:
        self._app_id = app_id
        self._next_id = next_id
        self._violation = violation
        self._tickets: set[str] = set()
        self._open: list[web.WebSocketResponse] = []
        self._leaving: list[web.WebSocketResponse] = []
        self._pending: dict[str, asyncio.Future[Json]] = {}
        self._answered: set[str] = set()
        self._arrival = asyncio.Event()
        self._turn = 0

    @property
    def count(self) -> int:
        """Connections that take envelopes now."""
        return len(self._open)

    def new_url(self, base_url: str) -> str:
        """A websocket URL that works once."""
        ticket = self._next_id("ticket")
        self._tickets.add(ticket)
        return f"{base_url.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={self._app_id}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Hold one connection from hello to goodbye."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403)
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse(timeout=CLOSING_SECONDS)
        await socket.prepare(request)
        await self._greet(socket)
        try:
            async for frame in socket:
                if frame.type == WSMsgType.TEXT:
                    self._heard(frame.data)
        finally:
            self._left(socket)
        return socket

    async def connected(self, timeout: float) -> bool:  # noqa: ASYNC109  it bounds a wait for the network
        """Wait until an app is there."""
        if not self._open:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._arrival.wait(), timeout)
        return bool(self._open)

    async def send(self, kind: str, payload: Json, facts: Json, timeout: float) -> Json | None:  # noqa: ASYNC109
        """Send one envelope and wait for its ack; None when there was none in time."""
        envelope_id = self._next_id("envelope-")
        self._pending[envelope_id] = asyncio.get_running_loop().create_future()
        self._turn += 1
        socket = self._open[self._turn % len(self._open)]
        await socket.send_json({"envelope_id": envelope_id, "type": kind, **facts, "payload": payload})
        try:
            return await asyncio.wait_for(self._pending[envelope_id], timeout)
        except TimeoutError:
            return None
        finally:
            del self._pending[envelope_id]
            self._answered.add(envelope_id)

    async def disconnect(self, reason: str) -> None:
        """Tell every connection to go; after a "warning" they still take envelopes."""
        frame = {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-fake"}}
        sockets = list(self._open)
        if reason != "warning":
            self._leaving += sockets
            self._open.clear()
            self._arrival.clear()
        for socket in sockets:
            await socket.send_json(frame)
        if reason == "link_disabled":
            await self.close()

    async def close(self) -> None:
        """Close every connection, as a network does that breaks."""
        for socket in [*self._open, *self._leaving]:
            await socket.close()

    async def _greet(self, socket: web.WebSocketResponse) -> None:
        if len(self._open) >= MOST_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            return
        self._open.append(socket)
        host = {"host": "applink-fake", "build_number": 1, "approximate_connection_time": 18060}
        info = {"app_id": self._app_id}
        await socket.send_json(
            {"type": "hello", "num_connections": len(self._open), "connection_info": info, "debug_info": host}
        )
        self._arrival.set()

    def _heard(self, text: str) -> None:
        answer = json.loads(text)
        envelope_id = answer.get("envelope_id")
        waiting = self._pending.get(envelope_id)
        if waiting is None and envelope_id not in self._answered:
            self._violation(f"Socket Mode: acknowledged an envelope nobody sent: {envelope_id}")
        elif waiting is not None and not waiting.done():
            waiting.set_result(answer)

    def _left(self, socket: web.WebSocketResponse) -> None:
        for sockets in (self._open, self._leaving):
            if socket in sockets:
                sockets.remove(socket)
        if not self._open:
            self._arrival.clear()
