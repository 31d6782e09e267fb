"""Privacy: what is kept about a person, and forgetting them everywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.services import (
    contacts,
    deliveries,
    editions,
    favour_cards,
    file_orders,
    follow_ups,
    themes,
    webhooks,
    workflow_steps,
)
from storage import privacy as queries
from storage.database import Transaction
from storage.models import Contact
from storage.privacy import Message, Traces

__all__ = ["Erasure", "Message", "Traces", "erase", "erase_answers"]


@dataclass(frozen=True)
class Erasure:
    """What was removed. `messages` are ours in Slack that speak of them; they are taken out as soon as the bot runs."""

    traces: Traces
    messages: Sequence[Message]
    stays_opted_out: bool


async def erase(tx: Transaction, workspace_id: str, user_id: str, *, now: datetime) -> Erasure | None:
    """Forget a person everywhere; None when nothing was known of them. Safe to repeat."""
    await queries.unsign_schedules(tx, workspace_id, user_id)
    await editions.forget_colleague(tx, workspace_id, user_id, now=now)
    await queries.leave_workspace(tx, workspace_id, user_id)
    contact = await _held(tx, workspace_id, user_id)
    named = await editions.about_colleague(tx, workspace_id, user_id)
    signed = await queries.signed_follow_ups(tx, workspace_id, user_id)
    messages = await queries.messages_naming(tx, workspace_id, user_id)
    for owed in await favour_cards.owed_to(tx, workspace_id, user_id):
        await favour_cards.undelivered(tx, owed, now=now)
    await queries.remove_signatures(tx, workspace_id, user_id)
    await file_orders.forget_colleague(tx, workspace_id, user_id)
    for follow_up in signed:
        await follow_ups.draw_all(tx, follow_up, now=now)
    for message in messages:
        await deliveries.promise_removal(tx, workspace_id, message.channel_id, message.ts, now=now)
    for edition in named:
        await editions.draw(tx, edition, now=now)
    return await _forget(tx, contact, now=now) if contact else None


async def erase_answers(tx: Transaction, workspace_id: str, user_id: str, *, now: datetime) -> Erasure | None:
    """What somebody may do themselves: forget all they were asked and said. What they did as a colleague stays."""
    contact = await _held(tx, workspace_id, user_id)
    return await _forget(tx, contact, now=now) if contact else None


async def _held(tx: Transaction, workspace_id: str, user_id: str) -> Contact | None:
    """Whoever answers this moment waits, and will find nothing; whoever asks them ends first, and that is forgotten."""
    contact = await contacts.by_user(tx, workspace_id, user_id)
    return await contacts.held(tx, contact) if contact else None


async def _forget(tx: Transaction, contact: Contact, *, now: datetime) -> Erasure:
    await queries.hold(tx, contact.id)
    messages, named = await queries.messages_about(tx, contact.id), await editions.about_person(tx, contact)
    stays_opted_out = await contacts.suppress(tx, contact)
    await workflow_steps.let_go(tx, contact, now=now)
    await themes.forget_person(tx, contact.id)
    traces = await queries.remove(tx, contact)
    await webhooks.erased(tx, contact, now=now)
    await file_orders.somebody_erased(tx, contact.workspace_id)
    for message in messages:
        await deliveries.promise_removal(tx, contact.workspace_id, message.channel_id, message.ts, now=now)
    for edition in named:
        await editions.draw(tx, edition, now=now)
    return Erasure(traces, messages, stays_opted_out)
