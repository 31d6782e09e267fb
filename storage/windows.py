"""
Windows: questions to the database about one kind of survey over one stretch of time.

To make a statement costs as much as to run it, so of everybody each is made once, with what changes left open; of some
people it is made anew.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import ColumnElement, Row, Select, Text, bindparam

from storage.database import Transaction
from storage.slices import ALL, Slice
from storage.types import UtcDateTime

Value = TypeVar("Value")
Given: TypeAlias = Value | ColumnElement[Value]  # itself, or a place for it


@dataclass(frozen=True)
class Window:
    """Of one workspace and kind; the first instant is left out."""

    workspace_id: Given[str]
    kind: str
    since: Given[datetime]
    before: Given[datetime]
    within: Slice = ALL


Make: TypeAlias = Callable[[Window], Select[*tuple[Any, ...]]]


async def rows(tx: Transaction, make: Make, window: Window) -> Sequence[Row[*tuple[Any, ...]]]:
    """What the statement finds. `make` is a function of a module: it is remembered by its name."""
    if window.within != ALL:
        return (await tx.execute(make(window))).all()
    values = {"workspace": window.workspace_id, "since": window.since, "until": window.before}
    return (await tx.execute(_of_everybody(make, window.kind), values)).all()


@cache
def _of_everybody(make: Make, kind: str) -> Select[*tuple[Any, ...]]:
    since, until = (bindparam(name, type_=UtcDateTime()) for name in ("since", "until"))
    return make(Window(bindparam("workspace", type_=Text()), kind, since, until))
