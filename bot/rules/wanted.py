"""
Wanted: which numbers somebody wants to see, of whom and when, as words after `/nps` and back to words again.

The words are the whole state of what is shown: a menu changes them, and what is shown next is what somebody sees who
types them.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.rules.periods import NoPeriod, Taken, take

SCORE = "score"  # the view of whoever says none
PAGE = "page"
LONGEST = 230  # characters; Slack carries 255 beside a menu, with what a block of its own puts before them
MOST_PAGES = 9999
TOKEN = re.compile(
    r"""(?:[^\s:"<>]+|"[^"]*[^"\s][^"]*"):(?:"[^"]*"|<[^>]*>)|"[^"]*[^"\s][^"]*":[^\s:"<>]+|"[^"]*"|<[^>]*>|\S+"""
)
FILTER = re.compile(r"""(?:"([^"]*[^"\s][^"]*)"|([^\W\d][^\s:"<>]*)):(.+)""", re.DOTALL)
NAME = re.compile(r"""[^\W\d][^\s:"<>]*""")
PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
CHANNEL = re.compile(r"<#([CG][A-Z0-9]+)(?:\|[^>]*)?>")
ANY_DAY = date(2000, 1, 1)  # whether a word names a time does not depend on today
QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})  # as phones type them


@dataclass(frozen=True)
class Filter:
    """One value that a dimension shall have: `segment:enterprise`."""

    dimension: str
    value: str

    @property
    def words(self) -> str:
        is_plain = NAME.fullmatch(self.dimension) and self.dimension.lower() != PAGE
        name = self.dimension if is_plain else f'"{unquoted(self.dimension)}"'
        value = unquoted(self.value)
        return f'{name}:"{value}"' if ":" in value and not value.startswith("<") else f"{name}:{_quoted(value)}"

    @property
    def user_id(self) -> str | None:
        """Whom it mentions."""
        found = PERSON.fullmatch(self.value)
        return found[1] if found else None

    @property
    def channel_id(self) -> str | None:
        found = CHANNEL.fullmatch(self.value)
        return found[1] if found else None


@dataclass(frozen=True)
class Wanted:
    """`rest`: words that are no filter and no period; what they mean is for the view to say."""

    view: str = SCORE
    rest: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    period: str | None = None
    page: int = 1
    is_raw: bool = False  # `rest` is as it was typed, quotes and all

    @property
    def words(self) -> str:
        """How somebody types it; `read` understands it again."""
        rest = self.rest if self.is_raw else [_in_quotes(unquoted(word)) for word in self.rest]
        filters = [each.words for each in self.filters]
        page = [f"{PAGE}:{self.page}"] if self.page > 1 else []
        return " ".join([self.view, *rest, *filters, *([self.period] if self.period else []), *page])

    @property
    def is_too_long(self) -> bool:
        return len(self.words) > LONGEST

    def on(self, page: int) -> "Wanted":
        return replace(self, page=page)


def tokens(text: str) -> list[str]:
    """The words, where what stands in quotes, or is put in by Slack, is one."""
    return TOKEN.findall(text.translate(QUOTES))


def unquoted(word: str) -> str:
    """As it is typed: no quotes can be, since those hold it together."""
    return _bare(word.translate(QUOTES))


def read(
    words: Sequence[str],
    *,
    views: Collection[str],
    free: Collection[str] = (),
    raw: Collection[str] = (),
    today: date,
) -> Wanted:
    """
    Understand words: a view first, or none; then filters, one period and the rest in any order.

    `free`: views whose own words may look like a period that goes on wrongly: "last resort". `raw`: views that read
    all their words themselves.
    Raises NoPeriod for such words elsewhere, and for a second period.
    """
    view = words[0].lower() if words and words[0].lower() in views else None
    if view and view in raw:
        return Wanted(view, tuple(words[1:]), is_raw=True)
    found = Wanted(view or SCORE)
    at = 1 if view else 0
    while at < len(words):
        try:
            taken = _taken(words[at:], found, is_free=found.view in free, today=today)
        except NoPeriod as refused:
            raise NoPeriod(str(refused), at=at) from None
        if taken:
            found, at = replace(found, period=taken.words), at + taken.count
        else:
            count = 2 if _waits_for_value(words[at:]) and found.view not in free else 1
            found, at = _with(found, "".join(words[at : at + count])), at + count
    return found


def _waits_for_value(words: Sequence[str]) -> bool:
    """Whether a filter goes on in the next word, as in "segment: enterprise"."""
    return len(words) > 1 and re.fullmatch(r"""[^\W\d][^\s:"<>]*:""", words[0]) is not None


def _taken(words: Sequence[str], found: Wanted, *, is_free: bool, today: date) -> Taken | None:
    try:
        taken = take(words, today=today)
    except NoPeriod:
        if not is_free:
            raise
        return None
    if taken and found.period and not is_free:
        raise NoPeriod  # one is there: these words are too many
    return None if found.period else taken


def _with(found: Wanted, word: str) -> Wanted:
    parts = FILTER.fullmatch(word)
    if parts is None:
        return replace(found, rest=(*found.rest, _bare(word)))
    named, dimension, value = parts[1], _bare(parts[1] or parts[2]).lower(), _bare(parts[3])
    if dimension == PAGE and not named:
        number = int(value) if value.isascii() and value.isdecimal() and len(value) < len(str(MOST_PAGES)) + 1 else 1
        return found.on(max(1, number))
    return replace(found, filters=(*found.filters, Filter(dimension, value)))


def _bare(word: str) -> str:
    return word.replace('"', "").strip()


def _quoted(word: str) -> str:
    """In quotes where it would fall apart without them."""
    is_one = re.fullmatch(r"""<[^<>"]*>|[^\s"<>]+""", word)
    return word if is_one else f'"{word}"'


def _in_quotes(word: str) -> str:
    return _quoted(word) if _is_plain(word) else f'"{word}"'


def _is_plain(word: str) -> bool:
    """Whether it is taken for nothing else: no filter, no period, no beginning of one."""
    try:
        return ":" not in word and not re.search(r"\d", word) and take([word], today=ANY_DAY) is None
    except NoPeriod:
        return False
