"""What is drawn: a message, a modal, the Home tab, or a conversation of several messages; as JSON for draw.mjs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

from bot.slack.blocks.kit import Message, View

NOW = datetime(2026, 11, 17, 10, 42, tzinfo=UTC)  # a Tuesday
BOT = "NPS Bot"


@dataclass(frozen=True)
class Line:
    """One message of a conversation: somebody's words, or blocks of ours."""

    by: str
    said: str | Message
    at: str = "10:42 AM"


@dataclass(frozen=True)
class Whisper:
    """A message that only one person sees."""

    message: Message


@dataclass(frozen=True)
class Narrow:
    """As a thread's pane or a phone shows it."""

    message: Message


Shown: TypeAlias = Message | Whisper | Narrow | View | Sequence[Line]
States: TypeAlias = Iterator[tuple[str, Shown]]  # a name such as "card-thread-de", and what it shows


def document(name: str, shown: Shown) -> dict[str, Any]:
    """The same as JSON."""
    if isinstance(shown, Mapping):
        return {"name": name, **shown}
    if isinstance(shown, Narrow):
        return document(name, shown.message) | {"narrow": True}
    lines = _lines(shown)
    text = "\n".join(line["text"] for line in lines if line["blocks"])
    return {"name": name, "type": "message", "text": text, "lines": lines}


def _lines(shown: Message | Whisper | Sequence[Line]) -> list[dict[str, Any]]:
    if isinstance(shown, Whisper):
        return [_line(Line(BOT, shown.message)) | {"whisper": True}]
    return [_line(Line(BOT, shown))] if isinstance(shown, Message) else [_line(each) for each in shown]


def _line(line: Line) -> dict[str, Any]:
    said = line.said
    if isinstance(said, Message):
        return {"by": line.by, "at": line.at, "text": said.text, "blocks": list(said.blocks), "app": True}
    return {"by": line.by, "at": line.at, "text": said, "blocks": []}
