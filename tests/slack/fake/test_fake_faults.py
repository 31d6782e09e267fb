"""Slack has limits and bad days, and an app has a token and scopes, or has not."""

from __future__ import annotations

import asyncio
import time
from base64 import b64encode
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import ServerDisconnectedError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fake_slack import FakeSlack
from tests.fake_slack.rehearsal import refused

if TYPE_CHECKING:
    from collections.abc import Awaitable


async def test_a_call_needs_the_right_token(slack: FakeSlack, client: AsyncWebClient) -> None:
    clients = [AsyncWebClient(token, base_url=slack.api_url) for token in (None, "xoxb-no", slack.app_token)]
    errors = [await refused(it.auth_test()) for it in clients]
    assert errors == ["not_authed", "invalid_auth", "not_allowed_token_type"]
    slack.token_error = "account_inactive"
    assert await refused(client.auth_test()) == "account_inactive"


async def test_auth_test_says_who_we_are_and_which_scopes_we_have(slack: FakeSlack, client: AsyncWebClient) -> None:
    answer = await client.auth_test()
    assert (answer["team_id"], answer["user_id"], answer["bot_id"]) == ("T0NORTH", "U0BOT", "B0BOT")
    assert answer.headers["x-oauth-scopes"] == "channels:read,chat:write,commands,groups:read,users:read"


async def test_a_missing_scope_is_named_and_is_a_violation(slack: FakeSlack, client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.team_info()
    assert caught.value.response["needed"] == "team:read"
    assert "users:read" in caught.value.response["provided"]
    assert slack.violations == ["the scope team:read is missing"]


async def test_what_slack_does_not_know_is_a_violation(slack: FakeSlack, client: AsyncWebClient) -> None:
    assert await refused(client.chat_scheduleMessage(channel="C1", post_at=1, text="x")) == "unknown_method"
    await client.chat_postMessage(channel="C1", text="hi", colour="red")
    assert await refused(client.api_call("chat.update", json={"channel": "C1", "text": "hi"})) == "invalid_arguments"
    assert slack.violations == [
        "chat.scheduleMessage: no such method",
        "chat.postMessage: unknown argument colour",
        "chat.update: missing ts",
    ]


async def test_a_channel_takes_one_message_a_second(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.rate_limits = True
    await client.chat_postMessage(channel="C1", text="1")
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C1", text="2")
    assert (caught.value.response.status_code, caught.value.response.headers["Retry-After"]) == (429, "1")
    await client.chat_postMessage(channel="C4", text="another channel")
    slack.clock.now += 1
    await client.chat_postMessage(channel="C1", text="2")


async def test_a_tier_three_method_takes_fifty_calls_a_minute(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.rate_limits = True
    for _ in range(50):
        await client.conversations_info(channel="C1")
    assert await refused(client.conversations_info(channel="C1")) == "ratelimited"
    slack.clock.now += 60
    assert (await client.conversations_info(channel="C1"))["ok"]


async def test_planned_errors_come_as_often_and_where_they_were_planned(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    slack.fail_next("chat.postMessage", retry_after=7, times=2, when=lambda args: args["channel"] == "C1")
    await client.chat_postMessage(channel="C4", text="x")
    for _ in range(2):
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel="C1", text="x")
        assert caught.value.response.headers["Retry-After"] == "7"
    await client.chat_postMessage(channel="C1", text="x")
    assert [call.ok for call in slack.calls_to("chat.postMessage")] == [True, False, False, True]


async def test_slack_can_be_down(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.fail_next("auth.test", status=500)
    with pytest.raises(SlackApiError) as caught:
        await client.auth_test()
    assert caught.value.response.status_code == 500


@pytest.mark.parametrize("after_effect", [True, False])
async def test_a_connection_can_break_before_or_after_the_effect(
    slack: FakeSlack, client: AsyncWebClient, after_effect: bool
) -> None:
    slack.drop_next("chat.postMessage", after_effect=after_effect)
    with pytest.raises(ServerDisconnectedError):
        await client.chat_postMessage(channel="C1", text="x")
    assert len(slack.messages("C1")) == after_effect
    assert slack.calls[0].dropped


async def test_an_answer_can_be_slow_until_the_test_lets_it_go(slack: FakeSlack, client: AsyncWebClient) -> None:
    gate = slack.slow_next("chat.postMessage")
    posting = asyncio.create_task(client.chat_postMessage(channel="C1", text="x"))
    await gate.reached.wait()
    assert slack.messages("C1") == []
    gate.set()
    assert (await posting)["ok"]


async def test_many_fakes_run_side_by_side() -> None:
    async with FakeSlack() as one, FakeSlack() as two:
        await AsyncWebClient(one.bot_token, base_url=one.api_url).auth_test()
        assert (len(one.calls), len(two.calls)) == (1, 0)
        assert abs(float(one.next_ts()) - time.time()) < 5


async def test_an_install_code_becomes_a_token_once(slack: FakeSlack) -> None:
    client = AsyncWebClient(base_url=slack.api_url)
    code, secret = slack.install_code("U1"), slack.client_secret

    def install(secret: str) -> Awaitable[Any]:
        credentials = b64encode(f"{slack.client_id}:{secret}".encode()).decode()
        headers = {"Authorization": f"Basic {credentials}"}
        return client.api_call("oauth.v2.access", data={"code": code}, headers=headers)

    assert await refused(install("guess")) == "bad_client_secret"
    answer = await install(secret)
    assert (answer["access_token"], answer["authed_user"]["id"]) == (slack.bot_token, "U1")
    assert await refused(install(secret)) == "invalid_code"
