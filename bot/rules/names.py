"""Which of many names somebody means who types one from memory."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from bot.rules.wanted import unquoted

QUOTES = "\"'“”„‟«»‘’‚‹›`"
NEAREST = 3
COMPARED = 100  # to compare letter by letter takes long: only names that share the most pairs of letters are


def wanted(words: Sequence[str]) -> str:
    """A name as it was typed: some words, with or without quotes around them."""
    return " ".join(words).strip().strip(QUOTES).strip()


def meant(typed: str, names: Mapping[int, str]) -> Sequence[int]:
    """The ids of the names meant: the very name, else the same written otherwise, else those that hold it."""
    sought = _folded(typed)
    folded = {key: _folded(name) for key, name in names.items()}
    exact = [key for key, name in names.items() if name == typed]
    same = exact or [key for key, name in folded.items() if name == sought]
    found = same or [key for key, name in folded.items() if sought in name]
    return sorted(found, key=lambda key: (not folded[key].startswith(sought), folded[key], names[key]))


def nearest(typed: str, names: Mapping[int, str]) -> Sequence[int]:
    """The ids of the few names that come close, the closest first."""
    sought = _folded(typed)
    pairs = _pairs(sought)
    by_name = {_folded(name): key for key, name in names.items()}
    alike = sorted(by_name, key=lambda name: -len(pairs & _pairs(name)))[:COMPARED]
    return [by_name[name] for name in get_close_matches(sought, alike, n=NEAREST)]


def _folded(name: str) -> str:
    return " ".join(unquoted(name).casefold().split())


def _pairs(name: str) -> set[str]:
    return {name[at : at + 2] for at in range(len(name) - 1)}
