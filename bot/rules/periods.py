"""
Periods: the words for a stretch of time, understood, and turned into the instants it lies between.

A period has a first instant that is left out and a last one that belongs to it; whole days are those of the team's
clock. Next to it lies the one before it, which it is compared with: as long, or for a month, quarter or year the one
before that.
"""

import re
from calendar import month_abbr, month_name, monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from difflib import get_close_matches

TICK = timedelta(microseconds=1)  # midnight is the first instant of a day, and the first instant is left out
DAY = timedelta(days=1)
LONGEST = 20 * 366  # days
LAST_DAYS = {"day": 1, "week": 7}
MONTHS = {"month": 1, "quarter": 3, "year": 12}
MONTH_NAMES = {name.lower()[:3]: number for number, name in enumerate(month_abbr) if name}
MOST_WORDS = 10  # from 1st of March 2026 to 30th of April 2026
EXAMPLES = ("last 30 days", "last 6 months", "this quarter", "last year", "2026-Q3", "since 1 March", "2026-03")


class NoPeriod(ValueError):  # noqa: N818 - a polite no, as all of ours
    """These words begin like a period and are none; the text is the example nearest to them, `at` where they stand."""

    def __init__(self, nearest: str = "", *, at: int = 0) -> None:
        super().__init__(nearest)
        self.at = at


@dataclass(frozen=True)
class Period:
    """`words`: how somebody types it. `since` is left out, `until` belongs to it; `before_since`: the one before."""

    words: str
    since: datetime
    until: datetime
    before_since: datetime

    @property
    def days(self) -> int:
        return round((self.until - self.since) / DAY)


@dataclass(frozen=True)
class Taken:
    """A period at the beginning of some words: how it is written, and how many words it took."""

    words: str
    count: int


def take(words: Sequence[str], *, today: date) -> Taken | None:
    """
    The period some words begin with; None where they begin with none.

    Raises NoPeriod where they begin with one that goes on wrongly, or that has not begun yet.
    """
    for pattern, read in PATTERNS:
        for count in range(min(len(words), MOST_WORDS), 0, -1):
            found = pattern.fullmatch(" ".join(words[:count]).lower())
            if found:
                return Taken(_begun(read(found, today), today), count)
    if words and words[0].lower() in STARTERS:
        raise NoPeriod(_meant(words, today) or STARTERS[words[0].lower()])
    return None


def _meant(words: Sequence[str], today: date) -> str | None:
    """The period somebody meant who misspelt "last quater"."""
    typed = [word.lower() for word in words[:MOST_WORDS]]
    near = [*typed[:1], *((get_close_matches(word, SPELT, n=1, cutoff=0.75) or [word])[0] for word in typed[1:])]
    try:
        taken = take(near, today=today) if near != typed else None
    except NoPeriod:
        return None
    return " ".join(near[: taken.count]) if taken else None


def period(words: str, *, zone: tzinfo, now: datetime) -> Period:
    """The instants between which a period lies, from its words as `take` writes them."""
    today = now.astimezone(zone).date()
    if trailing := re.fullmatch(r"last (\d+) days", words):
        length = int(trailing[1]) * DAY
        return Period(words, now - length, now, now - 2 * length)
    first, last, before = _days(words, today)
    until = _midnight(last + DAY, zone) if last < today else now
    return Period(words, _midnight(first, zone), until, _midnight(before, zone))


def _days(words: str, today: date) -> tuple[date, date, date]:
    """First and last day, and the first day of the period before."""
    first, last = _first_and_last(words, today)
    if months := _months_of(words):
        return first, last, months_later(first, -months)
    return first, last, first - (min(last, today) - first + DAY)


def _first_and_last(words: str, today: date) -> tuple[date, date]:
    match words.split():
        case ["last", count, "months"]:
            return months_later(today, -int(count)) + DAY, today
        case ["this", unit]:
            return _unit(today, unit)
        case ["last", unit]:
            return _unit(_unit(today, unit)[0] - DAY, unit)
        case ["since", first]:
            return date.fromisoformat(first), today
        case [first, "to", last]:
            return date.fromisoformat(first), date.fromisoformat(last)
    return _named(words)


def _named(words: str) -> tuple[date, date]:
    """2026, 2026-Q3 or 2026-03."""
    year, _, part = words.partition("-")
    if part.startswith("Q"):
        return _unit(date(int(year), 3 * int(part[1:]) - 2, 1), "quarter")
    return _unit(date(int(year), int(part or 1), 1), "month" if part else "year")


def _months_of(words: str) -> int | None:
    """How many months a whole month, quarter or year has; None for another stretch."""
    match words.split():
        case ["this" | "last", ("month" | "quarter" | "year") as unit]:
            return MONTHS[unit]
        case [one] if "to" not in one:
            return 3 if "Q" in one else 1 if "-" in one else 12
    return None


