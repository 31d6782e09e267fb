"""A form is sent only as a real client would send it, and the app's answer moves the stack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.fake_slack.samples import FORM, WHY, field, plain

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from tests.fake_slack import FakeSlack
    from tests.fake_slack.rehearsal import RecordingApp


async def open_form(slack: FakeSlack, client: AsyncWebClient, user: str = "U1", **more: Any) -> None:
    trigger = slack.new_trigger(user, channel="C1")
    await client.views_open(trigger_id=trigger, view={**FORM, **more})


async def test_a_submission_holds_what_was_entered_and_what_was_there(
    slack: FakeSlack, app: RecordingApp, client: AsyncWebClient
) -> None:
    await open_form(slack, client)
    await slack.submit("U1", {"why": "slow", "kind": "idea", "tags": {"tags": ["a", "c"]}, "count": 3})
    values = app.last["view"]["state"]["values"]
    assert values["why"]["why"] == {"type": "plain_text_input", "value": "slow"}
    assert values["kind"]["kind"]["selected_option"]["value"] == "idea"
    assert [it["value"] for it in values["tags"]["tags"]["selected_options"]] == ["a", "c"]
    assert values["who"]["who"] == {"type": "users_select", "selected_user": "U2"}
    assert values["where"]["where"]["selected_conversation"] == "C1"
    assert values["count"]["count"] == {"type": "number_input", "value": "3"}
    assert values["day"]["day"] == {"type": "datepicker", "selected_date": None}
    assert slack.open_view("U1") is None


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({}, "'Why' .* is required and empty"),
        ({"why": "x" * 21}, "takes 0 to 20 characters"),
        ({"why": "x", "kind": "praise"}, "'praise' is not offered"),
        ({"why": "x", "count": 11}, "too large"),
        ({"why": "x", "count": 1.5}, "no decimals"),
        ({"why": "x", "who": None}, "'Who' .* is required"),
        ({"why": "x", "whom": "U1"}, "no field in a block 'whom'"),
    ],
)
async def test_a_form_that_slack_would_not_send_is_not_sent(
    slack: FakeSlack, app: RecordingApp, client: AsyncWebClient, values: dict[str, Any], why: str
) -> None:
    await open_form(slack, client)
    with pytest.raises(AssertionError, match=why):
        await slack.submit("U1", values)
    assert app.payloads == []


async def test_an_external_submission_names_their_team_and_our_installation(
    slack: FakeSlack, app: RecordingApp, client: AsyncWebClient
) -> None:
    await open_form(slack, client, "U9")
    await slack.submit("U9", {"why": "slow"})
    assert (app.last["team"]["id"], app.last["enterprise"]["id"]) == ("T0OTHER", "E0OTHER")
    assert (app.last["view"]["team_id"], app.last["view"]["app_installed_team_id"]) == ("T0OTHER", "T0NORTH")


async def test_the_answer_to_a_submission_moves_the_stack(
    slack: FakeSlack, app: RecordingApp, client: AsyncWebClient
) -> None:
    await open_form(slack, client)
    app.answer = {"response_action": "errors", "errors": {"why": "No."}}
    await slack.submit("U1", {"why": "slow"})
    assert slack.open_view("U1").errors == {"why": "No."}
    app.answer = {"response_action": "push", "view": {**FORM, "title": plain("Second")}}
    await slack.submit("U1")
    assert [view.title for view in slack.views("U1")] == ["Form", "Second"]
    app.answer = {"response_action": "update", "view": {**FORM, "title": plain("Third")}}
    await slack.submit("U1", {"why": "slow"})
    assert [view.title for view in slack.views("U1")] == ["Form", "Third"]
    app.answer = {"response_action": "clear"}
    await slack.submit("U1")
    assert slack.views("U1") == []
    assert slack.violations == []


async def test_a_wrong_answer_to_a_submission_is_a_violation(
    slack: FakeSlack, app: RecordingApp, client: AsyncWebClient
) -> None:
    await open_form(slack, client)
    for app.answer in ("thanks", {"response_action": "errors", "errors": {"whom": "No."}}):
        await slack.submit("U1", {"why": "slow"})
    assert len(slack.violations) == 2


async def test_a_submission_that_failed_leaves_the_form_open(
    slack: FakeSlack, app: RecordingApp, client: AsyncWebClient
) -> None:
    await open_form(slack, client)
    app.status = 500
    ack = await slack.submit("U1", {"why": "slow"})
    assert (ack.ok, slack.open_view("U1").title) == (False, "Form")


async def test_closing_is_told_only_when_asked_for(slack: FakeSlack, app: RecordingApp, client: AsyncWebClient) -> None:
    await open_form(slack, client, notify_on_close=False)
    assert await slack.close_view("U1") is None
    await open_form(slack, client)
    await slack.close_view("U1", clear=True)
    assert (app.last["type"], app.last["is_cleared"], slack.views("U1")) == ("view_closed", True, [])


async def test_a_field_tells_the_app_only_with_dispatch_action(
    slack: FakeSlack, app: RecordingApp, client: AsyncWebClient
) -> None:
    loud = field("loud", {"type": "users_select"}, dispatch_action=True, optional=True)
    await open_form(slack, client, blocks=[WHY, loud])
    await slack.select("U1", slack.open_view("U1"), "why", "typed")
    assert app.payloads == []
    await slack.select("U1", slack.open_view("U1"), "loud", "U2")
    assert app.last["actions"][0]["selected_user"] == "U2"
    assert app.last["view"]["state"]["values"]["why"]["why"]["value"] == "typed"


@pytest.mark.parametrize(
    ("channel", "why"),
    [("C3", "leaves out private"), ("C4", "leaves out shared"), ("C5", "archived"), ("C6", "U1 does not see C6")],
)
async def test_a_menu_of_conversations_offers_what_its_filter_lets_through(
    slack: FakeSlack, client: AsyncWebClient, channel: str, why: str
) -> None:
    chosen = {"include": ["public"], "exclude_external_shared_channels": True}
    slack.add_channel("C5", is_archived=True)
    slack.add_channel("C6", is_private=True)
    menu = field("place", {"type": "conversations_select", "filter": chosen}, optional=True)
    await open_form(slack, client, blocks=[menu])
    with pytest.raises(AssertionError, match=why):
        await slack.submit("U1", {"place": channel})


async def test_a_menu_of_conversations_can_earn_a_response_url(
    slack: FakeSlack, app: RecordingApp, client: AsyncWebClient
) -> None:
    menu = field("place", {"type": "conversations_select", "response_url_enabled": True})
    await open_form(slack, client, blocks=[menu])
    await slack.submit("U1", {"place": "C1"})
    (earned,) = app.last["response_urls"]
    assert (earned["channel_id"], earned["block_id"], earned["action_id"]) == ("C1", "place", "place")
    await AsyncWebhookClient(earned["response_url"]).send_dict({"text": "hi", "response_type": "in_channel"})
    assert [message.text for message in slack.posts("C1")] == ["hi"]


async def test_only_the_view_on_top_can_be_used(slack: FakeSlack, app: RecordingApp, client: AsyncWebClient) -> None:
    await open_form(slack, client)
    below = slack.open_view("U1")
    app.answer = {"response_action": "push", "view": {**FORM, "title": plain("Second")}}
    await slack.submit("U1", {"why": "slow"})
    with pytest.raises(AssertionError, match="'Form' is not what U1 sees now"):
        await slack.submit("U1", {"why": "slow"}, view=below)
