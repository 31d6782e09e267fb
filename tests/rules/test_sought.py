"""Words after `/nps comments` say which; what is neither a category nor a theme is looked for as it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.scoring import Category, category
from bot.rules.sought import UNMATCHED, Sought, as_typed, sought
from bot.rules.themes import DEFAULTS, Theme

THEMES = [*DEFAULTS, Theme("own-1", "Über uns")]
CASES = [
    ((), Sought()),
    (("Detractors",), Sought(Category.DETRACTOR)),
    (("about", "speed"), Sought(theme="speed")),
    (("about", "ease", "of", "use"), Sought(theme="ease")),
    (("ABOUT", "Ease of use", "promoters"), Sought(Category.PROMOTER, "ease")),
    (("about", "ÜBER UNS"), Sought(theme="own-1")),
    (("about", "nothing"), Sought(is_unmatched=True)),
    (("about", "time"), Sought(words=("about", "time"))),
    (("about",), Sought(words=("about",))),
    (("Export", "monday"), Sought(words=("export", "monday"))),
    (("not again", "passives", "about", "price"), Sought(Category.PASSIVE, "price", words=("not again",))),
    (("promoters", "passives"), Sought(Category.PROMOTER, words=("passives",))),
    (("about", "price", "about", "speed"), Sought(theme="price", words=("about", "speed"))),
    (("STRASSE", "Straße", "ΣΊΣΥΦΟΣ"), Sought(words=("strasse", "strasse", "σίσυφοσ"))),
    (("",), Sought()),
]


@pytest.mark.parametrize(("rest", "expected"), CASES)
def test_what_is_typed_is_understood(rest, expected):
    assert sought(rest, THEMES) == expected


@given(st.sampled_from([None, *Category]), st.sampled_from([None, *THEMES]))
def test_what_a_menu_writes_is_understood_again(which, theme):
    assert sought(as_typed(which, theme), THEMES) == Sought(which, theme.key if theme else None)
    assert sought(UNMATCHED, THEMES).is_unmatched


@pytest.mark.parametrize("which", Category)
def test_a_category_is_the_scores_it_is_made_of(which):
    lowest, highest = Sought(which).scores
    assert [score for score in range(11) if category(score) is which] == list(range(lowest, highest + 1))
    assert Sought().scores == (0, 10)
    assert Sought().is_everything
