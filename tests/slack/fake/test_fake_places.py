"""People, channels and what was said there are shown to an app as far as Slack would show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fake_slack.rehearsal import refused
from tests.fake_slack.samples import section

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from tests.fake_slack import FakeSlack


async def test_people_are_listed_in_pages_without_external_ones(slack: FakeSlack, client: AsyncWebClient) -> None:
    first = await client.users_list(limit=2)
    rest = await client.users_list(limit=2, cursor=first["response_metadata"]["next_cursor"])
    ids = [person["id"] for person in first["members"] + rest["members"]]
    assert ids == ["USLACKBOT", "U0BOT", "U1", "U2"]
    assert rest["response_metadata"]["next_cursor"] == ""


async def test_external_people_tell_less_of_themselves(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.scopes.add("users:read.email")
    ours = (await client.users_info(user="U1", include_locale=True))["user"]
    theirs = (await client.users_info(user="U9", include_locale=True))["user"]
    assert (ours["locale"], ours["tz_offset"], ours["profile"]["email"]) == ("es-ES", 3600, "ana@example.com")
    assert (theirs["team_id"], theirs["is_stranger"], "locale" in theirs) == ("T0OTHER", False, False)
    assert await refused(client.users_info(user="U0NONE")) == "user_not_found"


async def test_people_are_found_by_email_with_the_scope(slack: FakeSlack, client: AsyncWebClient) -> None:
    assert await refused(client.users_lookupByEmail(email="ana@example.com")) == "missing_scope"
    slack.scopes.add("users:read.email")
    assert (await client.users_lookupByEmail(email="ana@example.com"))["user"]["id"] == "U1"
    assert await refused(client.users_lookupByEmail(email="no@example.com")) == "users_not_found"


async def test_private_channels_are_seen_from_inside_only(slack: FakeSlack, client: AsyncWebClient) -> None:
    assert await refused(client.conversations_info(channel="C3")) == "channel_not_found"
    slack.invite("C3", slack.bot_user_id)
    assert (await client.conversations_info(channel="C3"))["channel"]["is_private"]
    mine = await client.users_conversations(types="public_channel,private_channel", exclude_archived=True)
    assert [channel["id"] for channel in mine["channels"]] == ["C1", "C3", "C4"]
    assert (await client.conversations_members(channel="C4"))["members"] == ["U1", "U9", "U0BOT"]


async def test_history_needs_the_scope_for_its_kind_of_channel(slack: FakeSlack, client: AsyncWebClient) -> None:
    assert await refused(client.conversations_history(channel="C1")) == "missing_scope"
    slack.scopes |= {"channels:history"}
    assert await refused(client.conversations_history(channel="C2")) == "not_in_channel"
    root = slack.say("U1", "C1", "help")
    slack.say("U1", "C1", "anybody?", thread_ts=root)
    last = slack.say("U1", "C1", "never mind")
    history = (await client.conversations_history(channel="C1"))["messages"]
    assert [(message["ts"], message.get("reply_count")) for message in history] == [(last, None), (root, 1)]


async def test_a_thread_comes_with_metadata_when_asked(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.scopes |= {"channels:history"}
    root = slack.say("U1", "C1", "help")
    metadata = {"event_type": "asked", "event_payload": {"key": "1"}}
    await client.chat_postMessage(channel="C1", thread_ts=root, text="hi", metadata=metadata)
    plain = (await client.conversations_replies(channel="C1", ts=root))["messages"]
    full = (await client.conversations_replies(channel="C1", ts=root, include_all_metadata=True))["messages"]
    assert [message["text"] for message in plain] == ["help", "hi"]
    assert ("metadata" in plain[1], full[1]["metadata"]) == (False, metadata)


async def test_the_bot_joins_public_channels_and_opens_dms(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.scopes |= {"channels:join", "im:write"}
    await client.conversations_join(channel="C2")
    assert slack.bot_user_id in slack.channel("C2").members
    assert (await client.conversations_open(users=["U1"]))["channel"]["id"] == "D1"
    assert await refused(client.conversations_open(users=["U0NONE"])) == "user_not_found"


async def test_the_rest_of_the_api_is_there_too(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.scopes |= {"usergroups:read", "team:read", "reactions:write"}
    slack.add_usergroup("S1", name="Helpers", users=["U1"])
    assert (await client.usergroups_users_list(usergroup="S1"))["users"] == ["U1"]
    assert await refused(client.usergroups_users_list(usergroup="S2")) == "no_such_subteam"
    [group] = (await client.usergroups_list(include_count=True))["usergroups"]
    assert (group["id"], group["name"], group["user_count"]) == ("S1", "Helpers", 1)
    assert (await client.team_info())["team"]["name"] == "Northwind"
    assert (await client.bots_info(bot="B0BOT"))["bot"]["user_id"] == "U0BOT"
    ts = slack.say("U1", "C1", "help")
    await client.reactions_add(channel="C1", timestamp=ts, name="eyes")
    assert await refused(client.reactions_add(channel="C1", timestamp=ts, name="eyes")) == "already_reacted"
    assert (await client.blocks_validate(blocks=[section("x")]))["ok"]
    assert await refused(client.blocks_validate(blocks=[section("")])) == "invalid_blocks"


async def test_a_file_keeps_its_bytes_and_refuses_people(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.scopes |= {"files:write"}
    await client.files_upload_v2(content="a,b\n1,2", filename="scores.csv", channel="C1", initial_comment="Here")
    (file,) = slack.files
    assert (file.data, file.channel, file.title) == (b"a,b\n1,2", "C1", "scores.csv")
    assert slack.posts("C1")[0].files == [file.id]
    assert await refused(client.files_upload_v2(content="x", filename="x", channel="U1")) == "channel_not_found"
    assert slack.violations == ["files.completeUploadExternal: wants the id of the DM (D…), not of the person"]


async def test_a_block_shows_a_picture_that_was_uploaded_to_the_end(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.scopes |= {"files:write"}
    await client.files_upload_v2(content=b"\x89PNG\r\n\x1a\n", filename="trend.png")
    await client.files_upload_v2(content="a,b", filename="scores.csv")
    announced = (await client.files_getUploadURLExternal(filename="b.png", length=3))["file_id"]
    picture, sheet, _ = (file.id for file in slack.files)

    def shown(file_id: str) -> list[dict[str, object]]:
        return [{"type": "image", "slack_file": {"id": file_id}, "alt_text": "NPS by month"}]

    await client.chat_postMessage(channel="C1", text="x", blocks=shown(picture))
    for wrong in (sheet, announced, "F0NONE"):
        assert await refused(client.chat_postMessage(channel="C1", text="x", blocks=shown(wrong))) == "invalid_blocks"
    assert set(slack.violations) == {"chat.postMessage: invalid slack file [json-pointer:/blocks/0/slack_file]"}
