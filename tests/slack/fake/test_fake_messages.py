"""What an app writes is kept where Slack would keep it, and refused with Slack's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from slack_sdk.errors import SlackApiError

from tests.fake_slack.rehearsal import refused
from tests.fake_slack.samples import home, section

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from tests.fake_slack import FakeSlack


async def test_timestamps_differ_while_the_clock_stands_still(slack: FakeSlack, client: AsyncWebClient) -> None:
    stamps = [(await client.chat_postMessage(channel="C1", text="hi"))["ts"] for _ in range(3)]
    assert sorted(set(stamps)) == stamps
    assert stamps[0].startswith("1763460000.")


async def test_a_message_to_a_person_lands_in_their_dm(slack: FakeSlack, client: AsyncWebClient) -> None:
    answer = await client.chat_postMessage(channel="U1", text="hi")
    assert answer["channel"] == slack.dm_of("U1") == "D1"
    assert [message.text for message in slack.messages("U1")] == ["hi"]


@pytest.mark.parametrize(
    ("channel", "error"),
    [("C2", "not_in_channel"), ("C3", "channel_not_found"), ("C0NONE", "channel_not_found"), ("C1", "is_archived")],
)
async def test_the_bot_writes_only_where_it_is(
    slack: FakeSlack, client: AsyncWebClient, channel: str, error: str
) -> None:
    slack.archive("C1")
    assert await refused(client.chat_postMessage(channel=channel, text="hi")) == error
    assert slack.violations == []


async def test_with_chat_write_public_it_need_not_be_invited(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.scopes.add("chat:write.public")
    assert (await client.chat_postMessage(channel="C2", text="hi"))["ok"]


async def test_dms_are_refused_by_name(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.add_user("U7", is_bot=True)
    slack.deactivate("U2")
    slack.add_user("U8", team_id="T0OTHER")
    errors = [await refused(client.chat_postMessage(channel=who, text="hi")) for who in ("U7", "U2", "U8")]
    assert errors == ["cannot_dm_bot", "user_disabled", "channel_not_found"]
    slack.messages_tab_enabled = False
    assert await refused(client.chat_postMessage(channel="U1", text="hi")) == "messages_tab_disabled"


async def test_external_people_get_dms_while_they_share_a_channel(slack: FakeSlack, client: AsyncWebClient) -> None:
    assert (await client.chat_postMessage(channel="U9", text="hi"))["ok"]
    slack.kick("C4", "U9")
    assert await refused(client.chat_postMessage(channel="U9", text="hi")) == "channel_not_found"


async def test_an_update_without_blocks_takes_the_blocks_away(slack: FakeSlack, client: AsyncWebClient) -> None:
    metadata = {"event_type": "asked", "event_payload": {"key": "1"}}
    ts = (await client.chat_postMessage(channel="C1", text="a", blocks=[section("a")], metadata=metadata))["ts"]
    await client.chat_update(channel="C1", ts=ts, text="b")
    message = slack.message("C1", ts)
    assert (message.text, message.blocks, message.metadata) == ("b", [], metadata)


async def test_only_own_messages_can_be_changed_or_deleted(slack: FakeSlack, client: AsyncWebClient) -> None:
    ts = slack.say("U1", "C1", "mine")
    assert await refused(client.chat_update(channel="C1", ts=ts, text="x")) == "cant_update_message"
    assert await refused(client.chat_delete(channel="C1", ts=ts)) == "cant_delete_message"
    assert await refused(client.chat_update(channel="C1", ts="1.000000", text="x")) == "message_not_found"
    own = (await client.chat_postMessage(channel="C1", text="x"))["ts"]
    await client.chat_delete(channel="C1", ts=own)
    assert slack.message("C1", own) is None


async def test_an_update_wants_the_dm_and_not_the_person(slack: FakeSlack, client: AsyncWebClient) -> None:
    ts = (await client.chat_postMessage(channel="U1", text="hi"))["ts"]
    assert await refused(client.chat_update(channel="U1", ts=ts, text="x")) == "channel_not_found"
    assert slack.violations == ["chat.update: wants the id of the DM (D…), not of the person"]


async def test_a_long_text_can_be_posted_but_not_put_in_later(slack: FakeSlack, client: AsyncWebClient) -> None:
    ts = (await client.chat_postMessage(channel="C1", text="x" * 4001))["ts"]
    assert await refused(client.chat_update(channel="C1", ts=ts, text="x" * 4001)) == "msg_too_long"
    assert await refused(client.api_call("chat.postMessage", json={"channel": "C1"})) == "no_text"


async def test_bad_blocks_are_explained(slack: FakeSlack, client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C1", text="x", blocks=[section("")])
    assert caught.value.response["error"] == "invalid_blocks"
    (message,) = caught.value.response["response_metadata"]["messages"]
    assert message == "[ERROR] blocks[0].text.text: must be 1 to 3000 characters long, not 0"
    assert len(slack.violations) == 1


async def test_bad_manners_are_violations(slack: FakeSlack, client: AsyncWebClient) -> None:
    await client.api_call("chat.postMessage", json={"channel": "C1", "blocks": [section("hi")]})
    await client.chat_postMessage(channel="C1", text="<!here> hi")
    await client.views_publish(user_id="U1", view=home("<!channel> hi"))
    assert slack.violations == [
        "chat.postMessage: blocks without a top-level text: a screen reader has nothing to read",
        "chat.postMessage: would notify a whole channel",
        "views.publish: would notify a whole channel",
    ]


async def test_metadata_has_a_form_and_a_size(slack: FakeSlack, client: AsyncWebClient) -> None:
    no_payload, large = {"event_type": "asked"}, {"event_type": "asked", "event_payload": {"x": "x" * 9000}}
    assert (
        await refused(client.chat_postMessage(channel="C1", text="x", metadata=no_payload)) == "invalid_metadata_format"
    )
    assert await refused(client.chat_postMessage(channel="C1", text="x", metadata=large)) == "metadata_too_large"


async def test_replies_hang_from_the_message_that_began_the_thread(slack: FakeSlack, client: AsyncWebClient) -> None:
    root = slack.say("U1", "C1", "help")
    reply = (await client.chat_postMessage(channel="C1", text="hi", thread_ts=root))["ts"]
    assert [message.ts for message in slack.messages("C1", root)] == [reply]
    assert (
        await refused(client.chat_postMessage(channel="C1", text="x", thread_ts="1763719100.000000"))
        == "thread_not_found"
    )
    await client.chat_postMessage(channel="C1", text="x", thread_ts=reply)
    assert "names a reply" in slack.violations[0]


async def test_the_permalink_of_a_reply_names_its_thread(slack: FakeSlack, client: AsyncWebClient) -> None:
    root = slack.say("U1", "C1", "help")
    reply = slack.say("U1", "C1", "please", thread_ts=root)
    link = (await client.chat_getPermalink(channel="C1", message_ts=reply))["permalink"]
    assert link == f"https://northwind.slack.com/archives/C1/p{reply.replace('.', '')}?thread_ts={root}&cid=C1"


async def test_whispers_go_to_members(slack: FakeSlack, client: AsyncWebClient) -> None:
    await client.chat_postEphemeral(channel="C1", user="U1", text="psst")
    assert [(whisper.text, whisper.via) for whisper in slack.ephemerals_for("U1")] == [("psst", "api")]
    assert await refused(client.chat_postEphemeral(channel="C1", user="U2", text="psst")) == "user_not_in_channel"
    assert slack.messages("C1") == []
