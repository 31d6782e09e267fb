"""A click on a score or a question that cannot be: it is turned away or explained, and breaks nothing."""

import pytest
from sqlalchemy import select

from storage.models import Response
from tests.house import ANA, House
from tests.web.conftest import Knocker, click


@pytest.mark.parametrize("score", [-1, 11, 99, 10**30])
async def test_a_score_off_the_scale_is_not_kept(door: Knocker, small_house: House, score: int) -> None:
    card = await small_house.ask()
    invitation = card.blocks[1]["elements"][0]["value"].partition(":")[0]
    assert await door.payload(click(actions=[action(f"{invitation}:{score}")])) == 400
    async with small_house.database.reading() as tx:
        assert (await tx.scalars(select(Response))).all() == []


@pytest.mark.parametrize("invitation", [0, -1, 2**31 - 1])
async def test_a_click_on_a_question_nobody_asked_is_explained(
    door: Knocker, small_house: House, invitation: int
) -> None:
    assert await door.payload(click(actions=[action(f"{invitation}:3")])) == 200
    await small_house.settle()
    [whisper] = small_house.slack.ephemerals_for(ANA)
    assert whisper.shown == "This question is no longer there, so nothing was saved."


@pytest.mark.parametrize("invitation", [2**31, 2**63, 10**30])
async def test_a_click_on_what_is_no_id_is_turned_away(door: Knocker, invitation: int) -> None:
    assert await door.payload(click(actions=[action(f"{invitation}:3")])) == 400


@pytest.mark.parametrize("urls", [None, 3, "https://hooks.slack.com/", [None], {"0": {}}])
async def test_response_urls_that_are_none_are_turned_away(door: Knocker, urls: object) -> None:
    assert await door.payload(click(type="view_submission") | {"response_urls": urls}) == 400


@pytest.mark.parametrize("view", [None, {}, {"id": "V1", "type": None}])
async def test_a_modal_that_is_none_is_turned_away(door: Knocker, view: object) -> None:
    assert await door.payload(click(type="view_submission") | {"view": view}) == 400


@pytest.mark.parametrize(
    "odd",
    [
        {"actions": [{}]},
        {"actions": [{"action_id": 3}]},
        {"user": {"id": [None]}},
        {"team": {"id": 5}},
        {"channel": {"id": {}}},
        {"container": {"message_ts": 1, "channel_id": "C0HELP"}},
        {"response_url": False},
        {"container": None},
    ],
    ids=str,
)
async def test_a_click_whose_pieces_are_not_as_slack_tells_them_is_turned_away(door: Knocker, odd: dict) -> None:
    assert await door.payload(click(actions=[action("1:3")]) | odd) == 400


async def test_a_click_within_a_workflow_is_kept_and_answered_with_the_bots_own_token(
    door: Knocker, small_house: House
) -> None:
    """Slack adds the step and a token of its own to such clicks, and leaves out the response URL."""
    card = await small_house.ask()
    seen = len(small_house.slack.calls)
    within = {
        "function_data": {"execution_id": "Fx0OURS", "function": {"callback_id": "ask_for_nps"}, "inputs": {}},
        "interactivity": {"interactor": {"id": ANA, "secret": "opaque"}, "interactivity_pointer": "1.2.d"},
        "bot_access_token": "xwfp-gone",
        "trigger_id": small_house.slack.new_trigger(ANA, channel=card.channel),
    }
    value = card.blocks[1]["elements"][3]["value"]
    assert await door.payload(click(actions=[action(value)]) | within) == 200
    await small_house.settle()
    assert small_house.slack.open_view(ANA) is not None
    assert {call.token for call in small_house.slack.calls[seen:]} == {small_house.slack.bot_token}
    async with small_house.database.reading() as tx:
        assert [each.score for each in await tx.scalars(select(Response))] == [3]


@pytest.mark.parametrize("team", ["T0ELSEWHERE", None])
async def test_a_click_in_another_workspace_of_an_organisation_reaches_nobody(
    door: Knocker, small_house: House, team: str | None
) -> None:
    card = await small_house.ask()
    elsewhere = {
        "team": {"id": team, "domain": "x"} if team else None,
        "user": {"id": ANA, "username": "ana", "name": "ana", "team_id": "T0ELSEWHERE"},
        "enterprise": {"id": "E0ORG", "name": "Org"},
        "is_enterprise_install": True,
        "function_data": {"execution_id": "Fx0THEIRS", "function": {"callback_id": "ask_for_nps"}, "inputs": {}},
    }
    value = card.blocks[1]["elements"][3]["value"]
    await door.payload(click(actions=[action(value)]) | elsewhere)
    await small_house.settle()
    async with small_house.database.reading() as tx:
        assert (await tx.scalars(select(Response))).all() == []


@pytest.mark.parametrize("inputs", [{"person": ["U0ANA"]}, {"person": ANA, "survey": {"a": 1}}, [ANA]])
async def test_a_step_whose_inputs_are_not_as_slack_tells_them_is_turned_away(door: Knocker, inputs: object) -> None:
    event = {
        "type": "function_executed",
        "function": {"callback_id": "ask_for_nps"},
        "function_execution_id": "Fx1",
        "inputs": inputs,
    }
    assert await door.event({"type": "event_callback", "team_id": "T0NORTH", "event": event}) == 400


async def test_an_event_that_is_none_is_turned_away(door: Knocker) -> None:
    assert await door.event({"type": "event_callback", "team_id": "T0NORTH", "event": None}) == 400


def action(value: str) -> dict[str, str]:
    return {"type": "button", "action_id": "score_3", "value": value, "action_ts": "1763719201.5"}
