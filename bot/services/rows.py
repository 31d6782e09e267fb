"""Rows of a file on their way into the database, and what became of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Because(StrEnum):
    """Why a row is refused that reads well by itself."""

    CURRENCY = "currency"
    DOMAIN_TAKEN = "domain_taken"
    TEAM_TAKEN = "team_taken"
    OWN_TEAM = "own_team"
    ACCOUNT_UNKNOWN = "account_unknown"
    SURVEY_UNKNOWN = "survey_unknown"
    FUTURE = "future"


@dataclass(frozen=True)
class Row:
    """A line of a file: what its cells mean, by name. What the file does not speak of is absent."""

    line: int
    given: Mapping[str, Any]


@dataclass(frozen=True)
class Refused:
    """A row that was not taken. `about`: the word it is about; `known`: what it should have been."""

    line: int
    because: Because
    about: str = ""
    known: str = ""


@dataclass
class Taken:
    """What became of some rows."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[Refused] = field(default_factory=list)

    def refuse(self, row: Row, because: Because, about: object = "", known: object = "") -> None:
        self.refused.append(Refused(row.line, because, str(about), str(known)))

    def count(self, *, added: int = 0, unchanged: int = 0) -> None:
        self.added += added
        self.unchanged += unchanged

    def count_change(self, *, is_one: bool) -> None:
        self.changed += is_one
        self.unchanged += not is_one
