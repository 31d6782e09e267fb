"""`nps-bot import`: take over accounts, contacts or answers from a file, whatever is wrong with some of its rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import islice
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from bot.cli import house
from bot.cli.addresses import Addresses, addresses
from bot.cli.sheets import reader, sentences
from bot.cli.sheets.columns import Kind
from bot.cli.sheets.reader import Bad, Sheet
from bot.rules.accounts import Directory
from bot.services import accounts, contacts, imports, old_answers
from bot.services.claims import Claims
from bot.services.rows import Row, Taken
from bot.settings import ImportSettings
from storage.database import Database, Transaction

BATCH = 500  # rows a transaction: short enough for a bot that is running beside it


class _NotKept(Exception):  # noqa: N818 - how a dry run ends a transaction
    pass


@dataclass
class Import:
    """One file on its way in."""

    database: Database
    workspace_id: str
    kind: Kind
    is_dry_run: bool
    claimed: Claims
    known_by: Directory
    addresses: Addresses | None
    now: datetime
    total: Taken = field(default_factory=Taken)
    refused: int = 0
    _lines: dict[int, int] = field(default_factory=dict)  # by a digest of what makes a row the same as another

    async def take(self, batch: Sequence[Row | Bad]) -> Sequence[Bad]:
        """Keep the good rows of a batch; returns the others, by line."""
        bad = [row for row in batch if isinstance(row, Bad)]
        rows = [row for row in batch if isinstance(row, Row)]
        if self.kind is not Kind.ACCOUNTS:
            rows = await self._named(rows, bad)
        rows = [row for row in rows if not self._is_twice(row, bad)]
        taken = await self._keep(rows)
        bad += [Bad(each.line, sentences.refusal(each)) for each in taken.refused]
        self._count(taken, len(bad))
        return sorted(bad, key=lambda each: each.line)

    async def finish(self) -> None:
        """New accounts may be those of people we know."""
        if self.kind is not Kind.ACCOUNTS or self.is_dry_run:
            return
        after: int | None = 0
        async with self.database.reading() as tx:
            known = await accounts.recognised(tx, self.workspace_id)
        while after is not None:
            async with self.database.transaction() as tx:
                after = await contacts.recognise_anew(tx, self.workspace_id, known, after=after, limit=BATCH)

    async def _keep(self, rows: Sequence[Row]) -> Taken:
        taken = Taken()
        try:
            async with self.database.transaction() as tx:
                taken = await self._take(tx, rows)
                self._end_dry_run()
        except _NotKept:
            pass
        return taken

    def _end_dry_run(self) -> None:
        if self.is_dry_run:
            raise _NotKept

    async def _take(self, tx: Transaction, rows: Sequence[Row]) -> Taken:
        workspace_id, now = self.workspace_id, self.now
        match self.kind:
            case Kind.ACCOUNTS:
                return await imports.take_accounts(tx, workspace_id, rows, claimed=self.claimed, now=now)
            case Kind.CONTACTS:
                return await imports.take_contacts(tx, workspace_id, rows, known_by=self.known_by, now=now)
            case _:
                return await old_answers.take(tx, workspace_id, rows, known_by=self.known_by, now=now)

    async def _named(self, rows: Sequence[Row], bad: list[Bad]) -> list[Row]:
        """Each row with the Slack id of its person; those without one become bad."""
        wanted = {row.given["email"] for row in rows if not row.given.get("user_id") and row.given.get("email")}
        async with self.database.reading() as tx:
            known = dict(await imports.ids_by_email(tx, self.workspace_id, wanted))
        names = await self._asked_of_slack(wanted - known.keys(), known)
        found = [self._with_person(row, known, names) for row in rows]
        bad += [each for each in found if isinstance(each, Bad)]
        return [each for each in found if isinstance(each, Row)]

    async def _asked_of_slack(self, emails: Iterable[str], known: dict[str, Sequence[str]]) -> Mapping[str, str]:
        """Add the Slack ids of these addresses; returns the names."""
        names = {}
        for email in sorted(emails) if self.addresses else ():
            owner = await self.addresses.owner(email) if self.addresses else None
            if owner is not None:
                known[email], names[email] = [owner[0]], owner[1]
        return names

    def _with_person(self, row: Row, known: Mapping[str, Sequence[str]], names: Mapping[str, str]) -> Row | Bad:
        email = row.given.get("email")
        if row.given.get("user_id"):
            return row
        ids = known.get(email or "", ())
        if len(ids) == 1:
            name = row.given.get("name") or names.get(email or "")
            return replace(row, given={**row.given, "user_id": ids[0], "name": name})
        return Bad(row.line, self._nobody(email, ids))

    def _nobody(self, email: str | None, ids: Sequence[str]) -> str:
        if email is None:
            return sentences.NO_PERSON
        why = sentences.SEVERAL if ids else sentences.NOT_LOOKED_UP if self.addresses is None else sentences.NOBODY
        return why.format(about=email)

    def _is_twice(self, row: Row, bad: list[Bad]) -> bool:
        first = self._lines.setdefault(_digest(self.kind, row), row.line)
        if first == row.line:
            return False
        bad.append(Bad(row.line, sentences.TWICE.format(line=first)))
        return True

    def _count(self, taken: Taken, refused: int) -> None:
        self.refused += refused
        self.total = Taken(
            self.total.added + taken.added,
            self.total.changed + taken.changed,
            self.total.unchanged + taken.unchanged,
        )


async def run(
    settings: ImportSettings, console: Console, *, path: Path, is_dry_run: bool, workspace: str | None
) -> bool:
    """True when every row was taken. Raises SettingsRefused, SheetRefused."""
    sheet = reader.opened(path)
    async with house.opened(settings) as database, addresses(settings) as known:
        workspace_id = await house.the_workspace(database, workspace)
        taking = await _begin(database, workspace_id, sheet.kind, known, is_dry_run=is_dry_run)
        with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
            waiting = progress.add_task(f"{sheet.kind}", total=sheet.lines)
            for batch in _batches(sheet):
                for bad in await taking.take(batch):
                    console.print(f"line {bad.line}: {bad.sentence}", markup=False, highlight=False, soft_wrap=True)
                progress.advance(waiting, len(batch))
        await taking.finish()
    _report(console, sheet, taking)
    return taking.refused == 0


async def _begin(
    database: Database, workspace_id: str, kind: Kind, known: Addresses | None, *, is_dry_run: bool
) -> Import:
    async with database.reading() as tx:
        claimed = Claims()
        if kind is Kind.ACCOUNTS:
            claimed = await imports.claims(tx, workspace_id, await accounts.all_of(tx, workspace_id))
        known_by = await accounts.recognised(tx, workspace_id)
    return Import(database, workspace_id, kind, is_dry_run, claimed, known_by, known, datetime.now(UTC))


def _batches(sheet: Sheet) -> Iterator[Sequence[Row | Bad]]:
    rows = sheet.rows()
    while batch := list(islice(rows, BATCH)):
        yield batch


def _digest(kind: Kind, row: Row) -> int:
    given = row.given
    match kind:
        case Kind.ACCOUNTS:
            key = given["name"]
        case Kind.CONTACTS:
            key = given["user_id"]
        case _:
            key = "\0".join((given["user_id"], given["survey"], old_answers.occasion(row)))
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest())


def _report(console: Console, sheet: Sheet, taking: Import) -> None:
    total = taking.total
    console.print(
        f"{sheet.path.name}, {sheet.kind}: {total.added} added, {total.changed} changed, "
        f"{total.unchanged} unchanged, {taking.refused} refused.",
        markup=False,
        highlight=False,
    )
    if taking.is_dry_run:
        console.print("This was a dry run: nothing was kept.")
