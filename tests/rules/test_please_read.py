"""A comment that says the opposite of its score asks to be read; one that may be meant otherwise does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.please_read import ANGRY, HAPPY, please_read
from bot.texts.speakers import LANGUAGES

ODD = [
    (0, "en", "We love it, excellent product!"),
    (3, "en", "Amazing team."),
    (10, "en", "The worst tool we have."),
    (9, "en", "Support is useless."),
    (1, "de", "Ich bin begeistert!"),
    (10, "de", "Eine Katastrophe."),
    (2, "fr", "Parfait, rien à dire."),
    (9, "fr", "C'est nul."),
    (0, "es", "Excelente servicio."),
    (10, "es", "Un desastre."),
    (3, "pt_BR", "Ótimo!"),
    (9, "pt_BR", "Péssimo atendimento."),
    (0, "ja", "最高です！"),
    (10, "ja", "ひどい。"),
]
PLAIN = [
    (4, "en", "We love it."),  # nothing odd in the middle
    (8, "en", "Terrible."),
    (0, "en", "Terrible."),
    (10, "en", "We love it."),
    (2, "en", "Not excellent, to say the least."),
    (2, "en", "It isn't perfect."),
    (10, "en", "Never a disaster with you."),
    (1, "en", "I used to love it, now it is awful."),  # both
    (0, "en", "Lovely."),
    (0, "de", "Nicht perfekt."),
    (0, "fr", "Ce n'est pas excellent."),
    (0, "es", "No es excelente."),
    (10, "pt_BR", "Nunca um desastre."),
    (0, "ja", "完璧ではない。"),
    (0, "en", ""),
    (10, "en", "Export fails on Mondays."),
]


@pytest.mark.parametrize(("score", "language", "comment"), ODD)
def test_words_that_clearly_say_the_opposite_ask_to_be_read(score, language, comment):
    assert please_read(score, comment, language)


@pytest.mark.parametrize(("score", "language", "comment"), PLAIN)
def test_what_fits_what_is_turned_round_and_what_says_both_does_not(score, language, comment):
    assert not please_read(score, comment, language)


@given(st.integers(4, 8), st.text(), st.sampled_from(list(LANGUAGES)))
def test_scores_in_between_never_do(score, comment, language):
    assert not please_read(score, comment, language)


def test_there_are_words_in_every_language_we_speak():
    assert set(HAPPY) == set(ANGRY) == set(LANGUAGES)