def _unit(day: date, unit: str) -> tuple[date, date]:
    """The week, month, quarter or year a day is in."""
    if unit == "week":
        monday = day - day.weekday() * DAY
        return monday, monday + 6 * DAY
    months = MONTHS[unit]
    first = day.replace(month=(day.month - 1) // months * months + 1, day=1)
    return first, months_later(first, months) - DAY


def months_later(day: date, months: int) -> date:
    """The same day of another month, or its last."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC) - TICK


def _begun(words: str, today: date) -> str:
    """Raises NoPeriod for one that lies ahead, ends before it begins, or goes back too far."""
    trailing = re.fullmatch(r"last (\d+) (days|months)", words)
    if trailing:
        count = int(trailing[1]) * (1 if trailing[2] == "days" else 31)
        if not 0 < count <= LONGEST:
            raise NoPeriod("last 90 days")
        return words
    first, last = _first_and_last(words, today)
    if first > today or last < first or (today - first).days > LONGEST:
        raise NoPeriod("this quarter")
    return words


def _last_many(found: re.Match[str], _: date) -> str:
    count, unit = int(found[1]), found[2]
    if unit in LAST_DAYS:
        return f"last {count * LAST_DAYS[unit]} days"
    return f"last {count * MONTHS[unit]} months"


def _since(found: re.Match[str], today: date) -> str:
    return f"since {_date(found[1], today)}"


def _from_to(found: re.Match[str], today: date) -> str:
    return f"{_date(found[1], today)} to {_date(found[2], today)}"


def _named_month(found: re.Match[str], today: date) -> str:
    month, year = MONTH_NAMES[found[1][:3]], int(found[2] or today.year)
    return f"{year if found[2] or month <= today.month else year - 1}-{month:02}"


def _quarter(found: re.Match[str], today: date) -> str:
    """Of this year, or the last one where it has not begun."""
    quarter = int(found[1])
    return f"{today.year if 3 * quarter - 2 <= today.month else today.year - 1}-Q{quarter}"


def _date(text: str, today: date) -> date:
    """A day as people write it; without a year the latest that has come. Raises NoPeriod for the 31st of June."""
    try:
        if found := re.fullmatch(ISO, text):
            return date.fromisoformat(found[0])
        found = re.fullmatch(DAY_MONTH, text) or re.fullmatch(MONTH_DAY, text)
        if found is None:
            raise NoPeriod("since 1 March")
        names = found.groupdict()
        month, day = MONTH_NAMES[names["month"][:3]], int(names["day"])
        if names["year"]:
            return date(int(names["year"]), month, day)
        return max(each for each in _each_year(month, day, today) if each <= today)
    except ValueError as wrong:
        raise NoPeriod("since 1 March") from wrong


def _each_year(month: int, day: int, today: date) -> list[date]:
    """That day in the last years that have it."""
    years = range(today.year - 8, today.year + 1)
    return [date(year, month, day) for year in years if day <= monthrange(year, month)[1]]


ISO = r"\d{4}-\d{2}-\d{2}"
MONTH = "|".join(sorted({*(name.lower() for name in month_name if name), *MONTH_NAMES, "sept"}, key=len, reverse=True))
DAY_MONTH = rf"(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)?(?: of)? (?P<month>{MONTH})(?: (?P<year>\d{{4}}))?"
MONTH_DAY = rf"(?P<month>{MONTH}) (?P<day>\d{{1,2}})(?:,? (?P<year>\d{{4}}))?"
_BARE = r"\(\?P<\w+>"
ANY_DATE = "|".join([ISO, re.sub(_BARE, "(?:", DAY_MONTH), re.sub(_BARE, "(?:", MONTH_DAY)])
Read = Callable[[re.Match[str], date], str]
PATTERNS: Sequence[tuple[re.Pattern[str], Read]] = [
    (re.compile(rf"(?:from )?({ANY_DATE})(?: to | until |\.\.| - | ?[–—] ?)({ANY_DATE})"), _from_to),
    (re.compile(rf"since ({ANY_DATE})"), _since),
    (re.compile(rf"since ({MONTH})(?: (\d{{4}}))?"), lambda found, today: f"since {_named_month(found, today)}-01"),
    (re.compile(r"since (20\d{2}-(?:0[1-9]|1[0-2]))"), lambda found, _: f"since {found[1]}-01"),
    (re.compile(r"(?:last|past) (\d{1,4}) (day|week|month|quarter|year)s?"), _last_many),
    (re.compile(r"(this|last) (week|month|quarter|year)"), lambda found, _: found[0]),
    (re.compile(r"(\d{4})[ -]?q([1-4])"), lambda found, _: f"{found[1]}-Q{found[2]}"),
    (re.compile(r"q([1-4])[ -](\d{4})"), lambda found, _: f"{found[2]}-Q{found[1]}"),
    (re.compile(r"q([1-4])"), _quarter),
    (re.compile(r"(20\d{2}-(?:0[1-9]|1[0-2]))"), lambda found, _: found[1]),
    (re.compile(r"(20\d{2})"), lambda found, _: found[1]),
    (re.compile(rf"({MONTH})(?: (\d{{4}}))?"), _named_month),
]
SPELT = (*(f"{unit}{s}" for unit in (*LAST_DAYS, *MONTHS) for s in ("", "s")), *(n.lower() for n in month_name if n))
STARTERS = {
    "last": "last 30 days",
    "past": "last 30 days",
    "this": "this quarter",
    "since": "since 1 March",
    "from": "2026-01-01 to 2026-03-31",
}
