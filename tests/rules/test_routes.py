"""Which alerts a route is for, whom it mentions, and in what order routes stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.routes import Answer, Conditions, Hours, Mention, Mentions, amount_of, fits, moved, whom
from bot.rules.scoring import Category, category

SURVEY, ELSEWHERE = 1, 2
ANSWER = Answer(
    survey_id=SURVEY, score=3, is_urgent=True, segment="enterprise", owner_id="U0BO", arr=50_000, is_in_hours=False
)
scores = st.integers(0, 10)
categories = st.frozensets(st.sampled_from(Category))


@pytest.mark.parametrize(
    ("conditions", "is_for_it"),
    [
        (Conditions(), True),
        (Conditions(survey_id=SURVEY), True),
        (Conditions(survey_id=ELSEWHERE), False),
        (Conditions(segment="enterprise"), True),
        (Conditions(segment="trial"), False),
        (Conditions(owner_id="U0BO"), True),
        (Conditions(owner_id="U0CY"), False),
        (Conditions(arr_from=50_000), True),
        (Conditions(arr_from=50_001), False),
        (Conditions(arr_from=0), True),
        (Conditions(categories=frozenset({Category.DETRACTOR})), True),
        (Conditions(categories=frozenset({Category.PASSIVE, Category.PROMOTER})), False),
        (Conditions(highest_score=3), True),
        (Conditions(highest_score=2), False),
        (Conditions(highest_score=0), False),
        (Conditions(hours=Hours.OFF), True),
        (Conditions(hours=Hours.WORKING), False),
        (Conditions(survey_id=SURVEY, segment="trial"), False),
    ],
)
def test_all_that_a_route_says_must_hold(conditions: Conditions, is_for_it: bool):
    assert fits(conditions, ANSWER) is is_for_it


def test_what_nobody_knows_of_an_account_fits_no_condition_about_it():
    unknown = Answer(SURVEY, 3)
    assert not fits(Conditions(arr_from=0), unknown)
    assert not fits(Conditions(segment="enterprise"), unknown)
    assert not fits(Conditions(owner_id="U0BO"), unknown)


@given(score=scores, named=categories)
def test_an_answer_that_alerts_for_nothing_else_needs_a_route_that_names_it(score: int, named: frozenset[Category]):
    answer = Answer(SURVEY, score, is_urgent=False)
    assert fits(Conditions(categories=named), answer) == (category(score) in named)


@given(score=scores, highest=scores, named=categories)
def test_another_condition_never_lets_more_answers_in(score: int, highest: int, named: frozenset[Category]):
    answer = Answer(SURVEY, score)
    narrower = Conditions(categories=named, highest_score=highest)
    assert not fits(narrower, answer) or fits(Conditions(categories=named), answer)


@pytest.mark.parametrize(
    ("mention", "owner", "asker", "mentioned"),
    [
        (Mention(), "U0BO", "U0CY", "U0BO"),
        (Mention(), None, "U0CY", "U0CY"),
        (Mention(), None, None, None),
        (Mention(Mentions.ASKER), "U0BO", "U0CY", "U0CY"),
        (Mention(Mentions.ASKER), "U0BO", None, None),
        (Mention(Mentions.COLLEAGUE, "U0DEE"), "U0BO", "U0CY", "U0DEE"),
        (Mention(Mentions.GROUP, "S0CARE"), "U0BO", "U0CY", "S0CARE"),
        (Mention(Mentions.COLLEAGUE), "U0BO", "U0CY", "U0BO"),
        (Mention(Mentions.NOBODY), "U0BO", "U0CY", None),
    ],
)
def test_whom_an_alert_mentions(mention: Mention, owner: str | None, asker: str | None, mentioned: str | None):
    assert whom(mention, owner_id=owner, asked_by=asker) == mentioned


@given(ids=st.lists(st.integers(), min_size=1, max_size=10, unique=True), by=st.integers(-12, 12), data=st.data())
def test_moving_one_keeps_all_and_the_others_in_their_order(ids: list[int], by: int, data: st.DataObject):
    one = data.draw(st.sampled_from(ids))
    after = moved(ids, one, by)
    assert after.index(one) == min(max(ids.index(one) + by, 0), len(ids) - 1)
    assert [each for each in after if each != one] == [each for each in ids if each != one]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        *[("0", 0), ("50000", 50_000), ("50,000", 50_000), ("50 000", 50_000), ("1.250.000", 1_250_000)],
        *[("50'000", 50_000), ("50,5", None), ("50.00", None), ("-1", None), ("50k", None), ("a lot", None)],
        *[("", None), ("٥٠", None), ("9" * 16, None), ("1,23,456", None)],
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, amount: int | None):
    assert amount_of(text) == amount
