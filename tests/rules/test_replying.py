"""Replying: who may be written to, on which way, and whose words are whose."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.replying import OPEN_FOR, Way, continues, first_unanswered, may_reply, next_way, reopens

NOW = datetime(2025, 11, 18, 10, tzinfo=UTC)
SECOND = timedelta(seconds=1)
NOTES = {"heard": "It still fails.", "thanks": "Thank you!"}


@pytest.mark.parametrize(
    ("opted_out", "wants_reply", "wrote_back", "rehearsal", "may"),
    [
        (False, False, False, False, True),
        (True, False, False, False, False),
        (True, True, False, False, True),
        (True, False, True, False, True),
        (True, False, False, True, True),
    ],
)
def test_who_may_be_written_to(opted_out, wants_reply, wrote_back, rehearsal, may):
    answer = may_reply(
        is_opted_out=opted_out, wants_reply=wants_reply, has_written_back=wrote_back, is_rehearsal=rehearsal
    )
    assert answer is may


@given(way=st.sampled_from(Way), is_gone=st.booleans(), has_thread=st.booleans())
def test_only_the_thread_follows_and_only_where_it_was_allowed_and_somebody_reads_it(way, is_gone, has_thread):
    allowed = way is Way.EITHER and has_thread and not is_gone
    assert next_way(way, is_gone=is_gone, has_thread=has_thread) is (Way.THREAD if allowed else None)


@pytest.mark.parametrize(
    ("said", "answered", "goes_on"),
    [
        (None, None, False),
        (timedelta(), None, True),
        (OPEN_FOR, None, True),
        (OPEN_FOR + SECOND, None, False),
        (2 * SECOND, SECOND, False),  # they gave a score since, and were told that words would complete it
        (SECOND, 2 * SECOND, True),
        (SECOND, SECOND, True),
    ],
)
def test_whose_words_are_whose(said, answered, goes_on):
    bare_answer_at = NOW - answered if answered is not None else None
    said_at = NOW - said if said is not None else None
    assert continues(said_at, bare_answer_at=bare_answer_at, now=NOW) is goes_on


@pytest.mark.parametrize(("words", "again"), [("Thanks a lot!", False), ("👍", False), ("Thanks, but it fails", True)])
def test_thanks_open_nothing_again(words, again):
    assert reopens(words) is again


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("", None),
        ("replied arrived", None),
        ("replied arrived heard", 3),
        ("replied arrived heard heard", 3),
        ("replied arrived thanks", None),
        ("replied arrived thanks heard", 4),
        ("replied arrived heard thanks", 3),
        ("heard contacted", None),
        ("heard resolved", None),
        ("heard replied", 1),  # still on its way, or it did not arrive
        ("heard replied arrived heard", 4),
    ],
)
def test_which_words_wait_for_an_answer(said: str, first: int | None):
    steps = [(n, what.replace("thanks", "heard"), NOTES.get(what)) for n, what in enumerate(said.split(), 1)]
    assert first_unanswered(steps) == first
