"""Names from right to left, bold words with asterisks and breaks in them: what people wrote leaves our marks whole."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts.markup import FIRST_STRONG_ISOLATE, POP_ISOLATE, Mrkdwn, bold, isolated

ARABIC, HEBREW = "ليلى حسن", "נועה לוי"
BOLD_LINE = re.compile(r"\*[^*\n]*[^*\s][^*\n]*\*")
WORDS = st.text(st.sampled_from("ab *\n_~`<&>אل"), max_size=40)


@pytest.mark.parametrize("name", [ARABIC, HEBREW, f"Ana {HEBREW}"])
def test_a_name_from_right_to_left_keeps_to_itself(name):
    assert isolated(name) == f"{FIRST_STRONG_ISOLATE}{name}{POP_ISOLATE}"


@pytest.mark.parametrize("name", ["Ana Ruiz", "Kim Weiß", "日本 太郎", "7", ""])
def test_a_name_from_left_to_right_is_left_alone(name):
    assert isolated(name) == name


@given(WORDS)
def test_bold_is_whole_whatever_is_in_it(text):
    for line in bold(text).split("\n"):
        assert line == "" or BOLD_LINE.fullmatch(line)


@given(WORDS)
def test_bold_loses_no_words(text):
    shown = bold(Mrkdwn(text)).replace("*", "").replace("∗", "*")
    assert shown.split() == text.split()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("*Star* Cloud", "*∗Star∗ Cloud*"),
        ("one\ntwo", "*one*\n*two*"),
        ("one\n\n two ", "*one*\n\n*two*"),
        ("\n", "\n"),
    ],
)
def test_every_line_of_what_is_bold_is_bold(written, shown):
    assert bold(written) == shown
