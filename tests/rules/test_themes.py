"""Themes are found by whole words in the language of the comment, and where words mislead nothing is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.stems import WITHOUT_SPACES, folded, stem, words
from bot.rules.theme_words import NAMES, WORDS
from bot.rules.themes import DEFAULTS, LONGEST_LIST, LONGEST_WORD, Theme, parsed, reader, says_something
from bot.texts.speakers import LANGUAGES
from tests.rules.theme_comments import COMMENTS, SILENT

TEXTS = st.text(max_size=200)
SPOKEN = st.sampled_from(list(LANGUAGES))


@pytest.mark.parametrize(("language", "comment", "themes"), COMMENTS)
def test_a_comment_is_about_what_its_words_say(language, comment, themes):
    assert reader(DEFAULTS, language).themes_of(comment) == themes


@pytest.mark.parametrize(("language", "comment"), SILENT)
def test_where_words_would_mislead_nothing_is_said(language, comment):
    assert reader(DEFAULTS, language).themes_of(comment) == set()


def test_there_are_ten_themes_with_words_in_every_language_we_speak():
    assert len(DEFAULTS) == 10
    assert {language for key in NAMES for language in WORDS[key]} == set(LANGUAGES)
    assert all(WORDS[key][language] for key in NAMES for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_is_there_to_begin_with_finds_its_own_theme(language):
    read = reader(DEFAULTS, language)
    lost = [word for each in DEFAULTS for word in each.words[language] if each.key not in read.themes_of(word)]
    assert lost == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_stands_for_two_themes(language):
    read = reader(DEFAULTS, language)
    assert [(phrase, found) for several in read.phrases.values() for phrase, found in several if len(found) > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_that_are_there_to_begin_with_could_have_been_typed(language):
    for each in DEFAULTS:
        assert parsed(", ".join(each.words[language])) == each.words[language]
        assert len(", ".join(each.words[language])) <= LONGEST_LIST
        assert all(len(word) <= LONGEST_WORD and says_something(word, language) for word in each.words[language])


def test_the_longest_phrase_decides():
    themes = [Theme("a", "A", {"en": ("support",)}), Theme("b", "B", {"en": ("does not support",)})]
    assert reader(themes, "en").themes_of("It does not support this") == {"b"}
    assert reader(themes, "en").themes_of("It does not support this, says support") == {"a", "b"}


def test_a_part_of_a_word_is_no_word_but_where_there_are_no_spaces():
    themes = [Theme("a", "A", {"en": ("port",), "ja": ("料金",)})]
    assert reader(themes, "en").themes_of("support") == set()
    assert reader(themes, "ja").themes_of("高い利用料金プラン") == {"a"}


def test_words_that_begin_alike_and_go_on_differently_are_two():
    themes = [Theme("a", "A", {"en": ("credit card", "credit note")})]
    assert reader(themes, "en").themes_of("Credit where credit is due") == set()
    assert reader(themes, "en").themes_of("two Credit Notes") == {"a"}


@given(TEXTS, SPOKEN)
def test_case_and_the_way_letters_are_written_change_nothing(text, language):
    read = reader(DEFAULTS, language)
    assert read.themes_of(text) == read.themes_of(folded(text))


@given(st.lists(st.sampled_from([comment for language, comment, _ in COMMENTS if language == "en"]), max_size=4))
def test_several_comments_one_after_the_other_are_about_what_each_is_about(comments):
    read = reader(DEFAULTS, "en")
    assert read.themes_of(". Xyzzy. ".join(comments)) == set().union(*map(read.themes_of, comments))


@given(TEXTS, SPOKEN)
def test_whatever_somebody_types_as_words_is_each_word_once(text, language):
    typed = parsed(text)
    assert parsed(", ".join(typed)) == typed
    assert len({folded(word) for word in typed}) == len(typed)


@given(TEXTS)
def test_a_text_that_was_folded_stays_as_it_is(text):
    assert folded(folded(text)) == folded(text)


def test_words_are_typed_with_any_comma():
    assert parsed("invoice,  bill ,INVOICE\n請求、支払，, ;") == ("invoice", "bill", "請求", "支払")


@pytest.mark.parametrize(("word", "is_word"), [("!!", False), ("👍", False), ("a", True), ("24/7", True), ("", False)])
def test_punctuation_alone_is_no_word(word, is_word):
    assert says_something(word, "en") is is_word


@pytest.mark.parametrize(
    ("word", "bare", "language"), [("facturación", "facturacion", "es"), ("réactif", "reactif", "fr")]
)
def test_accents_may_be_left_out_where_many_do(word, bare, language):
    assert stem(word, language) == stem(bare, language)


def test_a_language_we_do_not_speak_is_read_as_english_words():
    assert reader(DEFAULTS, "fi").themes_of("Support was slow") == set()  # it has no words of its own
    assert words("Don’t, e-mail ﬁne ＡＢＣ") == ["don", "t", "e", "mail", "fine", "abc"]
    assert {"ja"} == WITHOUT_SPACES
