"""`nps-bot export`: write accounts, contacts or answers for `nps-bot import` to take back; or exits, or recoveries."""

import io
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from rich.console import Console

from bot.cli import house
from bot.cli.sheets import writer
from bot.cli.sheets.columns import Kind
from bot.services import exports
from bot.settings import SettingsRefused, StorageSettings
from storage.database import Transaction


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
def _file(to: Path | None) -> Iterator[IO[str]]:
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
