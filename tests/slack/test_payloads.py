"""What Slack sends, read: every shape of a click, a modal, a command and a shortcut, and what is turned away."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.rules.urgency import Solved
from bot.services.invitations import Card
from bot.slack import api_errors, payloads, submissions
from bot.slack.contexts import AskContext, CommentContext, unpack
from bot.slack.payloads import Origin, instant
from bot.slack.shapes import Unreadable
from tests.slack.payload_samples import (
    ACTED,
    CLICK,
    COMMAND,
    IN_A_MODAL,
    IN_A_THREAD,
    MESSAGE,
    NO_MESSAGE,
    RESPONSE_URL,
    SHORTCUT,
    SUBMISSION,
    THREAD,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def click(*without: str, **changed: Any) -> dict[str, Any]:
    return {name: value for name, value in (deepcopy(CLICK) | changed).items() if name not in without}


def answered(**values: Mapping[str, Any]) -> dict[str, Any]:
    """A sent comment modal in which these fields hold something else."""
    body = deepcopy(SUBMISSION)
    for block_id, element in values.items():
        body["view"]["state"]["values"][block_id] = {"value": element}
    return body


def without(body: Mapping[str, Any], path: str) -> dict[str, Any]:
    """The same payload with one piece missing: "view.id"."""
    thinner: Any = deepcopy(dict(body))
    *way, last = path.split(".")
    inner = thinner
    for step in way:
        inner = inner[int(step) if step.isdecimal() else step]
    del inner[last]
    return thinner


def test_a_click_says_what_was_pressed_when_and_where():
    found = payloads.click(CLICK)
    assert (found.action_id, found.value) == ("score_9", "17:9")
    assert found.acted_at == datetime(2025, 11, 21, 10, 0, 12, 345678, tzinfo=UTC)
    assert found.origin == Origin("C0HELP", MESSAGE, None, RESPONSE_URL, "98.12.0f")
    assert found.origin.card == Card("C0HELP", MESSAGE)


@pytest.mark.parametrize(
    ("body", "origin"),
    [
        (click(**IN_A_THREAD), Origin("C0HELP", MESSAGE, THREAD, RESPONSE_URL, "98.12.0f")),
        (
            click(message=IN_A_THREAD["message"]),  # only the message tells the thread
            Origin("C0HELP", MESSAGE, THREAD, RESPONSE_URL, "98.12.0f"),
        ),
        (
            click(
                container=CLICK["container"] | {"channel_id": "D0ANA"}, channel={"id": "D0ANA", "name": "directmessage"}
            ),
            Origin("D0ANA", MESSAGE, None, RESPONSE_URL, "98.12.0f"),
        ),
        (
            click("message", container=CLICK["container"] | {"is_ephemeral": True}),
            Origin("C0HELP", MESSAGE, None, RESPONSE_URL, "98.12.0f", is_whisper=True),
        ),
        (click("container"), Origin("C0HELP", None, None, RESPONSE_URL, "98.12.0f")),
        (click(*NO_MESSAGE, **IN_A_MODAL), Origin(trigger_id="98.12.0f")),
        (COMMAND, Origin("C0HELP", None, None, RESPONSE_URL, "98.12.ee", is_command=True)),
        (SHORTCUT, Origin("C0HELP", MESSAGE, None, RESPONSE_URL, "98.12.cc")),
        (SUBMISSION, Origin(trigger_id="98.12.aa")),
        ({"type": "event_callback", "event": {"type": "channel_shared", "channel": "C0HELP"}}, Origin()),
    ],
    ids=[
        "thread",
        "thread by message",
        "dm",
        "ephemeral",
        "no container",
        "modal",
        "command",
        "shortcut",
        "sent",
        "event",
    ],
)
def test_an_answer_goes_where_something_was_done(body, origin):
    assert payloads.origin_of(body) == origin


@pytest.mark.parametrize("origin", [Origin(), Origin("C0HELP"), Origin(message_ts=MESSAGE)])
def test_what_was_not_done_on_a_message_has_no_card(origin):
    assert origin.card is None


@pytest.mark.parametrize(
    "changed",
    [
        {"user": {"id": "U0EVE", "username": "eve", "name": "eve", "team_id": "T0CUST"}, **IN_A_THREAD},
        {
            "user": {"id": "W0EVA", "username": "eva", "name": "eva", "team_id": "T0GRID"},
            "enterprise": {"id": "E0GRID", "name": "Grid"},
        },
        {"team": None, "enterprise": {"id": "E0NORTH", "name": "Northwind"}, "is_enterprise_install": True},
    ],
    ids=["external", "grid", "org install"],
)
def test_a_score_is_read_from_people_of_every_kind_of_workspace(changed):
    found = payloads.score_click(click(**changed))
    assert (found.invitation_id, found.score) == (17, 9)


def test_a_score_picked_in_the_modal_knows_the_modal():
    found = payloads.score_click(click(*NO_MESSAGE, **IN_A_MODAL))
    assert (found.invitation_id, found.score) == (17, 8)
    assert found.click.view_id == "V0NPS"
    assert unpack(CommentContext, found.click.metadata) == CommentContext(17, 4)


def test_the_same_click_delivered_again_has_the_same_source():
    assert payloads.click(click()).source == payloads.click(deepcopy(CLICK)).source


@pytest.mark.parametrize(
    "changed",
    [
        {"actions": [CLICK["actions"][0] | {"action_ts": "1763719212.345679"}]},
        {"actions": [CLICK["actions"][0] | {"action_id": "score_8"}]},
        {"container": CLICK["container"] | {"message_ts": "1763719201.000201"}},
    ],
    ids=["later", "another button", "another message"],
)
def test_another_click_has_another_source(changed):
    assert payloads.click(click(**changed)).source != payloads.click(CLICK).source


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ({"value": "17"}, "17"),
        ({"selected_option": {"value": "17:8"}}, "17:8"),
        ({"selected_option": None}, ""),
        ({"selected_conversation": "C0ALERTS"}, "C0ALERTS"),
        ({"selected_channel": "C0ALERTS"}, "C0ALERTS"),
        ({"selected_user": "U0ANA"}, "U0ANA"),
        ({}, ""),
    ],
)
def test_a_click_has_the_value_of_whatever_was_pressed_or_picked(element, value):
    action = {"action_id": "a", "action_ts": ACTED, **element}
    assert payloads.click(click(actions=[action])).value == value


def test_a_sent_comment_says_everything_that_was_filled_in():
    found = submissions.comment_submission(SUBMISSION)
    assert found.context == CommentContext(17, 4)
    assert (found.comment, found.solved, found.wants_reply) == ("Exports time out.", Solved.PARTLY, True)
    assert found.source == "view:V0NPS:1763719213.AbCd"


def test_a_comment_modal_sent_empty_says_nothing():
    found = submissions.comment_submission(
        answered(comment={"value": None}, solved={"selected_option": None}, reply={"selected_options": []})
    )
    assert (found.comment, found.solved, found.wants_reply) == (None, None, False)


def test_a_comment_of_spaces_is_no_comment():
    assert submissions.comment_submission(answered(comment={"value": " \n\t "})).comment is None


@pytest.mark.parametrize(
    ("picked", "score"),
    [({"value": "17:4"}, None), ({"value": "17:7"}, 7), ({"value": "17:0"}, 0), ({"value": "17:10"}, 10), (None, None)],
)
def test_a_score_is_sent_only_when_it_differs_from_the_one_the_modal_opened_with(picked, score):
    assert submissions.comment_submission(answered(score={"selected_option": picked})).score == score


def test_people_picked_in_a_modal_are_read_in_their_order():
    sent = submissions.submission(
        answered(managers={"selected_users": ["U0CY", "U0BO"]}, nobody={"selected_users": None})
    )
    assert sent.people("managers") == ("U0CY", "U0BO")
    assert sent.people("nobody") == sent.people("absent") == ()


def test_an_external_person_on_enterprise_grid_can_send_a_comment():
    grid = {
        "user": {"id": "W0EVA", "username": "eva", "name": "eva", "team_id": "T0GRID"},
        "team": {"id": "T0GRID", "domain": "grid", "enterprise_id": "E0GRID", "enterprise_name": "Grid"},
        "enterprise": {"id": "E0GRID", "name": "Grid"},
    }
    assert submissions.comment_submission(SUBMISSION | grid).comment == "Exports time out."


def test_a_command_says_what_was_typed_and_can_be_recognised_again():
    found = payloads.command(COMMAND)
    assert (found.text, found.request_id) == ("ask <@U0ANA|ana>", "98.12.ee")
    assert found.origin.response_url == RESPONSE_URL


@pytest.mark.parametrize("text", [{}, {"text": ""}, {"text": None}])
def test_a_command_without_words_has_an_empty_text(text):
    assert payloads.command({**without(COMMAND, "text"), **text}).text == ""


@pytest.mark.parametrize(
    ("message", "context"),
    [
        ({}, AskContext("C0HELP", MESSAGE, None, "U0ANA")),
        ({"thread_ts": THREAD}, AskContext("C0HELP", MESSAGE, THREAD, "U0ANA")),
        ({"thread_ts": MESSAGE}, AskContext("C0HELP", MESSAGE, MESSAGE, "U0ANA")),
        ({"bot_id": "B0OTHER"}, AskContext("C0HELP", MESSAGE, None, None)),
        ({"user": None}, AskContext("C0HELP", MESSAGE, None, None)),
    ],
    ids=["alone", "in a thread", "begins a thread", "by a bot", "by nobody"],
)
def test_the_shortcut_knows_the_message_and_who_wrote_it(message, context):
    assert payloads.shortcut(SHORTCUT | {"message": SHORTCUT["message"] | message}).context == context


@pytest.mark.parametrize(
    ("read", "body", "piece"),
    [
        *((payloads.click, CLICK, piece) for piece in ("actions", "actions.0.action_id", "actions.0.action_ts")),
        *((payloads.score_click, CLICK, piece) for piece in ("actions", "actions.0.value", "actions.0.action_ts")),
        *((submissions.submission, SUBMISSION, piece) for piece in ("view", "view.id")),
        *((submissions.comment_submission, SUBMISSION, piece) for piece in ("view", "view.private_metadata")),
        *(
            (payloads.shortcut, SHORTCUT, piece)
            for piece in ("message", "message.ts", "channel", "channel.id", "trigger_id")
        ),
    ],
    ids=lambda each: getattr(each, "__name__", each if isinstance(each, str) else ""),
)
def test_a_payload_with_a_piece_missing_is_turned_away(read, body, piece):
    with pytest.raises(Unreadable):
        read(without(body, piece))


@pytest.mark.parametrize(
    "action",
    [
        {"value": "17"},
        {"value": "17:"},
        {"value": "seventeen:9"},
        {"value": None},
        {"action_ts": ""},
        {"action_ts": "yesterday"},
        {"action_ts": None},
        {"action_ts": 1763719212.345678},
        {"action_ts": "9" * 30},
    ],
    ids=str,
)
def test_a_score_that_is_no_score_is_turned_away(action):
    with pytest.raises(Unreadable):
        payloads.score_click(click(actions=[CLICK["actions"][0] | action]))


@pytest.mark.parametrize(
    "body", [{}, {"actions": []}, {"actions": None}, {"actions": "score"}, {"actions": [None]}], ids=str
)
def test_what_is_no_click_at_all_is_turned_away(body):
    with pytest.raises(Unreadable):
        payloads.click(body)


@pytest.mark.parametrize("metadata", ["", "{", "[]", "7", '{"score": 4}', "null"])
def test_a_modal_whose_context_is_lost_is_turned_away(metadata):
    body = deepcopy(SUBMISSION)
    body["view"]["private_metadata"] = metadata
    with pytest.raises(Unreadable):
        submissions.comment_submission(body)


@given(st.integers(0, 4_000_000_000), st.integers(0, 999_999))
def test_a_timestamp_of_slacks_is_read_to_the_microsecond(seconds, microseconds):
    found = instant(f"{seconds}.{microseconds:06d}")
    assert found == EPOCH + timedelta(seconds=seconds, microseconds=microseconds)


@pytest.mark.parametrize(
    ("ts", "microseconds"), [("1763719212", 0), ("1763719212.5", 500_000), ("1763719212.3456789", 345_678)]
)
def test_a_timestamp_with_fewer_or_more_digits_is_read_all_the_same(ts, microseconds):
    assert instant(ts).microsecond == microseconds


def refused(data: object, *, status: int = 200, **headers: str) -> SlackApiError:
    answer = AsyncSlackResponse(
        client=None, http_verb="POST", api_url="", req_args={}, data=data, headers=headers, status_code=status
    )
    return SlackApiError("", answer)


def test_slacks_word_for_an_error_is_found():
    assert api_errors.error_code(refused({"ok": False, "error": "is_archived"})) == "is_archived"


@pytest.mark.parametrize("page", ["<html>Bad gateway</html>", None, {}])
def test_a_page_of_a_gateway_is_no_answer_of_slacks(page):
    assert api_errors.error_code(refused(page, status=502)) == "no_answer"
    assert api_errors.error_status(refused(page, status=502)) == 502


@pytest.mark.parametrize(("headers", "seconds"), [({"Retry-After": "30"}, 30), ({"Retry-After": "0"}, 1), ({}, 1)])
def test_we_wait_as_long_as_slack_asks_and_at_least_a_second(headers, seconds):
    assert api_errors.retry_after(refused({"error": "ratelimited"}, status=429, **headers)) == seconds


REACTED = {
    "type": "reaction_added",
    "user": "U0BO",
    "reaction": "+1::skin-tone-3",
    "item": {"type": "message", "channel": "C0HELP", "ts": "1763719100.000001"},
    "item_user": "U0ANA",
    "event_ts": "1763719505.888888",
}


def test_a_reaction_says_which_emoji_where_and_when():
    read = payloads.reaction(REACTED)
    assert read is not None
    assert (read.name, read.channel_id, read.message_ts, read.author_id) == (
        "+1",
        "C0HELP",
        "1763719100.000001",
        "U0ANA",
    )
    assert read.happened_at == instant("1763719505.888888")


def test_a_reaction_on_what_is_no_message_means_nothing():
    assert payloads.reaction(REACTED | {"item": {"type": "file", "file": "F0"}}) is None


@pytest.mark.parametrize("piece", ["reaction", "item", "item.channel", "item.ts", "event_ts"])
def test_a_reaction_with_a_piece_missing_is_turned_away(piece: str):
    with pytest.raises(Unreadable):
        payloads.reaction(without(REACTED, piece))
