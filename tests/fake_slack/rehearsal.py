"""For tests that need no real app: a clock that stands still, a port that listens, an app that only writes down."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from aiohttp import web
from slack_sdk.errors import SlackApiError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from .records import Json

TUESDAY = 1_763_460_000.0  # 2025-11-18 10:00 UTC; a day, a week, four and ninety days later are working days too


class Clock:
    """Epoch seconds that only move when the test says so: `clock.now += 60`."""

    def __init__(self, now: float = TUESDAY) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


class RecordingApp:
    """An app that writes down what it hears, and answers with `status` and `answer`."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.payloads: list[Json] = []
        self.answer: Json | str = ""
        self.status = 200

    @property
    def last(self) -> Json:
        """The newest payload, decoded."""
        return self.payloads[-1]

    async def receive(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.bodies.append(body)
        self.headers.append(dict(request.headers))
        self.payloads.append(decoded(body))
        if isinstance(self.answer, dict):
            return web.json_response(self.answer, status=self.status)
        return web.Response(text=self.answer, status=self.status)


async def refused(call: Awaitable[object]) -> str:
    """The error word with which Slack refused this call of a web client."""
    try:
        await call
    except SlackApiError as refusal:
        return str(refusal.response["error"])
    raise AssertionError("Slack did not refuse")


def decoded(body: bytes) -> Json:
    """An event, an interaction or a slash command, as its payload."""
    if body.startswith(b"{"):
        return dict(json.loads(body))
    form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
    return dict(json.loads(form["payload"])) if "payload" in form else form


@asynccontextmanager
async def listening(receive: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> AsyncIterator[str]:
    """Serve `/slack/events` on a free port of this machine; gives the app_url."""
    server = web.Application()
    server.router.add_post("/slack/events", receive)
    runner = web.AppRunner(server, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
