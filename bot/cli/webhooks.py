"""`nps-bot webhooks`: which other programs hear what happened; the same as `/nps webhooks` in Slack."""

from collections.abc import Sequence
from datetime import UTC, datetime

from rich.console import Console

from bot.cli import house
from bot.errors import InputRefused
from bot.rules.webhooks import WebhookEvent
from bot.services import webhook_endpoints
from bot.services.webhook_endpoints import Wanted, host_of
from bot.settings import SettingsRefused, StorageSettings
from bot.texts import speaker
from bot.texts.markup import as_plain
from bot.texts.refusals import sentence
from storage.models import WebhookEndpoint


async def add(
    settings: StorageSettings,
    console: Console,
    *,
    name: str,
    url: str,
    events: Sequence[WebhookEvent],
    workspace: str | None = None,
) -> None:
    """Print the secret; `events` empty: all. Raises SettingsRefused."""
    wanted = Wanted(name.strip(), url.strip(), tuple(events or WebhookEvent))
    allows = settings.webhooks_allow_private
    async with house.opened(settings) as database:
        workspace_id = await house.the_workspace(database, workspace)
        try:
            async with database.transaction() as tx:
                now = datetime.now(UTC)
                added = await webhook_endpoints.add(tx, workspace_id, wanted, by=None, allows_private=allows, now=now)
        except InputRefused as refused:
            raise SettingsRefused(as_plain(sentence(refused, speaker("en")), {})) from None
    _say(console, f"{added.name} hears from now on. Secret to verify with: {added.secret}")
    _say(console, "How: docs/webhooks.md. In Slack, /nps webhooks sends a test and shows what became of it.")


async def show(settings: StorageSettings, console: Console, *, workspace: str | None = None) -> None:
    async with house.opened(settings) as database:
        workspace_id = await house.the_workspace(database, workspace)
        async with database.reading() as tx:
            found = await webhook_endpoints.all_of(tx, workspace_id)
    for endpoint in found:
        _say(console, f"{endpoint.name}  {host_of(endpoint)}, {state_of(endpoint)}")
    if not found:
        _say(console, "No other program hears anything yet. nps-bot webhooks add NAME ADDRESS lets one.")


async def remove(settings: StorageSettings, console: Console, *, name: str, workspace: str | None = None) -> bool:
    """False when there is none called that."""
    async with house.opened(settings) as database:
        workspace_id = await house.the_workspace(database, workspace)
        async with database.transaction() as tx:
            known = await webhook_endpoints.all_of(tx, workspace_id)
            found = next((each for each in known if each.name == name), None)
            if found is not None:
                await webhook_endpoints.remove(tx, found, now=datetime.now(UTC))
    _say(console, f"{name} hears nothing any more." if found else f"There is no webhook called {name}.")
    return found is not None


def state_of(endpoint: WebhookEndpoint) -> str:
    if endpoint.off_since is not None:
        return f"off since {endpoint.off_since:%Y-%m-%d} ({endpoint.off_because})"
    if endpoint.failing_since is not None:
        return f"messages are given up since {endpoint.failing_since:%Y-%m-%d}"
    return "on"


def _say(console: Console, text: str) -> None:
    console.print(text, soft_wrap=True, markup=False, highlight=False)
