"""Another program: a real HTTP server on this machine that verifies what it hears and writes it down."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aiohttp import web
from standardwebhooks import Webhook


@dataclass(frozen=True)
class Heard:
    """One request, as it came."""

    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def told(self) -> dict[str, Any]:
        return json.loads(self.body)

    @property
    def type(self) -> str:
        return self.told["type"]

    @property
    def sent_at(self) -> datetime:
        return datetime.fromtimestamp(int(self.headers["webhook-timestamp"]), UTC)

    def is_signed_with(self, secret: str) -> bool:
        """By the convention's own library."""
        right = Webhook(secret).sign(self.id, self.sent_at, self.body.decode())
        return right in self.headers["webhook-signature"].split(" ")


@dataclass
class Receiver:
    """Answers with the first of `answers`, or 204; holds every answer back while `open` is not set."""

    url: str = ""
    heard: list[Heard] = field(default_factory=list)
    answers: list[web.Response] = field(default_factory=list)
    usual: int = 204
    open: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def types(self) -> list[str]:
        return [each.type for each in self.heard]

    def of(self, type_: str) -> list[Heard]:
        return [each for each in self.heard if each.type == type_]

    async def hear(self, request: web.Request) -> web.Response:
        self.heard.append(Heard({name.lower(): value for name, value in request.headers.items()}, await request.read()))
        await self.open.wait()
        return self.answers.pop(0) if self.answers else web.Response(status=self.usual)


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    receiver.open.set()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", receiver.hear)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/nps"
    try:
        yield receiver
    finally:
        receiver.open.set()
        await runner.cleanup()
