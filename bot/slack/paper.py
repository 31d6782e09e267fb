"""What a letter is written on: where it goes, by which lane, and whether it redraws what stands there."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeAlias

from bot.rules.retry import POST_GAP, UPDATE_GAP, Moot, Outcome
from bot.services.lanes import post_lane, update_lane
from bot.slack.blocks import kit
from bot.slack.blocks.kit import Message
from bot.slack.completions import Completion
from storage.database import Transaction
from storage.models import Delivery, FollowUp


@dataclass(frozen=True)
class Letter:
    """A message ready to leave. `ts` set: redraw that message; without a message: remove it."""

    channel_id: str
    message: Message | None
    lane: str
    gap: timedelta
    thread_ts: str | None = None
    ts: str | None = None
    completion: Completion | None = None  # no message, but what a workflow is told

    @property
    def is_direct(self) -> bool:
        """Addressed to a person, not to a channel."""
        return not self.channel_id.startswith(("C", "G"))


def without_pictures(letter: Letter) -> Letter | None:
    """The same letter in words alone; None where it has no picture."""
    if letter.message is None:
        return None
    bare = kit.without_pictures(letter.message)
    return None if bare is letter.message else replace(letter, message=bare)


def post(delivery: Delivery, place: str, message: Message, *, thread_ts: str | None = None) -> Letter:
    return Letter(place, message, post_lane(delivery.workspace_id, place), POST_GAP, thread_ts=thread_ts)


def in_thread(delivery: Delivery, follow_up: FollowUp, message: Message) -> Letter | Outcome:
    """Under the alert, where it stands now."""
    if follow_up.card_channel_id is None or follow_up.card_ts is None:
        return Moot("no_card")
    return post(delivery, follow_up.card_channel_id, message, thread_ts=follow_up.card_ts)


def redraw(delivery: Delivery, channel_id: str, ts: str, message: Message) -> Letter:
    return Letter(channel_id, message, update_lane(delivery.workspace_id), UPDATE_GAP, ts=ts)


Composer: TypeAlias = Callable[[Transaction, Delivery], Awaitable[Letter | Outcome]]
