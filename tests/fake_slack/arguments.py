"""Slack takes arguments as a form, as JSON or in the query, and structured ones as JSON inside those."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from .records import Json, SlackError

if TYPE_CHECKING:
    from aiohttp import web

STRUCTURED = {"blocks", "attachments", "metadata", "view", "files", "message", "outputs"}


async def read(request: web.Request) -> tuple[Json, str | None]:
    """The arguments of a call, decoded, and its token (from the header, or among the arguments)."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        args |= await _json_body(request)
    elif request.can_read_body:
        args |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme == "Basic":
        args |= _client_of(token)
    among = args.pop("token", None)
    return {name: _decoded(name, value) for name, value in args.items()}, token if scheme == "Bearer" else among


def _client_of(credentials: str) -> Json:
    """OAuth calls may carry the app's id and secret in a Basic header."""
    client_id, _, client_secret = base64.b64decode(credentials).decode().partition(":")
    return {"client_id": client_id, "client_secret": client_secret}


async def _json_body(request: web.Request) -> Json:
    try:
        body = await request.json()
    except json.JSONDecodeError as broken:
        raise SlackError("invalid_json") from broken
    if not isinstance(body, dict):
        raise SlackError("json_not_object")
    return {name: value for name, value in body.items() if value is not None}


def _decoded(name: str, value: Any) -> Any:
    """What is not JSON stays text, and is refused where it is used."""
    if name not in STRUCTURED or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        return value
