"""The wire, inward: what Slack sends, as frozen values. Slack's dicts end here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Any, TypeAlias, TypeVar

from bot.rules.scoring import valid_score
from bot.rules.urgency import Solved
from bot.services.invitations import Card
from bot.slack.wire import YES, AskContext, AskPlan, CommentContext, unpack

Payload: TypeAlias = Mapping[str, Any]
T = TypeVar("T")
ID_BITS = 31  # Postgres' INTEGER
INTERACTIONS = frozenset({"block_actions", "view_submission", "view_closed", "message_action"})
SHAPES = dict.fromkeys(("user", "team", "container", "message", "view", "event", "state", "enterprise"), dict) | {
    "actions": list,
    "authorizations": list,
    "channel": dict | str,
    "type": str,
    "team_id": str,
}


class Unreadable(Exception):  # noqa: N818 - what it is, not that it is an error
    """A payload that is not what Slack documents."""


@dataclass(frozen=True)
class Origin:
    """Where in Slack something was done, and how to answer there."""

    channel_id: str | None = None
    message_ts: str | None = None
    thread_ts: str | None = None
    response_url: str | None = None
    trigger_id: str = ""

    @property
    def card(self) -> Card | None:
        return Card(self.channel_id, self.message_ts) if self.channel_id and self.message_ts else None


@dataclass(frozen=True)
class Click:
    """One press of a button or pick from a menu. `source` names this very act."""

    action_id: str
    value: str
    acted_at: datetime
    source: str
    origin: Origin
    view_id: str | None = None
    metadata: str = ""


@dataclass(frozen=True)
class ScoreClick:
    click: Click
    invitation_id: int
    score: int


@dataclass(frozen=True)
class ClickAbout:
    """A click whose value is the id of a row."""

    click: Click
    id: int


@dataclass(frozen=True)
class Submission:
    """A modal that was sent: its values by block id, one string each (a list for several)."""

    view_id: str
    source: str
    metadata: str
    values: Mapping[str, Any]

    def text(self, block_id: str) -> str | None:
        """What was typed or picked, without spaces around it; None when nothing was."""
        value = self.values.get(block_id)
        return value.strip() or None if isinstance(value, str) else None

    def ticked(self, block_id: str) -> bool:
        return YES in (self.values.get(block_id) or ())

    def people(self, block_id: str) -> tuple[str, ...]:
        return tuple(self.values.get(block_id) or ())


@dataclass(frozen=True)
class CommentSubmission:
    context: CommentContext
    source: str
    score: int | None
    comment: str | None
    solved: Solved | None
    wants_reply: bool


@dataclass(frozen=True)
class Command:
    """Words typed after /nps, and where."""

    text: str
    request_id: str
    origin: Origin


@dataclass(frozen=True)
class Shortcut:
    """Our shortcut on a message. `author_id` None: a bot wrote it, or the payload does not tell."""

    context: AskContext
    origin: Origin


def _reads(read: Callable[[Payload], T]) -> Callable[[Payload], T]:
    """What does not have the shape Slack documents is turned away, not taken for a bug of ours."""

    @wraps(read)
    def guarded(body: Payload) -> T:
        try:
            return read(body)
        except (KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError, OSError) as odd:
            raise Unreadable(read.__name__) from odd

    return guarded


@_reads
def click(body: Payload) -> Click:
    action = body["actions"][0]
    value = _picked(action)
    if not isinstance(value, str | None):
        raise TypeError("a click carries one word")
    origin = _origin(body)
    act = action.get("action_ts") or ""
    view = body.get("view") or {}
    return Click(
        action_id=action["action_id"],
        value=value or "",
        acted_at=instant(act),
        source=f"click:{origin.message_ts or view.get('id', '')}:{act}:{action['action_id']}",
        origin=origin,
        view_id=view.get("id"),
        metadata=view.get("private_metadata") or "",
    )


@_reads
def score_click(body: Payload) -> ScoreClick:
    pressed = click(body)
    invitation_id, _, score = pressed.value.partition(":")
    return ScoreClick(pressed, _row_id(invitation_id), valid_score(int(score)))


@_reads
def click_about(body: Payload) -> ClickAbout:
    pressed = click(body)
    return ClickAbout(pressed, _row_id(pressed.value))


@_reads
def ask_plan(body: Payload) -> AskPlan:
    """What the "Ask anyway" button carries."""
    return unpack(AskPlan, click(body).value)


@_reads
def submission(body: Payload) -> Submission:
    view = body["view"]
    state = view.get("state", {}).get("values", {})
    values = {block_id: _picked(next(iter(elements.values()), {})) for block_id, elements in state.items()}
    return Submission(
        view_id=view["id"],
        source=f"view:{view['id']}:{view.get('hash', '')}",
        metadata=view.get("private_metadata") or "",
        values=values,
    )


@_reads
def comment_submission(body: Payload) -> CommentSubmission:
    """The score only when it differs from the one the modal opened with: an old modal must not undo a newer click."""
    sent = submission(body)
    context = unpack(CommentContext, sent.metadata)
    picked = sent.text("score")
    score = int(picked.partition(":")[2]) if picked else context.score
    solved = sent.text("solved")
    return CommentSubmission(
        context=context,
        source=sent.source,
        score=score if score != context.score else None,
        comment=sent.text("comment"),
        solved=Solved(solved) if solved else None,
        wants_reply=sent.ticked("reply"),
    )


@_reads
def command(body: Payload) -> Command:
    origin = Origin(
        channel_id=body.get("channel_id"), response_url=body.get("response_url"), trigger_id=body.get("trigger_id", "")
    )
    return Command(text=body.get("text") or "", request_id=body.get("trigger_id", ""), origin=origin)


@_reads
def shortcut(body: Payload) -> Shortcut:
    message = body["message"]
    context = AskContext(
        channel_id=body["channel"]["id"],
        message_ts=message["ts"],
        thread_ts=message.get("thread_ts"),
        author_id=None if message.get("bot_id") else message.get("user"),
    )
    origin = Origin(
        channel_id=context.channel_id,
        message_ts=context.message_ts,
        thread_ts=context.thread_ts,
        response_url=body.get("response_url"),
        trigger_id=body["trigger_id"],
    )
    return Shortcut(context, origin)


@_reads
def origin_of(body: Payload) -> Origin:
    """Where any interaction came from, for an answer in the same place."""
    if "command" in body:
        return command(body).origin
    if "message" in body and body.get("type") == "message_action":
        return shortcut(body).origin
    return _origin(body)


def instant(ts: str) -> datetime:
    """Slack's "1763719212.345678" as a time; exact to the microsecond. Raises ValueError."""
    seconds, _, fraction = ts.partition(".")
    return datetime.fromtimestamp(int(seconds), UTC).replace(microsecond=int((fraction + "000000")[:6]))


