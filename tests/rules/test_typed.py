"""A typed score is taken where nobody can mean anything else; in doubt nothing is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.typed import Typed, read

SCORES = st.integers(0, 10)
WORDS = st.text(st.sampled_from("abcxyz äé好 "), min_size=1).filter(lambda text: text.strip())


@pytest.mark.parametrize(
    ("text", "score", "comment"),
    [
        ("9", 9, None),
        ("  0 ", 0, None),
        ("10", 10, None),
        ("10!!", 10, None),
        ("9.", 9, None),
        ("9/10", 9, None),
        ("9 / 10", 9, None),
        ("10/10!", 10, None),
        ("9 out of 10", 9, None),
        ("9 von 10", 9, None),
        ("8 sur 10, merci", 8, "merci"),
        ("9, love it", 9, "love it"),
        ("9/10 love it", 9, "love it"),
        ("9 - love it", 9, "love it"),
        ("9 — love it", 9, "love it"),
        ("9: love it", 9, "love it"),
        ("9\nlove it", 9, "love it"),
        ("7 because exports are slow", 7, "because exports are slow"),
        ("6 weil es langsam ist", 6, "weil es langsam ist"),
        ("3, 5 people cannot log in", 3, "5 people cannot log in"),
        ("10!! best", 10, "best"),
        ("9. Love it", 9, "Love it"),
        ("1, slow", 1, "slow"),
        ("9 :tada:", 9, ":tada:"),
        ("9 🎉", 9, "🎉"),
        ("8 points", 8, None),
        ("8 Punkte, weil es läuft", 8, "weil es läuft"),
        ("９", 9, None),
        ("１０", 10, None),
        ("９／１０", 9, None),
        ("９点", 9, None),
        ("９点です。とても良い", 9, "とても良い"),
        ("8、使いやすい", 8, "使いやすい"),
        ("9, ＡＢＣ１", 9, "ＡＢＣ１"),
    ],
)
def test_a_score_and_what_follows_it(text: str, score: int, comment: str | None):
    assert read(text) == Typed(score, comment)


@pytest.mark.parametrize(
    "text",
    [
        *("", "love it", "I'd say 7", "nine", "-1", "+9", "#9", "*9*", "<9>"),
        *("11", "100", "007", "09", "10000", "10,000", "10 000", "12/10", "9/100", "9/5"),
        *("9.5", "9,5", "9:30", "9-10", "9 - 10", "9–10", "9 or 10", "9/10/2026", "9/10th", "9.10.2026", "9/10.5"),
        *("10 minutes ago it broke", "3 of us cannot log in", "2 weeks", "5 am", "9th", "9x", "9%", "9+", "9 love it"),
        *("1. It is slow\n2. It is dear", "10pm", "8h", "4ever", "２０", "９．５", "9°", "5€"),
    ],
)
def test_in_doubt_nothing_is_taken(text: str):
    assert read(text) is None


@given(score=SCORES, words=WORDS)
def test_every_score_is_read_with_the_words_after_it(score: int, words: str):
    assert read(f"{score}, {words}") == Typed(score, words.strip())
    assert read(f"{score}/10 - {words}") == Typed(score, words.strip())


@given(text=st.text())
def test_whatever_is_typed_a_score_is_on_the_scale_and_its_words_were_typed(text: str):
    found = read(text)
    assert found is None or (0 <= found.score <= 10 and (found.comment or "") in text)


@given(number=st.integers(11, 10**9), after=st.sampled_from(["", "!", ", love it", "/10", " because"]))
def test_no_larger_number_is_a_score(number: int, after: str):
    assert read(f"{number}{after}") is None


@given(score=SCORES, mark=st.sampled_from([".", ",", ":", "-", "/", ""]), digit=st.integers(0, 9))
def test_no_part_of_another_number_is_a_score(score: int, mark: str, digit: int):
    typed = f"{score}{mark}{digit}"
    assert read(typed) is None or typed == "10"
