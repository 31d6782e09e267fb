"""One planner for today and for the days ahead: what a preview shows is what is done."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.cadence import Cadence, CheckIn, Lots, Member
from bot.rules.recontact import Because, Candidate
from bot.rules.rounds import PASSED_OVER, Asked, Circle, Day, Held, preview, today

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)  # a Wednesday, before anybody's nine o'clock in UTC
START = NOW.date()
TOKYO, ANGELES = ZoneInfo("Asia/Tokyo"), ZoneInfo("America/Los_Angeles")
LONG_AGO = START - timedelta(days=400)
PAST = st.none() | st.integers(1, 300).map(lambda n: NOW - timedelta(days=n))
CANDIDATES = st.builds(
    Candidate,
    opted_out_at=PAST,
    last_asked_at=PAST,
    declined_at=PAST,
    is_waiting=st.booleans(),
    unanswered_in_a_row=st.integers(0, 2),
)


@st.composite
def members(draw: st.DrawFn, candidates: st.SearchStrategy[Candidate] = CANDIDATES) -> list[Member]:
    facts = st.fixed_dictionaries(
        {
            "slot": st.floats(0, 0.999),
            "minute": st.floats(0, 0.999),
            "zone": st.sampled_from([UTC, TOKYO, ANGELES]),
            "seen": st.integers(0, 120),
            "account": st.none() | st.integers(1, 4),
            "asked": st.none() | st.integers(1, 200),
            "candidate": candidates,
        }
    )
    return [a_member(key, **each) for key, each in enumerate(draw(st.lists(facts, max_size=40)))]


def a_member(key, *, slot=0.0, minute=0.0, zone=UTC, seen=400, account=None, asked=None, candidate=None) -> Member:
    """`seen`, `asked`: so many days ago."""
    candidate = candidate or Candidate()
    if asked is not None:
        at = NOW - timedelta(days=asked)
        candidate = replace(
            candidate, last_asked_same_survey_at=at, last_asked_at=max(at, candidate.last_asked_at or at)
        )
    return Member(
        key,
        Lots(slot, minute),
        zone,
        first_seen_on=START - timedelta(days=seen),
        account_id=account,
        last_same_on=None if asked is None else START - timedelta(days=asked),
        candidate=candidate,
    )


CADENCES = st.builds(Cadence, spread_days=st.integers(5, 30), most_a_day=st.integers(1, 8))
RHYTHMS = CADENCES | st.builds(CheckIn, day=st.integers(1, 90), most_a_day=st.integers(1, 8))


def turns(days: list[Day]) -> list[tuple[int, date]]:
    return [(turn.key, turn.on) for each in days for turn in each.turns]


@given(members(), RHYTHMS)
def test_no_day_has_more_than_it_may_and_the_first_has_five(people, rhythm):
    full = [len(each.turns) for each in preview(Circle(rhythm, START, people), now=NOW, days=40) if each.turns]
    assert all(count <= rhythm.most_a_day for count in full)
    assert not full or full[0] <= 5


@given(members(), CADENCES)
def test_nobody_is_asked_on_a_weekend_outside_their_hours_or_twice_in_a_period(people, cadence):
    by_key = {each.key: each for each in people}
    last = {each.key: each.last_same_on for each in people}
    for day in preview(Circle(cadence, START, people), now=NOW, days=120):
        for turn in day.turns:
            assert turn.at.astimezone(by_key[turn.key].zone).date() == turn.on == day.on
            assert turn.on.weekday() < 5
            assert turn.at >= NOW
            assert last[turn.key] is None or (turn.on - last[turn.key]).days >= cadence.every_days
            last[turn.key] = turn.on


@given(members(), RHYTHMS)
def test_who_may_not_be_asked_is_not_asked(people, rhythm):
    never = {each.key for each in people if each.candidate.opted_out_at or each.candidate.is_waiting}
    asked = {key for key, _ in turns(preview(Circle(rhythm, START, people), now=NOW, days=60))}
    assert not asked & never


@given(members(st.just(Candidate())), CADENCES)
def test_everybody_who_may_be_asked_is_asked_within_the_spread_and_what_was_left(people, cadence):
    people = [replace(each, account_id=None, last_same_on=None, candidate=Candidate()) for each in people]
    seen = {each.key for each in people if each.first_seen_on <= START - timedelta(days=30)}
    horizon = cadence.spread_days + 7 + 7 * (len(people) // (5 * min(5, cadence.most_a_day)) + 1)
    asked = {key for key, _ in turns(preview(Circle(cadence, START, people), now=NOW, days=horizon + 3))}
    assert seen <= asked


@given(members(), RHYTHMS, st.randoms())
def test_the_order_in_which_people_are_stored_does_not_matter(people, rhythm, random):
    mixed = random.sample(people, len(people))
    assert preview(Circle(rhythm, START, mixed), now=NOW) == preview(Circle(rhythm, START, people), now=NOW)


@given(members(), RHYTHMS)
def test_today_is_what_the_preview_says_of_the_date_each_person_lives_in(people, rhythm):
    circle = Circle(rhythm, START, people)
    own = {each.key: NOW.astimezone(each.zone).date() for each in people}
    ahead = [turn for day in preview(circle, now=NOW) for turn in day.turns if own[turn.key] == turn.on]
    assert list(today(circle, now=NOW).turns) == ahead


def after(circle: Circle, now: datetime) -> Circle:
    """The rows, once what is planned for now has been done."""
    done = {turn.key: turn for turn in today(circle, now=now).turns}
    asked = [Asked(each.key, each.account_id, done[each.key].on, True) for each in circle.members if each.key in done]
    people = [
        replace(
            each,
            last_same_on=done[each.key].on,
            candidate=replace(
                each.candidate, last_asked_at=done[each.key].at, last_asked_same_survey_at=done[each.key].at
            ),
        )
        if each.key in done
        else each
        for each in circle.members
    ]
    return replace(circle, members=people, asked=[*circle.asked, *asked])


@given(members(), RHYTHMS)
def test_planning_again_the_same_day_plans_nothing_more(people, rhythm):
    circle = Circle(rhythm, START, people)
    assert today(after(circle, NOW), now=NOW).turns == ()


@given(members(), RHYTHMS)
@settings(max_examples=30)
def test_what_was_shown_happens_hour_by_hour(people, rhythm):
    """Whoever plans every hour from midnight on asks just whom the preview named, on the day it named."""
    midnight = datetime(2026, 11, 25, 0, 0, tzinfo=UTC)
    circle = Circle(rhythm, START, [replace(each, zone=UTC) for each in people])
    shown = turns(preview(circle, now=midnight, days=14))
    happened: list[tuple[int, date]] = []
    for hour in range(0, 14 * 24, 6):
        now = midnight + timedelta(hours=hour)
        happened += [(turn.key, turn.on) for turn in today(circle, now=now).turns]
        circle = after(circle, now)
    assert sorted(happened, key=lambda each: (each[1], each[0])) == sorted(shown, key=lambda each: (each[1], each[0]))


def test_the_longest_due_comes_first():
    late, later = a_member(1, asked=100), a_member(2, asked=130)
    [first, *_] = preview(Circle(Cadence(most_a_day=1), START, [late, later]), now=NOW)
    assert [turn.key for turn in first.turns] == [2]
    assert first.left == 1


def test_who_is_withheld_takes_no_place_and_is_told_of_with_a_date():
    declined = a_member(1, asked=130, candidate=Candidate(declined_at=NOW - timedelta(days=3)))
    free = a_member(2, asked=100)
    [first, *_] = preview(Circle(Cadence(most_a_day=1), START, [declined, free]), now=NOW)
    assert [turn.key for turn in first.turns] == [2]
    assert first.held == (Held(1, Because.DECLINED, NOW + timedelta(days=27), 129),)


def test_a_rest_that_ends_in_the_course_of_the_day_is_nothing_to_speak_of():
    ana = a_member(1, asked=90)
    first, second, *_ = preview(Circle(Cadence(), START, [ana]), now=NOW)
    assert (first.turns, first.held) == ((), ())
    assert [turn.key for turn in second.turns] == [1]


def test_two_of_an_account_are_asked_in_a_week():
    people = [a_member(key, account=7, slot=key / 100) for key in range(4)]
    days = preview(Circle(Cadence(), START, people), now=NOW)
    assert turns(days) == [(key, START + timedelta(days=8 * (key // 2))) for key in range(4)]
    assert {no.because for no in days[0].held} == {Because.ACCOUNT}
    assert {no.until.date() for no in days[0].held} == {START + timedelta(days=8)}


def test_who_was_asked_otherwise_counts_for_their_account_and_not_for_the_day():
    lately = [Asked(91, 7, START - timedelta(days=2)), Asked(92, 7, START)]
    [first, *_] = preview(Circle(Cadence(most_a_day=1), START, [a_member(1, account=7)], lately), now=NOW)
    assert [no.because for no in first.held] == [Because.ACCOUNT]
    [first, *_] = preview(Circle(Cadence(most_a_day=1), START, [a_member(1)], lately), now=NOW)
    assert len(first.turns) == 1


def test_after_the_first_day_more_may_be_asked():
    people = [a_member(key) for key in range(30)]
    assert [len(each.turns) for each in preview(Circle(Cadence(), START, people), now=NOW, days=3)] == [5, 20, 5]
    begun = Circle(Cadence(), START, people, has_begun=True)
    assert [len(each.turns) for each in preview(begun, now=NOW, days=3)] == [20, 10, 0]


def test_whose_minute_is_over_today_is_asked_another_day():
    early, late = a_member(1, minute=0.0), a_member(2, minute=0.9)
    noon = NOW + timedelta(hours=4)
    assert [turn.key for turn in today(Circle(Cadence(), START, [early, late]), now=noon).turns] == [2]


def test_a_check_in_that_comes_too_late_is_passed_over_with_a_reason():
    ana = a_member(1, candidate=Candidate(declined_at=NOW + timedelta(days=2)))
    ana = replace(ana, account_started_on=START - timedelta(days=14))
    days = preview(Circle(CheckIn(14), START, [ana]), now=NOW, days=25)
    assert turns(days) == []
    assert {no.because for day in days for no in day.held} == {Because.DECLINED, PASSED_OVER}
    assert [day.on for day in days if day.held][-1] <= START + timedelta(days=25)


def test_a_check_in_that_falls_on_a_weekend_comes_on_monday():
    ana = replace(a_member(1), account_started_on=date(2026, 11, 14))  # fourteen days later is a Saturday
    assert turns(preview(Circle(CheckIn(14), START, [ana]), now=NOW)) == [(1, date(2026, 11, 30))]


def test_days_off_are_left_out():
    circle = Circle(Cadence(), START, [a_member(1)], is_working_day=lambda _, on: on > START)
    assert turns(preview(circle, now=NOW)) == [(1, START + timedelta(days=1))]


@pytest.mark.parametrize("zone", [TOKYO, ANGELES])
def test_a_day_is_the_date_where_the_person_lives(zone: ZoneInfo):
    midnight = datetime(2026, 11, 28, 0, 30, tzinfo=UTC)  # Saturday in Tokyo, Friday in Los Angeles
    circle = Circle(Cadence(), START, [a_member(1, minute=0.99, zone=zone)])
    assert len(today(circle, now=midnight).turns) == (zone is ANGELES)


def test_nobody_makes_no_plan():
    assert today(Circle(Cadence(), START, []), now=NOW).turns == ()
    assert turns(preview(Circle(Cadence(), START, []), now=NOW)) == []
