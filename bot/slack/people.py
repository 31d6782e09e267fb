"""People and channels as Slack knows them, looked up once and remembered for a while."""

import time
from collections.abc import AsyncIterator, Callable, Collection
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import PersonUnknown
from bot.rules.recontact import Candidate
from bot.services.contacts import Facts
from bot.services.roles import Caller
from bot.slack.api_errors import error_code
from bot.slack.channel import Channel, read_channel
from bot.slack.memory import Memory
from bot.texts import language_for

PERSON_SECONDS = 600.0
CHANNEL_SECONDS = 60.0  # shorter: a channel may become shared, and then no alert may go there
PAGE, MOST_PAGES = 1000, 10  # how far we look for a name before we ask for a mention instead
SLACKBOT = "USLACKBOT"
EMAIL_SCOPE = "users:read.email"
UNKNOWN = frozenset({"user_not_found", "users_not_found", "user_not_visible"})
UNREADABLE = frozenset(
    {"channel_not_found", "not_in_channel", "missing_scope", "method_not_supported_for_channel_type"}
)


@dataclass(frozen=True)
class Person:
    """What users.info says. `is_external`: belongs to another company; `is_stranger`: shares no channel with us."""

    user_id: str
    name: str
    handle: str = ""
    locale: str | None = None
    team_id: str | None = None
    time_zone: str | None = None
    is_external: bool = False
    is_guest: bool = False
    is_stranger: bool = False
    is_bot: bool = False
    is_deactivated: bool = False
    is_admin: bool = False
    is_staff: bool = True  # one of us: in Slack, or by whom the workspace named

    @property
    def language(self) -> str | None:
        return language_for(self.locale)

    @property
    def is_colleague(self) -> bool:
        return self.is_staff and not (self.is_bot or self.is_deactivated)

    @property
    def is_customer(self) -> bool:
        return not (self.is_staff or self.is_bot)

    def facts(self) -> Facts:
        return Facts(self.user_id, self.name, self.handle or None, self.language, self.team_id, self.time_zone)

    def candidate(self) -> Candidate:
        """What speaks against asking them, as far as Slack knows."""
        return Candidate(is_bot=self.is_bot, is_deactivated=self.is_deactivated, is_stranger=self.is_stranger)

    def caller(self, workspace_id: str) -> Caller:
        outsider = self.is_bot or not self.is_staff
        return Caller(workspace_id, self.user_id, is_outsider=outsider, is_workspace_admin=self.is_admin)


