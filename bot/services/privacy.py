"""Privacy: what is kept about a person, and forgetting them everywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.services import contacts, deliveries, follow_ups
from bot.services.deliveries import DeliveryKind, Promise
from bot.services.invitations import Card
from storage import privacy as queries
from storage.database import Transaction
from storage.privacy import Message, Traces

__all__ = ["Erasure", "Message", "Traces", "erase"]


@dataclass(frozen=True)
class Erasure:
    """What was removed. `messages` are ours in Slack that speak of them; they are taken out as soon as the bot runs."""

    traces: Traces
    messages: Sequence[Message]
    stays_opted_out: bool


async def erase(tx: Transaction, workspace_id: str, user_id: str, *, now: datetime) -> Erasure | None:
    """Forget a person everywhere; None when nothing was known of them. Safe to repeat."""
    signed = await queries.signed_follow_ups(tx, workspace_id, user_id)
    await queries.remove_signatures(tx, workspace_id, user_id)
    for follow_up in signed:
        await follow_ups.draw(tx, follow_up, now=now, due_at=now)
    contact = await contacts.by_user(tx, workspace_id, user_id)
    if contact is None:
        return None
    messages = await queries.messages_about(tx, contact.id)
    stays_opted_out = await contacts.suppress(tx, contact)
    traces = await queries.remove(tx, contact)
    for message in messages:
        await take_out(tx, workspace_id, Card(message.channel_id, message.ts), now=now)
    return Erasure(traces, messages, stays_opted_out)


async def take_out(tx: Transaction, workspace_id: str, card: Card, *, now: datetime) -> None:
    """Owe the removal of a message of ours that speaks of an erased person."""
    owed = Promise(
        workspace_id=workspace_id,
        kind=DeliveryKind.REMOVAL,
        key=f"removal:{card.channel_id}:{card.ts}",
        recipient_id=card.channel_id,
        message_ts=card.ts,
    )
    await deliveries.promise(tx, owed, due_at=now, now=now)
