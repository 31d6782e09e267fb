"""`nps-bot doctor`: one line for everything that must be right; each says ok, or what to do."""

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from aiohttp import ClientError, ClientSession, ClientTimeout
from rich.console import Console
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.cli.samples import sample_messages, sample_views
from bot.cli.webhooks import state_of
from bot.errors import PersonUnknown
from bot.services import deliveries, digests, event_sources, routes, surveys, webhook_endpoints
from bot.services.routes import Overview
from bot.settings import Settings, SettingsRefused
from bot.slack import scopes
from bot.slack.api_errors import error_code
from bot.slack.grants import Grant, identify
from bot.slack.people import People
from bot.slack.welcome import first_admin
from storage.database import Database
from storage.models import Digest, Survey, WebhookEndpoint
from storage.schema import is_current


class Mark(StrEnum):
    OK = "ok"
    NOTE = "note"
    BAD = "!!"


WHERE = "/nps surveys, /nps routes, /nps digest setup"
STYLES = {Mark.OK: "green", Mark.NOTE: "yellow", Mark.BAD: "bold red"}


@dataclass(frozen=True)
class Finding:
    mark: Mark
    what: str


async def run(settings: Settings, console: Console) -> bool:
    """Print every finding; True when nothing needs doing."""
    healthy = True
    async with ClientSession(timeout=ClientTimeout(total=15)) as session:
        async for finding in examine(settings, session):
            healthy = healthy and finding.mark is not Mark.BAD
            console.print(f"{finding.mark.value:>4}  ", style=STYLES[finding.mark], end="")
            console.print(finding.what, markup=False, highlight=False)
    return healthy


async def examine(settings: Settings, session: ClientSession) -> AsyncIterator[Finding]:
    token = settings.slack_bot_token.get_secret_value()
    slack = AsyncWebClient(token=token, base_url=settings.slack_api_url, session=session)
    grant: Grant | None = None
    try:
        grant = await identify(slack)
        yield Finding(Mark.OK, f"SLACK_BOT_TOKEN works, for {grant.identity.name} ({grant.identity.workspace_id})")
    except SettingsRefused as refused:
        yield Finding(Mark.BAD, str(refused))
    if grant is not None:
        for finding in _scopes(grant):
            yield finding
    yield await _transport(settings, slack)
    async for finding in _database(settings, slack, grant):
        yield finding
    if grant is not None:
        if settings.first_admin:
            yield await _first_admin(_people(slack, grant), settings.first_admin)
        yield await _blocks(slack)


def _scopes(grant: Grant) -> list[Finding]:
    if not grant.scopes:
        return [Finding(Mark.NOTE, "Slack does not say which scopes are granted; skipped")]
    missing, off = scopes.missing(grant.scopes), scopes.switched_off(grant.scopes)
    found = [
        Finding(Mark.BAD, f"scope {name} is missing: {why}. Install the app again") for name, why in missing.items()
    ]
    found += [Finding(Mark.NOTE, f"scope {name} is not granted, so this is off: {why}") for name, why in off.items()]
    return found if missing else [Finding(Mark.OK, "all needed scopes are granted"), *found]


async def _transport(settings: Settings, slack: AsyncWebClient) -> Finding:
    if not settings.uses_socket_mode:
        port = settings.port
        return Finding(Mark.OK, f"HTTP: Slack must reach https://<your host>/slack/events, forwarded to port {port}")
    try:
        await slack.apps_connections_open(app_token=settings.slack_app_token.get_secret_value())
    except SlackApiError as error:
        return Finding(
            Mark.BAD,
            f"SLACK_APP_TOKEN is not taken ({error_code(error)}): it needs {scopes.APP_TOKEN}, and Socket Mode on",
        )
    except (ClientError, OSError, TimeoutError):
        return Finding(Mark.BAD, "SLACK_APP_TOKEN could not be checked: Slack does not answer")
    return Finding(Mark.OK, "SLACK_APP_TOKEN works; Socket Mode is on")


async def _database(settings: Settings, slack: AsyncWebClient, grant: Grant | None) -> AsyncIterator[Finding]:
    database = Database(settings.database_url)
    try:
        if not await database.is_reachable():
            yield Finding(Mark.BAD, "the database does not answer. Check DATABASE_URL, and that it runs")
            return
        yield Finding(Mark.OK, "the database answers")
        if not await is_current(database):
            yield (
                Finding(Mark.NOTE, "the database is new or of an older version; nps-bot serve brings it up to date")
                if database.is_sqlite
                else Finding(Mark.BAD, "the database is not up to date. Run nps-bot migrate")
            )
            return
        yield Finding(Mark.OK, "the database is up to date")
        if grant is not None:
            for finding in await _alerts(database, slack, grant):
                yield finding
            for finding in await _hooks(database, grant, settings.port):
                yield finding
            for finding in await _webhooks(database, grant):
                yield finding
    finally:
        await database.close()


