"""
Reactions: an emoji on a message asks that thread's customer; taken away, it calls off what it started.

One question waits in a thread at a time, however many emoji there are. Once it was answered, has expired or was taken
back, another emoji may ask again; whether the person may be asked is decided as for every ask.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.rules.answering import InvitationState as State
from bot.services import contacts, deliveries, invitations
from bot.services.invitations import TakenBack
from storage import reactions as queries
from storage.database import Transaction
from storage.models import Contact, Invitation

Thread: TypeAlias = queries.Thread
STARTED_BY = "reaction:"  # how such an occasion begins
REOPENED = "reopened"  # why a question did not leave, and the topic of the notice about it


@dataclass(frozen=True)
class Asking:
    """What an emoji put on a message at some moment asks: what is asked already, or under which occasion anew."""

    occasion: str
    already: Invitation | None = None
    contact: Contact | None = None


@dataclass(frozen=True)
class CalledOff:
    """A question whose emoji was taken away. `taken` None: it had left."""

    invitation: Invitation
    contact: Contact
    taken: TakenBack | None


async def asking(tx: Transaction, thread: Thread, *, reacted_at: datetime) -> Asking:
    """Delivered again, and in any order, an emoji asks what it asked the first time."""
    earlier = await queries.asked_in(tx, thread, prefix=STARTED_BY)
    occasion = _occasion(thread, earlier)
    if not earlier:
        return Asking(occasion)
    last = earlier[-1]
    if last.state != State.WAITING and reacted_at > last.created_at:
        return Asking(occasion)
    return Asking(last.occasion, last, await contacts.get(tx, last.contact_id))


async def call_off(tx: Transaction, thread: Thread, *, by: str, now: datetime) -> CalledOff | None:
    """None when this colleague's emoji started nothing here that is still open."""
    earlier = await queries.lock_asked_in(tx, thread, prefix=STARTED_BY)
    last = earlier[-1] if earlier else None
    if last is None or last.asked_by != by or not _is_open(last):
        return None
    contact = await contacts.get(tx, last.contact_id)
    if last.state == State.SENT or await deliveries.has_left(tx, invitations.ask_key(last)):
        return CalledOff(last, contact, None)
    return CalledOff(last, contact, await invitations.take_back(tx, thread.workspace_id, last.id, now=now))


async def waiting(tx: Transaction, invitation_id: int) -> tuple[Invitation, Contact] | None:
    """A question an emoji started that is about to leave; None for any other."""
    invitation = await invitations.get(tx, invitation_id)
    if invitation is None or invitation.state != State.WAITING or not invitation.occasion.startswith(STARTED_BY):
        return None
    return invitation, await contacts.get(tx, invitation.contact_id)


async def reopened(tx: Transaction, invitation_id: int, *, now: datetime) -> None:
    """The customer has written again: do not ask, and tell whoever wanted to."""
    invitation = await invitations.get(tx, invitation_id)
    if invitation is not None and await invitations.withdraw(tx, invitation, now=now):
        await invitations.tell_asker(tx, invitation, topic=REOPENED, now=now)


def _occasion(thread: Thread, earlier: Sequence[Invitation]) -> str:
    """The same for everybody who puts an emoji there at the same moment, so that one question comes of it."""
    first = f"{STARTED_BY}{thread.channel_id}:{thread.thread_ts}"
    return f"{first}:{len(earlier) + 1}" if earlier else first


def _is_open(invitation: Invitation) -> bool:
    """A halt may have taken it, and would put it back."""
    return invitation.state in (State.WAITING, State.SENT) or invitation.withdrawn_by_halt_at is not None
