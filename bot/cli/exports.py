"""`nps-bot export`: accounts, contacts, answers for `nps-bot import` to take back; exits, recoveries, and a report."""

import io
import sys
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from rich.console import Console

from bot.cli import house
from bot.cli.sheets import writer
from bot.cli.sheets.columns import Kind
from bot.errors import NotUnderstood
from bot.rules.answer_files import Format
from bot.rules.periods import NoPeriod
from bot.rules.wanted import read, tokens
from bot.services import answer_files, calendars, exports, scopes
from bot.services.dimensions import Asker
from bot.services.scopes import Scope
from bot.settings import SettingsRefused, StorageSettings
from bot.writing import write
from storage.database import Transaction


class What(StrEnum):
    """The kinds of files an import knows, and those it does not."""

    ACCOUNTS = Kind.ACCOUNTS
    CONTACTS = Kind.CONTACTS
    ANSWERS = Kind.ANSWERS
    EXITS = Kind.EXITS
    RECOVERIES = Kind.RECOVERIES
    REPORT = "report"  # answers as `/nps export` writes them


async def run(
    settings: StorageSettings,
    console: Console,
    *,
    kind: Kind,
    to: Path | None,
    workspace: str | None,
    only_unmatched: bool = False,
) -> None:
    """To a file of one's own, or to where the output goes. Raises SettingsRefused."""
    async with house.opened(settings) as database:
        workspace_id = await house.the_workspace(database, workspace)
        with _file(to) as file:
            async with database.reading() as tx:
                names = await exports.property_names(tx, workspace_id) if kind is Kind.CONTACTS else ()
                rows = _rows(tx, workspace_id, kind, only_unmatched=only_unmatched)
                count = await writer.write(file, kind, rows, properties=names)
    _said(console, count, kind, to)


@dataclass(frozen=True)
class Report:
    """Answers that some words ask for, all where they name no time."""

    words: Sequence[str]
    format: Format
    now: datetime


async def run_report(
    settings: StorageSettings, console: Console, report: Report, *, to: Path | None, workspace: str | None
) -> None:
    """Raises SettingsRefused."""
    async with house.opened(settings) as database:
        workspace_id = await house.the_workspace(database, workspace)
        async with database.reading() as tx:
            scope = await _scope(tx, workspace_id, report.words, now=report.now)
            answers = await answer_files.of_scope(tx, workspace_id, scope, now=report.now)
        with _file(to) as file:
            count = await write(database, answers, report.format, file.buffer)
    _said(console, count, Kind.ANSWERS, to)


async def _scope(tx: Transaction, workspace_id: str, words: Sequence[str], *, now: datetime) -> Scope:
    zone = (await calendars.of_team(tx, workspace_id)).zone
    try:
        wanted = read(tokens(" ".join(words)), views=(), free=(), today=now.astimezone(zone).date())
        scope = await scopes.resolve(tx, Asker(workspace_id, "", What.REPORT), wanted, now=now)
    except NoPeriod as unknown:
        raise SettingsRefused(
            f"I do not understand that time. Write it like {str(unknown) or 'last quarter'}."
        ) from None
    except NotUnderstood as unknown:
        near = f" Did you mean {unknown.nearest}?" if unknown.nearest else ""
        raise SettingsRefused(f'I do not understand "{unknown.word}".{near}') from None
    return scope if scope.period else replace(scope, period=answer_files.ever(now))


def _said(console: Console, count: int, kind: Kind, to: Path | None) -> None:
    if to is not None:
        console.print(f"{count} {kind} written to {to}. Only you can read it.", markup=False, highlight=False)


def _rows(tx: Transaction, workspace_id: str, kind: Kind, *, only_unmatched: bool) -> AsyncIterator[Mapping[str, Any]]:
    match kind:
        case Kind.ACCOUNTS:
            return exports.accounts(tx, workspace_id)
        case Kind.CONTACTS:
            return exports.contacts(tx, workspace_id, only_unmatched=only_unmatched)
        case Kind.ANSWERS:
            return exports.answers(tx, workspace_id)
        case Kind.EXITS:
            return exports.exits(tx, workspace_id)
        case Kind.RECOVERIES:
            return exports.recoveries(tx, workspace_id)


@contextmanager
def _file(to: Path | None) -> Iterator[io.TextIOWrapper]:
    if to is None:
        output = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=True)
        try:
            yield output
        finally:
            output.detach()
        return
    try:
        with writer.private_file(to) as file:
            yield file
    except OSError as error:
        raise SettingsRefused(f"{to} cannot be written: {error.strerror}.") from None
