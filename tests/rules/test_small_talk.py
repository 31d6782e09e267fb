"""Thanks are no new problem; anything with something to say is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.small_talk import is_small_talk

SMALL = [
    "Thanks!", "thank you so much", "It works now, thanks :tada:", "👍", ":+1:", "<@U0BO> perfect, thank you", "ty",
    "Danke dir!", "Vielen Dank, funktioniert wieder", "Super, danke!", "Merci beaucoup !", "Parfait, ça marche",
    "Muchas gracias", "Perfecto, ya funciona", "Obrigado!", "Muito obrigada, funcionou", "ありがとうございます。",
    "助かりました!",
    "Thanks for your help", "",
]  # fmt: skip
SOMETHING_TO_SAY = [
    "Thanks, but it still fails", "it works not", "Now it is slower", "No", "Hello?", "Thanks. When will it be fixed?",
    "Danke, aber der Export hängt wieder", "Merci, mais ça ne marche pas", "Gracias, pero sigue igual",
    "Obrigado, mas não funcionou", "ありがとうございます。でもまだ動きません", "again", "it is broken again",
    "thanks thanks thanks thanks thanks thanks thanks thanks thanks",
]  # fmt: skip


@pytest.mark.parametrize("text", SMALL)
def test_thanks_alone_are_small_talk(text: str):
    assert is_small_talk(text)


@pytest.mark.parametrize("text", SOMETHING_TO_SAY)
def test_something_to_say_is_none(text: str):
    assert not is_small_talk(text)


@given(st.text())
def test_any_text_is_judged(text: str):
    assert is_small_talk(text) in (True, False)
