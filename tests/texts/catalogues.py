"""What respondents may read, as it stands in the code, and what each catalogue makes of it."""

from functools import cache
from string import Formatter
from typing import TypeAlias

from babel.messages import Catalog, Message
from babel.messages.pofile import read_po

from bot.texts.speakers import LANGUAGES, catalogue_file
from tests.catalogues import sentences

TRANSLATED = [language for language in LANGUAGES if language != "en"]
Sentence: TypeAlias = str | tuple[str, ...]  # one form for each count where a count is named


@cache
def said() -> list[Sentence]:
    return list(dict.fromkeys(sentences()))


@cache
def catalogue(language: str) -> Catalog:
    with catalogue_file(language).open("rb") as file:
        return read_po(file, locale=language)


def entry(language: str, sentence: Sentence) -> Message | None:
    return catalogue(language).get(sentence if isinstance(sentence, str) else sentence[0])


def forms(sentence: Sentence) -> tuple[str, ...]:
    return (sentence,) if isinstance(sentence, str) else tuple(sentence)


def slots(sentence: str) -> set[str]:
    """The names in braces; an unnamed or broken one is an error of its own."""
    return {name for _, name, *_ in Formatter().parse(sentence) if name is not None}
