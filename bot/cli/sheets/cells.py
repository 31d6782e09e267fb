"""Cells: what a text in a file means. `rules/cells.py` writes the same again."""

import re
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import available_timezones

from babel.numbers import list_currencies
from email_validator import EmailNotValidError, validate_email

from bot.rules.accounts import FREE_MAIL
from bot.rules.answering import Mode
from bot.texts import language_for

DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
INSTANT = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII)
EARLIEST, LATEST = 1990, 9000
LARGEST = 2**53  # what a spreadsheet can hold exactly
YES, NO = {"yes", "true", "1"}, {"no", "false", "0", ""}
PERSON, TEAM = re.compile(r"[UW][A-Z0-9]{2,}", re.ASCII), re.compile(r"[TE][A-Z0-9]{2,}", re.ASCII)


class CellRefused(Exception):  # noqa: N818 - a sentence for the operator, not a bug
    """One sentence about a cell that means nothing."""


def verbatim(cell: str) -> str | None:
    return cell or None


def text(cell: str) -> str | None:
    return cell.strip() or None


def score(cell: str) -> int:
    bare = cell.strip()
    if re.fullmatch(r"\d|10", bare, re.ASCII):
        return int(bare)
    raise CellRefused(f"The score {_shown(cell)} is not a whole number from 0 to 10.")


def mode(cell: str) -> str:
    """How an answer came: asked for, unless it says that a colleague was told, or that nobody had asked."""
    bare = cell.strip().lower() or Mode.SELF
    if bare in list(Mode):
        return bare
    raise CellRefused(f"The mode {_shown(cell)} is none of self, interviewer and volunteered.")


def amount(cell: str) -> int | None:
    bare = cell.strip()
    if not bare:
        return None
    if bare.isascii() and bare.isdigit() and int(bare) <= LARGEST:
        return int(bare)
    raise CellRefused(f"The amount {_shown(cell)} is not a whole number like 12000, without points, commas or signs.")


def currency(cell: str) -> str | None:
    bare = cell.strip().upper()
    if not bare or bare in _currencies():
        return bare or None
    raise CellRefused(f"The currency {_shown(cell)} is not known. Write three letters like EUR.")


def day(cell: str) -> date | None:
    bare = cell.strip()
    if not bare:
        return None
    try:
        if DAY.fullmatch(bare):
            return date.fromisoformat(bare)
    except ValueError:
        pass
    raise CellRefused(f"The date {_shown(cell)} is not one like 2026-03-31.")


def instant(cell: str) -> datetime | None:
    """A day begins at midnight; a time without a zone is UTC."""
    bare = cell.strip()
    if not bare:
        return None
    try:
        found = datetime.fromisoformat(bare) if INSTANT.fullmatch(bare) else None
    except ValueError:
        found = None
    if found is None or not EARLIEST <= found.year <= LATEST:
        raise CellRefused(f"The date {_shown(cell)} is not one like 2026-03-31 or 2026-03-31T10:42:00Z.")
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def needed_instant(cell: str) -> datetime:
    found = instant(cell)
    if found is None:
        raise CellRefused("The date is missing.")
    return found


def email(cell: str) -> str | None:
    bare = cell.strip()
    if not bare:
        return None
    try:
        return validate_email(bare, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        raise CellRefused(f"The e-mail address {_shown(cell)} is not one.") from None


def domains(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_domain(word) for word in re.split(r"[\s,;]+", cell) if word))


def person(cell: str) -> str | None:
    bare = cell.strip()
    if not bare or PERSON.fullmatch(bare):
        return bare or None
    raise CellRefused(f"{_shown(cell)} is not the Slack id of a person (U… or W…).")


def team(cell: str) -> str | None:
    bare = cell.strip()
    if not bare or TEAM.fullmatch(bare):
        return bare or None
    raise CellRefused(f"{_shown(cell)} is not the id of a Slack workspace (T… or E…).")


def language(cell: str) -> str | None:
    bare = cell.strip()
    found = language_for(bare)
    if bare and found is None:
        raise CellRefused(f"The language {_shown(cell)} is none of ours. Write one like en, de or pt_BR.")
    return found


def time_zone(cell: str) -> str | None:
    bare = cell.strip()
    if not bare or bare in _time_zones():
        return bare or None
    raise CellRefused(f"The time zone {_shown(cell)} is not known. Write one like Europe/Berlin.")


def yes_no(cell: str) -> bool:
    bare = cell.strip().lower()
    if bare in YES | NO:
        return bare in YES
    raise CellRefused(f"{_shown(cell)} is neither yes nor no.")


def perhaps(cell: str) -> bool:
    """Yes, unless it says no."""
    return yes_no(cell) if cell.strip() else True


def _domain(word: str) -> str:
    try:
        found = validate_email(f"a@{word}", check_deliverability=False).domain.lower()
    except EmailNotValidError:
        raise CellRefused(f"The mail domain {_shown(word)} is not one like beta.example.") from None
    if found in FREE_MAIL:
        raise CellRefused(f"Anybody can have an address at {found}: it cannot be an account's mail domain.")
    return found


def _shown(cell: str) -> str:
    longest = 60
    return f'"{cell}"' if len(cell) <= longest else f'"{cell[:longest]}…"'


@cache
def _currencies() -> frozenset[str]:
    return frozenset(list_currencies())


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(available_timezones())
