"""What happens in a workspace while nobody talks to the app: people join, react, leave; channels close or open up.

Most of these change the state at once; awaiting what they return also tells the app, as Slack would.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from . import payloads
from .methods.messages import with_reaction
from .methods.people import profile
from .people import People
from .records import Ack, Channel, Delivery, Json, Message, SlackError, User

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Generator, Iterable


class Happening:
    """Something that has happened. `await` it to have Slack tell the app; the result is the app's Ack, or None if
    Slack would not tell it: nobody is connected, the bot is not there, or a scope is missing."""

    def __init__(self, tell: Callable[[], Coroutine[Any, Any, Ack | None]]) -> None:
        self._tell = tell

    def __await__(self) -> Generator[Any, None, Ack | None]:
        return self._tell().__await__()


class Happenings(People):
    """State changes with the events that belong to them, and events of a test's own making."""

    async def event(
        self,
        event: Json,
        *,
        retry_num: int | None = None,
        retry_reason: str = "http_timeout",
        event_id: str | None = None,
        is_ext_shared_channel: bool | None = None,
    ) -> Ack:
        """Send any event in the envelope Slack puts around it; `redeliver(ack, retry_num=1)` sends the same again."""
        shared = self._is_in_shared_channel(event) if is_ext_shared_channel is None else is_ext_shared_channel
        envelope = payloads.event_envelope(self._fake(), event, event_id=event_id, is_ext_shared_channel=shared)
        return await self.deliver(Delivery("events_api", envelope, retry_num, retry_reason))

    # channels

    def invite(self, channel: str, user: str, *, by: str = "") -> Happening:
        self.join(channel, user)
        place = self.channel(channel)
        event = _membership("member_joined_channel", place, self.user(user))
        return self._happened(place, event | ({"inviter": by} if by else {}))

    def kick(self, channel: str, user: str) -> Happening:
        """Take somebody out; the bot itself hears only that it has left."""
        place = self.channel(channel)
        place.members.remove(user)
        if user != self.bot_user_id:
            return self._happened(place, _membership("member_left_channel", place, self.user(user)))
        kind = "group_left" if place.is_private else "channel_left"
        return self._happened(place, {"type": kind, "channel": channel, "actor_id": ""}, is_member=True)

    def archive(self, channel: str, *, by: str = "") -> Happening:
        place = self.channel(channel)
        place.is_archived = True
        kind = "group_archive" if place.is_private else "channel_archive"
        return self._happened(place, {"type": kind, "channel": channel, "user": by})

    def unarchive(self, channel: str, *, by: str = "") -> Happening:
        place = self.channel(channel)
        place.is_archived = False
        kind = "group_unarchive" if place.is_private else "channel_unarchive"
        return self._happened(place, {"type": kind, "channel": channel, "user": by})

    def share(self, channel: str, team_id: str = "T0OTHER") -> Happening:
        """Another organisation comes in."""
        place = self.channel(channel)
        place.is_ext_shared = True
        return self._happened(place, {"type": "channel_shared", "connected_team_id": team_id, "channel": channel})

    def change_channel_id(self, old: str, new: str) -> Happening:
        """A private channel gets a new id when a share is begun; everything in it moves along."""
        place = self.channels[new] = replace(self.channels.pop(old), id=new)
        for message in self._messages.pop(old, {}).values():
            self.keep(replace(message, channel=new))
        return self._happened(place, {"type": "channel_id_changed", "old_channel_id": old, "new_channel_id": new})

    # people and messages

    def deactivate(self, user: str) -> Happening:
        self.user(user).deleted = True
        changed = {"type": "user_change", "user": profile(self._fake(), self.user(user), with_locale=False)}
        return Happening(lambda: self._tell(changed, "users:read"))

    def regroup(self, group: str, users: Iterable[str]) -> Happening:
        """From now on a user group has these members; Slack tells who came and who left."""
        before, after = self.usergroups[group], list(users)
        self.usergroups[group] = after
        added, removed = [it for it in after if it not in before], [it for it in before if it not in after]
        event: Json = {"type": "subteam_members_changed", "subteam_id": group, "team_id": self.team_id}
        event |= {"date_previous_update": int(self.now()), "date_update": int(self.now())}
        event |= {"added_users": added, "added_users_count": str(len(added))}
        event |= {"removed_users": removed, "removed_users_count": str(len(removed))}
        return Happening(lambda: self._tell(event, "usergroups:read"))

    def react(self, user: str, channel: str, ts: str, name: str) -> Happening:
        try:
            message = self.keep(with_reaction(self._existing(channel, ts), user, name))
        except SlackError as refusal:
            raise AssertionError(refusal.error) from refusal
        return self._reacted("reaction_added", user, message, name)

    def unreact(self, user: str, channel: str, ts: str, name: str) -> Happening:
        message = self._existing(channel, ts)
        left = {it: [who for who in people if (it, who) != (name, user)] for it, people in message.reactions.items()}
        self.keep(replace(message, reactions={it: people for it, people in left.items() if people}))
        return self._reacted("reaction_removed", user, message, name)

    async def announce(self, channel: str, ts: str) -> Ack | None:
        """Tell the app of a message that was said, if it was granted the history of such channels."""
        place, event = self.channel(channel), payloads.message_event(self._fake(), self._existing(channel, ts))
        return await self._happened(place, event, scope=f"{place.kind}:history")

    async def open_home(self, user: str, *, tab: str = "home") -> Ack:
        """Open the app's Home tab (or its "messages" tab)."""
        assert not self.is_external(self.user(user)), f"{user} is external: there is no Home tab for them"
        event: Json = {"type": "app_home_opened", "user": user, "channel": self.dm_of(user), "tab": tab}
        home = self.home(user)
        return await self.event(event | ({"view": home} if home and tab == "home" else {}))

    def home(self, user: str) -> Json | None:
        """What the app has published in this person's Home tab."""
        view = self.home_view(user)
        return payloads.view_payload(self._fake(), view) if view else None

    def authorization(self) -> Json:
        team = {"enterprise_id": self.enterprise_id, "team_id": self.team_id, "user_id": self.bot_user_id}
        return {**team, "is_bot": True, "is_enterprise_install": self.is_enterprise_install}

    def _happened(self, place: Channel, event: Json, *, scope: str | None = None, is_member: bool = False) -> Happening:
        """Slack tells a bot about the channels it is in."""
        is_there = is_member or self.bot_user_id in place.members

        async def tell() -> Ack | None:
            return await self._tell(event, scope or f"{place.kind}:read") if is_there else None

        return Happening(tell)

    def _reacted(self, kind: str, user: str, message: Message, name: str) -> Happening:
        item = {"type": "message", "channel": message.channel, "ts": message.ts}
        event = {"type": kind, "user": user, "reaction": name, "item": item, "item_user": message.user}
        return self._happened(self.channel(message.channel), event, scope="reactions:read")

    async def _tell(self, event: Json, scope: str) -> Ack | None:
        return await self.event(event) if self.is_connected and scope in self.scopes else None

    def _existing(self, channel: str, ts: str) -> Message:
        message = self.message(channel, ts)
        assert message is not None, f"there is no message {ts} in {channel}"
        return message

    def _is_in_shared_channel(self, event: Json) -> bool:
        item = event.get("item")
        id_ = event.get("channel") or (item.get("channel") if isinstance(item, dict) else None)
        place = self.channels.get(id_) if isinstance(id_, str) else None
        return place is not None and place.is_ext_shared


def _membership(kind: str, place: Channel, person: User) -> Json:
    letter = "G" if place.is_private else "C"
    return {"type": kind, "user": person.id, "channel": place.id, "channel_type": letter, "team": person.team_id}
