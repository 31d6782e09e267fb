"""A response_url answers where somebody did something, five times, for half an hour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slack_sdk.webhook.async_client import AsyncWebhookClient

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


async def test_a_response_url_rewrites_what_was_clicked(
    slack: FakeSlack, app: RecordingApp, client: AsyncWebClient
) -> None:
    question = await ask(slack, client)
    await slack.click("U1", question, "low")
    hook = AsyncWebhookClient(app.last["response_url"])
    await hook.send_dict({"replace_original": True, "text": "Thank you"})
    assert slack.message("C1", question.ts).text == "Thank you"
    await hook.send_dict({"delete_original": True})
    assert slack.message("C1", question.ts) is None


async def test_a_response_url_changes_whispers_too(slack: FakeSlack, app: RecordingApp, client: AsyncWebClient) -> None:
    await client.chat_postEphemeral(channel="C1", user="U1", text="psst", blocks=[BUTTONS])
    await slack.click("U1", slack.ephemerals[0], "low")
    hook = AsyncWebhookClient(app.last["response_url"])
    await hook.send_dict({"replace_original": True, "text": "done"})
    assert [whisper.shown for whisper in slack.ephemerals] == ["done"]
    await hook.send_dict({"delete_original": True})
    assert slack.ephemerals == []


async def test_a_response_url_speaks_in_the_channel_or_in_an_ear(slack: FakeSlack, app: RecordingApp) -> None:
    root = slack.say("U1", "C1", "help")
    await slack.message_shortcut("U1", "ask", "C1", root)
    hook = AsyncWebhookClient(app.last["response_url"])
    await hook.send_dict({"text": "aloud", "response_type": "in_channel", "thread_ts": root, "replace_original": False})
    await hook.send_dict({"text": "quietly", "thread_ts": root})
    assert [message.text for message in slack.messages("C1", root)] == ["aloud"]
    (whisper,) = slack.ephemerals
    assert (whisper.text, whisper.via, whisper.thread_ts) == ("quietly", "response_url", None)


async def test_a_response_url_is_used_up_after_five_times(slack: FakeSlack, app: RecordingApp) -> None:
    await slack.command("U1", "C1", "/nps")
    hook = AsyncWebhookClient(app.last["response_url"])
    answers = [await hook.send_dict({"text": "again"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert "used_url" in answers[-1].body
    assert len(slack.calls_to("response_url")) == 6


async def test_a_response_url_dies_after_half_an_hour(slack: FakeSlack, app: RecordingApp) -> None:
    await slack.command("U1", "C1", "/nps")
    slack.clock.now += 30 * 60 + 1
    answer = await AsyncWebhookClient(app.last["response_url"]).send_dict({"text": "late"})
    assert "expired_url" in answer.body
