"""Respondents are spoken to in their own language: every sentence, with everything that belongs into it."""

import pytest

from tests.texts.catalogues import TRANSLATED, catalogue, entry, forms, said, slots

every_language = pytest.mark.parametrize("language", TRANSLATED)


def test_there_is_something_to_translate():
    assert "Not now" in said()


@every_language
def test_every_sentence_is_translated(language: str):
    found = {sentence: entry(language, sentence) for sentence in said()}
    missing = [sentence for sentence, message in found.items() if message is None]
    assert missing == [], "run `make catalogues`, then translate them"
    assert [sentence for sentence, message in found.items() if message.fuzzy or not all(forms(message.string))] == []


@every_language
def test_a_counted_sentence_has_every_form_its_language_has(language: str):
    counted = [sentence for sentence in said() if not isinstance(sentence, str)]
    found = {sentence: entry(language, sentence) for sentence in counted}
    wanted = catalogue(language).num_plurals
    assert [each for each, message in found.items() if not message or len(forms(message.string)) != wanted] == []


@every_language
def test_a_translation_has_the_slots_of_its_sentence(language: str):
    found = {sentence: entry(language, sentence) for sentence in said()}
    for sentence, message in found.items():
        for form in filter(None, forms(message.string) if message else ()):
            assert slots(form) | {"n"} == slots(forms(sentence)[-1]) | {"n"}, sentence


@every_language
def test_a_catalogue_holds_nothing_that_is_no_longer_said(language: str):
    known = {forms(message.id)[0] for message in catalogue(language) if message.id}
    assert known - {forms(sentence)[0] for sentence in said()} == set()
    assert not catalogue(language).obsolete
