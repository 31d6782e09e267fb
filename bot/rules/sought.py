"""Sought: which comments somebody wants to read, by the words they typed: `detractors about speed "not again"`."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.rules.scoring import HIGHEST, LOWEST, PASSIVE_FROM, PROMOTER_FROM, Category
from bot.rules.stems import folded
from bot.rules.themes import Theme
from bot.rules.wanted import unquoted

CATEGORIES = {"promoters": Category.PROMOTER, "passives": Category.PASSIVE, "detractors": Category.DETRACTOR}
SCORES = {
    Category.PROMOTER: (PROMOTER_FROM, HIGHEST),
    Category.PASSIVE: (PASSIVE_FROM, PROMOTER_FROM - 1),
    Category.DETRACTOR: (LOWEST, PASSIVE_FROM - 1),
}
ABOUT, NO_THEME = "about", "nothing"


@dataclass(frozen=True)
class Sought:
    """`theme`: a key, or, where `is_unmatched`, comments that are about none. `words`: folded; all must stand there."""

    category: Category | None = None
    theme: str | None = None
    is_unmatched: bool = False
    words: tuple[str, ...] = ()

    @property
    def is_everything(self) -> bool:
        return self == Sought()

    @property
    def scores(self) -> tuple[int, int]:
        return SCORES[self.category] if self.category else (LOWEST, HIGHEST)


def sought(rest: Sequence[str], themes: Sequence[Theme]) -> Sought:
    """What is neither a category nor a theme after "about" is looked for as it stands."""
    names = {folded(each.key): each.key for each in themes}
    names |= {folded(unquoted(each.name)): each.key for each in themes}
    category: Category | None = None
    theme: str | None = None
    words, at = list[str](), 0
    while at < len(rest):
        taken, key = _theme_at(rest, at, names) if theme is None else (0, None)
        if taken:
            theme = key
        elif category is None and rest[at].lower() in CATEGORIES:
            category, taken = CATEGORIES[rest[at].lower()], 1
        else:
            words, taken = [*words, folded(rest[at])], 1
        at += taken
    is_unmatched = theme == NO_THEME
    return Sought(category, None if is_unmatched else theme, is_unmatched, tuple(filter(None, words)))


def as_typed(category: Category | None = None, theme: Theme | None = None) -> tuple[str, ...]:
    """The words that `sought` understands again."""
    typed = [word for word, each in CATEGORIES.items() if each is category]
    return (*typed, *((ABOUT, unquoted(theme.name)) if theme else ()))


UNMATCHED = (ABOUT, NO_THEME)


def _theme_at(rest: Sequence[str], at: int, names: dict[str, str]) -> tuple[int, str | None]:
    """How many words name a theme there, the most that do; 0 where none does."""
    if rest[at].lower() != ABOUT:
        return 0, None
    for end in range(len(rest), at + 1, -1):
        name = folded(" ".join(rest[at + 1 : end]))
        if name in names:
            return end - at, names[name]
        if name == NO_THEME:
            return end - at, NO_THEME
    return 0, None
