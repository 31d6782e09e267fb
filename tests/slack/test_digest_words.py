"""A digest is read on a phone in ten seconds, whatever people are called and whatever they wrote."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.rules.first_replies import Replies
from bot.rules.scoring import Tally
from bot.rules.weekly import week_before
from bot.slack.blocks.digests import digest_message
from bot.texts.markup import isolated
from tests.gallery.states.digests import LONDON, much, odd, of_kind, one_answer, usual

MOST_LINES = 12
HEBREW = "הייצוא נכשל (timeout), שוב."
SHOUT = "<!channel> *now* <@U0BO> & go\nto <https://x.example|here>"


def lines(facts) -> list[str]:
    return digest_message(facts).text.splitlines()


def test_it_says_what_was_promised():
    assert lines(usual()) == [
        "*Customers, 10–16 November*",
        "*NPS +43* (likely +16 to +63, 40 answers). No clear change.",
        "6 new answers: 4 promoters, 1 passive, 1 detractor",
        "31% of finished asks answered · first reply: half within 3 working hours, 1 of 2 the same working day",
        "Waiting: Ana Ruiz, Beta GmbH, since Friday, *nobody yet*",
        "“Exports time out every Monday.” (Ana Ruiz, 4)",
        "“Bo stayed until it worked.” (Kim Weiß, 10)",
        "Next week 11 people will be asked.",
    ]


@pytest.mark.parametrize("facts", [usual(), one_answer(), much(), odd("x" * 200, "y" * 3000)])
def test_it_is_short(facts):
    assert len(lines(facts)) <= MOST_LINES
    assert max(map(len, lines(facts))) <= 160


def test_few_answers_have_counts_and_no_score():
    told = digest_message(one_answer()).text
    assert "Last 90 days: 1 promoter, 0 passives, 0 detractors; too few for a score." in told
    assert "NPS" not in told


def test_a_year_is_said_where_ninety_days_hold_too_few():
    told = digest_message(much()).text
    assert "After support: *NPS +58* (likely +12 to +82, only 12 answers, last 365 days). 3 new answers" in told


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (Tally(24, 9, 7), "No clear change."),
        (Tally(2, 0, 38), "Higher by 133."),
        (Tally(40), "Lower by 57."),
        (Tally(5, 5, 5), "Too few answers to compare."),
    ],
)
def test_a_change_is_said_only_where_there_is_one(before, said):
    summary = replace(usual().summary, relational=of_kind(Tally(24, 9, 7), before, Tally(1)))
    assert said in digest_message(replace(usual(), summary=summary)).text


def test_words_from_right_to_left_keep_to_themselves():
    told = digest_message(odd(HEBREW, HEBREW)).text
    assert f"Waiting: {isolated(HEBREW)}, {isolated(HEBREW)}, since" in told
    assert f"“{isolated(HEBREW)}” ({isolated(HEBREW)}, 2)" in told


def test_what_people_wrote_calls_and_links_nobody():
    message = digest_message(odd(SHOUT, SHOUT))
    assert "<!" not in message.text
    assert "<@U0BO>" not in message.text
    read_by_slack = [block["text"] for block in message.blocks if block["type"] == "section"]
    assert not any(sign in json.dumps(read_by_slack) for sign in ("<!", "<@", "<https"))


@pytest.mark.parametrize(
    ("told_at", "days"),
    [
        (datetime(2026, 11, 23, 9, tzinfo=UTC), "16–22 November"),
        (datetime(2026, 12, 4, 9, tzinfo=UTC), "27 November – 3 December"),
        (datetime(2027, 1, 4, 9, tzinfo=UTC), "28 December – 3 January"),
        (datetime(2026, 12, 2, 23, tzinfo=UTC), "25 November – 1 December"),
    ],
)
def test_the_days_are_named_as_people_name_them(told_at, days):
    assert lines(replace(usual(), week=week_before(told_at, LONDON)))[0] == f"*Customers, {days}*"


@pytest.mark.parametrize(
    ("replies", "said"),
    [
        (Replies(timedelta(minutes=1), 1, 1), "half within 1 working minute, 1 of 1 the same working day"),
        (Replies(timedelta(hours=26), 8, 12), "half within 26 working hours, 67% the same working day"),
        (Replies(None, 1, 3), "half or more still wait, 1 of 3 came the same working day"),
    ],
)
def test_how_soon_somebody_was_looked_after_is_said_in_working_time(replies, said):
    assert said in digest_message(replace(usual(), summary=replace(usual().summary, replies=replies))).text
