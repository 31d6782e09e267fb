"""Payloads travel over signed HTTP or a websocket, and not every one is answered."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from tests.fake_slack.rehearsal import TUESDAY, RecordingApp, listening

if TYPE_CHECKING:
    from tests.fake_slack import FakeSlack


async def connect(slack: FakeSlack, session: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
    client = AsyncWebClient(slack.app_token, base_url=slack.api_url)
    opened = await client.apps_connections_open(app_token=slack.app_token)
    return await session.ws_connect(opened["url"])


async def test_strangers_can_knock_too(slack: FakeSlack, app: RecordingApp) -> None:
    headers = slack.signed_headers(b"{}", timestamp=int(TUESDAY) - 301)
    assert await slack.deliver_raw(b"{}", headers) == 200
    assert app.headers[-1]["X-Slack-Request-Timestamp"] == str(int(TUESDAY) - 301)


async def test_an_app_that_is_slow_or_gone_gives_no_status(slack: FakeSlack, app: RecordingApp) -> None:
    slack.ack_timeout = 0.05
    held = asyncio.Event()

    async def never(_request: web.Request) -> web.Response:
        await held.wait()
        return web.Response()

    async with listening(never) as slack.app_url:
        slow = await slack.event({"type": "app_home_opened"})
        held.set()
    gone = await slack.event({"type": "app_home_opened"})
    assert [(ack.status, ack.reason) for ack in (slow, gone)] == [(None, "http_timeout"), (None, "connection_failed")]


async def test_a_socket_says_hello_and_carries_envelopes(slack: FakeSlack) -> None:
    async with aiohttp.ClientSession() as session:
        socket = await connect(slack, session)
        assert (await socket.receive_json())["type"] == "hello"
        telling = asyncio.create_task(slack.command("U1", "C1", "/nps"))
        envelope = await socket.receive_json()
        assert (envelope["type"], envelope["payload"]["command"]) == ("slash_commands", "/nps")
        await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "Here."}})
        assert (await telling).body == {"text": "Here."}
        await slack.disconnect("warning")
        assert (await socket.receive_json())["reason"] == "warning"


async def test_an_envelope_without_an_ack_has_no_status(slack: FakeSlack) -> None:
    slack.ack_timeout = 0.05
    async with aiohttp.ClientSession() as session:
        socket = await connect(slack, session)
        await socket.receive_json()
        ack = await slack.event({"type": "app_home_opened"}, retry_num=2)
        assert ack.status is None
        envelope = await socket.receive_json()
        assert (envelope["retry_attempt"], envelope["retry_reason"]) == (2, "http_timeout")


async def test_payloads_go_to_one_connection_each_and_a_ticket_works_once(slack: FakeSlack) -> None:
    slack.ack_timeout = 0.05
    async with aiohttp.ClientSession() as session:
        sockets = [await connect(slack, session) for _ in range(2)]
        assert [(await socket.receive_json())["num_connections"] for socket in sockets] == [1, 2]
        for _ in range(2):
            await slack.event({"type": "app_home_opened"})
        assert [(await socket.receive_json())["type"] for socket in sockets] == ["events_api", "events_api"]
        used = f"{slack.base_url}/link/?ticket=ticket000000001"
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(used)


async def test_an_eleventh_connection_is_turned_away(slack: FakeSlack) -> None:
    async with aiohttp.ClientSession() as session:
        sockets = [await connect(slack, session) for _ in range(11)]
        frames = [await socket.receive_json() for socket in sockets]
    assert [frame["type"] for frame in frames] == ["hello"] * 10 + ["disconnect"]


async def test_a_disabled_link_closes_the_door(slack: FakeSlack) -> None:
    async with aiohttp.ClientSession() as session:
        socket = await connect(slack, session)
        await socket.receive_json()
        leaving = asyncio.create_task(slack.disconnect("link_disabled"))
        assert (await socket.receive_json())["reason"] == "link_disabled"
        assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE
        await leaving
    assert slack.sockets.count == 0


async def test_broken_json_is_a_violation(slack: FakeSlack) -> None:
    url, headers = f"{slack.api_url}chat.postMessage", {"Content-Type": "application/json"}
    async with aiohttp.ClientSession() as session, session.post(url, data=b"{", headers=headers) as response:
        assert (await response.json())["error"] == "invalid_json"
    assert slack.violations == ["chat.postMessage: invalid_json"]
