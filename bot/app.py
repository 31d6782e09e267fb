"""The composition root: the one place that knows all the pieces, puts them together, starts and stops them."""

import asyncio
import logging
import signal
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime

import structlog
from aiohttp import ClientSession, ClientTimeout, web
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.hooks.door import PATH, EventsDoor
from bot.services import alerts, surveys, workspaces
from bot.settings import Settings, SettingsRefused
from bot.slack import listeners, scopes, welcome
from bot.slack.api_errors import error_code
from bot.slack.grants import Grant, authorize_as, identify
from bot.slack.middleware import Clock, Office, give_desk
from bot.slack.picturing import Easel
from bot.slack.refusals import refused_or_failed
from bot.slack.scribe import Mail, Scribe
from bot.slack.sender import Sender
from bot.slack.staff import PeopleHere
from bot.slack.tasks import Tasks
from bot.sockets import Sockets
from bot.web import Door, make_app
from bot.worker.courier import Courier
from bot.worker.errands import errands
from bot.worker.posting import Post
from bot.worker.postman import Postman
from bot.worker.runner import Runner
from storage.database import Database
from storage.schema import is_current, migrate

log = structlog.get_logger()
SLACK_TIMEOUT = ClientTimeout(total=10)  # well below a delivery's lease
BOLT_LOG = logging.getLogger("slack_bolt")
BOLT_LOG.setLevel(logging.ERROR)  # it warns at every start that it reads SLACK_BOT_TOKEN by itself; we never ask it to
LONGEST_SHUTDOWN_SECONDS = 10.0


def utc_now() -> datetime:
    return datetime.now(UTC)


