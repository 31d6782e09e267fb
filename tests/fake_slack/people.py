"""What people do in Slack, for a test to do in their place: click, choose, fill in, type a command."""

from __future__ import annotations

import re
from typing import Any

from . import payloads
from .elements import find, state_values
from .entries import entry, offered_option
from .modals import Modals
from .records import Ack, Delivery, Ephemeral, Json, Message, User, View
from .response_urls import show_whisper

Place = Message | Ephemeral | View | dict[str, Any] | None  # a dict is what home() gave; None is refused
ACTION_KEYS = ("type", "action_id", "text", "value", "style", "url", "placeholder")
CLICKED = {"button", "workflow_button", "icon_button"}
SAYABLE = re.compile(r"<[@#][A-Z0-9]+(?:\|[^>]*)?>")


class People(Modals):
    """Each method plays one person's move, and returns how the app answered."""

    async def click(
        self,
        user: str,
        where: Place,
        action_id: str,
        value: str | None = None,
        *,
        block_id: str | None = None,
        action_ts: str | None = None,
        stale: bool = False,
    ) -> Ack:
        """Press a button as it is there now; `stale` presses it as it was when `where` was looked at."""
        person, place = self._actor(user), self._now(user, where, stale=stale)
        block, element = find(place.blocks, action_id, value=value, block_id=block_id)
        assert element["type"] in CLICKED, f"{action_id!r} is a {element['type']}: use select"
        return await self._act(person, place, block, element, {}, action_ts=action_ts)

    async def select(
        self,
        user: str,
        where: Place,
        action_id: str,
        value: Any,
        *,
        block_id: str | None = None,
        action_ts: str | None = None,
        stale: bool = False,
    ) -> Ack:
        """Choose in a menu, or enter into a field. A field in an input block without dispatch_action tells nobody."""
        person, place = self._actor(user), self._now(user, where, stale=stale)
        block, element = find(place.blocks, action_id, block_id=block_id)
        assert element["type"] not in CLICKED, f"{action_id!r} is a {element['type']}: use click"
        if element["type"] == "overflow":
            picked = {"selected_option": offered_option(element, value)}
            return await self._act(person, place, block, element, picked, action_ts=action_ts)
        chosen = entry(self._fake(), person, element, value)
        self._entered(user, place).setdefault(block["block_id"], {})[action_id] = chosen
        if block["type"] == "input" and not block.get("dispatch_action"):
            return Ack(None, None, Delivery("none", {}), reason="not sent: the block has no dispatch_action")
        return await self._act(person, place, block, element, chosen, action_ts=action_ts)

    async def command(self, user: str, channel: str, command: str, text: str = "") -> Ack:
        """Type a slash command. Its ack, if it has words, is shown to the person."""
        person, place = self._actor(user), self.channel(channel)
        assert not self.is_external(person), f"{user} is external: the command is not there for them"
        assert place.kind == "channels" or user in place.members, f"{user} does not see {channel}"
        fields = payloads.slash_command(self._fake(), person, place, command, self.escaped(text))
        ack = await self.deliver(Delivery("slash_commands", dict(fields)))
        self._show_answer(user, channel, ack)
        return ack

    async def message_shortcut(self, user: str, callback_id: str, channel: str, ts: str) -> Ack:
        """Choose the app's shortcut in the menu of a message."""
        person, message = self._actor(user), self.message(channel, ts)
        assert not self.is_external(person), f"{user} is external: the shortcut is not there for them"
        assert message is not None, f"there is no message {ts} in {channel}"
        payload = payloads.message_action(self._fake(), person, callback_id, message)
        return await self.deliver(Delivery("interactive", payload))

    async def global_shortcut(self, user: str, callback_id: str) -> Ack:
        """Choose the app's shortcut in the search bar."""
        person = self._actor(user)
        assert not self.is_external(person), f"{user} is external: the shortcut is not there for them"
        return await self.deliver(Delivery("interactive", payloads.global_shortcut(self._fake(), person, callback_id)))

    def escaped(self, text: str) -> str:
        """Text as a command with should_escape gets it: @ana becomes <@U1|ana>, and &, <, > become entities."""
        pieces = zip(SAYABLE.split(text), [*SAYABLE.findall(text), ""], strict=True)
        return "".join(self._named(piece) + mention for piece, mention in pieces)

    def _named(self, text: str) -> str:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        people = {person.name: f"<@{person.id}|{person.name}>" for person in self.users.values()}
        places = {place.name: f"<#{place.id}|{place.name}>" for place in self.channels.values() if not place.is_im}
        text = re.sub(r"(?<!\S)@([\w.-]+)", lambda found: people.get(found[1], found[0]), text)
        return re.sub(r"(?<!\S)#([\w-]+)", lambda found: places.get(found[1], found[0]), text)

    def _actor(self, user: str) -> User:
        person = self.user(user)
        assert not person.deleted, f"{user} is deactivated and can do nothing"
        assert not person.is_bot, f"{user} is a bot"
        return person

    def _now(self, user: str, where: Place, *, stale: bool) -> Message | Ephemeral | View:
        """What this person sees there now; fails if they see nothing."""
        assert where is not None, "there is nothing there: no message, no view"
        if isinstance(where, dict):
            home = self.home_view(user)
            assert home is not None, f"nothing was published in the Home tab of {user}"
            return home
        if isinstance(where, View):
            assert where.user == user, f"{user} does not see the view of {where.user}"
            is_seen = where is self.open_view(user) or where is self.home_view(user)
            assert stale or is_seen, f"{where.title!r} is not what {user} sees now"
            return where
        seen: Message | Ephemeral | None
        if isinstance(where, Ephemeral):
            seen = where if where.user == user and stale else self.ephemeral(user, where.ts)
        else:
            self._check_member(user, where.channel)
            seen = where if stale else self.message(where.channel, where.ts)
        assert seen is not None, f"{user} does not see that message, or it was deleted"
        return seen

    def _check_member(self, user: str, channel: str) -> None:
        place = self.channel(channel)
        is_public = place.kind == "channels" and not self.is_external(self.user(user))
        assert is_public or user in place.members, f"{user} is not in {channel}"

    def _entered(self, user: str, place: Message | Ephemeral | View) -> dict[str, dict[str, Json]]:
        """What this person has chosen there so far."""
        if isinstance(place, View):
            return place.entered
        return self._chosen_in_messages.setdefault((user, place.channel, place.ts), {})

    async def _act(
        self,
        person: User,
        place: Message | Ephemeral | View,
        block: Json,
        element: Json,
        chosen: Json,
        *,
        action_ts: str | None,
    ) -> Ack:
        kept = {key: element[key] for key in ACTION_KEYS if key in element}
        action = {**kept, **chosen, "block_id": block["block_id"], "action_ts": action_ts or self.next_ts()}
        state = state_values(place.blocks, self._entered(person.id, place), place.channel)
        payload = payloads.block_actions(self._fake(), person, place, [action], dict(state))
        return await self.deliver(Delivery("interactive", payload))

    def _show_answer(self, user: str, channel: str, ack: Ack) -> None:
        """What a command is acknowledged with is shown, to one person or to all."""
        body: Json = {"text": ack.body} if isinstance(ack.body, str) else ack.body or {}
        if not ack.ok or not (body.get("text") or body.get("blocks")):
            return
        if body.get("response_type") == "in_channel":
            self.keep(
                Message(channel, self.next_ts(), self.bot_user_id, body.get("text", ""), body.get("blocks") or [])
            )
        else:
            show_whisper(self._fake(), user, channel, body, via="ack")
