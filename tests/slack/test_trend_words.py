"""A trend in words, for Home, for screen readers and as Slack's own chart, says the same numbers."""

from datetime import timedelta

import pytest

from bot.rules.scoring import Tally
from bot.slack.blocks.trend_charts import slack_chart, trend_chart
from bot.slack.blocks.trends import description, note_lines, small_trend, trend_view
from bot.slack.picturing import is_worth_a_picture, key_of
from bot.texts.markup import Mrkdwn
from tests.fake_slack import problems
from tests.gallery.states.trends import COUNTS, NOTES, TODAY, USUAL, a_trend


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("0", None),
        ("9", None),
        ("10", "Trend: Oct +10, Nov +40"),
        ("29", "Trend: Oct +48, Nov 0"),
        ("30", "Trend: Oct 0, Nov +50. From October 2026 to November 2026: higher by 50."),
        ("100", "Trend: Sep +36, Oct +38, Nov +40. From June 2026 to November 2026: no clear change."),
    ],
)
def test_home_has_a_short_line(name, line):
    assert small_trend(a_trend(COUNTS[name])) == line


@pytest.mark.parametrize("name", COUNTS)
def test_no_more_is_said_in_the_picture_than_in_words(name):
    trend = a_trend(COUNTS[name], NOTES)
    words = description(trend)
    for dot in trend_chart(trend).dots:
        assert (dot.score is None) == (not dot.caption)
        assert not dot.caption or f": {dot.caption} (likely" in words
    assert [mark.words in words for mark in trend_chart(trend).marks] == [True] * 3


@pytest.mark.parametrize("name", COUNTS)
def test_slack_takes_the_chart_or_there_is_none(name):
    trend = a_trend(COUNTS[name])
    chart = slack_chart(trend)
    assert problems([chart], "message") == [] if chart else name in ("0", "1", "9", "gaps")


def test_a_chart_of_one_point_is_none():
    assert slack_chart(a_trend([Tally(), Tally(30)])) is None
    assert not is_worth_a_picture(a_trend([Tally(), Tally(30)]))


def test_what_a_screen_reader_says_fits_and_names_nobody():
    many = a_trend([Tally(100_000, 30_000, 20_000)] * 20, [(TODAY, "x" * 80)] * 90)
    words = description(many, Mrkdwn("relationship, accounts of <@U0BO>, asked in <#C0HELP>"))
    assert len(words) <= 2000
    assert "accounts of a colleague, asked in a channel" in words
    assert "U0BO" not in trend_chart(many, Mrkdwn("accounts of <@U0BO>")).subtitle


def test_the_view_stays_within_slacks_limits_and_its_text_holds_all():
    many = a_trend([Tally(100_000, 30_000, 20_000)] * 20, [(TODAY, "&" * 80)] * 90)
    view = trend_view(many, "trend", chart=slack_chart(many), offers_picture=True)
    assert problems(list(view.blocks), "message") == []
    assert view.text.count("150,000 answers") == 20
    assert "and 78 earlier ones" in (note_lines(many) or "")


def test_a_note_stands_at_its_day_in_the_picture():
    trend = a_trend(USUAL, [(TODAY.replace(day=1), "first"), (TODAY.replace(day=16), "half"), (TODAY, "now")])
    assert [round(mark.at, 2) for mark in trend_chart(trend).marks] == [11.0, 11.5, 11.53]
    long_ago = a_trend(USUAL, [(trend.points[0].span.first_on + timedelta(days=31), "January")])
    assert [mark.at for mark in trend_chart(long_ago).marks] == [1.0]


def test_the_same_numbers_have_the_same_picture_and_others_another():
    keys = [key_of(a_trend(USUAL)), key_of(a_trend(USUAL)), key_of(a_trend(USUAL, NOTES)), key_of(a_trend(USUAL[1:]))]
    assert keys[0] == keys[1]
    assert len(set(keys)) == 3
