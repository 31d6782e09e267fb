"""Audiences: sources are joined, filters all hold, and a row keeps what was chosen."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.audience import Audience, Traits, admits, kept, properties_of, read

BOSS = Traits(7, "enterprise", "head of sales", is_decision_maker=True, properties={"plan": "gold", "region": "EU"})
WORDS = st.lists(st.text(min_size=1), unique=True).map(tuple)
NAMES = st.from_regex(r"[a-z]{1,5}", fullmatch=True)
AUDIENCES = st.builds(
    Audience,
    channels=WORDS,
    groups=WORDS,
    accounts=st.lists(st.integers(1), unique=True).map(tuple),
    segments=WORDS,
    roles=WORDS,
    is_decision_makers_only=st.booleans(),
    properties=st.dictionaries(NAMES, NAMES),
)
EACH = [
    Audience(accounts=(7,)),
    Audience(segments=("smb", "enterprise")),
    Audience(roles=("head of sales",)),
    Audience(is_decision_makers_only=True),
    Audience(properties={"plan": "gold"}),
]


@given(st.builds(Traits, account_id=st.none() | st.integers(), role=st.none() | st.text()))
def test_without_filters_everybody_is_admitted(person):
    assert admits(Audience(channels=("C1",)), person)


@pytest.mark.parametrize("audience", EACH)
def test_a_filter_admits_whom_it_names_and_nobody_else(audience):
    assert admits(audience, BOSS)
    assert not admits(audience, Traits(8, "startup", "intern", properties={"plan": "tin"}))
    assert not admits(audience, Traits())


@pytest.mark.parametrize("missed", ["account_id", "segment", "role", "is_decision_maker", "properties"])
def test_all_filters_hold_together(missed):
    both = Audience((), (), (7,), ("enterprise",), ("head of sales",), True, {"plan": "gold", "region": "EU"})
    assert admits(both, BOSS)
    assert not admits(both, replace(BOSS, **{missed: {} if missed == "properties" else None}))


@given(AUDIENCES)
def test_what_a_row_keeps_is_read_back(audience):
    assert read(kept(audience)) == audience


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("", {}), ("plan = gold\n\nregion=EU", {"plan": "gold", "region": "EU"}), ("a=b=c", {"a": "b=c"})],
)
def test_properties_are_typed_one_a_line(typed, meant):
    assert properties_of(typed) == meant


@pytest.mark.parametrize("typed", ["plan", "=gold", "plan=", "plan=gold\nregion"])
def test_a_line_that_is_no_property_is_none(typed):
    assert properties_of(typed) is None
