"""May we ask this person now? One reason, hard ones first; a colleague overrules the soft ones only."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.recontact import FLOOR, GATES, SOFT, Because, Candidate, Eligible, Withhold, account_free_at, decide

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
HARD = frozenset(Because) - SOFT


def ago(**period: float) -> datetime:
    return NOW - timedelta(**period)


def ahead(**period: float) -> datetime:
    return NOW + timedelta(**period)


# Everything that can speak against asking, lightest last: because, a person it holds for, until when.
REASONS = [
    (Because.BOT, {"is_bot": True}, None),
    (Because.DEACTIVATED, {"is_deactivated": True}, None),
    (Because.STRANGER, {"is_stranger": True}, None),
    (Because.ONESELF, {"is_oneself": True}, None),
    (Because.STAFF, {"is_staff": True}, None),
    (Because.OPTED_OUT, {"opted_out_at": ago(days=900)}, None),
    (Because.WAITING, {"is_waiting": True}, None),
    (Because.INCIDENT, {"has_incident": True}, None),
    (Because.BLACKOUT, {"blacked_out_until": ahead(days=3)}, ahead(days=3)),
    (Because.FLOOR, {"last_asked_at": ago(hours=23)}, ahead(hours=1)),
    (Because.DECLINED, {"declined_at": ago(days=29)}, ahead(days=1)),
    (Because.RECONTACT, {"last_asked_same_survey_at": ago(days=89)}, ahead(days=1)),
    (Because.REST, {"last_asked_at": ago(days=27)}, ahead(days=1)),
    (Because.ACCOUNT, {"account_free_at": ahead(days=1)}, ahead(days=1)),
    (Because.TOO_SHORT, {"closed_gate": Because.TOO_SHORT}, None),
    (Because.NO_STAFF_REPLY, {"closed_gate": Because.NO_STAFF_REPLY}, None),
    (Because.OTHER_CASE, {"has_other_case": True}, None),
]
PERIODS = [
    ("last_asked_at", timedelta(days=28), Because.REST),
    ("last_asked_same_survey_at", timedelta(days=90), Because.RECONTACT),
    ("declined_at", timedelta(days=30), Because.DECLINED),
]
PAST = st.none() | st.timedeltas(timedelta(0), timedelta(days=400)).map(lambda period: NOW - period)
SOFT_FACTS = dict.fromkeys(("last_asked_at", "last_asked_same_survey_at", "declined_at"), PAST)
RESTING = st.builds(Candidate, **SOFT_FACTS)
PEOPLE = RESTING | st.builds(
    Candidate,
    **dict.fromkeys(
        ("is_bot", "is_deactivated", "is_stranger", "is_oneself", "is_staff", "has_other_case"), st.booleans()
    ),
    **SOFT_FACTS,
    opted_out_at=PAST,
    is_waiting=st.booleans(),
)


@pytest.mark.parametrize("silent", [0, 1, 2, 5])
@pytest.mark.parametrize(("fact", "period", "because"), PERIODS)
def test_two_unanswered_asks_in_a_row_double_the_wait_but_not_after_a_no(fact, period, because, silent):
    person = Candidate(**{fact: ago(days=25)}, unanswered_in_a_row=silent)
    is_doubled = silent >= 2 and because is not Because.DECLINED
    expected = Withhold(because, NOW - timedelta(days=25) + period * (2 if is_doubled else 1), is_doubled)
    assert decide(person, now=NOW) == expected


def test_somebody_nothing_speaks_against_is_asked():
    assert decide(Candidate(), now=NOW) == Eligible()


@pytest.mark.parametrize(("because", "person", "until"), REASONS, ids=[because for because, *_ in REASONS])
def test_each_reason_withholds_and_says_until_when(because, person, until):
    assert decide(Candidate(**person), now=NOW) == Withhold(because, until)


def test_the_table_of_reasons_is_complete():
    assert [because for because, *_ in REASONS] == list(Because)


@pytest.mark.parametrize(("because", "person", "until"), REASONS, ids=[because for because, *_ in REASONS])
def test_a_colleague_overrules_soft_reasons_and_no_others(because, person, until):
    expected = Eligible() if because in SOFT else Withhold(because, until)
    assert decide(Candidate(**person), now=NOW, overruled=True) == expected


def test_only_periods_and_gates_are_soft():
    assert {Because.DECLINED, Because.RECONTACT, Because.REST, Because.ACCOUNT} | GATES == SOFT


@given(st.lists(st.timedeltas(timedelta(0), timedelta(days=20)).map(lambda period: NOW - period), max_size=6))
def test_two_people_of_an_account_are_asked_within_a_week_and_no_more(asked):
    free_at = account_free_at(asked)
    lately = [at for at in asked if NOW - at < timedelta(days=7)]
    assert (free_at is not None and free_at > NOW) == (len(lately) >= 2)


@pytest.mark.parametrize("because", sorted(GATES))
def test_a_closed_gate_is_told_only_when_no_resting_period_is_running(because):
    gate = {"has_other_case": True} if because is Because.OTHER_CASE else {"closed_gate": because}
    assert decide(Candidate(last_asked_at=ago(days=5), **gate), now=NOW) == Withhold(Because.REST, ahead(days=23))
    assert decide(Candidate(last_asked_at=ago(days=28), **gate), now=NOW) == Withhold(because)


@pytest.mark.parametrize("because", Because)
def test_a_refusal_says_whether_a_colleague_may_overrule_it(because):
    assert Withhold(because).may_be_overruled == (because in SOFT)


@pytest.mark.parametrize("lighter", range(1, len(REASONS)), ids=lambda place: REASONS[place][0])
def test_a_hard_reason_is_told_before_any_other(lighter):
    weightier = [reason for reason in REASONS[:lighter] if not reason[1].keys() & REASONS[lighter][1].keys()]
    for because, person, _ in weightier:
        if because in HARD:
            assert decide(Candidate(**person, **REASONS[lighter][1]), now=NOW).because is because


def test_of_several_resting_periods_the_one_that_lasts_longest_is_told():
    asked = Candidate(last_asked_at=ago(days=5), last_asked_same_survey_at=ago(days=80))
    assert decide(asked, now=NOW) == Withhold(Because.REST, ahead(days=23))


@given(RESTING)
def test_the_date_a_colleague_is_told_is_a_date_that_is_true(person):
    decision = decide(person, now=NOW)
    if isinstance(decision, Withhold) and decision.because in SOFT:
        assert decide(person, now=decision.until) == Eligible()


@pytest.mark.parametrize(("fact", "period", "because"), PERIODS)
def test_a_period_ends_at_its_very_instant(fact, period, because):
    assert decide(Candidate(**{fact: NOW - period + INSTANT}), now=NOW).because is because
    assert decide(Candidate(**{fact: NOW - period}), now=NOW) == Eligible()


def test_twenty_four_hours_after_an_ask_the_floor_gives_way_to_the_softer_rest():
    person = Candidate(last_asked_at=NOW - FLOOR)
    assert decide(person, now=NOW).because is Because.REST
    assert decide(person, now=NOW, overruled=True) == Eligible()


def test_overruling_looks_past_a_soft_reason_at_the_hard_ones_only():
    tired_of_us = Candidate(declined_at=ago(days=1), last_asked_at=ago(days=2), last_asked_same_survey_at=ago(days=2))
    assert decide(tired_of_us, now=NOW, overruled=True) == Eligible()


@given(RESTING, st.timedeltas(timedelta(0), FLOOR - INSTANT), st.booleans())
def test_nobody_is_asked_twice_within_a_day_whoever_insists(person, since, overruled):
    asked_lately = replace(person, last_asked_at=NOW - since)
    assert isinstance(decide(asked_lately, now=NOW, overruled=overruled), Withhold)


@given(RESTING, st.timedeltas(timedelta(0), timedelta(days=9000)), st.booleans())
def test_who_opted_out_is_never_asked_however_long_ago(person, since, overruled):
    opted_out = replace(person, opted_out_at=NOW - since)
    assert isinstance(decide(opted_out, now=NOW, overruled=overruled), Withhold)


@given(PEOPLE, st.booleans())
def test_insisting_never_makes_somebody_less_askable(person, overruled):
    if decide(person, now=NOW) == Eligible():
        assert decide(person, now=NOW, overruled=overruled) == Eligible()


@given(PEOPLE)
def test_until_is_the_first_moment_at_which_that_reason_is_gone(person):
    decision = decide(person, now=NOW)
    if isinstance(decision, Withhold) and decision.until is not None:
        assert decision.until > NOW
        assert decide(person, now=decision.until) != decision
        assert decide(person, now=decision.until - INSTANT) == decision
