"""What a picture of a score in time is drawn from. Its words are those of whoever asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Dot:
    """
    One span of time. `label` stands below it, `below` under that, `count` says how many answered.

    Without a score there is a gap. `caption` is the score in words, `is_few` draws it as one of few answers.
    """

    label: str
    below: str = ""
    count: str = ""
    score: float | None = None
    low: float = 0
    high: float = 0
    caption: str = ""
    is_few: bool = False


@dataclass(frozen=True)
class Mark:
    """Something that happened. `at`: how many spans from the left, so 2.5 is the middle of the third."""

    at: float
    words: str


@dataclass(frozen=True)
class Chart:
    """`subtitle` says what it is about; `counted` what the numbers under the dots count."""

    title: str
    subtitle: str
    dots: Sequence[Dot]
    marks: Sequence[Mark] = ()
    counted: str = ""
    legend: Sequence[str] = ()  # the score, one of few answers, the range
    nothing: str = ""  # what is said where there is no score at all
    unwritable: str = ""  # what is said instead of words the font has no letters for
