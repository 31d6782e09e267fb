"""
local-slack, a Slack workspace on this machine that nobody here wrote: started, driven and stopped by a test.

It is poorer than Slack, so what is listed here no test in this folder can tell:

- Nobody is an admin, a guest or external (`users.info` has fixed answers), and every channel has the bot in it and is
  neither archived nor shared. So here a colleague chooses the alert channel, and becomes a manager by it.
- A choice in a menu of channels or people is lost (its click keeps `value` and `selected_option` alone): it travels
  as `value`. Menus beside a text (not in an input block) are not part of a submission.
- One stack of modals for all people together, and they can only be seen and sent over its page's websocket.
- A click carries no `thread_ts` in its container and no `is_ephemeral`; a whisper is a message marked for one person.
- Over Socket Mode every envelope goes down *every* connection of an app, where Slack picks one. The bot has two, so
  everything that is done here is done twice at the same moment.
- No tokens, scopes, block checks, rate limits, trigger or response_url limits, retries, disconnects; no metadata,
  no `chat.scheduleMessage`, no `blocks.validate`; auth.test tells no scopes; typed text is not escaped.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import aiohttp
import yaml

from bot.demo import local_slack
from tests.fake_slack.elements import STATE_KEYS, walk
from tests.fake_slack.records import visible_texts
from tests.live.bot_process import ROOT, free_port
from tests.waiting import until

Json = dict[str, Any]
BUILT = local_slack.installed_in(ROOT / ".build/local-slack")
WORKSPACE = Path(__file__).with_name("workspace.yaml")
ADA, BO, CY = "U01ADA", "U01BO", "U01CY"
ANA, KIM, LEA = "U01ANA", "U01KIM", "U01LEA"  # customers
GENERAL, HELP, ALERTS = "C01GENERAL", "C01HELP", "C01ALERTS"
BOT = "U0BOT"


def binary() -> Path:
    """Where local-slack is, or would be."""
    return Path(os.environ.get("LOCAL_SLACK") or BUILT)


class Visitors:
    """People in a workspace that runs somewhere: they type, click and send, and see what they would see."""

    def __init__(self, url: str) -> None:
        self.url = url

    async def __aenter__(self) -> Self:
        self._http = aiohttp.ClientSession(self.url)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.close()

    # what people do

    async def say(self, user: str, channel: str, text: str) -> str:
        """Write a message; returns its ts."""
        told = await self._control("message", channel=channel, user=user, text=text)
        return str(told["message"]["ts"])

    async def nps(self, user: str, text: str = "", *, channel: str = GENERAL) -> None:
        await self._control("command", channel=channel, user=user, command="/nps", text=text)

    async def click(self, user: str, message: Json, action_id: str) -> None:
        """Press a button."""
        element = _element(message["blocks"], action_id)
        await self._act(user, message, element, value=element.get("value"))

    async def choose(self, user: str, message: Json, action_id: str, value: str) -> None:
        """Pick from a menu of channels."""
        await self._act(user, message, _element(message["blocks"], action_id), value=value)

    async def submit(self, user: str, values: Mapping[str, Any]) -> None:
        """Fill in the open modal (by block id) and send it."""
        async with self._http.ws_connect("/ui") as page:
            view = (await page.receive_json())["state"]["modalStack"][-1]
            await page.send_json({"t": "view_submit", "user": user, "values": _state(view, values)})
            await until(lambda: _next_is(page, "view", "view_errors"), "the modal to be answered")

    # what people see

    async def messages(self, channel: str) -> list[Json]:
        """All of a channel, whispers too, oldest first."""
        async with self._http.get(f"/_control/messages/{channel}") as response:
            return list((await response.json())["messages"])

    async def message(self, channel: str, containing: str) -> Json:
        """The newest message there that shows these words to everybody, once there is one."""
        return await until(lambda: self._newest(channel, containing, whispered_to=None), f"{containing!r} in {channel}")

    async def whisper(self, user: str, containing: str, *, channel: str = GENERAL) -> Json:
        """The newest message that only this person sees, once there is one with these words."""
        sought = f"{containing!r} whispered to {user}"
        return await until(lambda: self._newest(channel, containing, whispered_to=user), sought)

    async def dm(self, user: str, containing: str) -> Json:
        """The newest message from the bot to this person, once there is one with these words."""
        channel = await until(lambda: self._dm_of(user), f"a conversation with {user}")
        return await self.message(channel, containing)

    async def modal(self, title: str) -> Json:
        """What stands before whoever acted last, once it has this title."""
        return await until(lambda: self._top(title), f"the modal {title!r}")

    async def _control(self, what: str, **facts: Any) -> Json:
        async with self._http.post(f"/_control/{what}", json=facts) as response:
            assert response.status == 200, await response.text()
            return dict(await response.json())

    async def _act(self, user: str, message: Json, element: Json, **chosen: Any) -> None:
        action = {"type": element["type"], "action_id": element["action_id"], **chosen}
        await self._control("interact", channel=message["channel"], messageTs=message["ts"], user=user, action=action)

    async def _newest(self, channel: str, containing: str, *, whispered_to: str | None) -> Json | None:
        found = [
            each
            for each in await self.messages(channel)
            if each.get("ephemeral_to") == whispered_to and containing in shown(each)
        ]
        return found[-1] if found else None

    async def _dm_of(self, user: str) -> str | None:
        async with self._http.get("/_control/state") as response:
            channels = (await response.json())["channels"]
        return next((each["id"] for each in channels if each["is_im"] and user in each["members"]), None)

    async def _top(self, title: str) -> Json | None:
        async with self._http.ws_connect("/ui") as page:
            stack = (await page.receive_json())["state"]["modalStack"]
        return stack[-1] if stack and stack[-1]["title"]["text"] == title else None


class LocalSlack(Visitors):
    """A workspace of its own, started and stopped with the test."""

    def __init__(self, folder: Path, *, request_url: str | None) -> None:
        """`request_url`: where signed HTTP requests go; without it the app uses Socket Mode."""
        transport = {"mode": "events", "requestUrl": request_url} if request_url else {"mode": "socket"}
        workspace = yaml.safe_load(WORKSPACE.read_text())
        workspace["app"] |= transport
        self._started = local_slack.LocalSlack(binary(), folder, workspace, free_port())
        super().__init__(self._started.url)

    async def __aenter__(self) -> Self:
        await self._started.__aenter__()
        return await super().__aenter__()

    async def __aexit__(self, *_: object) -> None:
        await super().__aexit__()
        await self._started.__aexit__()


def shown(message: Json) -> str:
    """What a person reads of a message."""
    return "\n".join(visible_texts(message.get("blocks") or [])) or str(message.get("text", ""))


def _element(blocks: list[Json], action_id: str) -> Json:
    found = [element for _, element in walk(blocks) if element["action_id"] == action_id]
    assert found, f"there is nothing called {action_id} in {json.dumps(blocks)}"
    return found[0]


def _state(view: Json, values: Mapping[str, Any]) -> Json:
    """`state.values`, for the input blocks somebody filled in."""
    fields = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    return {block_id: {fields[block_id]["action_id"]: _entry(fields[block_id], it)} for block_id, it in values.items()}


def _entry(element: Json, value: Any) -> Json:
    key = STATE_KEYS[element["type"]][0]
    if key == "selected_option":
        value = {"value": value}
    elif key == "selected_options":
        value = [{"value": each} for each in value]
    return {"type": element["type"], key: value}


async def _next_is(page: aiohttp.ClientWebSocketResponse, *kinds: str) -> bool:
    return (await page.receive_json(timeout=10))["t"] in kinds
