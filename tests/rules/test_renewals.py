"""What renews when, how much of it is exposed, and how much of last year's revenue is still there."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.health import State
from bot.rules.renewals import Due, Renewing, due_soon, retention, urgency

TODAY = date(2025, 11, 18)
MONEY = st.none() | st.integers(0, 10**9)


def account(name: str, state: State = State.GREEN, on: date | None = TODAY, arr: int | None = 100) -> Renewing:
    return Renewing(name, state, on, arr)


def test_revenue_due_in_ninety_days_is_split_by_state():
    found = due_soon(
        [
            account("today", State.RED, TODAY, 10),
            account("the last day", State.RED, TODAY + timedelta(days=90), 20),
            account("a day too late", State.RED, TODAY + timedelta(days=91), 40),
            account("yesterday", State.RED, TODAY - timedelta(days=1), 80),
            account("nobody knows when", State.RED, None, 160),
            account("nobody knows how much", State.UNKNOWN, TODAY, None),
        ],
        today=TODAY,
    )
    assert found == {
        State.RED: Due(2, 30),
        State.UNKNOWN: Due(1, 0, 1),
        State.AMBER: Due(),
        State.GREEN: Due(),
    }


def test_the_soonest_month_comes_first_and_in_a_month_who_needs_it_most():
    day = date(2026, 1, 5)
    accounts = [
        account("never", State.RED, None),
        account("long past", State.RED, TODAY - timedelta(days=300)),
        account("past", State.GREEN, TODAY - timedelta(days=1)),
        account("next month, red", State.RED, date(2025, 12, 30)),
        account("january green", State.GREEN, day),
        account("january amber", State.AMBER, day),
        account("january unknown", State.UNKNOWN, day),
        account("january red, late", State.RED, day + timedelta(days=9)),
        account("january red, less", State.RED, day, 5),
        account("january red, more", State.RED, day, 500),
        account("this month, green", State.GREEN, date(2025, 11, 30)),
    ]
    assert [each.name for each in sorted(accounts, key=lambda each: urgency(each, today=TODAY))] == [
        "this month, green",
        "next month, red",
        "january red, more",
        "january red, less",
        "january red, late",
        "january unknown",
        "january amber",
        "january green",
        "past",
        "long past",
        "never",
    ]


def test_retention_is_that_of_the_worked_example():
    found = retention([(100, 220), (100, 70), (50, 0), (750, 750)])
    assert (found.start, found.expansion, found.contraction, found.churned) == (1000, 120, 30, 50)
    assert (found.net, found.gross) == (pytest.approx(1.04), pytest.approx(0.92))


def test_who_came_since_is_in_no_retention_nor_whose_revenue_is_unknown():
    assert retention([(None, 500), (0, 500), (300, None)]).net is None
    assert retention([(100, 100), (None, 500)]).accounts == 1


@given(st.lists(st.tuples(MONEY, MONEY)))
def test_gross_retention_is_at_most_all_of_it_and_never_more_than_net(revenues):
    found = retention(revenues)
    if found.gross is not None:
        assert 0 <= found.gross <= 1
        assert found.gross <= found.net


@given(st.lists(st.tuples(st.sampled_from(State), st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)), MONEY)))
def test_any_accounts_can_be_put_in_order_and_none_is_counted_twice(rows):
    accounts = [account(str(number), *row) for number, row in enumerate(rows)]
    assert len(sorted(accounts, key=lambda each: urgency(each, today=TODAY))) == len(accounts)
    soon = [each for each in accounts if each.renews_on and 0 <= (each.renews_on - TODAY).days <= 90]
    assert sum(each.accounts for each in due_soon(accounts, today=TODAY).values()) == len(soon)
