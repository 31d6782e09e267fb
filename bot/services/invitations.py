"""
Invitations: one ask to one person in one place, from the moment it is decided to the moment it is closed.

waiting -> sent -> answered | declined | expired
^--------'  "not now"
waiting, sent -> withdrawn (and back, when a halt is undone)
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.errors import NotInvited, QuestionGone
from bot.rules.answering import InvitationState as State
from bot.rules.messages import DeliveryKind
from bot.rules.privacy import Privacy
from bot.services import cards, contacts, deliveries
from bot.services.deliveries import DRAW_GRACE, Drawing, Promise
from bot.services.surveys import EXPIRY, SurveyKind
from storage import invitations as queries
from storage.database import Transaction
from storage.models import Contact, Invitation

LONGEST_WAIT = timedelta(days=14)  # a question that cannot leave stands in the way of others


@dataclass(frozen=True)
class Open:
    """A person's own invitation, locked until the transaction ends."""

    invitation: Invitation
    contact: Contact
    company: str


@dataclass(frozen=True)
class Card:
    """Where a message of ours stands."""

    channel_id: str
    ts: str


@dataclass(frozen=True)
class TakenBack:
    """Whom a question was for, and what became of it: withdrawn, unless it was closed before."""

    contact_id: int
    state: State
    had_left: bool
    privacy: str = Privacy.NAMED


async def get(tx: Transaction, invitation_id: int) -> Invitation | None:
    return await queries.get(tx, invitation_id)


async def expecting_reply(tx: Transaction, response_id: int) -> Invitation | None:
    """The invitation whose private card promises a reply; None in a shared place, where nothing shows."""
    return await queries.expecting_reply(tx, response_id)


async def opened_by(tx: Transaction, workspace_id: str, invitation_id: int, *, user_id: str) -> Open:
    """The invitation somebody clicked on, if it is theirs. Raises QuestionGone, NotInvited."""
    return _theirs(await queries.lock_with_person(tx, invitation_id), workspace_id, user_id)


async def all_opened_by(tx: Transaction, workspace_id: str, invitation_id: int, *, user_id: str) -> Open:
    """The same, with the person and all their other invitations locked too. Raises QuestionGone, NotInvited."""
    mine = _theirs(await queries.lock_all_of_person(tx, invitation_id), workspace_id, user_id)
    return replace(mine, contact=await contacts.held(tx, mine.contact))


def _theirs(asked: queries.Asked | None, workspace_id: str, user_id: str) -> Open:
    if asked is None or asked[0].workspace_id != workspace_id:
        raise QuestionGone
    if asked[1].user_id != user_id:
        raise NotInvited
    return Open(*asked)


async def answered(tx: Transaction, invitation: Invitation, *, card: Card | None, now: datetime) -> None:
    """A click proves that the card is there, whatever its sender learned or did not learn."""
    if invitation.state == State.WAITING or invitation.card_ts is None:
        await _set_sent(tx, invitation, card=card, now=now)
        await deliveries.has_arrived(tx, ask_key(invitation), now=now)
    await queries.settle(tx, invitation.id, state=State.ANSWERED, at=now)


async def arrived(tx: Transaction, invitation_id: int, *, card: Card | None, now: datetime) -> bool:
    """The card stands there; without a card it only may, which counts as asked just the same. False: erased since."""
    invitation = await queries.lock(tx, invitation_id)
    if invitation is None:
        return False
    await _set_sent(tx, invitation, card=card, now=now)
    if card:
        await cards.remove_overtaken(tx, invitation, card.ts, now=now)
    if invitation.state != State.WAITING:  # withdrawn or answered while it was on its way
        await draw(tx, invitation, now=now, due_at=now)
    return True


async def failed(tx: Transaction, invitation_id: int, *, now: datetime) -> None:
    """It could not be delivered and never will be; whoever asked is told."""
    invitation = await queries.lock(tx, invitation_id)
    if invitation is not None and State.WAITING in (invitation.state, _before_halt(invitation)):
        await queries.settle(tx, invitation_id, state=State.FAILED, at=now)
        await tell_asker(tx, invitation, topic="ask_failed", now=now)


async def proven(tx: Transaction, mine: Open, *, card: Card | None, now: datetime) -> Open:
    """A click on a card newer than the one we know of: it did arrive, whatever its sender learned or did not learn."""
    known = mine.invitation.card_ts
    if card is None or (known is not None and card.ts <= known):
        return mine
    await _set_sent(tx, mine.invitation, card=card, now=now)
    await deliveries.has_arrived(tx, ask_key(mine.invitation), now=now)
    await cards.remove_overtaken(tx, mine.invitation, card.ts, now=now)
    return replace(mine, invitation=await queries.get(tx, mine.invitation.id) or mine.invitation)


async def take_back(tx: Transaction, workspace_id: str, invitation_id: int, *, now: datetime) -> TakenBack:
    """A colleague changes their mind; safe to repeat. Raises QuestionGone."""
    invitation = await queries.lock(tx, invitation_id)
    if invitation is None or invitation.workspace_id != workspace_id:
        raise QuestionGone
    await withdraw(tx, invitation, now=now)
    await queries.keep_back(tx, invitation_id)
    after = await queries.get(tx, invitation_id) or invitation
    has_left = await deliveries.has_left(tx, ask_key(invitation))
    return TakenBack(invitation.contact_id, State(after.state), has_left, invitation.privacy)


