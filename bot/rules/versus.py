"""
Versus: two groups, or two periods, beside each other, from words such as "enterprise vs small" or "before 1 March".

What only one side names goes for both: "this quarter vs last quarter segment:small" is about small ones in both.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.rules.periods import NoPeriod, take
from bot.rules.wanted import Filter, Wanted, read, tokens

BETWEEN = ("vs", "vs.", "versus", "against")
EXAMPLES = ("enterprise vs small", "before 2026-03-01", "this quarter vs last quarter")
AROUND = ("before", "after", "around")
DAYS = 90  # on each side of a date


class NoSides(ValueError):  # noqa: N818 - a polite no, as all of ours
    """These words name no two sides."""


def sides(words: Sequence[str], *, today: date) -> tuple[Wanted, Wanted]:
    """What stands on the left and on the right, to be completed once it is known. Raises NoSides and NoPeriod."""
    if words and words[0].lower() in AROUND:
        return _around(words[1:], today)
    at = [n for n, word in enumerate(words) if word.lower() in BETWEEN]
    if len(at) != 1:
        raise NoSides
    left, right = words[: at[0]], words[at[0] + 1 :]
    if not (left and right):
        raise NoSides
    return _read(left, today), _read(right, today)


def apart(asked: Wanted, *, today: date) -> Wanted:
    """
    The sides as words, and beside them what goes for both, so that menus can change it; `together` undoes it.

    Raises NoPeriod.
    """
    at = [n for n, word in enumerate(asked.rest) if word.lower() in BETWEEN]
    if asked.rest and asked.rest[0].lower() in AROUND:
        return _apart_around(asked, today)
    if not at:
        both = _read(asked.rest, today)
        return replace(asked, rest=both.rest, filters=both.filters, period=both.period)
    left, right = _read(asked.rest[: at[0]], today), _read(asked.rest[at[0] + 1 :], today)
    period = None if left.period and right.period else left.period or right.period
    more = _of_both(left, right)
    own = replace(right, filters=tuple(each for each in right.filters if each not in more))
    pair = [replace(each, period=None) if period else each for each in (left, own)]
    rest = (*_words(pair[0]), asked.rest[at[0]], *_words(pair[1]))
    return replace(asked, rest=rest, filters=more, period=period)


def together(asked: Wanted) -> Sequence[str]:
    """The words of both sides, with what goes for both at their end."""
    return [*asked.rest, *_words(replace(asked, rest=()))]


def are_times(asked: Wanted, *, today: date) -> bool:
    """Whether it is their time that tells the sides apart, so that no other can be chosen for both."""
    try:
        return all(each.period for each in sides(asked.rest, today=today))
    except (NoSides, NoPeriod):
        return False


def share_answers(left: Sequence[Filter], right: Sequence[Filter]) -> bool:
    """Whether somebody may be on both sides at the same time: no dimension tells them apart."""
    return not any(
        values and others and values.isdisjoint(others)
        for dimension in {each.dimension for each in left}
        for values, others in [(_values(left, dimension), _values(right, dimension))]
    )


def _around(words: Sequence[str], today: date) -> tuple[Wanted, Wanted]:
    """As long before a day as after it, the day itself after."""
    since = take(["since", *words], today=today)
    if since is None:
        raise NoSides
    day = date.fromisoformat(since.words.removeprefix("since "))
    length = min(DAYS, (today - day).days)
    if length < 1:
        raise NoPeriod(f"since {day}")
    both = _read(words[since.count - 1 :], today)
    first, last = date.fromordinal(day.toordinal() - length), date.fromordinal(day.toordinal() + length - 1)
    before = replace(both, period=f"{first} to {date.fromordinal(day.toordinal() - 1)}")
    return before, replace(both, period=f"{day} to {last}")


def _apart_around(asked: Wanted, today: date) -> Wanted:
    since = take(["since", *asked.rest[1:]], today=today)
    count = since.count if since else len(asked.rest)
    both = _read(asked.rest[count:], today)
    own = replace(both, filters=())
    return replace(asked, rest=(*asked.rest[:count], *_words(own)), filters=both.filters)


def _of_both(left: Wanted, right: Wanted) -> tuple[Filter, ...]:
    """What the right side names beside what tells it apart; nothing where that cannot be told from words alone."""
    own = {each.dimension for each in left.filters}
    return tuple(each for each in right.filters if each.dimension not in own) if right.rest or not left.rest else ()


def _words(side: Wanted) -> Sequence[str]:
    """As they are typed, without the view."""
    return tokens(side.words)[1:]


def _read(words: Sequence[str], today: date) -> Wanted:
    return read(words, views=(), today=today)


def completed(side: Wanted, other: Wanted) -> Wanted:
    """With what only the other names. Both without bare words: what those mean must be known before."""
    own = {each.dimension for each in side.filters}
    more = [each for each in other.filters if each.dimension not in own]
    return replace(side, filters=(*side.filters, *more), period=side.period or other.period)


def _values(filters: Sequence[Filter], dimension: str) -> set[str]:
    return {each.value for each in filters if each.dimension == dimension}
