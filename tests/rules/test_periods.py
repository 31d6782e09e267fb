"""Periods: what people type for a stretch of time, and the instants it lies between."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.periods import EXAMPLES, STARTERS, NoPeriod, period, take

TODAY = date(2025, 11, 18)
NOW = datetime(2025, 11, 18, 10, tzinfo=UTC)
TYPED = {
    "last 30 days": "last 30 days",
    "Last 2 weeks": "last 14 days",
    "past 6 months": "last 6 months",
    "last 2 quarters": "last 6 months",
    "last 1 year": "last 12 months",
    "this week": "this week",
    "last week": "last week",
    "this month": "this month",
    "last quarter": "last quarter",
    "this year": "this year",
    "2025-Q3": "2025-Q3",
    "2025q3": "2025-Q3",
    "Q3 2025": "2025-Q3",
    "2025-03": "2025-03",
    "March": "2025-03",
    "december": "2024-12",
    "Sept 2024": "2024-09",
    "2024": "2024",
    "since 1 March": "since 2025-03-01",
    "since March 1": "since 2025-03-01",
    "since 1 December": "since 2024-12-01",
    "since 29 February": "since 2024-02-29",
    "since 2025-03-01": "since 2025-03-01",
    "since 1 mar 2023": "since 2023-03-01",
    "from 1 March to 30 April": "2025-03-01 to 2025-04-30",
    "2025-03-01 to 2025-04-30": "2025-03-01 to 2025-04-30",
    "2025-03-01..2025-04-30": "2025-03-01 to 2025-04-30",
}
# The first and the last instant by the clock in London, and the first of the period before.
LONDON = ZoneInfo("Europe/London")
LASTS = {
    "last 30 days": ("2025-10-19T10:00:00+00:00", "2025-11-18T10:00:00+00:00", "2025-09-19T10:00:00+00:00"),
    "this quarter": ("2025-10-01T00:00:00+01:00", "2025-11-18T10:00:00+00:00", "2025-07-01T00:00:00+01:00"),
    "last quarter": ("2025-07-01T00:00:00+01:00", "2025-10-01T00:00:00+01:00", "2025-04-01T00:00:00+01:00"),
    "last month": ("2025-10-01T00:00:00+01:00", "2025-11-01T00:00:00+00:00", "2025-09-01T00:00:00+01:00"),
    "2024": ("2024-01-01T00:00:00+00:00", "2025-01-01T00:00:00+00:00", "2023-01-01T00:00:00+00:00"),
    "2025-03": ("2025-03-01T00:00:00+00:00", "2025-04-01T00:00:00+01:00", "2025-02-01T00:00:00+00:00"),
    "last week": ("2025-11-10T00:00:00+00:00", "2025-11-17T00:00:00+00:00", "2025-11-03T00:00:00+00:00"),
    "since 2025-11-09": ("2025-11-09T00:00:00+00:00", "2025-11-18T10:00:00+00:00", "2025-10-30T00:00:00+00:00"),
    "2025-03-01 to 2025-03-31": ("2025-03-01T00:00:00+00:00", "2025-04-01T00:00:00+01:00", "2025-01-29T00:00:00+00:00"),
    "last 6 months": ("2025-05-19T00:00:00+01:00", "2025-11-18T10:00:00+00:00", "2024-11-16T00:00:00+00:00"),
}


def at(words, zone=LONDON, now=NOW):
    return period(words, zone=zone, now=now)


@pytest.mark.parametrize("typed", TYPED)
def test_a_period_is_understood_as_people_type_it(typed):
    taken = take([*typed.split(), "enterprise"], today=TODAY)
    assert (taken.words, taken.count) == (TYPED[typed], len(typed.split()))


@pytest.mark.parametrize("words", sorted(set(TYPED.values())))
def test_a_period_as_we_write_it_is_understood_again(words):
    assert take(words.split(), today=TODAY).words == words
    assert at(words).since < at(words).until


@pytest.mark.parametrize("words", ["enterprise", "by segment", "", "q9 2025", "2025-13", "march hare"])
def test_words_that_begin_with_no_period_are_left_alone(words):
    assert (taken := take(words.split(), today=TODAY)) is None or taken.count < len(words.split())


@pytest.mark.parametrize(
    "typed",
    [
        *("last", "last few days", "last 0 days", "last 9999 days", "this century"),
        *("since", "since yesterday", "since 31 June", "since 2025-11-19"),
        *("2026", "2025-12", "2026-Q1", "2025-04-30 to 2025-03-01", "from 1 March"),
    ],
)
def test_half_a_period_and_one_that_lies_ahead_are_refused_with_an_example(typed):
    with pytest.raises(NoPeriod) as refused:
        take(typed.split(), today=TODAY)
    assert take(str(refused.value).split(), today=date(2026, 11, 18))


@pytest.mark.parametrize("words", LASTS)
def test_a_period_lies_between_the_right_instants(words):
    since, until, before = (datetime.fromisoformat(each) for each in LASTS[words])
    found, tick = at(words), timedelta(microseconds=1)
    if words == "last 30 days":
        assert (found.since, found.until, found.before_since) == (since, until, before)
        return
    assert found.since == since - tick
    assert found.until == (until if until == NOW else until - tick)
    assert found.before_since == before - tick


def test_the_first_instant_of_a_month_belongs_to_it_and_to_no_other():
    november = datetime(2025, 11, 1, tzinfo=LONDON)
    assert at("2025-11").since < november
    assert at("2025-10").until < november


@given(words=st.sampled_from(sorted(set(TYPED.values()))), hours=st.integers(0, 24 * 400))
def test_periods_next_to_each_other_share_no_instant_and_leave_none_out(words, hours):
    now = NOW + timedelta(hours=hours)
    found = at(words, now=now)
    assert found.before_since < found.since < found.until <= now


def test_every_example_is_one():
    for example in (*EXAMPLES, *STARTERS.values()):
        assert take(example.split(), today=date(2026, 11, 18)).count == len(example.split())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("last quater", "last quarter"), ("last 3 monts", "last 3 months"), ("this yera", "this year"),
     ("since 1 Febuary", "since 1 february"), ("last fortnight", "last 30 days")],
)  # fmt: skip
def test_a_misspelt_period_is_answered_with_the_one_that_was_meant(typed, meant):
    with pytest.raises(NoPeriod, match=f"^{meant}$"):
        take(typed.split(), today=TODAY)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2025-03-01 – 2025-04-30", "2025-03-01 to 2025-04-30"),
        ("2025-03-01—2025-04-30", "2025-03-01 to 2025-04-30"),
        ("from 1 March 2025 to 30th of April 2025", "2025-03-01 to 2025-04-30"),
        ("since 1st of March", "since 2025-03-01"),
        ("since March", "since 2025-03-01"),
        ("since December", "since 2024-12-01"),
        ("since 2025-03", "since 2025-03-01"),
        ("Q3", "2025-Q3"),
        ("2025 Q3", "2025-Q3"),
    ],
)
def test_a_period_is_understood_as_people_write_it(typed, words):
    taken = take(typed.split(), today=TODAY)
    assert (taken.words, taken.count) == (words, len(typed.split()))
