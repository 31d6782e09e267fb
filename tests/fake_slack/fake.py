"""A strict stand-in for Slack on 127.0.0.1: it refuses what Slack refuses, and lets a test act as people.

async with FakeSlack(scopes={"reactions:read"}) as slack:
    slack.add_user("U1", name="ana")
    slack.add_channel("C1", name="support", members=["U1", slack.bot_user_id])
    slack.app_url = "http://127.0.0.1:8080"  # or let the app connect over Socket Mode
    await slack.command("U1", "C1", "/nps", "help")
    assert slack.violations == []
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Self

from aiohttp import web

from . import response_urls, web_api
from .methods import files
from .workflows import Workflows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LARGEST_BODY = 64 * 1024 * 1024


class FakeSlack(Workflows):
    """One workspace with one app in it. The layers below are, from the ground up: clock and ids, installation,
    workspace, surfaces, faults, transport, modals, people, happenings, workflows."""

    def __init__(self, clock: Callable[[], float] = time.time, *, scopes: Iterable[str] = (), **facts: Any) -> None:
        super().__init__(clock, scopes, **facts)
        self._runner: web.AppRunner | None = None

    @property
    def api_url(self) -> str:
        """The base_url for a web client."""
        assert self.base_url, "not started: await slack.start()"
        return f"{self.base_url}/api/"

    async def start(self) -> None:
        """Listen on a free port of this machine only."""
        app = web.Application(client_max_size=LARGEST_BODY)
        app.add_routes(
            [
                web.route("*", "/api/{method}", self._api),
                web.post("/response/{kind}/{team}/{id}", self._response_url),
                web.post("/upload/v1/{id}", self._upload),
                web.get("/link/", self.sockets.serve),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.base_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Hang up on everybody; may be called twice."""
        self.open_gates()
        await self.close_transport()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def _api(self, request: web.Request) -> web.StreamResponse:
        return await web_api.answer(self, request)

    async def _response_url(self, request: web.Request) -> web.StreamResponse:
        return await response_urls.answer(self, request)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        if self.upload_status != 200:
            return web.Response(status=self.upload_status)
        data, length = bytearray(), 0
        async for chunk in request.content.iter_any():
            length += len(chunk)
            data += chunk[: max(files.MOST_KEPT - len(data), 0)]
        is_kept = files.receive(self, request.match_info["id"], bytes(data), length)
        return web.Response(status=200 if is_kept else 400, text=f"OK - {length}" if is_kept else "wrong length")
