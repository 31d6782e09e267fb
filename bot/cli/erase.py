"""`nps-bot erase`: forget a person everywhere."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from rich.console import Console

from bot.services import contacts, privacy, workspaces
from bot.services.privacy import Erasure
from bot.settings import SettingsRefused, StorageSettings
from storage.database import Database
from storage.models import Contact
from storage.schema import is_current

SLACK_ID = re.compile(r"[UW][A-Z0-9]{2,}")


async def run(settings: StorageSettings, console: Console, *, person: str, is_sure: bool) -> bool:
    """False when nobody, or more than one person, answers to that name, or the operator thinks better of it."""
    database = Database(settings.database_url)
    try:
        if not await database.is_reachable() or not await is_current(database):
            raise SettingsRefused(
                "The database does not answer, or is not up to date. Check DATABASE_URL; run migrate."
            )
        async with database.reading() as tx:
            found = await contacts.called(tx, person)
        if not found and SLACK_ID.fullmatch(person):
            return await _colleague(database, console, person, is_sure=is_sure)
        if len(found) != 1:
            _explain(console, person, found)
            return False
        one = found[0]
        console.print(f"{one.name} ({one.user_id}), workspace {one.workspace_id}", markup=False)
        if not is_sure and not _confirmed(console):
            return False
        async with database.transaction() as tx:
            erased = await privacy.erase(tx, one.workspace_id, one.user_id, now=datetime.now(UTC))
        await database.wipe()
        _report(console, erased)
        return True
    finally:
        await database.close()


async def _colleague(database: Database, console: Console, user_id: str, *, is_sure: bool) -> bool:
    """Somebody who was never asked, but may have asked, claimed or set things up."""
    if not is_sure and not _confirmed(console):
        return False
    async with database.transaction() as tx:
        for workspace_id in await workspaces.all_ids(tx):
            await privacy.erase(tx, workspace_id, user_id, now=datetime.now(UTC))
    console.print(f"{user_id} was never asked. Their id is taken off everything they asked, claimed or set up.")
    return True


def _confirmed(console: Console) -> bool:
    if console.input("Forget this person everywhere? It cannot be undone. [y/N] ", markup=False).strip().lower() == "y":
        return True
    console.print("Nothing was erased.")
    return False


def _explain(console: Console, person: str, found: Sequence[Contact]) -> None:
    if not found:
        console.print(f"Nothing is known about {person}. Give the Slack id: in Slack, profile, ⋮, Copy member ID.")
        return
    console.print(f"{len(found)} people are called {person}. Give one of these ids:")
    for one in found:
        console.print(f"  {one.user_id}  {one.name}  (workspace {one.workspace_id})", markup=False)


def _report(console: Console, erased: Erasure | None) -> None:
    if erased is None:
        console.print("Nothing was known any more.")
        return
    gone = erased.traces
    console.print(
        f"Erased: answers {gone.responses} (versions {gone.revisions}), invitations {gone.invitations}, "
        f"follow-ups {gone.follow_ups}, messages in the queue {gone.deliveries}."
    )
    if erased.messages:
        console.print(f"Messages in Slack: {len(erased.messages)}, removed as soon as the bot runs.")
    if erased.stays_opted_out:
        console.print("They had asked not to be asked again: only a keyed fingerprint remains, so that this holds.")
