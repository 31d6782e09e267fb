"""The websocket door, Slack's Socket Mode: no public address, and it closes once what is in hand is answered."""

import asyncio

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

CONNECTIONS = 2  # Slack closes one before it opens the next; with two, one is always there
LONGEST_ANSWER_SECONDS = 3.0  # after that Slack no longer listens


class Connection(AsyncSocketModeHandler):
    """One websocket that knows which envelopes it has not answered yet."""

    def __init__(self, app: AsyncApp, token: str, web_client: AsyncWebClient) -> None:
        super().__init__(app, token, web_client=web_client)
        self._in_hand: set[str] = set()
        self._idle = asyncio.Event()
        self._idle.set()

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override] # as Bolt
        self._in_hand.add(req.envelope_id)
        self._idle.clear()
        try:
            await super().handle(client, req)
        finally:
            self._in_hand.discard(req.envelope_id)
            if not self._in_hand:
                self._idle.set()

    async def finish(self) -> None:
        """Answer what is in hand, then close."""
        try:
            await asyncio.wait_for(self._idle.wait(), LONGEST_ANSWER_SECONDS)
        finally:
            await self.close_async()  # type: ignore[no-untyped-call] # Bolt's


class Sockets:
    """All connections of this process."""

    def __init__(self, app: AsyncApp, token: str, web_client: AsyncWebClient) -> None:
        self._app, self._token, self._web_client = app, token, web_client
        self._connections: list[Connection] = []

    async def open(self) -> None:
        """Raises SlackApiError for a token Slack does not take; the SDK alone would try it for ever."""
        await self._web_client.apps_connections_open(app_token=self._token)
        for _ in range(CONNECTIONS):
            connection = Connection(self._app, self._token, self._web_client)
            self._connections.append(connection)
            await connection.connect_async()  # type: ignore[no-untyped-call] # Bolt's

    async def is_connected(self) -> bool:
        return any([await connection.client.is_connected() for connection in self._connections])

    async def close(self) -> None:
        await asyncio.gather(*(connection.finish() for connection in self._connections), return_exceptions=True)
