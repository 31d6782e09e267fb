"""Small talk: a message that only says thanks or "it works" does not open a case again. When in doubt it does."""

import re

LONGEST = 8  # words; who writes more has something to say
DROPPED = re.compile(r"<[^>]*>|:[a-z0-9_+-]+:|https?://\S+|[^\w\s]", re.IGNORECASE)
# What such a message is made of, whatever the language; anything else in it is something to say.
_THANKS = """
    thanks thank thx ty cheers perfect great awesome solved works worked working brilliant lovely
    danke dankeschön merci perfekt super klasse prima gelöst funktioniert klappt läuft
    parfait génial résolu marche fonctionne gracias perfecto genial resuelto funciona
    obrigado obrigada valeu perfeito ótimo resolvido funcionou
"""
_FILLING = """
    you very much so a lot many it now again all that is was fine good ok okay yes guys team everyone for your the help
    dir ihnen euch vielen dank sehr schön jetzt es alles wieder gut ja für die hilfe
    beaucoup bien très c est tout bon oui à vous toi maintenant ça pour l aide votre
    muchas mil muy bien ya todo sí por la ayuda su
    muito bem tudo agora sim pela ajuda já
"""
_THANKS_IN_JAPANESE = (
    "ありがとう",
    "どうも",
    "助かりました",
    "感謝",
    "解決しました",
    "直りました",
    "動きました",
    "ございます",
    "です",
)
THANKS, FILLING = frozenset(_THANKS.split()), frozenset(_FILLING.split())
JAPANESE = re.compile(rf"({'|'.join(_THANKS_IN_JAPANESE)}|[。、!!\s])+")


def is_small_talk(text: str) -> bool:
    """Also for a message of emoji and mentions alone."""
    words = DROPPED.sub(" ", text).casefold().split()
    if not words or JAPANESE.fullmatch(text.strip()):
        return True
    return len(words) <= LONGEST and bool(THANKS & set(words)) and set(words) <= THANKS | FILLING
