"""
Stems: the words of a text as they are compared, without case and endings, in the languages we speak.

Japanese has no spaces between words and stays one text, in which words are looked for as they stand.
"""

import re
from functools import cache, lru_cache
from typing import Any
from unicodedata import combining, normalize

from snowballstemmer import stemmer  # type: ignore[import-untyped] # it tells no types

LETTERS = re.compile(r"[^\W_]+")
STEMMERS = {"en": "english", "de": "german", "fr": "french", "es": "spanish", "pt_BR": "portuguese"}
WITHOUT_ACCENTS = frozenset({"fr", "es", "pt_BR"})  # many leave them out where they type
WITHOUT_SPACES = frozenset({"ja"})
REMEMBERED = 50_000  # words whose stems are at hand


def folded(text: str) -> str:
    """Without case, in whatever script, and with one way to write each letter: what a search compares."""
    return " ".join(normalize("NFKC", normalize("NFKC", text).casefold()).split())


def words(text: str) -> list[str]:
    """The words as they were written, but for case."""
    return LETTERS.findall(folded(text))


def stems(text: str, language: str) -> tuple[str, ...]:
    """The words one after the other, each as its stem; a language we do not speak is read as English."""
    known = language if language in STEMMERS else "en"
    return tuple(stem(word, known) for word in words(text))


@lru_cache(maxsize=REMEMBERED)
def stem(word: str, language: str) -> str:
    """Of one folded word."""
    bare = _without_accents(word) if language in WITHOUT_ACCENTS else word
    return str(_stemmer(language).stemWord(bare))


def _without_accents(word: str) -> str:
    return "".join(letter for letter in normalize("NFD", word) if not combining(letter))


@cache
def _stemmer(language: str) -> Any:
    return stemmer(STEMMERS[language])
