"""How an account is: the parts and what they weigh, what is not known, and what holds it down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.health import CAP, Cap, Outcomes, Part, Signs, State, engagement, health, revenue, sentiment, solved
from bot.rules.scoring import Tally

COUNTS = st.integers(0, 50)
TALLIES = st.builds(Tally, COUNTS, COUNTS, COUNTS)
OUTCOMES = st.builds(Outcomes, COUNTS, COUNTS, COUNTS)
MONEY = st.none() | st.integers(0, 10**12)
SIGNS = st.builds(
    Signs,
    outcomes=OUTCOMES,
    people=TALLIES,
    arr=MONEY,
    arr_before=MONEY,
    asked=st.just(3),
    answered=st.integers(0, 3),
    unhappy_waiting=st.integers(0, 2),
)
# A decision maker's 6, a 9 and an 8; solved twice and partly twice; revenue as a year ago; 2 of 3 answered.
WORKED = Signs(
    outcomes=Outcomes(yes=2, partly=2),
    people=Tally(1, 1, 1),
    deciders=Tally(0, 0, 1),
    arr=48_000,
    arr_before=48_000,
    asked=3,
    answered=2,
)


def changed(signs: Signs, **more: object) -> Signs:
    return Signs(**{**signs.__dict__, **more})


def test_the_worked_example_is_67_917_and_amber():
    found = health(WORKED)
    assert found.parts == pytest.approx(
        {Part.OUTCOMES: 75, Part.SENTIMENT: 37.5, Part.REVENUE: 100, Part.ENGAGEMENT: 66.6667}, abs=0.0001
    )
    assert found.value == pytest.approx(67.9167, abs=0.0001)
    assert (found.state, found.points, found.missing) == (State.AMBER, 67, [])


def test_without_revenue_the_worked_example_is_59_896():
    found = health(changed(WORKED, arr_before=None))
    assert found.value == pytest.approx(59.8958, abs=0.0001)
    assert found.missing == [Part.REVENUE]


@pytest.mark.parametrize(
    "signs", [Signs(), Signs(arr=5, arr_before=5), Signs(asked=3, answered=3, arr=9, arr_before=1)]
)
def test_where_nobody_said_anything_lately_the_state_is_unknown_whatever_they_pay(signs: Signs):
    found = health(signs)
    assert (found.state, found.value, found.points) == (State.UNKNOWN, None, None)


@pytest.mark.parametrize(
    ("outcomes", "people", "state"),
    [
        (Outcomes(yes=1), Tally(), State.GREEN),
        (Outcomes(yes=2, partly=3), Tally(), State.GREEN),  # 70
        (Outcomes(yes=39, no=61), Tally(), State.RED),
        (Outcomes(yes=2, no=3), Tally(), State.AMBER),  # 40
        (Outcomes(), Tally(1, 0, 0), State.GREEN),
        (Outcomes(), Tally(0, 1, 0), State.AMBER),
        (Outcomes(), Tally(0, 0, 1), State.RED),
    ],
)
def test_from_70_it_is_green_from_40_amber_and_below_red(outcomes, people, state):
    assert health(Signs(outcomes=outcomes, people=people)).state is state


def test_an_unhappy_answer_that_waits_leaves_no_account_green():
    found = health(Signs(people=Tally(9, 0, 0), unhappy_waiting=1))
    assert (found.state, found.value, found.caps) == (State.AMBER, CAP, (Cap.UNHAPPY_WAITS,))


def test_an_unhappy_decision_maker_leaves_no_account_green():
    found = health(Signs(outcomes=Outcomes(yes=90), people=Tally(50, 0, 1), deciders=Tally(0, 0, 1)))
    assert (found.state, found.value, found.caps) == (State.AMBER, CAP, (Cap.UNHAPPY_DECIDER,))


def test_what_is_lower_than_its_cap_anyway_was_not_held_down():
    found = health(Signs(people=Tally(0, 0, 2), unhappy_waiting=1))
    assert (found.state, found.value, found.caps) == (State.RED, 0, ())


def test_who_decides_counts_as_two_people():
    assert sentiment(Tally(1, 0, 1), Tally()) == 50
    assert sentiment(Tally(1, 0, 1), Tally(1, 0, 0)) == pytest.approx(50 + 50 / 3)
    assert sentiment(Tally(), Tally()) is None


@pytest.mark.parametrize(
    ("now", "before", "points"),
    [
        (100, 100, 100),
        (250, 100, 100),
        (80, 100, 0),
        (79, 100, 0),
        (0, 100, 0),
        (90, 100, 50),
        (95, 100, 75),
        (None, 100, None),
        (100, None, None),
        (100, 0, None),
    ],
)
def test_revenue_that_held_is_100_and_a_fifth_less_is_0(now, before, points):
    assert revenue(now, before) == (None if points is None else pytest.approx(points))


@pytest.mark.parametrize(
    ("outcomes", "points"),
    [(Outcomes(1, 0, 0), 100), (Outcomes(0, 1, 0), 50), (Outcomes(0, 0, 1), 0), (Outcomes(), None)],
)
def test_partly_solved_is_half_of_solved(outcomes, points):
    assert solved(outcomes) == points


def test_nobody_asked_is_no_sign_of_silence():
    assert engagement(0, 0) is None
    assert engagement(0, 3) == 0


@given(SIGNS)
def test_the_value_lies_between_its_parts_or_below_and_the_shown_points_agree_with_the_state(signs):
    found = health(signs)
    if found.value is None:
        assert found.state is State.UNKNOWN
        return
    assert 0 <= found.value <= max(found.parts.values()) + 1e-9
    assert found.caps or found.value >= min(found.parts.values()) - 1e-9
    of_points = State.GREEN if found.points >= 70 else State.AMBER if found.points >= 40 else State.RED
    assert found.state is of_points


@given(SIGNS)
def test_whatever_waits_no_account_is_green_that_would_be_held_down(signs):
    if signs.unhappy_waiting:
        assert health(signs).state is not State.GREEN


@given(SIGNS)
def test_a_part_is_known_or_missing_and_never_both(signs):
    found = health(signs)
    assert sorted([*found.parts, *found.missing]) == sorted(Part)


@given(SIGNS)
def test_one_more_promoter_never_makes_an_account_worse(signs):
    before = health(signs)
    after = health(
        changed(signs, people=Tally(signs.people.promoters + 1, signs.people.passives, signs.people.detractors))
    )
    if before.value is not None and Part.SENTIMENT in before.parts:
        assert after.value >= before.value - 1e-9
