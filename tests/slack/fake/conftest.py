"""The workspace in which the fake itself is tried: two of ours, one of theirs, and an app that only listens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.fake_slack import FakeSlack
from tests.fake_slack.rehearsal import Clock, RecordingApp, listening

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack(Clock(), rate_limits=False) as slack:
        slack.add_user("U1", name="ana", tz="Europe/Madrid", locale="es-ES")
        slack.add_user("U2", name="bo")
        slack.add_user("U9", name="eve", team_id="T0OTHER", enterprise_id="E0OTHER", enterprise_name="Other Org")
        slack.add_channel("C1", name="support", members=["U1", slack.bot_user_id])
        slack.add_channel("C2", name="elsewhere", members=["U1"])
        slack.add_channel("C3", name="secret", members=["U1"], is_private=True)
        slack.add_channel("C4", name="shared", is_ext_shared=True, members=["U1", "U9", slack.bot_user_id])
        yield slack


@pytest.fixture
async def app(slack: FakeSlack) -> AsyncIterator[RecordingApp]:
    app = RecordingApp()
    async with listening(app.receive) as slack.app_url:
        yield app


@pytest.fixture
def client(slack: FakeSlack) -> AsyncWebClient:
    return AsyncWebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])
