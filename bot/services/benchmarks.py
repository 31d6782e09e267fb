"""
Benchmarks: scores of others, as they were published, for those who ask "is that good?".

They are facts of other people, with the place where each was read; `benchmarks.csv` holds them. Trust: A was read at
whoever measured it, B at somebody who names them or was close, C says where it comes from and little more. What says
less is not in it.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from importlib.resources import files
from io import StringIO

from bot.services import reports
from bot.services.reports import Score
from bot.services.scopes import Scope
from bot.services.surveys import SurveyKind
from storage.database import Transaction

PAGE = 10


class Group(StrEnum):
    """Whom a figure is about; the nearest to whoever sells to companies first."""

    SOFTWARE = "software"
    SERVICES = "services"
    ACROSS = "across"
    CONSUMER = "consumer"
    RATES = "rates"  # no scores: how many answered, wrote something, renewed


class Trust(StrEnum):
    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True)
class Benchmark:
    """One published figure: in points, or in percent for rates. `low`, `high`: where several sources differ."""

    group: Group
    label: str
    role: str
    value: float
    low: float | None
    high: float | None
    year: str
    basis: str
    sample: str
    source: str
    address: str
    trust: Trust

    @property
    def is_score(self) -> bool:
        return self.group is not Group.RATES


@dataclass(frozen=True)
class BenchmarkPage:
    """Some of them. `own`: the reader's number, None where they asked for one of another kind."""

    shown: Sequence[Benchmark]
    own: Score | None
    page: int
    pages: int


async def page(tx: Transaction, workspace_id: str, scope: Scope, *, now: datetime) -> BenchmarkPage:
    """None was asked after interactions alone, so no number of ours for those may stand beside them."""
    found = published()
    pages = -(-len(found) // PAGE)
    at = min(scope.wanted.page, pages)
    own = await _own(tx, workspace_id, scope, now=now) if scope.kind is SurveyKind.RELATIONAL else None
    return BenchmarkPage(found[(at - 1) * PAGE : at * PAGE], own, at, pages)


async def _own(tx: Transaction, workspace_id: str, scope: Scope, *, now: datetime) -> Score:
    if scope.period is not None:
        return (await reports.over(tx, workspace_id, scope.kind, within=scope.within, period=scope.period)).score
    return (await reports.standing(tx, workspace_id, scope.kind, within=scope.within, now=now)).score


@cache
def published() -> Sequence[Benchmark]:
    """Nearest first, and then the newest."""
    text = files("bot.services").joinpath("benchmarks.csv").read_text(encoding="utf-8")
    return tuple(_read(row) for row in csv.DictReader(StringIO(text)))


def _read(row: dict[str, str]) -> Benchmark:
    words = {name: row[name] for name in ("label", "role", "year", "basis", "sample", "source", "address")}
    low, high = (float(row[name]) if row[name] else None for name in ("low", "high"))
    return Benchmark(
        group=Group(row["group"]), trust=Trust(row["trust"]), value=float(row["value"]), low=low, high=high, **words
    )
