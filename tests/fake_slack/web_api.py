"""One call of Slack's Web API, from the request to the answer, with everything Slack checks on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from . import arguments
from .methods import METHODS
from .records import Call, Json, SlackError

if TYPE_CHECKING:
    from .fake import FakeSlack
    from .faults import Failure
    from .methods.registry import Method

WORDS = {"channel", "ts", "thread_ts", "message_ts", "text", "user", "user_id", "trigger_id", "view_id", "hash"}


async def answer(slack: FakeSlack, request: web.Request) -> web.StreamResponse:
    """Answer `/api/<method>`, and keep a record of it."""
    name = request.match_info["method"]
    try:
        args, token = await arguments.read(request)
    except SlackError as refusal:
        slack.violation(f"{name}: {refusal.error}")
        return web.json_response(refusal.body())
    call = Call(name, args, slack.now(), token)
    slack.calls.append(call)
    return await respond(slack, request, call, lambda: _outcome(slack, call))


async def respond(slack: FakeSlack, request: web.Request, call: Call, act) -> web.StreamResponse:  # type: ignore[no-untyped-def]
    """Do what the call does, unless the test planned something else for it."""
    gate = slack.take_gate(call.method, call.args)
    if gate is not None:
        await gate.wait()
    drop = slack.take_drop(call.method, call.args)
    if drop is not None and not drop.after_effect:
        return hang_up(request, call)
    failure = slack.take_failure(call.method, call.args)
    if failure is not None:
        return _planned(call, failure)
    try:
        response = act()
    except Exception as bug:
        slack.violation(f"{call.method}: the fake itself broke on {call.args}: {bug!r}")
        raise
    return hang_up(request, call) if drop is not None else response


def hang_up(request: web.Request, call: Call) -> web.StreamResponse:
    """Close the connection without a word."""
    call.dropped = True
    if request.transport is not None:
        request.transport.close()
    return web.Response()


def _planned(call: Call, failure: Failure) -> web.Response:
    call.response = {"ok": False, "error": failure.error}
    is_limit = failure.error == "ratelimited"
    call.status = failure.status or (429 if is_limit else 200)
    if call.status >= 500:
        return web.Response(status=call.status, text="<h1>Server Error</h1>", content_type="text/html")
    headers = {"Retry-After": str(failure.retry_after or 1)} if is_limit or failure.retry_after else {}
    return web.json_response(call.response, status=call.status, headers=headers)


def _outcome(slack: FakeSlack, call: Call) -> web.Response:
    headers = {"x-oauth-scopes": ",".join(sorted(slack.scopes))}
    try:
        call.response = {"ok": True, **_run(slack, call)}
    except SlackError as refusal:
        refusal.error = slack.error_names.get(refusal.error, refusal.error)
        call.response = refusal.body()
        if refusal.retry_after is not None:
            call.status = 429
            headers["Retry-After"] = str(refusal.retry_after)
    return web.json_response(call.response, status=call.status, headers=headers)


def _run(slack: FakeSlack, call: Call) -> Json:
    method = METHODS.get(call.method)
    if method is None:
        slack.violation(f"{call.method}: no such method")
        raise SlackError("unknown_method", req_method=call.method)
    check_token(slack, method, call.token)
    if slack.rate_limits:
        slack.limits.call(method.name, method.tier)
    if method.scope:
        slack.need_scope(method.scope, slack.app_token_scopes if method.token == "app" else slack.scopes)
    _check_arguments(slack, method, call.args)
    return method.run(slack, call.args)


def check_token(slack: FakeSlack, method: Method, token: str | None) -> None:
    """Bot methods want the bot's token (or a workflow step's fresh one), app methods the app's."""
    if method.token is None:
        return
    if not token:
        raise SlackError("not_authed")
    kinds = {slack.bot_token: "bot", slack.app_token: "app"}
    if slack.is_step_token(token):
        kinds[token] = "bot"
    if token not in kinds:
        raise SlackError("invalid_auth")
    if slack.token_error and kinds[token] == "bot":
        raise SlackError(slack.token_error)
    if kinds[token] != method.token:
        slack.violation(f"{method.name}: called with the token of the {kinds[token]}")
        raise SlackError("not_allowed_token_type")


def _check_arguments(slack: FakeSlack, method: Method, args: Json) -> None:
    for name in method.unknown(args):
        slack.violation(f"{method.name}: unknown argument {name}")
    for name in sorted(WORDS & args.keys()):
        if not isinstance(args[name], str):
            slack.violation(f"{method.name}: {name} must be a string, not {args[name]!r}")
            raise SlackError("invalid_arguments")
    missing = method.missing(args)
    if missing:
        slack.violation(f"{method.name}: missing {', '.join(missing)}")
        messages = [f"[ERROR] missing required field: {name}" for name in missing]
        raise SlackError("invalid_arguments", response_metadata={"messages": messages})