async def _alerts(database: Database, slack: AsyncWebClient, grant: Grant) -> list[Finding]:
    workspace_id = grant.identity.workspace_id
    async with database.reading() as tx:
        known = list(filter(surveys.gives_scores, await surveys.all_of(tx, workspace_id)))
        waiting = await deliveries.parked(tx, workspace_id)
        routed = await routes.overview(tx, workspace_id) if known else Overview([], {})
        weekly = await digests.of_workspace(tx, workspace_id)
    people = _people(slack, grant)
    uses = _uses(known, routed, weekly)
    found = [await _channel(people, channel_id, ", ".join(names)) for channel_id, names in uses.items()]
    homeless = [survey.name for survey in known if survey.alert_channel_id is None]
    if homeless:
        found.append(Finding(Mark.NOTE, f"no alert channel yet for: {', '.join(homeless)}. In Slack: /nps surveys"))
    for (obstacle, channel_id), count in waiting.items():
        place = f" in {channel_id}" if channel_id else ""
        found.append(Finding(Mark.NOTE, f"{count} messages wait ({obstacle}{place}); they leave once it is mended"))
    return found


async def _channel(people: People, channel_id: str, names: str) -> Finding:
    channel = await people.channel(channel_id)
    if channel is None or not channel.is_member:
        return Finding(Mark.BAD, f"alert channel {channel_id} ({names}): I am not in it. Type /invite there")
    if channel.is_archived:
        return Finding(Mark.BAD, f"alert channel #{channel.name} ({names}) is archived. Choose another: {WHERE}")
    if channel.is_shared:
        return Finding(
            Mark.BAD,
            f"alert channel #{channel.name} ({names}) is shared with another company: {WHERE}",
        )
    if await people.has_guests(channel_id):
        return Finding(Mark.NOTE, f"alert channel #{channel.name} ({names}): guests read there what customers say")
    return Finding(Mark.OK, f"alert channel #{channel.name} ({names})")


def _people(slack: AsyncWebClient, grant: Grant) -> People:
    return People(slack, grant.identity.workspace_id, enterprise_id=grant.enterprise_id, scopes=grant.scopes)


async def _first_admin(people: People, named: str) -> Finding:
    try:
        person = await first_admin(people, named)
    except PersonUnknown as unknown:
        why = "needs the scope users:read.email" if unknown.because == "email_scope" else "is nobody in this workspace"
        return Finding(Mark.BAD, f"FIRST_ADMIN {why}. A Slack id (profile, Copy member ID) works without any scope")
    except (SlackApiError, ClientError, TimeoutError):
        return Finding(Mark.BAD, "FIRST_ADMIN could not be looked up: Slack does not answer")
    if not person.is_colleague:
        return Finding(Mark.BAD, f"FIRST_ADMIN {person.user_id} is a guest, external, a bot or gone: name a colleague")
    return Finding(Mark.OK, f"FIRST_ADMIN is {person.user_id}")


async def _blocks(slack: AsyncWebClient) -> Finding:
    """Ask Slack itself whether it would take our messages and modals."""
    now = datetime.now(UTC)
    try:
        # Not the SDK's own method: it puts everything into the address, which is too short for a modal.
        for message in sample_messages(now):
            await slack.api_call("blocks.validate", data={"blocks": json.dumps(message.blocks)})
        for view in sample_views(now):
            await slack.api_call("blocks.validate", data={"view": json.dumps(view)})
    except SlackApiError as error:
        if error_code(error) in ("unknown_method", "method_deprecated", "no_answer"):
            return Finding(Mark.NOTE, "Slack could not be asked whether it takes our messages; skipped")
        return Finding(Mark.BAD, f"Slack does not take one of our messages ({error_code(error)}). Please report this")
    except (ClientError, OSError, TimeoutError):
        return Finding(Mark.NOTE, "Slack could not be asked whether it takes our messages; skipped")
    return Finding(Mark.OK, "Slack takes all our messages and modals")


async def _hooks(database: Database, grant: Grant, port: int) -> list[Finding]:
    """Nothing while no other program tells anything."""
    async with database.reading() as tx:
        sources = await event_sources.all_of(tx, grant.identity.workspace_id)
    if not sources:
        return []
    names = ", ".join(source.name for source in sources)
    where = f"https://<your host>/hooks/…, forwarded to port {port}, in Socket Mode too"
    return [Finding(Mark.OK, f"events may be told by {names}: they must reach {where}")]


async def _webhooks(database: Database, grant: Grant) -> list[Finding]:
    """Nothing while no other program hears anything."""
    async with database.reading() as tx:
        known = await webhook_endpoints.all_of(tx, grant.identity.workspace_id)
    return [
        Finding(_mark_of(each), f"webhook {each.name}: {state_of(each)}. In Slack: /nps webhooks") for each in known
    ]


def _mark_of(endpoint: WebhookEndpoint) -> Mark:
    if endpoint.failing_since is not None or endpoint.off_because == webhook_endpoints.Off.GONE:
        return Mark.BAD
    return Mark.OK if endpoint.off_since is None else Mark.NOTE


def _uses(known: Sequence[Survey], routed: Overview, weekly: Sequence[Digest]) -> dict[str, list[str]]:
    """What speaks of customers in each channel: surveys, routes, what nobody replies to, and digests."""
    uses = [(survey.alert_channel_id, survey.name) for survey in known]
    uses += [(route.channel_id, f"route {route.place}") for route in routed.routes]
    uses.append((routed.escalation_channel_id, "when nobody replies"))
    uses += [(digest.channel_id, "weekly digest") for digest in weekly]
    return {channel: [name for place, name in uses if place == channel] for channel, _ in uses if channel}
