"""The wire, inward, continued: modals that were sent, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.rules.urgency import Solved
from bot.slack.contexts import CommentContext, unpack
from bot.slack.shapes import Payload, picked, reads
from bot.slack.wire import YES


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

    def chosen(self, block_id: str) -> tuple[str, ...]:
        return tuple(self.values.get(block_id) or ())

    def day(self, block_id: str) -> date | None:
        """None also for what is no day."""
        try:
            return date.fromisoformat(self.text(block_id) or "")
        except ValueError:
            return None

    def people(self, block_id: str) -> tuple[str, ...]:
        return tuple(self.values.get(block_id) or ())

    def channels(self, block_id: str) -> tuple[str, ...]:
        return tuple(self.values.get(block_id) or ())


@dataclass(frozen=True)
class CommentSubmission:
    context: CommentContext
    source: str
    score: int | None
    comment: str | None
    solved: Solved | None
    wants_reply: bool
    does_favour: bool = False


@reads
def submission(body: Payload) -> Submission:
    view = body["view"]
    state = view.get("state", {}).get("values", {})
    values = {block_id: picked(next(iter(elements.values()), {})) for block_id, elements in state.items()}
    return Submission(
        view_id=view["id"],
        source=f"view:{view['id']}:{view.get('hash', '')}",
        metadata=view.get("private_metadata") or "",
        values=values,
    )


@reads
def comment_submission(body: Payload) -> CommentSubmission:
    """The score only when it differs from the one the modal opened with: an old modal must not undo a newer click."""
    sent = submission(body)
    context = unpack(CommentContext, sent.metadata)
    chosen = sent.text("score")
    score = int(chosen.partition(":")[2]) if chosen else context.score
    solved = sent.text("solved")
    return CommentSubmission(
        context=context,
        source=sent.source,
        score=score if score != context.score else None,
        comment=sent.text("comment"),
        solved=Solved(solved) if solved else None,
        wants_reply=sent.ticked("reply"),
        does_favour=sent.ticked("favour"),
    )