def check_shape(body: Payload) -> None:
    """Raises Unreadable where a piece is not of the type Slack documents; Bolt would stumble over it."""
    for name, kind in SHAPES.items():
        if not isinstance(body.get(name), kind | None):
            raise Unreadable(name)
    if body.get("type") in INTERACTIONS and not isinstance(body.get("user"), dict):
        raise Unreadable("user")
    if body.get("type") == "block_actions" and not _are_dicts(body.get("actions")):
        raise Unreadable("actions")


def _are_dicts(found: object) -> bool:
    return isinstance(found, list) and bool(found) and all(isinstance(each, dict) for each in found)


def _row_id(text: str) -> int:
    found = int(text)
    if found.bit_length() > ID_BITS:
        raise ValueError("no row has such an id")
    return found


def _origin(body: Payload) -> Origin:
    container = body.get("container") or {}
    message = body.get("message") or {}
    channel = body.get("channel") or {}
    return Origin(
        channel_id=container.get("channel_id") or channel.get("id"),
        message_ts=container.get("message_ts"),
        thread_ts=container.get("thread_ts") or message.get("thread_ts"),
        response_url=body.get("response_url"),
        trigger_id=body.get("trigger_id") or "",
    )


def _picked(element: Payload) -> Any:
    """What a person put into an element, whatever Slack calls it for this type."""
    match element:
        case {"selected_option": option}:
            return option["value"] if option else None
        case {"selected_options": options}:
            return [option["value"] for option in options or ()]
        case {"selected_conversation": chosen} | {"selected_channel": chosen} | {"selected_user": chosen}:
            return chosen
        case {"selected_users": chosen}:
            return list(chosen or ())
        case {"value": value}:
            return value
    return None
