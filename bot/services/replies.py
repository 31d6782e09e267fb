"""
Replies: a colleague writes to a customer about their answer, and the customer writes back.

Both sides' words are steps of the follow-up, told in the thread of its alert. A colleague's go out through the outbox,
once, and stop the clock when they have left; a customer's come by a button, or typed to the bot. Each carries the
`source` it came by, so that the same act told twice is written down once.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import NotAddressed, QuestionGone, ReplyUnwanted
from bot.rules.closing import FollowUpState, Step
from bot.rules.messages import DeliveryKind
from bot.rules.replying import Way, continues, may_reply, reopens
from bot.rules.routes import is_group
from bot.services import cards, clocks, contacts, deliveries, follow_up_log, follow_ups, responses, routing
from bot.services.cards import CardFacts
from bot.services.deliveries import Promise
from bot.services.follow_up_log import Entry
from bot.services.invitations import Card
from storage import replies as queries
from storage.database import Transaction
from storage.models import FollowUp, FollowUpMessage, FollowUpStep, Response

WROTE_BACK = "wrote_back"  # what the owner is told; the topic of the notice


@dataclass(frozen=True)
class Draft:
    """What a colleague wrote, and the name it goes out under."""

    follow_up_id: int
    words: str
    signature: str
    way: Way
    source: str


@dataclass(frozen=True)
class Words:
    """What a customer wrote back."""

    user_id: str
    text: str
    source: str


@dataclass(frozen=True)
class Exchange:
    """A follow-up, and everything about whom it is with."""

    follow_up: FollowUp
    facts: CardFacts
    response: Response

    @property
    def thread_ts(self) -> str | None:
        """The thread in which they were asked; None where that was by direct message."""
        asked = self.facts.invitation
        return (asked.thread_ts or asked.card_ts) if asked.channel_id else None


async def get(tx: Transaction, follow_up_id: int, *, workspace_id: str) -> Exchange | None:
    """None once the person was erased, or for another workspace's."""
    follow_up = await follow_ups.get(tx, follow_up_id, workspace_id=workspace_id)
    response = await responses.get(tx, follow_up.response_id) if follow_up else None
    facts = await cards.facts(tx, response.invitation_id) if response else None
    return Exchange(follow_up, facts, response) if follow_up and facts and response else None


async def to_reply_to(tx: Transaction, workspace_id: str, follow_up_id: int) -> Exchange:
    """For a colleague. Raises QuestionGone, ReplyUnwanted."""
    found = await get(tx, follow_up_id, workspace_id=workspace_id)
    if found is None:
        raise QuestionGone
    if not await is_welcome(tx, found):
        raise ReplyUnwanted
    return found


async def addressed_to(tx: Transaction, workspace_id: str, follow_up_id: int, *, user_id: str) -> Exchange:
    """For the customer. Raises QuestionGone, NotAddressed for anybody else."""
    found = await get(tx, follow_up_id, workspace_id=workspace_id)
    if found is None:
        raise QuestionGone
    if found.facts.contact.user_id != user_id:
        raise NotAddressed
    return found


async def is_welcome(tx: Transaction, found: Exchange) -> bool:
    return may_reply(
        is_opted_out=found.facts.contact.opted_out_at is not None,
        wants_reply=found.response.wants_reply,
        has_written_back=await queries.has_written_back(tx, found.follow_up.id),
        is_rehearsal=found.follow_up.is_rehearsal,
    )


async def send(tx: Transaction, workspace_id: str, draft: Draft, *, by: str, now: datetime) -> None:
    """
    Write it down and owe it; whoever replies has it, when nobody had. A resolved one stays resolved.

    Raises QuestionGone, ReplyUnwanted.
    """
    found = await to_reply_to(tx, workspace_id, draft.follow_up_id)
    follow_up = await _held(tx, found)
    if await queries.is_known(tx, follow_up.id, draft.source):
        return
    if follow_up.state == FollowUpState.OPEN:
        await follow_ups.claim(tx, follow_up, by=by, now=now)
    entry = Entry(Step.REPLIED, by, note=draft.words, source=draft.source, signature=draft.signature)
    step = await follow_up_log.add(tx, follow_up, entry, now=now)
    await owe(tx, found, step, draft.way, now=now)


