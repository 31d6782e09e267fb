"""
Invitations: one ask to one person in one place, from the moment it is decided to the moment it is closed.

waiting -> sent -> answered | declined | expired
^--------'  "not now"
waiting, sent -> withdrawn (and back, when a halt is undone)
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.errors import Halted, NotInvited, QuestionGone, Withheld
from bot.rules.answering import InvitationState as State
from bot.rules.recontact import SNOOZE_PERIOD, SNOOZES_UNTIL_DECLINED, Candidate, Withhold, decide
from bot.services import contacts, deliveries, workspaces
from bot.services.deliveries import DRAW_GRACE, DeliveryKind, Promise
from bot.services.surveys import EXPIRY, SurveyKind
from storage import invitations as queries
from storage.database import Transaction
from storage.models import Contact, Invitation, Survey, Workspace


@dataclass(frozen=True)
class Place:
    """Where to ask; no channel means by DM."""

    channel_id: str | None = None
    thread_ts: str | None = None
    permalink: str | None = None


@dataclass(frozen=True)
class Ask:
    """Everything a colleague decided about one ask. `occasion` makes asking safe to repeat."""

    survey: Survey
    person: contacts.Facts
    place: Place
    asked_by: str
    occasion: str
    send_at: datetime
    occasion_label: str | None = None
    candidate: Candidate = field(default_factory=Candidate)  # what Slack knows against asking; the rest is looked up
    is_overruled: bool = False
    is_rehearsal: bool = False


@dataclass(frozen=True)
class Open:
    """A person's own invitation, locked until the transaction ends."""

    invitation: Invitation
    contact: Contact


@dataclass(frozen=True)
class Card:
    """Where a message of ours stands."""

    channel_id: str
    ts: str


@dataclass(frozen=True)
class TakenBack:
    """Whom a question was for, and whether it was still open."""

    contact_id: int
    is_done: bool


@dataclass(frozen=True)
class Drawing:
    """A card owed anew: if it is drawn at once, `round` tells the outbox so."""

    invitation_id: int
    round: int

    @property
    def key(self) -> str:
        return card_key(self.invitation_id)


async def invite(tx: Transaction, ask: Ask, *, now: datetime) -> Invitation:
    """Decide, keep, promise. Raises Halted, or Withheld with the reason and when it would be possible."""
    workspace = await workspaces.get(tx, ask.survey.workspace_id)
    contact = await contacts.meet(tx, workspace.id, ask.person, now=now)
    known = await queries.by_occasion(tx, survey_id=ask.survey.id, contact_id=contact.id, occasion=ask.occasion)
    if known is not None:
        return known
    if not ask.is_rehearsal:
        await _permit(tx, ask, contact, workspace, now=now)
    invitation = _row(ask, contact, workspace, now=now)
    await queries.add(tx, invitation)
    await deliveries.promise(tx, _ask_promise(invitation, contact), due_at=ask.send_at, now=now)
    return invitation


async def get(tx: Transaction, invitation_id: int) -> Invitation | None:
    return await queries.get(tx, invitation_id)


async def by_card(tx: Transaction, workspace_id: str, *, channel_id: str, ts: str) -> Invitation | None:
    return await queries.by_card(tx, workspace_id, channel_id=channel_id, ts=ts)


async def expecting_reply(tx: Transaction, response_id: int) -> Invitation | None:
    """The invitation whose private card promises a reply; None in a shared place, where nothing shows."""
    return await queries.expecting_reply(tx, response_id)


async def opened_by(tx: Transaction, workspace_id: str, invitation_id: int, *, user_id: str) -> Open:
    """The invitation somebody clicked on, if it is theirs. Raises QuestionGone, NotInvited."""
    invitation = await queries.lock(tx, invitation_id)
    if invitation is None or invitation.workspace_id != workspace_id:
        raise QuestionGone
    contact = await contacts.get(tx, invitation.contact_id)
    if contact.user_id != user_id:
        raise NotInvited
    return Open(invitation, contact)


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
    if invitation.state != State.WAITING:  # withdrawn or answered while it was on its way
        await draw(tx, invitation, now=now, due_at=now)
    return True


