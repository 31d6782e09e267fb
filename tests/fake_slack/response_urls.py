"""A response_url lets an app answer where somebody did something: five times, for half an hour, in any channel."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aiohttp import web

from .methods.messages import rewritten
from .methods.posting import check_content
from .records import Call, Ephemeral, Json, Message, SlackError
from .web_api import respond

if TYPE_CHECKING:
    from .fake import FakeSlack
    from .surfaces import ResponseUrl

KNOWN = {
    "text",
    "blocks",
    "attachments",
    "metadata",
    "mrkdwn",
    "response_type",
    "replace_original",
    "delete_original",
    "thread_ts",
    "unfurl_links",
    "unfurl_media",
}


async def answer(slack: FakeSlack, request: web.Request) -> web.StreamResponse:
    """Answer a post to `/response/<kind>/<team>/<id>`; it is recorded as a call of "response_url"."""
    body = await _body(request)
    call = Call("response_url", body, slack.now())
    slack.calls.append(call)
    return await respond(slack, request, call, lambda: _outcome(slack, call, request.match_info["id"]))


async def _body(request: web.Request) -> Json:
    if request.content_type == "application/json":
        return dict(await request.json())
    form: Any = await request.post()
    return dict(json.loads(form["payload"]))


def _outcome(slack: FakeSlack, call: Call, id_: str) -> web.Response:
    try:
        _apply(slack, slack.spend_response_url(id_), call.args)
    except SlackError as refusal:
        call.response, call.status = refusal.body(), 404
        return web.json_response(call.response, status=call.status)
    call.response = {"ok": True}
    return web.json_response(call.response)


def _apply(slack: FakeSlack, url: ResponseUrl, args: Json) -> None:
    for name in sorted(args.keys() - KNOWN):
        slack.violation(f"response_url: unknown key {name}")
    if args.get("delete_original"):
        _delete(slack, url)
        return
    check_content(slack, "response_url", args)
    if args.get("replace_original") and url.original:
        _replace(slack, url, args)
    elif args.get("response_type") == "in_channel":
        text, blocks, thread_ts = args.get("text") or "", args.get("blocks") or [], args.get("thread_ts")
        slack.keep(
            Message(url.channel, slack.next_ts(), slack.bot_user_id, text, blocks, thread_ts, args.get("metadata"))
        )
    else:
        show_whisper(slack, url.user, url.channel, args, via="response_url")


def show_whisper(slack: FakeSlack, user: str, channel: str, args: Json, *, via: str) -> None:
    """Slack shows such a whisper at the foot of the channel, whatever thread_ts says."""
    blocks = args.get("blocks") or []
    slack.whisper(Ephemeral(channel, user, args.get("text") or "", slack.next_ts(), blocks, via=via))


def _original(slack: FakeSlack, url: ResponseUrl) -> Message | Ephemeral:
    ts = url.original or ""
    found = slack.ephemeral(url.user, ts) if url.is_ephemeral else slack.message(url.channel, ts)
    if found is None:
        raise SlackError("message_not_found")
    return found


def _delete(slack: FakeSlack, url: ResponseUrl) -> None:
    original = _original(slack, url)
    if isinstance(original, Ephemeral):
        slack.swap_ephemeral(original, None)
    else:
        slack.forget(original)


def _replace(slack: FakeSlack, url: ResponseUrl, args: Json) -> None:
    original = _original(slack, url)
    if isinstance(original, Ephemeral):
        text, blocks = args.get("text") or "", args.get("blocks") or []
        new = Ephemeral(original.channel, original.user, text, original.ts, blocks, original.thread_ts, original.via)
        slack.swap_ephemeral(original, new)
    else:
        slack.keep(rewritten(slack, original, args))
