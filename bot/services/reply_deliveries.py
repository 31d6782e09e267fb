"""A reply on its way to a customer: it stands there, goes another way, or whoever wrote it hears why it could not."""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import QuestionGone
from bot.rules.closing import Step
from bot.rules.replying import Way, next_way
from bot.rules.retry import GiveUp, Moot, Obstacle, Outcome, Park, Sent
from bot.services import follow_up_log, replies
from bot.services.follow_up_log import Entry
from bot.services.invitations import Card
from bot.services.replies import Exchange
from storage.database import Transaction
from storage.models import Delivery, FollowUpStep

FAILED, UNCERTAIN, WAITS = "reply_failed", "reply_uncertain", "reply_waits"  # topics of notices
UNWELCOME = "reply_unwelcome"  # they asked to be left alone before it left
GONE = frozenset({"user_disabled", "user_not_found", "deactivated"})  # nobody would read it, wherever it stood


@dataclass(frozen=True)
class Reply:
    """One that is owed, as it stands now."""

    exchange: Exchange
    step: FollowUpStep
    way: Way


async def owed(tx: Transaction, delivery: Delivery) -> Reply | None:
    """None once the customer, or the colleague who wrote it, was erased."""
    step_id, _, way = (delivery.topic or "").partition(":")
    exchange = await replies.get(tx, delivery.follow_up_id or 0, workspace_id=delivery.workspace_id)
    step = await follow_up_log.step(tx, step_id)
    if exchange is None or step is None or step.signature is None:
        return None
    return Reply(exchange, step, Way(way))


async def arrived(tx: Transaction, delivery: Delivery, *, card: Card | None, now: datetime) -> bool:
    """It stands there, or counts as if it did. False: the customer or the colleague was erased since."""
    reply = await owed(tx, delivery)
    try:
        return reply is not None and await replies.stands(tx, reply.exchange, reply.step, card=card, now=now)
    except QuestionGone:
        return False


async def settled(tx: Transaction, delivery: Delivery, outcome: Outcome, *, now: datetime) -> None:
    """Whatever did not simply arrive is told to whoever wrote it, or goes the other way first."""
    reply = await owed(tx, delivery)
    if reply is None:
        return
    match outcome:
        case Sent(is_certain=False):
            await _tell(tx, reply, UNCERTAIN, now=now)
        case Park(obstacle=obstacle, channel_id=channel_id) if obstacle is not Obstacle.TOKEN:
            await _tell(tx, reply, f"{WAITS}:{obstacle}:{channel_id or ''}", now=now)
        case GiveUp(because=because):
            await _go_on(tx, reply, is_gone=because in GONE, now=now)
        case Moot(because=because) if because == UNWELCOME:
            await _fail(tx, reply, UNWELCOME, now=now)


async def _go_on(tx: Transaction, reply: Reply, *, is_gone: bool, now: datetime) -> None:
    way = next_way(reply.way, is_gone=is_gone, has_thread=reply.exchange.thread_ts is not None)
    if way is None:
        await _fail(tx, reply, FAILED, now=now)
    else:
        await replies.owe(tx, reply.exchange, reply.step, way, now=now)


async def _fail(tx: Transaction, reply: Reply, topic: str, *, now: datetime) -> None:
    """The customer still waits, so the clock goes on; the words stay in the thread of the alert."""
    entry = Entry(Step.UNDELIVERED, reply.step.by, source=f"undelivered:{reply.step.id}")
    await follow_up_log.add(tx, reply.exchange.follow_up, entry, now=now)
    await _tell(tx, reply, topic, now=now)


async def _tell(tx: Transaction, reply: Reply, topic: str, *, now: datetime) -> None:
    if reply.step.by is not None:
        await replies.tell(tx, reply.exchange.follow_up, reply.step, reply.step.by, topic=topic, now=now)
