"""A real Bolt app lives happily with the fake, over both transports and with the same test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from tests.fake_slack import FakeSlack
from tests.fake_slack.rehearsal import listening

COMMENT = {
    "type": "modal",
    "callback_id": "comment",
    "title": {"type": "plain_text", "text": "Thank you"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "why",
            "label": {"type": "plain_text", "text": "Why?"},
            "element": {"type": "plain_text_input", "action_id": "text", "max_length": 100},
        }
    ],
}
SCORES = {
    "type": "actions",
    "block_id": "scores",
    "elements": [
        {"type": "button", "action_id": f"score_{n}", "value": str(n), "text": {"type": "plain_text", "text": str(n)}}
        for n in range(11)
    ],
}


def make_app(slack: FakeSlack) -> AsyncApp:
    """/nps posts a question, a click opens a modal, a good comment rewrites the question."""
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
    app = AsyncApp(client=client, signing_secret=slack.signing_secret, process_before_response=True)

    @app.command("/nps")
    async def asked(ack: AsyncAck, command: dict, client: AsyncWebClient) -> None:
        await client.chat_postMessage(channel=command["channel_id"], text="How likely?", blocks=[SCORES])
        await ack()

    @app.action({"type": "block_actions", "block_id": "scores"})
    async def scored(ack: AsyncAck, body: dict, client: AsyncWebClient) -> None:
        place = f"{body['container']['channel_id']} {body['container']['message_ts']}"
        await client.views_open(trigger_id=body["trigger_id"], view={**COMMENT, "private_metadata": place})
        await ack()

    @app.view("comment")
    async def commented(ack: AsyncAck, view: dict, client: AsyncWebClient) -> None:
        comment = view["state"]["values"]["why"]["text"]["value"]
        if len(comment) < 5:
            await ack(response_action="errors", errors={"why": "A little more, please."})
            return
        channel, ts = view["private_metadata"].split()
        await client.chat_update(channel=channel, ts=ts, text=f"Thank you for “{comment}”.")
        await ack()

    return app


@asynccontextmanager
async def over_http(slack: FakeSlack) -> AsyncIterator[None]:
    app = make_app(slack)

    async def receive(request: web.Request) -> web.Response:
        answer = await app.async_dispatch(AsyncBoltRequest(body=await request.text(), headers=dict(request.headers)))
        content_type = answer.first_headers().get("content-type", "text/plain").split(";")[0]
        return web.Response(status=answer.status, text=answer.body, content_type=content_type)

    async with listening(receive) as slack.app_url:
        yield


@asynccontextmanager
async def over_socket(slack: FakeSlack) -> AsyncIterator[None]:
    web_client = AsyncWebClient(slack.app_token, base_url=slack.api_url)
    handler = AsyncSocketModeHandler(make_app(slack), slack.app_token, web_client=web_client)
    await handler.connect_async()
    await slack.connected()
    yield
    await handler.close_async()


Connect = Callable[[FakeSlack], AbstractAsyncContextManager[None]]


@pytest.fixture(params=[over_http, over_socket])
async def slack(request: pytest.FixtureRequest) -> AsyncIterator[FakeSlack]:
    connect: Connect = request.param
    async with FakeSlack() as slack:
        slack.add_user("U1", name="ana")
        slack.add_channel("C1", name="support", members=["U1", slack.bot_user_id])
        async with connect(slack):
            yield slack
    assert slack.violations == []


async def clicked(slack: FakeSlack) -> str:
    await slack.command("U1", "C1", "/nps")
    (question,) = slack.posts("C1")
    ack = await slack.click("U1", question, "score_7")
    assert ack.status == 200
    return question.ts


async def test_a_journey_from_the_command_to_the_comment(slack: FakeSlack) -> None:
    ts = await clicked(slack)
    short = await slack.submit("U1", {"why": "ok"})
    assert short.body == {"response_action": "errors", "errors": {"why": "A little more, please."}}
    assert slack.open_view("U1").errors == {"why": "A little more, please."}
    good = await slack.submit("U1", {"why": "quick help"})
    assert (good.status, slack.open_view("U1")) == (200, None)
    assert slack.message("C1", ts).shown == "Thank you for “quick help”."


async def test_the_identical_submission_can_arrive_twice(slack: FakeSlack) -> None:
    await clicked(slack)
    ack = await slack.submit("U1", {"why": "quick help"})
    again = await slack.redeliver(ack)
    assert again.status == 200
    assert len(slack.calls_to("chat.update")) == 2


async def test_a_listener_that_breaks_gives_no_good_ack(slack: FakeSlack) -> None:
    slack.ack_timeout = 0.2
    slack.fail_next("chat.postMessage", "fatal_error")
    ack = await slack.command("U1", "C1", "/nps")
    assert not ack.ok


async def test_an_app_comes_back_after_a_disconnect(slack: FakeSlack) -> None:
    if slack.app_url is None:
        await slack.disconnect("refresh_requested")
    ack = await slack.command("U1", "C1", "/nps")
    assert ack.ok