async def withdraw(tx: Transaction, invitation: Invitation, *, halt_at: datetime | None = None, now: datetime) -> bool:
    """Take back an open question; False when it was answered or closed before. `halt_at`: which halt did it."""
    if not await queries.withdraw(tx, invitation.id, at=now, halt_at=halt_at):
        return False
    await deliveries.cancel(tx, ask_key(invitation), because="withdrawn", now=now)
    if invitation.card_ts is not None:
        await draw(tx, invitation, now=now, due_at=now)
    return True


async def close(tx: Transaction, invitation: Invitation, *, now: datetime) -> None:
    """The person does not want to answer. An ask that has not left yet does not."""
    await queries.settle(tx, invitation.id, state=State.DECLINED, at=now)
    await deliveries.cancel(tx, ask_key(invitation), because="declined", now=now)


async def ask_again(tx: Transaction, mine: Open, *, send_at: datetime, now: datetime) -> None:
    """Put it off: the same question once more, later."""
    await queries.snooze(tx, mine.invitation.id, send_at=send_at)
    again = await queries.get(tx, mine.invitation.id)
    if again is not None:
        await promise_ask(tx, again, mine.contact, now=now)


async def restore(tx: Transaction, invitation: Invitation, *, now: datetime) -> bool:
    """Undo a withdrawal: the question stands again, or leaves when it would have. False: they opted out since."""
    await queries.restore(tx, invitation.id, now=now)
    contact = await contacts.get(tx, invitation.contact_id)
    if contact.opted_out_at is not None:
        await close(tx, invitation, now=now)
    elif invitation.withdrawn_from == State.WAITING:
        due_at = max(now, invitation.send_at)
        if not await deliveries.revive(tx, ask_key(invitation), now=due_at):
            await promise_ask(tx, invitation, contact, now=now)
    await draw(tx, invitation, now=now, due_at=now)
    return contact.opted_out_at is None


async def tell_asker(tx: Transaction, invitation: Invitation, *, topic: str, now: datetime) -> None:
    """Owe a few words to whoever asked."""
    if invitation.asked_by is None:
        return
    await deliveries.tell(
        tx,
        invitation.workspace_id,
        invitation.asked_by,
        topic,
        mark=f"{topic}:{invitation.id}",
        now=now,
        invitation_id=invitation.id,
    )


async def expire_due(tx: Transaction, *, limit: int, now: datetime) -> int:
    """Close questions nobody answered in time; returns how many. A late answer is still taken."""
    return len(await queries.expire(tx, now=now, limit=limit))


async def give_up_waiting(tx: Transaction, *, limit: int, now: datetime) -> int:
    """Take back what could not leave for two weeks, and tell whoever asked; returns how many."""
    stale = await queries.never_left(tx, before=now - LONGEST_WAIT, limit=limit)
    for invitation in stale:
        await withdraw(tx, invitation, now=now)
        await tell_asker(tx, invitation, topic="never_left", now=now)
    return len(stale)


async def draw(tx: Transaction, invitation: Invitation, *, now: datetime, due_at: datetime | None = None) -> Drawing:
    """Owe the card anew, unless whoever holds the click draws it first."""
    owed = Promise(
        workspace_id=invitation.workspace_id,
        kind=DeliveryKind.CARD,
        key=card_key(invitation.id),
        recipient_id=invitation.card_channel_id,
        invitation_id=invitation.id,
    )
    round_ = await deliveries.promise_again(tx, owed, due_at=due_at or now + DRAW_GRACE, now=now)
    return Drawing(invitation.id, owed.key, round_)


async def channel_renamed(tx: Transaction, workspace_id: str, *, old: str, new: str) -> None:
    await queries.rename_channel(tx, workspace_id, old=old, new=new)


def ask_key(invitation: Invitation) -> str:
    return f"ask:{invitation.id}:{invitation.snoozes}"


def card_key(invitation_id: int) -> str:
    return f"card:{invitation_id}"


def _before_halt(invitation: Invitation) -> str | None:
    """The state an undone halt would put back."""
    is_halted = invitation.state == State.WITHDRAWN and invitation.withdrawn_by_halt_at is not None
    return invitation.withdrawn_from if is_halted else None


async def _set_sent(tx: Transaction, invitation: Invitation, *, card: Card | None, now: datetime) -> None:
    until = now + EXPIRY[SurveyKind(invitation.kind)]
    channel_id, ts = (card.channel_id, card.ts) if card else (None, None)
    await queries.set_sent(tx, invitation.id, at=now, expires_at=until, channel_id=channel_id, ts=ts)


async def promise_ask(tx: Transaction, invitation: Invitation, contact: Contact, *, now: datetime) -> None:
    """Owe the card, to leave when the invitation says."""
    owed = Promise(
        workspace_id=invitation.workspace_id,
        kind=DeliveryKind.ASK,
        key=ask_key(invitation),
        recipient_id=invitation.channel_id or contact.user_id,
        invitation_id=invitation.id,
        survey_id=invitation.survey_id,
    )
    await deliveries.promise(tx, owed, due_at=invitation.send_at, now=now)
