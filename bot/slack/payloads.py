"""The wire, inward: what Slack sends, as frozen values. Slack's dicts end here."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.rules.emoji import plain_name
from bot.rules.scoring import valid_score
from bot.services.invitations import Card
from bot.slack.contexts import AskContext, AskPlan, unpack
from bot.slack.shapes import Payload, picked, reads

ID_BITS = 31  # Postgres' INTEGER


@dataclass(frozen=True)
class Origin:
    """Where in Slack something was done, and how to answer there."""

    channel_id: str | None = None
    message_ts: str | None = None
    thread_ts: str | None = None
    response_url: str | None = None
    trigger_id: str = ""
    is_command: bool = False
    is_whisper: bool = False

    def __post_init__(self) -> None:
        words = (self.channel_id, self.message_ts, self.thread_ts, self.response_url, self.trigger_id)
        if not all(isinstance(word, str | None) for word in words):
            raise TypeError("a place is named by words")

    @property
    def card(self) -> Card | None:
        """The message that was clicked; a whisper is none that can be found again."""
        is_there = self.channel_id and self.message_ts and not self.is_whisper
        return Card(self.channel_id or "", self.message_ts or "") if is_there else None


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
    block_id: str = ""
    is_in_modal: bool = False


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


@dataclass(frozen=True)
class Reaction:
    """An emoji on a message. `author_id` None: Slack does not tell who wrote it."""

    name: str
    channel_id: str
    message_ts: str
    author_id: str | None
    happened_at: datetime


@reads
def click(body: Payload) -> Click:
    action = body["actions"][0]
    value = picked(action)
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
        block_id=action.get("block_id") or "",
        is_in_modal=view.get("type") == "modal",
    )


@reads
def score_click(body: Payload) -> ScoreClick:
    pressed = click(body)
    invitation_id, _, score = pressed.value.partition(":")
    return ScoreClick(pressed, row_id(invitation_id), valid_score(int(score)))


@reads
def click_about(body: Payload) -> ClickAbout:
    pressed = click(body)
    return ClickAbout(pressed, row_id(pressed.value))


@reads
def ask_plan(body: Payload) -> AskPlan:
    """What the "Ask anyway" button carries."""
    return unpack(AskPlan, click(body).value)


@reads
def command(body: Payload) -> Command:
    origin = Origin(
        channel_id=body.get("channel_id"),
        response_url=body.get("response_url"),
        trigger_id=body.get("trigger_id", ""),
        is_command=True,
    )
    return Command(text=body.get("text") or "", request_id=body.get("trigger_id", ""), origin=origin)


@reads
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


@reads
def reaction(event: Payload) -> Reaction | None:
    """None when it was put on something that is no message."""
    item = event["item"]
    if item["type"] != "message":
        return None
    return Reaction(
        name=plain_name(event["reaction"]),
        channel_id=item["channel"],
        message_ts=item["ts"],
        author_id=event.get("item_user"),
        happened_at=instant(event["event_ts"]),
    )


@reads
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


def row_id(text: str) -> int:
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
        is_whisper=bool(container.get("is_ephemeral")),
    )