class People:
    """Looks people and channels up with the bot's token, within one workspace."""

    def __init__(
        self,
        slack: AsyncWebClient,
        workspace_id: str,
        *,
        enterprise_id: str | None = None,
        scopes: Collection[str] = (),
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._slack, self._scopes = slack, scopes
        self._workspace_id, self._enterprise_id = workspace_id, enterprise_id
        self._people: Memory[Person] = Memory(PERSON_SECONDS, seconds)
        self._channels: Memory[Channel] = Memory(CHANNEL_SECONDS, seconds)

    async def person(self, user_id: str) -> Person:
        """Raises PersonUnknown for an id Slack does not know."""
        known = self._people.get(user_id)
        if known is not None:
            return known
        if not user_id:
            raise PersonUnknown("somebody")
        try:
            answer = await self._slack.users_info(user=user_id, include_locale=True)
        except (SlackApiError, ClientError, TimeoutError) as error:
            if isinstance(error, SlackApiError) and error_code(error) in UNKNOWN:
                raise PersonUnknown(user_id) from None
            stale = self._people.get(user_id, however_old=True)
            if stale is None:
                raise
            return stale
        return self._remember(answer["user"])

    async def by_email(self, email: str) -> Person:
        """Raises PersonUnknown: nobody has it, or the scope that reads addresses is not granted."""
        if self._scopes and EMAIL_SCOPE not in self._scopes:
            raise PersonUnknown(email, because="email_scope")
        try:
            answer = await self._slack.users_lookupByEmail(email=email)
        except SlackApiError as error:
            match error_code(error):
                case "users_not_found":
                    raise PersonUnknown(email, because="email") from None
                case "missing_scope":
                    raise PersonUnknown(email, because="email_scope") from None
            raise
        return await self.person(answer["user"]["id"])

    async def by_handle(self, handle: str) -> Person:
        """The one person called that; raises PersonUnknown when there is none, or more than one."""
        wanted = handle.casefold()
        found = [user async for user in self._everybody() if wanted in _names(user) and not user.get("deleted")]
        if len(found) != 1:
            raise PersonUnknown(handle, because="several" if found else "handle")
        return await self.person(found[0]["id"])

    async def channel(self, channel_id: str, *, fresh: bool = False) -> Channel | None:
        """None for a channel the bot cannot see: private and not invited, or gone."""
        known = None if fresh else self._channels.get(channel_id)
        if known is not None:
            return known
        try:
            answer = await self._slack.conversations_info(channel=channel_id)
        except SlackApiError as error:
            if error_code(error) in UNREADABLE:
                return None
            raise
        channel = read_channel(answer["channel"])
        self._channels.put(channel_id, channel)
        return channel

    async def is_among_ourselves(self, channel_id: str) -> bool:
        """Whether nobody from another company reads there; False when we cannot see."""
        if not channel_id.startswith(("C", "G")):
            return True
        channel = await self.channel(channel_id)
        return channel is not None and not channel.is_shared

    async def is_member(self, channel_id: str, user_id: str) -> bool | None:
        """Whether somebody is in a channel; None when it is too large to look through."""
        pages = 0
        async for page in self._pages(self._slack.conversations_members, channel=channel_id):
            pages += 1
            if user_id in page["members"]:
                return True
        return None if pages == MOST_PAGES else False

    async def has_guests(self, channel_id: str) -> bool:
        """Whether guests read there; False also where Slack does not let us look."""
        try:
            guests = {user["id"] async for user in self._everybody() if _is_guest(user) and not user.get("deleted")}
            if not guests:
                return False
            async for page in self._pages(self._slack.conversations_members, channel=channel_id):
                if guests & set(page["members"]):
                    return True
        except (SlackApiError, ClientError, TimeoutError):
            return False
        return False

    def forget_channel(self, channel_id: str) -> None:
        self._channels.drop(channel_id)

    def _remember(self, user: dict[str, Any]) -> Person:
        person = _person(user, is_external=not self._is_ours(user))
        self._people.put(person.user_id, person)
        return person

    def _is_ours(self, user: dict[str, Any]) -> bool:
        """Of this workspace, or of another one of the same organisation on Enterprise Grid."""
        enterprise_id = (user.get("enterprise_user") or {}).get("enterprise_id")
        is_of_organisation = self._enterprise_id is not None and enterprise_id == self._enterprise_id
        return is_of_organisation or user.get("team_id", self._workspace_id) == self._workspace_id

    async def _everybody(self) -> AsyncIterator[dict[str, Any]]:
        async for page in self._pages(self._slack.users_list):
            for user in page["members"]:
                yield user

    async def _pages(self, method: Callable[..., Any], **arguments: str) -> AsyncIterator[Any]:
        cursor = ""
        for _ in range(MOST_PAGES):
            page = await method(limit=PAGE, cursor=cursor, **arguments)
            yield page
            cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return


def _person(user: dict[str, Any], *, is_external: bool) -> Person:
    profile = user.get("profile") or {}
    name = profile.get("real_name") or profile.get("display_name") or user.get("real_name") or user.get("name")
    return Person(
        user_id=user["id"],
        name=name or user["id"],
        handle=user.get("name") or profile.get("display_name") or "",
        locale=user.get("locale"),
        team_id=user.get("team_id"),
        time_zone=user.get("tz"),
        is_external=is_external,
        is_guest=_is_guest(user),
        is_stranger=bool(user.get("is_stranger")),
        is_bot=bool(user.get("is_bot")) or user["id"] == SLACKBOT,
        is_deactivated=bool(user.get("deleted")),
        is_admin=bool(user.get("is_admin") or user.get("is_owner")) and not is_external,
        is_staff=not (is_external or _is_guest(user)),
    )


def _is_guest(user: dict[str, Any]) -> bool:
    return bool(user.get("is_restricted") or user.get("is_ultra_restricted"))


def _names(user: dict[str, Any]) -> set[str]:
    profile = user.get("profile") or {}
    said = (user.get("name"), profile.get("display_name"), profile.get("real_name"), user.get("real_name"))
    return {name.casefold() for name in said if name}
