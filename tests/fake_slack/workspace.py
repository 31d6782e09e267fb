"""The workspace an app is installed in: its people, its channels, and what was said in them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .installation import Installation
from .normal import normal_blocks
from .records import Blocks, Channel, Ephemeral, File, Message, User

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Workspace(Installation):
    """State, and the questions a test asks of it. Nothing here talks to the app."""

    def __init__(self, clock: Callable[[], float], scopes: Iterable[str] = (), **facts: Any) -> None:
        super().__init__(clock, scopes, **facts)
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.usergroups: dict[str, list[str]] = {}
        self.usergroup_names: dict[str, str] = {}
        self.ephemerals: list[Ephemeral] = []
        self.files: list[File] = []
        self._messages: dict[str, dict[str, Message]] = {}
        self.add_user(self.bot_user_id, name="nps", is_bot=True)

    # people and places

    def add_user(self, user_id: str, /, *, name: str | None = None, **facts: Any) -> User:
        """A person of our team, unless `team_id` says another. External people have no e-mail unless given one."""
        name = name or user_id.lower()
        team_id = facts.setdefault("team_id", self.team_id)
        is_ours = team_id == self.team_id
        facts.setdefault("team_domain", self.team_domain if is_ours else team_id.lower())
        facts.setdefault("real_name", name.title())
        facts.setdefault("display_name", name)
        facts.setdefault("email", f"{name}@example.com" if is_ours and not facts.get("is_bot") else None)
        self.users[user_id] = User(id=user_id, name=name, **facts)
        return self.users[user_id]

    def add_channel(
        self, channel: str, /, *, name: str | None = None, members: Iterable[str] = (), **facts: Any
    ) -> Channel:
        """A channel with exactly these members: the bot is in it only if `members` names it."""
        self.channels[channel] = Channel(id=channel, name=name or channel.lower(), created=int(self.now()), **facts)
        for member in members:
            self.join(channel, member)
        return self.channels[channel]

    def add_usergroup(self, group: str, /, *, users: Iterable[str], name: str = "") -> None:
        self.usergroups[group] = list(users)
        self.usergroup_names[group] = name or group

    def join(self, channel: str, user: str) -> None:
        """Make somebody a member; only a channel shared with others takes external people."""
        place, person = self.channel(channel), self.user(user)
        assert place.is_ext_shared or not self.is_external(person), f"{user} is external, and {channel} is not shared"
        if user not in place.members:
            place.members.append(user)

    def dm_of(self, user_id: str) -> str:
        """The conversation between this person and the bot, begun when it is first needed."""
        id_ = f"D{self.user(user_id).id[1:]}"
        if id_ not in self.channels:
            self.channels[id_] = Channel(id_, "directmessage", [user_id, self.bot_user_id], is_im=True)
        return id_

    def user(self, user_id: str) -> User:
        assert user_id in self.users, f"nobody here is {user_id}: add_user first"
        return self.users[user_id]

    def channel(self, channel: str) -> Channel:
        assert channel in self.channels, f"there is no channel {channel}: add_channel first"
        return self.channels[channel]

    def is_external(self, user: User) -> bool:
        return user.team_id != self.team_id

    def is_reachable(self, user: User) -> bool:
        """Whether the bot may write to this person: ours, or sharing a channel with the bot."""
        together = {user.id, self.bot_user_id}
        shared = any(together <= set(place.members) for place in self.channels.values() if not place.is_im)
        return not user.is_stranger and (shared or not self.is_external(user))

    # what was said

    def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> str:
        """A person writes a message; nobody is told. Returns its ts."""
        place = self.channel(channel)
        assert user in place.members, f"{user} is not in {channel}"
        assert not place.is_archived, f"{channel} is archived"
        return self.keep(Message(channel, self.next_ts(), user, text, thread_ts=thread_ts)).ts

    def keep(self, message: Message) -> Message:
        """Put a message in its channel, or in the place of the one with the same ts."""
        kept = replace(message, blocks=self.normal(message.blocks))
        self._messages.setdefault(message.channel, {})[message.ts] = kept
        return kept

    def forget(self, message: Message) -> None:
        del self._messages[message.channel][message.ts]

    def normal(self, blocks: Blocks) -> Blocks:
        return normal_blocks(blocks, self.next_id)

    def message(self, channel: str, ts: str) -> Message | None:
        """The message as it is now, or None once it is deleted."""
        return self._messages.get(channel, {}).get(ts)

    def messages(self, channel: str, thread_ts: str | None = None) -> list[Message]:
        """All of a channel (or of a person's DM), oldest first; with `thread_ts` only the replies to that message."""
        place = self.dm_of(channel) if channel in self.users else channel
        everything = sorted(self._messages.get(place, {}).values(), key=lambda message: message.ts)
        return [message for message in everything if thread_ts in {None, message.thread_ts}]

    def posts(self, channel: str, thread_ts: str | None = None) -> list[Message]:
        """What the app has posted there, as it is now."""
        return [message for message in self.messages(channel, thread_ts) if message.user == self.bot_user_id]

    def ephemerals_for(self, user: str) -> list[Ephemeral]:
        return [whisper for whisper in self.ephemerals if whisper.user == user]

    def whisper(self, whisper: Ephemeral) -> Ephemeral:
        kept = replace(whisper, blocks=self.normal(whisper.blocks))
        self.ephemerals.append(kept)
        return kept

    def ephemeral(self, user: str, ts: str) -> Ephemeral | None:
        return next((whisper for whisper in self.ephemerals_for(user) if whisper.ts == ts), None)

    def swap_ephemeral(self, old: Ephemeral, new: Ephemeral | None) -> None:
        """Replace what a person sees, or take it away."""
        at = self.ephemerals.index(old)
        self.ephemerals[at : at + 1] = [] if new is None else [replace(new, blocks=self.normal(new.blocks))]
