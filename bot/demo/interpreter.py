"""
The interpreter: stands between local-slack and the bot, so that the bot runs as it does in Slack.

    bot -> /api/…, /respond/… -> local-slack        local-slack -> /slack/events -> bot

It says who is an admin and who a guest, hands on only the events the app subscribed to, and signs anew what it changed.
"""

import json
import time
from typing import Self
from urllib.parse import urlencode

from aiohttp import ClientSession, web
from slack_sdk.signature import SignatureVerifier

from bot.demo import company
from bot.demo.dialect import Json, as_it_was_left, drawable, filled_in, left_empty
from bot.slack.listeners import EVENTS

HOOKS = "/_hooks/response/"
LARGEST = 1024 * 1024
WORKSPACE_URL = f"https://{company.DOMAIN}.slack.com/"


class Interpreter:
    """A web server on this machine. Used with `async with`; then it is told who stands on either side."""

    def __init__(self, signing_secret: str, token: str) -> None:
        self.url = self._slack_url = self._bot_url = ""
        self._signer = SignatureVerifier(signing_secret)
        self._token = token
        self._beneath: Json = {}  # what was sent from the window under the one that stands there
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        pages = web.Application(client_max_size=LARGEST)
        pages.router.add_route("*", "/api/{method}", self.called)
        pages.router.add_post("/respond/{id}", self.responded)
        pages.router.add_post("/slack/events", self.happened)
        self._http = ClientSession()
        self._runner = web.AppRunner(pages, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
        await self._http.close()

    def speak_to_slack(self, url: str) -> None:
        self._slack_url = url

    def speak_to_bot(self, url: str) -> None:
        self._bot_url = url

    async def called(self, request: web.Request) -> web.Response:
        """The bot calls a method of the Web API."""
        arguments = _drawn(await _arguments(request))
        url = f"{self._slack_url}/api/{request.match_info['method']}"
        headers = {"Authorization": request.headers.get("Authorization", "")}
        async with self._http.post(url, json=arguments, headers=headers) as answered:
            answer = await answered.json()
        return web.json_response(_as_slack_knows(answer))

    async def responded(self, request: web.Request) -> web.Response:
        """The bot answers where somebody did something."""
        body = drawable(await request.json())
        async with self._http.post(f"{self._slack_url}{HOOKS}{request.match_info['id']}", json=body) as answered:
            return web.Response(status=answered.status, text=await answered.text())

    async def happened(self, request: web.Request) -> web.Response:
        """Somebody did something."""
        if request.content_type == "application/json":
            event = await request.json()
            is_ours = event.get("type") == "url_verification" or _subscribed_as(event.get("event", {})) in EVENTS
            return await self._tell(json.dumps(event), request.content_type) if is_ours else web.Response()
        form = {name: str(value) for name, value in (await request.post()).items()}
        if "payload" not in form:
            form["response_url"] = self._respond_url(form["response_url"])
            return await self._tell(urlencode(form), request.content_type)
        return await self._did(json.loads(form["payload"]))

    async def _did(self, payload: Json) -> web.Response:
        """Somebody used a window, a button or a menu."""
        match payload:
            case {"type": "view_submission"}:
                return await self._sent({**payload, "view": filled_in(payload["view"])})
            case {"type": "view_closed"}:
                return await self._go_back()
            case {"actions": [{"type": "overflow", "action_id": _, **chosen}]} if "selected_option" not in chosen:
                return web.Response()  # the dots themselves were chosen, which are no choice
        return await self._tell_of(self._as_slack_tells(payload))

    async def _sent(self, payload: Json) -> web.Response:
        """A window was sent; what it is answered with may be another window."""
        missing = left_empty(payload["view"])
        if missing:
            return web.json_response({"response_action": "errors", "errors": missing})
        answered = await self._tell_of(payload)
        answer = json.loads(answered.text or "{}")
        if "view" not in answer:
            return answered
        is_on_top = answer["response_action"] == "push"
        if is_on_top:
            self._beneath = payload
        return web.json_response(answer | {"view": drawable(answer["view"]) | {"notify_on_close": is_on_top}})

    async def _go_back(self) -> web.Response:
        """local-slack closes all windows at once, Slack the one on top: the one beneath is opened again."""
        arguments = {"trigger_id": self._beneath["trigger_id"], "view": as_it_was_left(self._beneath["view"])}
        headers = {"Authorization": f"Bearer {self._token}"}
        async with self._http.post(f"{self._slack_url}/api/views.open", json=arguments, headers=headers):
            return web.Response()

    async def _tell_of(self, payload: Json) -> web.Response:
        return await self._tell(urlencode({"payload": json.dumps(payload)}), "application/x-www-form-urlencoded")

    async def _tell(self, body: str, content_type: str) -> web.Response:
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": self._signer.generate_signature(timestamp=timestamp, body=body) or "",
        }
        async with self._http.post(f"{self._bot_url}/slack/events", data=body.encode(), headers=headers) as answered:
            return web.Response(status=answered.status, text=await answered.text(), content_type=answered.content_type)

    def _as_slack_tells(self, payload: Json) -> Json:
        if not payload.get("channel", {}).get("id"):  # clicked in Home, which is in no channel
            rest = {key: value for key, value in payload.items() if key not in ("channel", "message", "response_url")}
            return {**rest, "container": {"type": "view"}}
        return {**payload, "response_url": self._respond_url(payload["response_url"])}

    def _respond_url(self, url: str) -> str:
        return f"{self.url}/respond/{url.rpartition('/')[2]}"


def _subscribed_as(event: Json) -> str:
    """Messages are subscribed to by the kind of place they stand in."""
    return f"message.{event.get('channel_type')}" if event.get("type") == "message" else str(event.get("type"))


async def _arguments(request: web.Request) -> Json:
    if request.content_type == "application/json":
        return dict(await request.json())
    return {**request.query, **(await request.post())}


def _drawn(arguments: Json) -> Json:
    if "view" in arguments:
        return {**arguments, "view": drawable(arguments["view"])}
    return drawable(arguments)


def _as_slack_knows(answer: Json) -> Json:
    """With who is an admin and who a guest, and addresses as workspaces have them."""
    if "url" in answer and "team_id" in answer:
        answer["url"] = WORKSPACE_URL
    if "permalink" in answer:
        answer["permalink"] = f"{WORKSPACE_URL}archives/{answer['permalink'].partition('/archives/')[2]}"
    for user in [answer.get("user"), *answer.get("members", ())]:
        somebody = company.known(user["id"]) if isinstance(user, dict) else None
        if somebody is not None:
            user |= {"is_admin": somebody.is_admin, "is_restricted": somebody.account is not None}
            user |= {"locale": somebody.locale, "real_name": somebody.name, "tz": company.CLOCK}
            user["profile"]["real_name"] = somebody.name
    return answer
