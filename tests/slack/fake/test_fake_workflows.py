"""The fake runs steps as a workflow does, and takes for an answer only what the manifest announces."""

from __future__ import annotations

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.fake_slack import FakeSlack
from tests.fake_slack.rehearsal import RecordingApp, refused

STEP = {
    "title": "Ask",
    "description": "Asks somebody",
    "input_parameters": {"properties": {"recipient": {"type": "slack#/types/user_id"}}, "required": ["recipient"]},
    "output_parameters": {"properties": {"score": {"type": "number"}, "asked": {"type": "boolean"}}},
}


@pytest.fixture
async def slack(slack: FakeSlack) -> FakeSlack:
    slack.functions = {"ask_nps": STEP}
    return slack


async def test_a_step_is_finished_once_with_its_own_token_while_that_lives(slack: FakeSlack, app: RecordingApp):
    await slack.run_step("ask_nps", {"recipient": "U1"})
    event = app.last["event"]
    assert event["function"]["input_parameters"][0]["is_required"]
    step = AsyncWebClient(event["bot_access_token"], base_url=slack.api_url)
    done = {"function_execution_id": event["function_execution_id"], "outputs": {"score": 9}}
    assert (await step.functions_completeSuccess(**done))["ok"]
    assert await refused(step.functions_completeSuccess(**done)) == "execution_not_in_running_state"
    slack.clock.now += 15 * 60 + 1
    assert await refused(step.functions_completeSuccess(**done)) == "invalid_auth"


@pytest.mark.parametrize("outputs", [{"note": "x"}, {"score": "9"}, {"score": True}, {"asked": 1}])
async def test_outputs_the_manifest_does_not_announce_are_refused(
    slack: FakeSlack, app: RecordingApp, client: AsyncWebClient, outputs: dict
):
    await slack.run_step("ask_nps", {"recipient": "U1"})
    done = {"function_execution_id": app.last["event"]["function_execution_id"], "outputs": outputs}
    assert await refused(client.functions_completeSuccess(**done)) == "parameter_validation_failed"
    assert slack.violations != []


async def test_an_execution_nobody_started_is_not_found(slack: FakeSlack, client: AsyncWebClient):
    done = {"function_execution_id": "Fx404", "error": "no"}
    assert await refused(client.functions_completeError(**done)) == "function_execution_not_found"
