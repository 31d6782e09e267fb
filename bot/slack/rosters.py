"""Rosters: who is in a channel, in a user group, in our own workspace, read to the end."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.api_errors import error_code
from bot.slack.people import SLACKBOT, UNREADABLE

GROUPS_SCOPE = "usergroups:read"
PAGE, MOST_PAGES = 1000, 50
GONE = UNREADABLE | {"no_such_subteam", "subteam_not_found"}


@dataclass(frozen=True)
class Group:
    """A user group as a menu offers it."""

    group_id: str
    handle: str


@dataclass(frozen=True)
class Ours:
    """Our own workspace: its guests, full members and admins; `everybody`: with bots, and those who have left."""

    guests: frozenset[str]
    members: frozenset[str]
    admins: frozenset[str]
    everybody: frozenset[str]
    team_ids: frozenset[str]

    def is_person(self, user_id: str) -> bool:
        return user_id in self.guests or user_id in self.members


@dataclass(frozen=True)
class Rosters:
    """Reads with the bot's token; what Slack refuses for now (429, network) is raised."""

    slack: AsyncWebClient
    scopes: Collection[str] = ()  # what we were granted, where Slack tells

    async def of_channel(self, channel_id: str) -> Sequence[str] | None:
        """Slack ids; None for a channel that cannot be read (any more)."""
        return await _unless_gone(self._all("members", self.slack.conversations_members, channel=channel_id))

    async def of_group(self, group_id: str) -> Sequence[str] | None:
        """The same for a user group, which Slack gives in one piece."""
        return await _unless_gone(self._group(group_id))

    async def groups(self) -> Sequence[Group]:
        """The user groups there are; none without the scope."""
        if self.scopes and GROUPS_SCOPE not in self.scopes:
            return []
        try:
            answer = await self.slack.usergroups_list()
        except SlackApiError as error:
            if error_code(error) == "missing_scope":
                return []
            raise
        return [Group(each["id"], each.get("handle") or each["id"]) for each in answer["usergroups"]]

    async def ours(self) -> Ours:
        users = await self._all("members", self.slack.users_list)
        people = [user for user in users if _is_person(user)]
        guests = frozenset(user["id"] for user in people if _is_guest(user))
        return Ours(
            guests=guests,
            members=frozenset(user["id"] for user in people) - guests,
            admins=frozenset(user["id"] for user in people if user.get("is_admin") or user.get("is_owner")),
            everybody=frozenset(user["id"] for user in users),
            team_ids=frozenset(user["team_id"] for user in users if user.get("team_id")),
        )

    async def _group(self, group_id: str) -> list[str]:
        answer = await self.slack.usergroups_users_list(usergroup=group_id)
        return list(answer["users"])

    async def _all(self, name: str, method: Callable[..., Any], **arguments: str) -> list[Any]:
        found: list[Any] = []
        cursor = ""
        for _ in range(MOST_PAGES):
            page = await method(limit=PAGE, cursor=cursor, **arguments)
            found += page[name]
            cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                break
        return found


async def _unless_gone(reading: Awaitable[Sequence[str]]) -> Sequence[str] | None:
    try:
        return await reading
    except SlackApiError as error:
        if error_code(error) in GONE:
            return None
        raise


def _is_person(user: Mapping[str, Any]) -> bool:
    return not (user.get("deleted") or user.get("is_bot") or user["id"] == SLACKBOT)


def _is_guest(user: Mapping[str, Any]) -> bool:
    return bool(user.get("is_restricted") or user.get("is_ultra_restricted"))