class Bot:
    """A running bot: `start` until it is ready, `stop` once what is in hand is finished."""

    def __init__(self, settings: Settings, *, clock: Clock = utc_now) -> None:
        self.settings, self.clock = settings, clock
        self.database = Database(settings.database_url)
        self.tasks = Tasks()
        self.port = 0
        self.sockets: Sockets | None = None
        self._to_close = AsyncExitStack()  # the last opened is closed first

    async def start(self) -> None:
        """Raises SettingsRefused when Slack does not take a token, or the database is not what it should be."""
        await self.open()
        self.runner.start()
        self.postman.start()

    async def open(self) -> None:
        """Ready to listen; what falls due waits for the runner. Raises as start does."""
        self._to_close.push_async_callback(self.database.close)
        try:
            await self._open()
        except BaseException:
            await self._to_close.aclose()
            raise

    async def stop(self) -> None:
        """Close the doors, finish what is in hand, then let go of Slack and the database."""
        await self._to_close.aclose()
        log.info("stopped")

    async def _open(self) -> None:
        await self._prepare_database()
        self.http = await self._to_close.enter_async_context(ClientSession(timeout=SLACK_TIMEOUT))
        self.slack = self._client(token=self.settings.slack_bot_token.get_secret_value())
        self.post = Post(allows_private=self.settings.webhooks_allow_private)
        self._to_close.push_async_callback(self.post.close)
        grant = await identify(self.slack)
        self.easel = Easel(self.database, self.slack, self.http, grant.scopes)
        await self._install(grant)
        self._assemble(grant)
        await welcome.appoint(
            self.database,
            self.people,
            grant.identity.workspace_id,
            self.settings.first_admin,
            now=self.clock(),
        )
        await self.runner.prepare()
        self._to_close.push_async_callback(self._finish)
        await self._open_door()
        if self.settings.uses_socket_mode:
            await self._connect()
        log.info("started", workspace_id=grant.identity.workspace_id, socket_mode=self.settings.uses_socket_mode)

    async def _finish(self) -> None:
        self.tasks.interrupt()
        await self.tasks.drain()
        await self.runner.stop()
        await self.postman.stop()
        self.tasks.interrupt()  # what the runner began while it stopped
        await self.tasks.drain()

    async def is_ready(self) -> bool:
        connected = self.sockets is None or await self.sockets.is_connected()
        return connected and await self.database.is_reachable()

    def _client(self, *, token: str | None) -> AsyncWebClient:
        # The SDK would repeat a post after a broken connection, which may post twice: we decide about that.
        return AsyncWebClient(token=token, base_url=self.settings.slack_api_url, session=self.http, retry_handlers=[])

    async def _prepare_database(self) -> None:
        if not await self.database.is_reachable():
            raise SettingsRefused("The database does not answer. Check DATABASE_URL, and that it runs.")
        if self.database.is_sqlite:
            await migrate(self.database)
        elif not await is_current(self.database):
            raise SettingsRefused("The database is not up to date. Run `nps-bot migrate` once, then start again.")

    async def _install(self, grant: Grant) -> None:
        now = self.clock()
        identity = replace(grant.identity, name=self.settings.company_name or grant.identity.name)
        async with self.database.transaction() as tx:
            workspace = await workspaces.install(tx, identity, now=now)
            await workspaces.take_typed(tx, workspace.id, takes_typed=scopes.reads_direct_messages(grant.scopes))
            await surveys.ensure_defaults(tx, workspace.id, now=now)
            await alerts.installed_anew(tx, workspace.id, now=now)

    def _assemble(self, grant: Grant) -> None:
        self.people = people = PeopleHere(
            self.database,
            self.slack,
            grant.identity.workspace_id,
            enterprise_id=grant.enterprise_id,
            scopes=grant.scopes,
            seconds=lambda: self.clock().timestamp(),
        )
        sender = Sender(self.database, self.slack, people, scopes=grant.scopes)
        courier = Courier(self.database, sender, self.clock, workspace_id=grant.identity.workspace_id)
        mail = Mail(self.slack, self.http, self.clock)
        scribe = Scribe(self.database, mail, self.tasks, workspace_id=grant.identity.workspace_id)
        chores = errands(
            self.database, self.slack, people, self.easel, scribe, workspace_id=grant.identity.workspace_id
        )
        self.runner = Runner(self.database, courier, self.clock, errands=chores, start=self.tasks.start)
        self.postman = Postman(self.database, self.post, self.clock, workspace_id=grant.identity.workspace_id)
        office = Office(
            database=self.database,
            people=people,
            roster=people.roster,
            tasks=self.tasks,
            clock=self.clock,
            http=self.http,
            wake_courier=self.runner.wake,
            wake_scribe=scribe.wake,
            workspace_url=grant.identity.url,
            scopes=grant.scopes,
            allows_private_webhooks=self.settings.webhooks_allow_private,
        )
        self.events_door = EventsDoor(office, self.slack, grant.identity.workspace_id)
        self.app = self._bolt(grant)
        self.app.middleware(give_desk(office))
        self.app.error(refused_or_failed)
        listeners.register(self.app)

    def _bolt(self, grant: Grant) -> AsyncApp:
        return AsyncApp(
            name="nps-bot",  # else it would look for it in the files of every frame above
            client=self._client(token=None),
            authorize=authorize_as(grant, self.settings.slack_bot_token.get_secret_value()),
            logger=BOLT_LOG,
            process_before_response=True,
            request_verification_enabled=False,  # `web.Door` does it, before anything is decoded
            raise_error_for_unhandled_request=True,
            attaching_function_token_enabled=False,  # a workflow step's own token dies after 15 minutes
        )

    async def _open_door(self) -> None:
        secret = "" if self.settings.uses_socket_mode else self.settings.slack_signing_secret.get_secret_value()
        door = Door(self.app, secret, clock=lambda: self.clock().timestamp())
        pages = make_app(door, self.is_ready)
        pages.router.add_post(PATH, self.events_door.knocked)
        runner = web.AppRunner(pages, access_log=None, shutdown_timeout=LONGEST_SHUTDOWN_SECONDS)
        self._to_close.push_async_callback(runner.cleanup)
        await runner.setup()
        site = web.TCPSite(runner, self.settings.host, self.settings.port)
        try:
            await site.start()
        except OSError as taken:
            raise SettingsRefused(
                f"PORT {self.settings.port} on HOST {self.settings.host} cannot be opened: {taken.strerror}."
            ) from None
        self.port = runner.addresses[0][1]

    async def _connect(self) -> None:
        token = self.settings.slack_app_token.get_secret_value()
        client = self._client(token=token)
        self.sockets = Sockets(self.app, token, client)
        self._to_close.push_async_callback(self.sockets.close)
        try:
            await self.sockets.open()
        except SlackApiError as error:
            raise SettingsRefused(
                f"Slack does not take SLACK_APP_TOKEN ({error_code(error)}). It needs the scope connections:write, and "
                f"Socket Mode must be on."
            ) from None


async def serve(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT. Raises SettingsRefused."""
    bot, stop = Bot(settings), asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    await bot.start()
    await stop.wait()
    await bot.stop()