async def failed(tx: Transaction, invitation_id: int, *, now: datetime) -> None:
    """It could not be delivered and never will be; whoever asked is told."""
    invitation = await queries.lock(tx, invitation_id)
    if invitation is not None and invitation.state == State.WAITING:
        await queries.settle(tx, invitation_id, state=State.FAILED, at=now)
        await _tell_asker(tx, invitation, topic="ask_failed", now=now)


async def snooze(tx: Transaction, mine: Open, *, now: datetime) -> Drawing:
    """Not now: once more in a week; a second time it is a no."""
    if mine.invitation.state in (State.SENT, State.WAITING):
        if mine.invitation.snoozes + 1 >= SNOOZES_UNTIL_DECLINED:
            await queries.settle(tx, mine.invitation.id, state=State.DECLINED, at=now)
        elif mine.invitation.state == State.SENT:
            await _ask_again(tx, mine, send_at=now + SNOOZE_PERIOD, now=now)
    return await draw(tx, mine.invitation, now=now)


async def wrong_person(tx: Transaction, mine: Open, *, now: datetime) -> Drawing:
    """Not the right person: closed, and whoever asked is told."""
    if mine.invitation.state in (State.SENT, State.WAITING):
        await queries.settle(tx, mine.invitation.id, state=State.DECLINED, at=now)
        await _tell_asker(tx, mine.invitation, topic="wrong_person", now=now)
    return await draw(tx, mine.invitation, now=now)


async def stop_asking(tx: Transaction, mine: Open, *, now: datetime) -> Drawing:
    """Never again: this person's open invitations are closed, and no new one is made."""
    await contacts.opt_out(tx, mine.contact, now=now)
    for invitation in await queries.open_of_contact(tx, mine.contact.id):
        await queries.settle(tx, invitation.id, state=State.DECLINED, at=now)
        await deliveries.cancel(tx, ask_key(invitation), because="opted_out", now=now)
        await draw(tx, invitation, now=now)
    return await draw(tx, mine.invitation, now=now)


async def allow_asking(tx: Transaction, mine: Open, *, now: datetime) -> Drawing:
    """Undo "don't ask again". What was closed stays closed."""
    await contacts.opt_in(tx, mine.contact)
    return await draw(tx, mine.invitation, now=now)


async def proven(tx: Transaction, mine: Open, *, card: Card | None, now: datetime) -> None:
    """A click on a card whose sending has no result: it did arrive."""
    if mine.invitation.card_ts is None and card is not None:
        await _set_sent(tx, mine.invitation, card=card, now=now)
        await deliveries.has_arrived(tx, ask_key(mine.invitation), now=now)


async def take_back(tx: Transaction, workspace_id: str, invitation_id: int, *, now: datetime) -> TakenBack:
    """A colleague changes their mind. Raises QuestionGone."""
    invitation = await queries.lock(tx, invitation_id)
    if invitation is None or invitation.workspace_id != workspace_id:
        raise QuestionGone
    return TakenBack(invitation.contact_id, await withdraw(tx, invitation, now=now))


async def withdraw(tx: Transaction, invitation: Invitation, *, now: datetime) -> bool:
    """Take back an open question; False when it was answered or closed before."""
    if invitation.state not in (State.WAITING, State.SENT):
        return False
    await queries.withdraw(tx, [invitation.id], at=now, halt_at=None)
    await _took_back(tx, invitation, now=now)
    return True


async def withdraw_all(tx: Transaction, workspace_id: str, *, now: datetime) -> int:
    """Take back everything that is open; returns how many."""
    invitations = await queries.open_ones(tx, workspace_id)
    await queries.withdraw(tx, [invitation.id for invitation in invitations], at=now, halt_at=now)
    for invitation in invitations:
        await _took_back(tx, invitation, now=now)
    return len(invitations)


async def restore_all(tx: Transaction, workspace_id: str, *, halted_at: datetime, now: datetime) -> int:
    """Undo `withdraw_all`: questions stand again, those that had not left will."""
    invitations = await queries.withdrawn_by_halt(tx, workspace_id, halted_at)
    for invitation in invitations:
        await queries.restore(tx, invitation.id)
        await deliveries.revive(tx, ask_key(invitation), now=max(now, invitation.send_at))
        await draw(tx, invitation, now=now, due_at=now)
    return len(invitations)


