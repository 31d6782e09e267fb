"""What Slack remembers: people, channels, messages, views, and every call an app has made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
Blocks = list[Json]


class SlackError(Exception):
    """Slack's "no": the error word of an answer, and what else stands in that answer."""

    def __init__(self, error: str, *, retry_after: int | None = None, **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.retry_after = retry_after
        self.extra = extra

    def body(self) -> Json:
        return {"ok": False, "error": self.error, **self.extra}


@dataclass
class User:
    """A person or a bot; `team_id` is the home workspace, which is not ours for external people."""

    id: str
    name: str
    real_name: str
    display_name: str
    team_id: str
    team_domain: str
    email: str | None = None
    tz: str = "Europe/London"
    locale: str = "en-US"
    enterprise_id: str | None = None
    enterprise_name: str = ""
    is_admin: bool = False
    is_owner: bool = False
    is_primary_owner: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    deleted: bool = False


@dataclass
class Channel:
    """A channel, or (`is_im`) the conversation between one person and the bot."""

    id: str
    name: str
    members: list[str] = field(default_factory=list)
    is_private: bool = False
    is_ext_shared: bool = False
    is_archived: bool = False
    is_im: bool = False
    created: int = 0

    @property
    def kind(self) -> str:
        """The word Slack's scopes begin with: channels, groups or im."""
        return "im" if self.is_im else "groups" if self.is_private else "channels"


@dataclass(frozen=True)
class Message:
    """A message as it is now; `thread_ts` is its parent, None at the top of a channel."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: Blocks = field(default_factory=list)
    thread_ts: str | None = None
    metadata: Json | None = None
    edited: Json | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    @property
    def shown(self) -> str:
        """What a person reads: the words of the blocks, or the text where there are none."""
        return "\n".join(visible_texts(self.blocks)) or self.text


@dataclass(frozen=True)
class Ephemeral:
    """A message only one person sees. `via` says how it came: api, response_url or ack."""

    channel: str
    user: str
    text: str
    ts: str
    blocks: Blocks = field(default_factory=list)
    thread_ts: str | None = None
    via: str = "api"

    @property
    def shown(self) -> str:
        return "\n".join(visible_texts(self.blocks)) or self.text


@dataclass
class View:
    """A modal or a Home tab that a person has in front of them."""

    id: str
    user: str
    body: Json
    hash: str
    root_view_id: str
    previous_view_id: str | None = None
    channel: str | None = None  # where the person was when it opened
    entered: dict[str, dict[str, Json]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def type(self) -> str:
        return str(self.body["type"])

    @property
    def blocks(self) -> Blocks:
        return list(self.body["blocks"])

    @property
    def title(self) -> str:
        return str((self.body.get("title") or {}).get("text", ""))

    @property
    def callback_id(self) -> str:
        return str(self.body.get("callback_id", ""))

    @property
    def private_metadata(self) -> str:
        return str(self.body.get("private_metadata", ""))

    @property
    def shown(self) -> str:
        return "\n".join(visible_texts(self.blocks))


@dataclass
class File:
    """An uploaded file and its bytes; `channel` once it was shared."""

    id: str
    name: str
    length: int
    title: str = ""
    alt_txt: str = ""
    data: bytes | None = None
    is_complete: bool = False
    channel: str | None = None
    thread_ts: str | None = None


@dataclass
class Call:
    """One call of the Web API (or of a response_url) and its answer; `dropped` if the answer never left."""

    method: str
    args: Json
    at: float
    token: str | None = None
    response: Json = field(default_factory=dict)
    status: int = 200
    dropped: bool = False

    @property
    def ok(self) -> bool:
        return bool(self.response.get("ok"))


@dataclass(frozen=True)
class Delivery:
    """One payload on its way to the app: "interactive", "slash_commands" or "events_api"."""

    kind: str
    payload: Json
    retry_num: int | None = None
    retry_reason: str = "http_timeout"


@dataclass(frozen=True)
class Ack:
    """How the app answered a delivery; `status` is None when it did not answer within three seconds."""

    status: int | None
    body: Json | str | None
    delivery: Delivery
    took: float = 0.0
    reason: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def visible_texts(value: Any) -> list[str]:
    """Every text that blocks show, in order; values, ids and urls are not shown."""
    if isinstance(value, list):
        return [text for item in value for text in visible_texts(item)]
    if not isinstance(value, dict):
        return []
    texts = [value["text"]] if isinstance(value.get("text"), str) else []
    texts += [value[name] for name in ("title", "caption", "alt_text") if isinstance(value.get(name), str)]
    return texts + [text for part in value.values() for text in visible_texts(part)]
