"""People click, choose, type commands and use shortcuts; the app is told as Slack tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk.signature import SignatureVerifier

from tests.fake_slack.samples import BUTTONS

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from tests.fake_slack import FakeSlack, Message
    from tests.fake_slack.rehearsal import RecordingApp


async def ask(slack: FakeSlack, client: AsyncWebClient, channel: str = "C1", **more: Any) -> Message:
    answer = await client.chat_postMessage(channel=channel, text="How likely?", blocks=[BUTTONS], **more)
    message = slack.message(answer["channel"], answer["ts"])
    assert message is not None
    return message


async def test_a_click_is_signed_and_says_what_was_clicked(
    slack: FakeSlack, app: RecordingApp, client: AsyncWebClient
) -> None:
    question = await ask(slack, client)
    ack = await slack.click("U1", question, "high", action_ts="1763719212.345678")
    verifier = SignatureVerifier(slack.signing_secret, clock=slack)
    assert verifier.is_valid_request(app.bodies[0], app.headers[0])
    assert (ack.status, ack.body) == (200, None)
    (action,) = app.last["actions"]
    assert action == {
        "type": "button",
        "action_id": "high",
        "block_id": "scores",
        "text": {"type": "plain_text", "text": "High", "emoji": True},
        "value": "9",
        "action_ts": "1763719212.345678",
    }
    assert app.last["message"]["ts"] == app.last["container"]["message_ts"] == question.ts
    assert app.last["team"] == {"id": "T0NORTH", "domain": "northwind"}


async def test_a_click_that_cannot_be_made_says_what_there_is(
    slack: FakeSlack, app: RecordingApp, client: AsyncWebClient
) -> None:
    question = await ask(slack, client)
    with pytest.raises(AssertionError, match=r"button 'low' 'Low' value='1' in block 'scores'"):
        await slack.click("U1", question, "middle")
    with pytest.raises(AssertionError, match="U9 is not in C1"):
        await slack.click("U9", question, "low")
    await client.chat_update(channel="C1", ts=question.ts, text="Thanks")
    with pytest.raises(AssertionError, match="nothing at all"):
        await slack.click("U1", question, "low")
    assert (await slack.click("U1", question, "low", stale=True)).ok
    assert len(app.payloads) == 1


async def test_a_click_in_a_thread_and_in_a_dm_tells_the_place(
    slack: FakeSlack, app: RecordingApp, client: AsyncWebClient
) -> None:
    root = slack.say("U1", "C1", "help")
    await slack.click("U1", await ask(slack, client, thread_ts=root), "low")
    assert app.last["container"]["thread_ts"] == app.last["message"]["thread_ts"] == root
    assert app.last["message"]["parent_user_id"] == "U1"
    await slack.click("U1", await ask(slack, client, "U1"), "low")
    assert app.last["channel"] == {"id": "D1", "name": "directmessage"}


async def test_an_external_click_names_our_team_and_their_home(
    slack: FakeSlack, app: RecordingApp, client: AsyncWebClient
) -> None:
    await slack.click("U9", await ask(slack, client, "C4"), "low")
    assert (app.last["team"]["id"], app.last["user"]["team_id"], app.last["enterprise"]) == ("T0NORTH", "T0OTHER", None)


async def test_a_click_in_a_whisper_carries_no_message(
    slack: FakeSlack, app: RecordingApp, client: AsyncWebClient
) -> None:
    await client.chat_postEphemeral(channel="C1", user="U1", text="psst", blocks=[BUTTONS])
    (whisper,) = slack.ephemerals_for("U1")
    await slack.click("U1", whisper, "low")
    assert app.last["container"]["is_ephemeral"]
    assert "message" not in app.last


async def test_a_click_at_home_carries_the_view(slack: FakeSlack, app: RecordingApp, client: AsyncWebClient) -> None:
    await client.views_publish(user_id="U1", view={"type": "home", "blocks": [BUTTONS]})
    await slack.click("U1", slack.home("U1"), "low")
    assert app.last["container"] == {"type": "view", "view_id": app.last["view"]["id"]}
    assert (app.last["view"]["type"], "response_url" in app.last) == ("home", False)


async def test_a_choice_in_a_menu_is_told_and_remembered(
    slack: FakeSlack, app: RecordingApp, client: AsyncWebClient
) -> None:
    question = await ask(slack, client)
    await slack.select("U1", question, "pick", "two")
    assert app.last["actions"][0]["selected_option"]["value"] == "two"
    await slack.select("U1", question, "more", "stop")
    assert app.last["actions"][0]["selected_option"]["value"] == "stop"
    assert app.last["state"]["values"]["scores"]["pick"]["selected_option"]["value"] == "two"
    with pytest.raises(AssertionError, match="'three' is not offered; offered are 'one', 'two'"):
        await slack.select("U1", question, "pick", "three")


async def test_a_command_arrives_as_a_form_with_names_escaped(slack: FakeSlack, app: RecordingApp) -> None:
    await slack.command("U1", "C1", "/nps", "ask @bo & <@U1|ana> in #support")
    assert app.last["text"] == "ask <@U2|bo> &amp; <@U1|ana> in <#C1|support>"
    assert (app.last["command"], app.last["channel_name"], app.last["user_id"]) == ("/nps", "support", "U1")
    assert app.last["trigger_id"] in slack.triggers


async def test_what_a_command_is_answered_is_whispered(slack: FakeSlack, app: RecordingApp) -> None:
    app.answer = "Here you are."
    await slack.command("U1", "C1", "/nps")
    app.answer = {"response_type": "in_channel", "text": "Here you all are."}
    await slack.command("U1", "C1", "/nps")
    assert [(whisper.text, whisper.via) for whisper in slack.ephemerals] == [("Here you are.", "ack")]
    assert [message.text for message in slack.posts("C1")] == ["Here you all are."]


async def test_external_people_have_neither_commands_nor_shortcuts_nor_home(
    slack: FakeSlack, app: RecordingApp
) -> None:
    ts = slack.say("U1", "C4", "hi")
    for attempt in (
        slack.command("U9", "C4", "/nps"),
        slack.message_shortcut("U9", "ask", "C4", ts),
        slack.open_home("U9"),
    ):
        with pytest.raises(AssertionError, match="U9 is external"):
            await attempt
    assert app.payloads == []


async def test_a_message_shortcut_brings_the_message(slack: FakeSlack, app: RecordingApp) -> None:
    ts = slack.say("U1", "C1", "My export is stuck")
    await slack.message_shortcut("U1", "ask_author", "C1", ts)
    assert (app.last["type"], app.last["callback_id"], app.last["message_ts"]) == ("message_action", "ask_author", ts)
    assert (app.last["message"]["user"], app.last["message"]["text"]) == ("U1", "My export is stuck")
    await slack.global_shortcut("U1", "new_survey")
    assert (app.last["type"], "response_url" in app.last) == ("shortcut", False)
