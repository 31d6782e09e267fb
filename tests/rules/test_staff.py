"""Who is staff: by Slack's word, or by the workspace's own."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.staff import Named, Standing, is_staff

MEMBER, GUEST, EXTERNAL, ADMIN = (
    Standing("U"),
    *(Standing("U", **{fact: True}) for fact in ("is_guest", "is_external", "is_admin")),
)
NOBODY, LISTED, GROUPED, APPOINTED = (
    Named(),
    *(Named(**{fact: frozenset({"U"})}) for fact in ("listed", "grouped", "appointed")),
)
# Who, and whether they are staff when: nothing is named, others are, by name, by the group, by appointment.
CASES = [
    (MEMBER, True, False, True, True, True),
    (ADMIN, True, True, True, True, True),
    (GUEST, False, False, True, True, False),
    (EXTERNAL, False, False, True, False, False),
]
STANDINGS = st.builds(Standing, st.just("U"), st.booleans(), st.booleans(), st.booleans())


@pytest.mark.parametrize(
    ("person", "named", "expected"),
    [
        (who, named, expected)
        for who, *told in CASES
        for named, expected in zip([None, NOBODY, LISTED, GROUPED, APPOINTED], told, strict=True)
    ],
)
def test_who_is_staff(person, named, expected):
    assert is_staff(person, named) is expected


@given(STANDINGS)
def test_whoever_is_on_the_list_is_staff_whatever_they_are_in_slack(person):
    assert is_staff(person, LISTED)


@given(STANDINGS, st.sampled_from([NOBODY, GROUPED, APPOINTED]))
def test_naming_others_never_makes_an_external_person_staff(person, named):
    assert not (person.is_external and is_staff(person, named))


@pytest.mark.parametrize(("listed", "grouped", "appointed"), list(product([True, False], repeat=3)))
def test_a_workspace_admin_never_locks_themselves_out(listed, grouped, appointed):
    ours = [frozenset({"U"}) if each else frozenset({"V"}) for each in (listed, grouped, appointed)]
    assert is_staff(ADMIN, Named(*ours))
