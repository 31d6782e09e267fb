"""A fake Slack with a real clock and its rate limits on, for bots that are processes of their own."""

from collections.abc import AsyncIterator

import pytest

from tests.fake_slack import FakeSlack


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as slack:
        yield slack
    assert slack.violations == []
