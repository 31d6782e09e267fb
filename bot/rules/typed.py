"""
What somebody typed instead of clicking: a score and what follows it.

The number begins the message and stands for itself: "9", "9/10", "10!!", "9, love it", "9 because it works", "９点".
Where it may count something else ("10 minutes ago", "9.5", "9:30", "2-3") nothing is taken: a wrong score is worse than
one click more.
"""

import re
from dataclasses import dataclass

from bot.rules.scoring import HIGHEST

# Japanese keyboards type these; one letter for one, so that what follows is found at the same place.
NARROW = {ord("０") + digit: ord("0") + digit for digit in range(10)} | {ord("／"): "/", ord("　"): " "}
SCALE = r"(?P<scale>\s*(?:/|out of|von|sur|de|em|点満点中)\s*10(?!\d))"
POINTS = r"\s*(?:points?|pts?|punkten?|puntos?|pontos?|点)(?!\w)|点(?=です|でした|！|!|。|、|$)"
NUMBER = re.compile(rf"\s*(?P<score>10|\d)(?!\d){SCALE}?(?:{POINTS})?", re.IGNORECASE)
# What may part the number from the words: marks with no digit right behind them (9.5, 9,5, 9:30 are other numbers).
MARKS = re.compile(r"\s*(?:[.,:](?!\d)|[;!…。、，！：；])[\s.,:;!…。、，！：；]*|\s+[-–—]\s+(?!\d)|\s*\n\s*")
EMOJI = re.compile(r"\s*(?::[a-z][a-z0-9_+-]*:|[\u2600-\u27bf\U0001f000-\U0001faff])")
REASON = re.compile(
    r"\s+(?:because|since|cause|as|but|weil|da|denn|aber|parce|car|mais|porque|pero|pues|pois|mas)\b", re.IGNORECASE
)
NOT_A_SCALE = re.compile(r"[\w/%°€$£]|[.,:-]\d")  # "9/10/2026", "9/10th"
JAPANESE = re.compile(r"(?:です|でした)[。！!、]?\s*")


@dataclass(frozen=True)
class Typed:
    """A score from 0 to 10; None where nothing follows it."""

    score: int
    comment: str | None = None


def read(text: str) -> Typed | None:
    """None where no score begins the message, or it is in doubt."""
    found = NUMBER.match(text.translate(NARROW))
    if found is None:
        return None
    rest = text[found.end() :]
    words = _after(rest, is_scaled=found["scale"] is not None)
    if words is None or _numbers_a_list(found, rest, words):
        return None
    return Typed(min(int(found["score"]), HIGHEST), words or None)


def _after(rest: str, *, is_scaled: bool) -> str | None:
    """The words that follow a score; None when what stands there makes it another number."""
    polite = JAPANESE.match(rest)
    if not rest.strip() or polite:
        return rest[polite.end() :].strip() if polite else ""
    marks = MARKS.match(rest)
    if EMOJI.match(rest) or REASON.match(rest):
        return rest.strip()
    if marks:
        return rest[marks.end() :].strip()
    return rest.strip() if is_scaled and not NOT_A_SCALE.match(rest) else None


def _numbers_a_list(found: re.Match[str], rest: str, words: str) -> bool:
    """Whether "1. It is slow" is the first of several things somebody has to say."""
    is_bare = found["scale"] is None and found["score"] == "1"
    return is_bare and bool(words) and rest.startswith(".")