async def owe(tx: Transaction, found: Exchange, step: FollowUpStep, way: Way, *, now: datetime) -> None:
    owed = Promise(
        workspace_id=found.follow_up.workspace_id,
        kind=DeliveryKind.REPLY,
        key=f"reply:{step.id}:{way}",
        recipient_id=found.facts.contact.user_id,
        follow_up_id=found.follow_up.id,
        survey_id=found.follow_up.survey_id,
        topic=f"{step.id}:{way}",
    )
    await deliveries.promise(tx, owed, due_at=now, now=now)


async def hear(tx: Transaction, workspace_id: str, follow_up_id: int, words: Words, *, now: datetime) -> Exchange:
    """
    Write down what the customer wrote back, and tell whoever has it. What says more opens a resolved one again.

    Raises QuestionGone, NotAddressed.
    """
    found = await addressed_to(tx, workspace_id, follow_up_id, user_id=words.user_id)
    follow_up = await _held(tx, found)
    if await queries.is_known(tx, follow_up.id, words.source):
        return found
    owner = follow_up.claimed_by or follow_up.resolved_by or await routing.addressee(tx, follow_up)
    entry = Entry(Step.HEARD, note=words.text, to=owner, source=words.source)
    step = await follow_up_log.add(tx, follow_up, entry, now=now)
    if owner is not None and not is_group(owner):
        await tell(tx, follow_up, step, owner, topic=WROTE_BACK, now=now)
    if follow_up.state != FollowUpState.RESOLVED:
        await clocks.heard(tx, follow_up, step, now=now)
    elif reopens(words.text):
        await follow_ups.begin_again(tx, follow_up, now=now)
        await follow_ups.draw_all(tx, follow_up, now=now)
    return found


async def stands(tx: Transaction, found: Exchange, step: FollowUpStep, *, card: Card | None, now: datetime) -> bool:
    """It left, so the clock stops; without a card nobody knows where it stands. False: whoever wrote it was erased."""
    follow_up, signed = await _held(tx, found), await follow_up_log.step(tx, str(step.id))
    if signed is None or signed.signature is None:
        return False
    if card is not None:
        message = FollowUpMessage(
            follow_up_id=follow_up.id, channel_id=card.channel_id, ts=card.ts, step_id=step.id, is_to_customer=True
        )
        await queries.add_message(tx, message)
    await queries.set_contacted(tx, follow_up.id, at=now)
    source = f"arrived:{step.id}"
    if not await queries.is_known(tx, follow_up.id, source):
        await follow_up_log.add(tx, follow_up, Entry(Step.ARRIVED, source=source), now=now)
    await follow_ups.draw(tx, follow_up, now=now, due_at=now)
    return True


async def running(
    tx: Transaction, workspace_id: str, user_id: str, *, bare_answer: Response | None, now: datetime
) -> int | None:
    """The follow-up that words typed to the bot belong to, if any. `bare_answer`: one they would complete, too."""
    said = await queries.last_said(tx, workspace_id, user_id)
    if said is None:
        return None
    follow_up, said_at = said
    answered_at = bare_answer.answered_at if bare_answer else None
    return follow_up.id if continues(said_at, bare_answer_at=answered_at, now=now) else None


async def tell(
    tx: Transaction, follow_up: FollowUp, step: FollowUpStep, user_id: str, *, topic: str, now: datetime
) -> None:
    """Owe a colleague a few words about a step; its kind is the first word of the topic."""
    await deliveries.tell(
        tx, follow_up.workspace_id, user_id, topic, mark=f"{topic}:{step.id}", now=now, follow_up_id=follow_up.id
    )


async def _held(tx: Transaction, found: Exchange) -> FollowUp:
    """The person first, as everybody locks; whoever erases them ends before or begins after. Raises QuestionGone."""
    try:
        await contacts.held(tx, found.facts.contact)
    except LookupError:
        raise QuestionGone from None
    follow_up = await follow_ups.held(tx, found.follow_up.id)
    if follow_up is None:
        raise QuestionGone
    return follow_up
