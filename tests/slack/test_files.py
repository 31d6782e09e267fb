"""A file reaches somebody's direct messages whole, however large, and nothing is sent that cannot be."""

import tracemalloc
from pathlib import Path

import pytest
from aiohttp import ClientError, ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import ScopeMissing
from bot.slack import files
from bot.slack.blocks.kit import Message, section
from bot.slack.files import Upload
from bot.texts import Mrkdwn
from tests.fake_slack import FakeSlack
from tests.house import BO

LARGE = 64 * 1024 * 1024
PIXEL = b"\x89PNG\r\n\x1a\n-- and the rest of a picture"
WORDS = Message(Mrkdwn("Here is what you asked for."), [section(Mrkdwn("Here is what you asked for."))])


@pytest.fixture
async def http():
    async with ClientSession() as session:
        yield session


@pytest.fixture
def client(slack: FakeSlack) -> AsyncWebClient:
    slack.scopes.add("files:write")
    return AsyncWebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])


async def test_a_file_comes_below_its_message_in_the_persons_dm(slack, client, http):
    shown = await files.send(client, http, BO, WORDS, Upload("trend.png", PIXEL, "Trend", "NPS by month"))
    words, picture = slack.posts(BO)
    assert (shown.channel_id, shown.message_ts) == (words.channel, words.ts)
    [kept] = slack.files
    assert picture.files == [kept.id] == [shown.file_id]
    assert (kept.data, kept.title, kept.alt_txt) == (PIXEL, "Trend", "NPS by month")


async def test_a_file_on_disk_is_sent_without_being_held_in_memory(slack, client, http, tmp_path: Path):
    path = tmp_path / "answers.csv"
    with path.open("wb") as file:
        file.truncate(LARGE)
    tracemalloc.start()
    try:
        await files.send(client, http, BO, WORDS, Upload("answers.csv", path))
        assert tracemalloc.get_traced_memory()[1] < LARGE / 2
    finally:
        tracemalloc.stop()
    [kept] = slack.files
    assert (kept.length, kept.is_complete, len(slack.posts(BO))) == (LARGE, True, 2)


async def test_a_picture_can_be_kept_for_blocks_to_name(slack, client, http):
    file_id = await files.keep(client, http, Upload("trend.png", PIXEL))
    image = {"type": "image", "slack_file": {"id": file_id}, "alt_text": "NPS by month"}
    await client.chat_postMessage(channel=BO, text="Trend", blocks=[image])
    assert (slack.files[0].channel, len(slack.posts(BO))) == (None, 1)


async def test_when_the_bytes_do_not_arrive_nothing_is_said(slack, client, http):
    slack.upload_status = 503
    with pytest.raises(ClientError):
        await files.send(client, http, BO, WORDS, Upload("trend.png", PIXEL))
    assert slack.posts(BO) == []


async def test_what_slack_refuses_is_told_to_the_caller(slack, client, http):
    slack.fail_next("files.completeUploadExternal", "posting_to_channel_denied")
    with pytest.raises(SlackApiError):
        await files.send(client, http, BO, WORDS, Upload("trend.png", PIXEL))


@pytest.mark.parametrize("failure", [{"error": "ratelimited", "retry_after": 30}, {"status": 500}])
async def test_a_message_whose_file_does_not_come_does_not_stay(slack, client, http, failure):
    slack.fail_next("files.completeUploadExternal", **failure)
    with pytest.raises(SlackApiError):
        await files.send(client, http, BO, WORDS, Upload("trend.png", PIXEL))
    assert slack.posts(BO) == []


def test_where_slack_does_not_tell_what_was_granted_it_is_tried():
    files.require(())
    files.require({"files:write", "chat:write"})
    with pytest.raises(ScopeMissing):
        files.require({"chat:write"})


async def test_without_the_scope_nothing_is_sent(slack, client, http):
    slack.scopes.discard("files:write")
    with pytest.raises(ScopeMissing) as refused:
        await files.send(client, http, BO, WORDS, Upload("trend.png", PIXEL))
    assert refused.value.scope == "files:write"
    assert slack.posts(BO) == []
    assert slack.violations.pop() == "the scope files:write is missing"
