"""
Reminders: a question that was sent by the schedule or at a check-in and stays unanswered is brought to mind, once.

The card is sent anew and the old one is taken away, so that one stands. When the question was sent, and until when it
stands, does not move: people are not asked a second time, only reminded.
"""

from datetime import datetime, timedelta

from bot.rules.answering import InvitationState as State
from bot.rules.calendar import Calendar
from bot.rules.messages import DeliveryKind
from bot.rules.reminding import REMINDED, WORKING_DAYS, is_reminder_due
from bot.services import calendars, cards, contacts, deliveries, invitations, workspaces
from bot.services.deliveries import Promise
from bot.services.invitations import Card
from storage import reminders as queries
from storage.database import Transaction
from storage.models import Invitation


async def promise_due(tx: Transaction, *, limit: int, now: datetime) -> int:
    """Owe the reminders that fell due; returns how many. On several replicas the key makes each one of them once."""
    # An hour less than the shortest wait there can be: that night the clocks may have gone forward.
    sent_before = now - timedelta(days=WORKING_DAYS) + timedelta(hours=1)
    found = await queries.unanswered(tx, triggers=REMINDED, sent_before=sent_before, now=now)
    known = {id_: await calendars.of_workspace(tx, await workspaces.get(tx, id_)) for id_ in {row[1] for row in found}}
    due = [id_ for id_, where, sent_at, zone in found if sent_at and _is_due(sent_at, known[where].of(zone), now=now)]
    for invitation_id in due[:limit]:
        await _promise(tx, invitation_id, now=now)
    return len(due[:limit])


async def arrived(tx: Transaction, invitation_id: int, *, card: Card | None, now: datetime) -> bool:
    """It stands there; without a card it only may, which counts as reminded just the same. False: erased since."""
    invitation = await queries.lock(tx, invitation_id)
    if invitation is None:
        return False
    place = (card.channel_id, card.ts) if card else (None, None)
    await queries.set_reminded(tx, invitation_id, at=now, channel_id=place[0], ts=place[1])
    if card:
        await cards.remove_overtaken(tx, invitation, card.ts, now=now)
    if card and invitation.state != State.SENT:  # answered, put off or taken back while it was on its way
        await invitations.draw(tx, invitation, now=now, due_at=now)
    return True


def _is_due(sent_at: datetime, calendar: Calendar, *, now: datetime) -> bool:
    return is_reminder_due(sent_at, calendar.zone, now=now, is_working_day=calendar.is_working_day)


async def _promise(tx: Transaction, invitation_id: int, *, now: datetime) -> None:
    invitation = await invitations.get(tx, invitation_id)
    if invitation is not None:
        contact = await contacts.get(tx, invitation.contact_id)
        await deliveries.promise(tx, _owed(invitation, contact.user_id), due_at=now, now=now)


def _owed(invitation: Invitation, user_id: str) -> Promise:
    return Promise(
        workspace_id=invitation.workspace_id,
        kind=DeliveryKind.REMINDER,
        key=f"reminder:{invitation.id}",
        recipient_id=user_id,
        invitation_id=invitation.id,
        survey_id=invitation.survey_id,
    )
