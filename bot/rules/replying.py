"""Replying to a customer: who may be written to, on which way, and which of their words belong to the exchange."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from bot.rules.closing import FIRST_REPLIES, Step
from bot.rules.small_talk import is_small_talk

OPEN_FOR = timedelta(days=14)  # how long after the last words of either side typed ones are taken for the next


class Way(StrEnum):
    """How a colleague's words go to a customer."""

    DIRECT = "direct"  # by direct message, or not at all
    EITHER = "either"  # by direct message; where Slack does not allow it, in the thread
    THREAD = "thread"  # where they were asked; others read there


def may_reply(*, is_opted_out: bool, wants_reply: bool, has_written_back: bool, is_rehearsal: bool = False) -> bool:
    """Whoever does not want to be asked gets a reply only when they wished for one, or are in the middle of one."""
    return is_rehearsal or not is_opted_out or wants_reply or has_written_back


def next_way(way: Way, *, is_gone: bool, has_thread: bool) -> Way | None:
    """After Slack refused for good. `is_gone`: nobody would read it in the thread either."""
    return Way.THREAD if way is Way.EITHER and has_thread and not is_gone else None


def continues(said_at: datetime | None, *, bare_answer_at: datetime | None, now: datetime) -> bool:
    """
    Whether words typed to the bot, which answer no question, go to the colleague who wrote.

    `said_at`: the last words of either side. `bare_answer_at`: an answer that words typed now would still complete,
    which goes first when it is the newer of the two.
    """
    if said_at is None or now - said_at > OPEN_FOR:
        return False
    return bare_answer_at is None or bare_answer_at <= said_at


def first_unanswered(said: Iterable[tuple[int, str, str | None]]) -> int | None:
    """
    Which words of the customer, that say more than thanks, were the first since they last heard from us; None: none.

    `said`: id, kind and note of every step, the oldest first.
    """
    first = None
    for step_id, what, note in said:
        if what in FIRST_REPLIES:
            first = None
        elif what == Step.HEARD and first is None and reopens(note or ""):
            first = step_id
    return first


def reopens(words: str) -> bool:
    """Whether words about something resolved say more than thanks."""
    return not is_small_talk(words)
