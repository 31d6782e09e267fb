"""What leaves in buttons and modals comes back as it left, also to an older or a newer version."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack import wire
from bot.slack.contexts import AskContext, AskPlan, CommentContext, FollowUpContext, SurveyContext, pack, unpack

EXAMPLES = [
    CommentContext(17, 4, had_comment=True, response_url="https://hooks.slack.example/actions/1"),
    AskContext("C0HELP", "1763719201.000200", author_id="U0ANA"),
    AskPlan("U0ANA", 2, "98.12.ee", occasion="Tuesday's export problem"),
    SurveyContext(survey_id=2),
    FollowUpContext(3),
]
every_context = pytest.mark.parametrize("context", EXAMPLES, ids=lambda context: type(context).__name__)


@given(st.sampled_from([type(context) for context in EXAMPLES]).flatmap(st.from_type))
def test_a_context_comes_back_as_it_left(context):
    assert unpack(type(context), pack(context)) == context


@every_context
def test_a_context_packed_by_a_newer_version_is_read_without_what_that_added(context):
    packed = json.dumps(json.loads(pack(context)) | {"added_later": 1})
    assert unpack(type(context), packed) == context


@every_context
def test_a_context_travels_without_what_is_unknown(context):
    assert "null" not in pack(context)


def test_a_whole_ask_fits_into_the_value_of_a_button():
    place = "archives/C0123456789/p1763719201000200?thread_ts=1763719100.000001&cid=C0123456789"
    plan = AskPlan(
        user_id="U0123456789",
        survey_id=2**31,
        request_id="9876543210987.1234567890123." + "f" * 32,
        channel_id="C0123456789",
        thread_ts="1763719100.000001",
        permalink=f"https://{'n' * 80}.enterprise.slack.com/{place}",
        is_later=True,
        occasion="😀" * 80,
    )
    assert len(pack(plan)) <= 2000


@pytest.mark.parametrize("score", range(11))
def test_a_score_button_says_whose_question_and_which_score(score):
    assert wire.score_value(17, score) == f"17:{score}"
