"""
Typed answers: somebody writes to the bot instead of clicking.

A score answers their one open question; other words go to the colleague who replied to them, or become the comment of
an answer they gave in the last 24 hours, whichever was last.
Whatever they write is replied to once: the reply is owed in the same transaction, under the message's own name, so a
message that Slack delivers again finds it there and changes nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.rules.answering import CHANGE_PERIOD
from bot.rules.messages import DeliveryKind
from bot.rules.typed import Typed, read
from bot.services import deliveries, invitations, replies, responses
from bot.services.deliveries import Promise
from bot.services.responses import Choice, Recorded, Words
from bot.services.surveys import SurveyKind
from storage import typed as queries
from storage.database import Transaction
from storage.models import Invitation, Response


class Reply(StrEnum):
    """What they hear; the topic of the notice."""

    SCORE = "typed_score"  # kept, and how to change it
    WORDS = "typed_words"  # kept as the comment
    BUTTONS = "typed_buttons"  # a question is open, and this is no score, or it asks for none
    HEARD = "typed_heard"  # went to the colleague who had written to them
    CHANGE = "typed_change"  # their answer stands; how to change it, or add to it
    NOTHING = "typed_nothing"  # no question is open
    NOTHING_OUTSIDE = "typed_nothing_outside"  # the same to somebody who has no commands


REPLIES = frozenset(Reply)
ABOUT_NOTHING = frozenset({Reply.NOTHING, Reply.NOTHING_OUTSIDE})


@dataclass(frozen=True)
class Writer:
    """Who writes; `language`: what Slack or we know they speak."""

    user_id: str
    language: str
    is_outsider: bool


@dataclass(frozen=True)
class Note:
    """A direct message to the bot. `ts` names it, however often it is delivered."""

    text: str
    ts: str
    written_at: datetime


async def take(tx: Transaction, workspace_id: str, writer: Writer, note: Note, *, now: datetime) -> None:
    """Keep what it says, redraw the card, owe the reply. Raises QuestionWithdrawn, taken back this very moment."""
    asked = await queries.open_question(tx, workspace_id, writer.user_id)
    given = await queries.last_answer(tx, workspace_id, writer.user_id, since=now - CHANGE_PERIOD)
    # Looked for last: whoever takes this very message at once has by then ended, or has not touched what was read.
    if await deliveries.by_key(tx, _key(writer, note)) is not None:
        return
    score = read(note.text)
    if asked is not None and asked.kind != SurveyKind.EXIT and score is not None:
        reply = await _answer(tx, asked, writer, note, score, now=now)
    elif (heard := await _heard(tx, workspace_id, writer, note, given, now=now)) is not None:
        asked, reply = heard, Reply.HEARD
    elif asked is not None and not (given and _is_later(given, asked)):
        reply = Reply.BUTTONS
    elif given is not None:
        asked, reply = await _add(tx, given, writer, note, score, now=now)
    else:
        reply = Reply.NOTHING_OUTSIDE if writer.is_outsider else Reply.NOTHING
    await deliveries.promise(tx, _owed(workspace_id, writer, note, reply, asked), due_at=now, now=now)


async def _answer(
    tx: Transaction, asked: Invitation, writer: Writer, note: Note, typed: Typed, *, now: datetime
) -> Reply:
    choice = Choice(asked.id, writer.user_id, typed.score, note.written_at, _source(note))
    recorded = await responses.record_score(tx, asked.workspace_id, choice, now=now)
    if typed.comment:
        await _comment(tx, recorded.mine.invitation, writer, note, typed.comment, now=now)
    await _redraw(tx, recorded, now=now)
    return Reply.SCORE


async def _add(
    tx: Transaction, given: Response, writer: Writer, note: Note, score: Typed | None, *, now: datetime
) -> tuple[Invitation | None, Reply]:
    """Words for an answer that has none yet; anything else it could mean is left to the button."""
    invitation = await invitations.get(tx, given.invitation_id)
    if invitation is None or score is not None or given.comment or not note.text:
        return invitation, Reply.CHANGE
    await _redraw(tx, await _comment(tx, invitation, writer, note, note.text, now=now), now=now)
    return invitation, Reply.WORDS


async def _heard(
    tx: Transaction, workspace_id: str, writer: Writer, note: Note, given: Response | None, *, now: datetime
) -> Invitation | None:
    """Words to the colleague who had replied to them, unless they complete an answer given since."""
    bare = given if given and not given.comment else None
    running = await replies.running(tx, workspace_id, writer.user_id, bare_answer=bare, now=now)
    if running is None or not note.text:
        return None
    words = replies.Words(writer.user_id, note.text, _source(note))
    return (await replies.hear(tx, workspace_id, running, words, now=now)).facts.invitation


async def _comment(
    tx: Transaction, invitation: Invitation, writer: Writer, note: Note, comment: str, *, now: datetime
) -> Recorded:
    words = Words(invitation.id, writer.user_id, f"{_source(note)}:words", comment=comment)
    return await responses.record_words(tx, invitation.workspace_id, words, now=now)


async def _redraw(tx: Transaction, recorded: Recorded, *, now: datetime) -> None:
    """Nobody holds a click that could do it."""
    await invitations.draw(tx, recorded.mine.invitation, now=now, due_at=now)


def _is_later(given: Response, asked: Invitation) -> bool:
    return asked.sent_at is None or given.answered_at > asked.sent_at


def _source(note: Note) -> str:
    return f"typed:{note.ts}"


def _key(writer: Writer, note: Note) -> str:
    return f"notice:typed:{writer.user_id}:{note.ts}"


def _owed(workspace_id: str, writer: Writer, note: Note, reply: Reply, about: Invitation | None) -> Promise:
    return Promise(
        workspace_id=workspace_id,
        kind=DeliveryKind.NOTICE,
        key=_key(writer, note),
        recipient_id=writer.user_id,
        invitation_id=about.id if about else None,
        # The id, so that it is found when they are erased.
        topic=f"{reply}:{writer.language}:{writer.user_id}",
    )
