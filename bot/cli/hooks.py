"""`nps-bot hooks`: which other programs may tell the bot what happened, each with an address of its own."""

import re
import sys
from dataclasses import replace
from datetime import UTC, datetime

from rich.console import Console

from bot.cli import house
from bot.cli.terminal import Terminal
from bot.services import event_sources
from bot.services.event_sources import Address, Vendor
from bot.settings import SettingsRefused, StorageSettings

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
REACHABLE = "Requests to it must reach HOST and PORT of the bot through a proxy with TLS; in Socket Mode too."


async def add(
    settings: StorageSettings, console: Console, *, name: str, vendor: Vendor, workspace: str | None = None
) -> None:
    """Print an address and a secret, once. Zendesk makes its own secret, which is asked for. Raises SettingsRefused."""
    if not NAME.fullmatch(name):
        raise SettingsRefused("A name has up to 40 small letters, digits and hyphens, like helpdesk.")
    async with house.opened(settings) as database:
        workspace_id = await house.the_workspace(database, workspace)
        async with database.reading() as tx:
            if await event_sources.named(tx, workspace_id, name):
                raise SettingsRefused(_taken(name))
        address = event_sources.make_address()
        _tell_address(console, address)
        if vendor is Vendor.ZENDESK:
            address = replace(address, secret=_zendesks_secret(console))
        async with database.transaction() as tx:
            now = datetime.now(UTC)
            added = await event_sources.add(tx, workspace_id, name=name, vendor=vendor, address=address, now=now)
        if added is None:
            raise SettingsRefused(_taken(name))
    _tell_kept(console, name, vendor, address)


async def show(settings: StorageSettings, console: Console, *, workspace: str | None = None) -> None:
    async with house.opened(settings) as database:
        workspace_id = await house.the_workspace(database, workspace)
        async with database.reading() as tx:
            found = await event_sources.all_of(tx, workspace_id)
    for source in found:
        _say(console, f"{source.name}  {source.vendor}, since {source.created_at:%Y-%m-%d}")
    if not found:
        _say(console, "No other program may tell me anything yet. nps-bot hooks add NAME makes an address for one.")


async def remove(settings: StorageSettings, console: Console, *, name: str, workspace: str | None = None) -> bool:
    """False when there is none called that."""
    async with house.opened(settings) as database:
        workspace_id = await house.the_workspace(database, workspace)
        async with database.transaction() as tx:
            source = await event_sources.named(tx, workspace_id, name)
            if source is not None:
                await event_sources.remove(tx, source, now=datetime.now(UTC))
    _say(console, f"{name} may tell nothing any more." if source else f"There is no source called {name}.")
    return source is not None


def _tell_address(console: Console, address: Address) -> None:
    _say(console, f"Address (shown once): https://<your host>/hooks/{address.token}")
    _say(console, REACHABLE)


def _zendesks_secret(console: Console) -> str:
    """Hidden when it is typed. Raises SettingsRefused when there is none."""
    question = "Create the webhook with this address in Zendesk, choose Reveal secret, and paste it here:"
    given = Terminal(console).ask_secret(question) if sys.stdin.isatty() else sys.stdin.readline()
    if not given.strip():
        raise SettingsRefused("Without Zendesk's secret its events cannot be told from others. Nothing was kept.")
    return given.strip()


def _tell_kept(console: Console, name: str, vendor: Vendor, address: Address) -> None:
    if vendor is Vendor.GENERIC:
        _say(console, f"Secret to sign with (shown once): {address.secret}")
    _say(console, f"{name} may tell events from now on. How: docs/events.md.")


def _taken(name: str) -> str:
    return f"There is a source called {name} already. Remove it first, or choose another name."


def _say(console: Console, text: str) -> None:
    console.print(text, soft_wrap=True, markup=False, highlight=False)
