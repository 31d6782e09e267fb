"""The columns of accounts, contacts, answers, exits, recoveries. One table to read, to write and to document by."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.cli.sheets import cells
from bot.rules.cells import unguarded

PROPERTY = "property:"


class Kind(StrEnum):
    ACCOUNTS = "accounts"
    CONTACTS = "contacts"
    ANSWERS = "answers"
    EXITS = "exits"  # written, and never read: what was said here cannot be said elsewhere
    RECOVERIES = "recoveries"  # the same


@dataclass(frozen=True)
class Column:
    """A column: its name in a file, how a cell is read, the name of what was read when it is another."""

    name: str
    read: Callable[[str], object]
    given: str = ""
    is_written: bool = True

    @property
    def key(self) -> str:
        return self.given or self.name


COLUMNS: Mapping[Kind, Sequence[Column]] = {
    Kind.ACCOUNTS: (
        Column("name", cells.text),
        Column("segment", cells.text),
        Column("owner_id", cells.person),
        Column("arr", cells.amount),
        Column("currency", cells.currency),
        Column("started_on", cells.day),
        Column("renews_on", cells.day),
        Column("crm_id", cells.text),
        Column("domains", cells.domains),
        Column("team_id", cells.team),
        Column("language", cells.language),
    ),
    Kind.CONTACTS: (
        Column("user_id", cells.person),
        Column("email", cells.email),
        Column("name", cells.verbatim),
        Column("account", cells.text),
        Column("account_by_hand", cells.perhaps, given="is_account_by_hand"),
        Column("role", cells.text),
        Column("is_decision_maker", cells.yes_no),
        Column("language", cells.language),
        Column("time_zone", cells.time_zone),
        Column("team_id", cells.team, given="home_team_id"),
        Column("opted_out_at", cells.instant),
    ),
    Kind.ANSWERS: (
        Column("id", cells.verbatim),
        Column("date", cells.needed_instant),
        Column("user_id", cells.person),
        Column("email", cells.email, is_written=False),
        Column("name", cells.verbatim),
        Column("survey", cells.text),
        Column("score", cells.score),
        Column("comment", cells.verbatim),
        Column("mode", cells.mode),
        Column("recorded_by", cells.person),
    ),
    Kind.EXITS: (
        Column("date", cells.needed_instant),
        Column("user_id", cells.person),
        Column("name", cells.verbatim),
        Column("survey", cells.text),
        Column("reason", cells.text),
        Column("comment", cells.verbatim),
    ),
    Kind.RECOVERIES: (
        Column("date", cells.needed_instant),
        Column("user_id", cells.person),
        Column("name", cells.verbatim),
        Column("before", cells.score),
        Column("now", cells.score),
        Column("comment", cells.verbatim),
    ),
}
NEEDED: Mapping[Kind, Sequence[str]] = {
    Kind.ACCOUNTS: ("name",),
    Kind.CONTACTS: (),
    Kind.ANSWERS: ("date", "survey", "score"),
    Kind.EXITS: (),
    Kind.RECOVERIES: (),
}


def kind_of(names: Sequence[str]) -> Kind | None:
    """What a file with these columns is about; None when nobody can tell."""
    if "score" in names:
        return Kind.ANSWERS
    if "user_id" in names or "email" in names:
        return Kind.CONTACTS
    return Kind.ACCOUNTS if "name" in names else None


def column(kind: Kind, name: str) -> Column | None:
    """A column by its name; "property:plan" is one of every file of contacts."""
    if kind is Kind.CONTACTS and name.startswith(PROPERTY) and name != PROPERTY:
        return Column(name, cells.text)
    return next((each for each in COLUMNS[kind] if each.name == name), None)


def given(columns: Sequence[Column], row: Sequence[str]) -> dict[str, Any]:
    """What the cells of a row mean, by name. Raises CellRefused."""
    found: dict[str, Any] = {}
    for each, cell in zip(columns, row, strict=True):
        meaning = each.read(unguarded(cell))
        if each.name.startswith(PROPERTY):
            found.setdefault("properties", {})[each.name.removeprefix(PROPERTY)] = meaning or ""
        else:
            found[each.key] = meaning
    return found