async def expire_due(tx: Transaction, *, limit: int, now: datetime) -> int:
    """Close questions nobody answered in time; returns how many. A late answer is still taken."""
    return len(await queries.expire(tx, now=now, limit=limit))


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
    return Drawing(invitation.id, round_)


async def channel_renamed(tx: Transaction, workspace_id: str, *, old: str, new: str) -> None:
    await queries.rename_channel(tx, workspace_id, old=old, new=new)


def ask_key(invitation: Invitation) -> str:
    return f"ask:{invitation.id}:{invitation.snoozes}"


def card_key(invitation_id: int) -> str:
    return f"card:{invitation_id}"


async def _permit(tx: Transaction, ask: Ask, contact: Contact, workspace: Workspace, *, now: datetime) -> None:
    if workspace.halted_at is not None:
        raise Halted(since=workspace.halted_at, by=workspace.halted_by)
    if ask.survey.paused_at is not None:
        raise Withheld(because="paused")
    asks = await queries.last_asks(tx, contact_id=contact.id, survey_id=ask.survey.id)
    candidate = replace(
        ask.candidate,
        opted_out_at=contact.opted_out_at,
        waiting_until=asks.waiting_until,
        last_asked_at=asks.any_survey_at,
        last_asked_same_survey_at=asks.same_survey_at,
        declined_at=asks.declined_at,
    )
    decision = decide(candidate, now=now, overruled=ask.is_overruled)
    if isinstance(decision, Withhold):
        raise Withheld(
            decision.because,
            until=decision.until,
            days_ago=(now - asks.any_survey_at).days if asks.any_survey_at else None,
            may_be_overruled=decision.may_be_overruled,
        )


async def _ask_again(tx: Transaction, mine: Open, *, send_at: datetime, now: datetime) -> None:
    await queries.snooze(tx, mine.invitation.id, send_at=send_at)
    again = await queries.get(tx, mine.invitation.id)
    if again is not None:
        await deliveries.promise(tx, _ask_promise(again, mine.contact), due_at=send_at, now=now)


async def _took_back(tx: Transaction, invitation: Invitation, *, now: datetime) -> None:
    await deliveries.cancel(tx, ask_key(invitation), because="withdrawn", now=now)
    if invitation.card_ts is not None:
        await draw(tx, invitation, now=now, due_at=now)


async def _set_sent(tx: Transaction, invitation: Invitation, *, card: Card | None, now: datetime) -> None:
    await queries.set_sent(
        tx,
        invitation.id,
        at=now,
        expires_at=now + EXPIRY[SurveyKind(invitation.kind)],
        channel_id=card.channel_id if card else None,
        ts=card.ts if card else None,
    )


async def _tell_asker(tx: Transaction, invitation: Invitation, *, topic: str, now: datetime) -> None:
    if invitation.asked_by is None:
        return
    owed = Promise(
        workspace_id=invitation.workspace_id,
        kind=DeliveryKind.NOTICE,
        key=f"notice:{topic}:{invitation.id}",
        recipient_id=invitation.asked_by,
        invitation_id=invitation.id,
        topic=topic,
    )
    await deliveries.promise(tx, owed, due_at=now, now=now)


def _ask_promise(invitation: Invitation, contact: Contact) -> Promise:
    return Promise(
        workspace_id=invitation.workspace_id,
        kind=DeliveryKind.ASK,
        key=ask_key(invitation),
        recipient_id=invitation.channel_id or contact.user_id,
        invitation_id=invitation.id,
        survey_id=invitation.survey_id,
    )


def _row(ask: Ask, contact: Contact, workspace: Workspace, *, now: datetime) -> Invitation:
    return Invitation(
        workspace_id=workspace.id,
        survey_id=ask.survey.id,
        contact_id=contact.id,
        occasion=ask.occasion,
        occasion_label=ask.occasion_label,
        asked_by=ask.asked_by,
        channel_id=ask.place.channel_id,
        thread_ts=ask.place.thread_ts,
        permalink=ask.place.permalink,
        kind=ask.survey.kind,
        subject=workspaces.subject_of(workspace, ask.survey),
        question=ask.survey.question,
        language=contact.language or ask.survey.language,
        is_rehearsal=ask.is_rehearsal,
        was_overruled=ask.is_overruled,
        state=State.WAITING,
        created_at=now,
        send_at=ask.send_at,
    )
