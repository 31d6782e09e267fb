"""
Themes: what a comment is about, by a list of words that a workspace owns.

A comment is about a theme when one of its words or phrases stands in it: whole words, whatever their case and ending,
in the language the question was asked in. Where phrases overlap the longest decides, so that "does not support" is no
word about support. Several themes may be in one comment; of a comment nothing fits nothing is said.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from bot.rules.stems import WITHOUT_SPACES, folded, stems
from bot.rules.theme_words import MEANINGLESS, NAMES, WORDS

Words: TypeAlias = Mapping[str, tuple[str, ...]]  # by language
Phrase: TypeAlias = tuple[str, ...]
SEPARATORS = re.compile(r"[,;\n、，；،]")
LONGEST_LIST, LONGEST_WORD = 3000, 60  # letters; of one theme in one language, as somebody types it
MOST_THEMES, LONGEST_NAME = 30, 40
NOTHING = ""  # the theme of phrases that are about none


@dataclass(frozen=True)
class Theme:
    """`key` is how tags know it, whatever it is called. `is_default`: nobody has changed its words."""

    key: str
    name: str
    words: Words = field(default_factory=dict)
    is_default: bool = True


@dataclass(frozen=True)
class Reader:
    """A word list made ready for one language: phrases by how they begin, the longest first."""

    language: str
    phrases: Mapping[str, Sequence[tuple[Phrase, frozenset[str]]]]

    def themes_of(self, comment: str) -> frozenset[str]:
        """The keys of the themes a comment is about."""
        if self.language in WITHOUT_SPACES:
            return self._within(folded(comment))
        said, found, at = stems(comment, self.language), set[str](), 0
        while at < len(said):
            phrase, themes = self._longest(said, at)
            found |= themes
            at += len(phrase)
        return frozenset(found) - {NOTHING}

    def _longest(self, said: Phrase, at: int) -> tuple[Phrase, frozenset[str]]:
        for phrase, themes in self.phrases.get(said[at], ()):
            if said[at : at + len(phrase)] == phrase:
                return phrase, themes
        return said[at : at + 1], frozenset()

    def _within(self, comment: str) -> frozenset[str]:
        found, flat = set[str](), (each for several in self.phrases.values() for each in several)
        for (phrase,), themes in sorted(flat, key=lambda each: -len(each[0][0])):
            if phrase in comment:
                found |= themes
                comment = comment.replace(phrase, "\n")  # what it is part of has spoken
        return frozenset(found) - {NOTHING}


DEFAULTS = tuple(Theme(key, name, WORDS[key]) for key, name in NAMES.items())


def reader(themes: Iterable[Theme], language: str) -> Reader:
    return _reader(tuple((each.key, tuple(each.words.get(language, ()))) for each in themes), language)


def parsed(text: str) -> tuple[str, ...]:
    """What somebody typed with commas between: each word once, as it was first written."""
    words = dict[str, str]()
    for word in SEPARATORS.split(text):
        words.setdefault(folded(word), " ".join(word.split()))
    return tuple(word for key, word in words.items() if key)


def says_something(word: str, language: str) -> bool:
    """Whether it can ever be found: punctuation alone is no word."""
    return bool(_phrase(word, language))


@lru_cache(maxsize=64)
def _reader(themes: Sequence[tuple[str, Sequence[str]]], language: str) -> Reader:
    by_phrase = dict[Phrase, set[str]]()
    for key, words in (*themes, (NOTHING, MEANINGLESS.get(language, ()))):
        for word in words:
            by_phrase.setdefault(_phrase(word, language), set()).add(key)
    by_phrase.pop((), None)
    beginning = dict[str, list[tuple[Phrase, frozenset[str]]]]()
    for phrase in sorted(by_phrase, key=len, reverse=True):
        beginning.setdefault(phrase[0], []).append((phrase, frozenset(by_phrase[phrase])))
    return Reader(language, beginning)


def _phrase(word: str, language: str) -> Phrase:
    if language in WITHOUT_SPACES:
        return (folded(word),) if folded(word) else ()
    return stems(word, language)
