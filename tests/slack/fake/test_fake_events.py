"""What happens in the workspace reaches the app if Slack would tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.fake_slack.samples import BUTTONS

if TYPE_CHECKING:
    from tests.fake_slack import FakeSlack
    from tests.fake_slack.rehearsal import RecordingApp


async def test_an_event_comes_in_its_envelope_and_can_be_retried(slack: FakeSlack, app: RecordingApp) -> None:
    app.status = 500
    ack = await slack.event({"type": "app_home_opened", "user": "U1", "tab": "home", "channel": "D1"})
    app.status = 200
    again = await slack.redeliver(ack, retry_num=1, retry_reason="http_error")
    assert ((ack.ok, again.ok), app.payloads[0]) == ((False, True), app.payloads[1])
    assert app.headers[1]["X-Slack-Retry-Num"] == "1"
    assert app.headers[1]["X-Slack-Retry-Reason"] == "http_error"
    (authorization,) = app.last["authorizations"]
    assert (authorization["team_id"], authorization["user_id"]) == ("T0NORTH", "U0BOT")


async def test_a_change_is_told_when_it_is_awaited_and_the_bot_may_know(slack: FakeSlack, app: RecordingApp) -> None:
    slack.invite("C1", "U2")
    assert app.payloads == []
    await slack.kick("C1", "U2")
    assert (app.last["event"]["type"], app.last["event"]["user"]) == ("member_left_channel", "U2")
    await slack.archive("C1")
    assert (app.last["event"]["type"], slack.channel("C1").is_archived) == ("channel_archive", True)
    await slack.kick("C4", slack.bot_user_id)
    assert (app.last["event"]["type"], app.last["event"]["channel"]) == ("channel_left", "C4")
    assert await slack.unarchive("C4") is None


async def test_an_invitation_names_who_invited(slack: FakeSlack, app: RecordingApp) -> None:
    await slack.invite("C2", slack.bot_user_id, by="U1")
    event = app.last["event"]
    assert (event["type"], event["user"], event["inviter"]) == ("member_joined_channel", "U0BOT", "U1")


async def test_a_channel_can_get_another_id_and_keeps_what_was_said(slack: FakeSlack, app: RecordingApp) -> None:
    ts = slack.say("U1", "C1", "help")
    await slack.change_channel_id("C1", "C77")
    assert app.last["event"]["new_channel_id"] == "C77"
    assert slack.message("C77", ts).text == "help"
    assert "C1" not in slack.channels


async def test_reactions_are_told_with_their_scope_only(slack: FakeSlack, app: RecordingApp) -> None:
    ts = slack.say("U9", "C4", "thanks")
    assert await slack.react("U1", "C4", ts, "eyes") is None
    slack.scopes.add("reactions:read")
    await slack.react("U1", "C4", ts, "ballot_box_with_ballot")
    assert app.last["event"]["item"] == {"type": "message", "channel": "C4", "ts": ts}
    assert (app.last["event"]["item_user"], app.last["is_ext_shared_channel"]) == ("U9", True)


async def test_a_reaction_can_be_taken_back(slack: FakeSlack, app: RecordingApp) -> None:
    slack.scopes.add("reactions:read")
    ts = slack.say("U1", "C1", "help")
    slack.react("U1", "C1", ts, "eyes")
    with pytest.raises(AssertionError, match="already_reacted"):
        slack.react("U1", "C1", ts, "eyes")
    await slack.unreact("U1", "C1", ts, "eyes")
    assert (app.last["event"]["type"], slack.message("C1", ts).reactions) == ("reaction_removed", {})


async def test_a_user_group_that_changes_is_told_with_its_scope_only(slack: FakeSlack, app: RecordingApp) -> None:
    slack.add_usergroup("S1", users=["U1"])
    assert await slack.regroup("S1", ["U1", "U9"]) is None
    slack.scopes.add("usergroups:read")
    await slack.regroup("S1", ["U9"])
    told = app.last["event"]
    assert (told["type"], told["added_users"], told["removed_users"]) == ("subteam_members_changed", [], ["U1"])


async def test_a_deactivated_person_is_announced_and_does_nothing_more(slack: FakeSlack, app: RecordingApp) -> None:
    await slack.deactivate("U1")
    assert app.last["event"]["user"]["deleted"]
    with pytest.raises(AssertionError, match="U1 is deactivated"):
        await slack.command("U1", "C1", "/nps")


async def test_what_people_write_can_be_announced(slack: FakeSlack, app: RecordingApp) -> None:
    ts = slack.say("U9", "C4", "thanks, solved")
    assert await slack.announce("C4", ts) is None
    slack.scopes.add("channels:history")
    await slack.announce("C4", ts)
    event = app.last["event"]
    assert (event["text"], event["channel_type"], event["user_team"]) == ("thanks, solved", "channel", "T0OTHER")


async def test_opening_home_shows_what_was_published(
    slack: FakeSlack, app: RecordingApp, client: AsyncWebClient
) -> None:
    await slack.open_home("U1")
    assert "view" not in app.last["event"]
    await client.views_publish(user_id="U1", view={"type": "home", "blocks": [BUTTONS]})
    await slack.open_home("U1")
    assert app.last["event"]["view"]["type"] == "home"
