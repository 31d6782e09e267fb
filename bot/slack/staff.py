"""Who is staff here, by what the workspace says and by its user group in Slack; everybody looked up is marked."""

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import PersonUnknown
from bot.rules.staff import Named, Standing, is_staff
from bot.services import staff
from bot.services.staff import Staff
from bot.slack.api_errors import error_code
from bot.slack.blocks.staff import UserGroup
from bot.slack.memory import Memory
from bot.slack.people import People, Person
from storage.database import Database

log = structlog.get_logger()
GROUP_SECONDS = 600.0
MOST_LOOKED_AT = 100  # members of an alert channel: each is a call until they are known
SCOPE = "usergroups:read"
# Not granted, not part of the plan, a Slack without groups, or a group that is no longer there.
UNREADABLE = frozenset({"missing_scope", "plan_upgrade_required", "access_denied", "unknown_method", "no_such_subteam"})


class Roster:
    """Whom the workspace named as staff. The members of its user group are remembered for a while."""

    def __init__(
        self,
        database: Database,
        slack: AsyncWebClient,
        workspace_id: str,
        *,
        scopes: Collection[str] = (),
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database, self._slack, self._workspace_id = database, slack, workspace_id
        self._may_read = not scopes or SCOPE in scopes  # where Slack does not tell, it is tried
        self._members: Memory[frozenset[str]] = Memory(GROUP_SECONDS, seconds)

    async def is_named(self) -> bool:
        """Whether the workspace names its staff, so that full members need not be staff."""
        return (await self._staff()).is_named

    async def passes_by(self, person: Person) -> bool:
        """Whether no ask that starts by itself is for them: they are staff, and the workspace has said who is."""
        return person.is_staff and await self.is_named()

    async def marked(self, person: Person) -> Person:
        """The same person, marked by whether they are staff here."""
        named = await self.named()
        if named is None:
            return person
        standing = Standing(person.user_id, person.is_guest, person.is_external, person.is_admin)
        return replace(person, is_staff=is_staff(standing, named))

    async def named(self) -> Named | None:
        """Whom the workspace calls staff; None: nobody, so full members are."""
        said = await self._staff()
        if not said.is_named:
            return None
        members = await self._members_of(said.group_id) if said.group_id else frozenset()
        return Named(frozenset(said.user_ids), members, frozenset(said.appointed))

    async def groups(self) -> Sequence[UserGroup] | None:
        """Every user group, by name; None where we may not see them."""
        if not self._may_read:
            return None
        try:
            answer = await self._slack.usergroups_list()
        except SlackApiError as error:
            if error_code(error) in UNREADABLE:
                return None
            raise
        found = (UserGroup(each["id"], each.get("name") or each["id"]) for each in answer["usergroups"])
        return sorted(found, key=lambda group: group.name.casefold())

    def forget_group(self, group_id: str) -> None:
        self._members.drop(group_id)

    async def _staff(self) -> Staff:
        async with self._database.reading() as tx:
            return await staff.of_workspace(tx, self._workspace_id)

    async def _members_of(self, group_id: str) -> frozenset[str]:
        """Nobody, where we may not see it: whoever was named otherwise stays staff, and nobody becomes it."""
        known = self._members.get(group_id)
        if known is not None:
            return known
        try:
            members = await self._read_members(group_id)
        except (SlackApiError, ClientError, TimeoutError):
            stale = self._members.get(group_id, however_old=True)
            if stale is None:
                raise
            return stale
        self._members.put(group_id, members)
        return members

    async def _read_members(self, group_id: str) -> frozenset[str]:
        if not self._may_read:
            return frozenset()
        try:
            return frozenset((await self._slack.usergroups_users_list(usergroup=group_id))["users"])
        except SlackApiError as error:
            if error_code(error) not in UNREADABLE:
                raise
            log.warning("staff_group_unreadable", workspace_id=self._workspace_id, error=error_code(error))
            return frozenset()


class PeopleHere(People):
    """People, each marked by whether they are staff here."""

    def __init__(
        self,
        database: Database,
        slack: AsyncWebClient,
        workspace_id: str,
        *,
        enterprise_id: str | None = None,
        scopes: Collection[str] = (),
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(slack, workspace_id, enterprise_id=enterprise_id, scopes=scopes, seconds=seconds)
        self.roster = Roster(database, slack, workspace_id, scopes=scopes, seconds=seconds)

    async def person(self, user_id: str) -> Person:
        return await self.roster.marked(await super().person(user_id))

    async def has_guests(self, channel_id: str) -> bool:
        """Where staff is named, whether anybody else reads there, as far as the first of its members tell."""
        if not await self.roster.is_named():
            return await super().has_guests(channel_id)
        try:
            page = await self._slack.conversations_members(channel=channel_id, limit=MOST_LOOKED_AT)
            for member in page["members"]:
                if (await self.person(member)).is_customer:
                    return True
        except (PersonUnknown, SlackApiError, ClientError, TimeoutError):
            return False
        return False
