"""Departures: what was decided when somebody asked is decided again when the question leaves."""

from datetime import datetime, timedelta
from zlib import crc32

from bot.errors import QuestionGone
from bot.rules.answering import InvitationState
from bot.rules.recontact import FLOOR
from bot.rules.retry import Moot, RetryAt, wait
from bot.services import calendars, contacts, deliveries, incidents, invitations, workspaces
from bot.services.surveys import SurveyKind
from storage import departures as queries
from storage.database import Transaction
from storage.models import Invitation, Workspace

INCIDENT_RECHECK = timedelta(hours=1)


async def give_way(tx: Transaction, invitation_id: int, *, now: datetime) -> RetryAt | Moot | None:
    """
    What was decided when somebody asked is decided again at the door; None: it may leave.

    Several questions put off may fall due together, and of those one leaves a day; or asking was halted meanwhile.
    """
    invitation = await invitations.get(tx, invitation_id)
    if invitation is None or invitation.is_rehearsal:
        return None
    workspace = await workspaces.held(tx, invitation.workspace_id)
    if (over := await _over(tx, invitation, workspace, now=now)) is not None:
        return over
    await contacts.hold(tx, await contacts.get(tx, invitation.contact_id))
    if await queries.is_another_leaving(tx, invitation):
        return RetryAt(now + wait(1), "another_leaves")
    closed = await _closed(tx, invitation, workspace, now=now)
    if closed is not None:
        return closed
    free_at = await free_again_at(tx, invitation)
    if free_at is None or free_at <= now:
        return None
    await invitations.tell_asker(tx, invitation, topic="asked_lately", now=now)
    return RetryAt(free_at, "asked_lately")


async def free_again_at(tx: Transaction, invitation: Invitation) -> datetime | None:
    """The end of the day in which the person was last asked something else."""
    last = await queries.last_other_ask_at(tx, invitation)
    return last + FLOOR if last else None


async def hurry(tx: Transaction, workspace_id: str, invitation_id: int, *, now: datetime) -> Invitation:
    """Do not wait for working hours; what has left or is closed stays as it is. Raises QuestionGone."""
    invitation = await queries.lock(tx, invitation_id)
    if invitation is None or invitation.workspace_id != workspace_id:
        raise QuestionGone
    is_waiting = invitation.state == InvitationState.WAITING
    if is_waiting and await deliveries.hasten(tx, invitations.ask_key(invitation), now=now):
        await queries.set_at_any_hour(tx, invitation_id, send_at=now)
    return await invitations.get(tx, invitation_id) or invitation


def minute(contact_id: int, occasion: str) -> int:
    """Somebody's own minute of the hour, so that what waited for the morning does not leave all at once."""
    return crc32(f"{contact_id}:{occasion}".encode()) % 60


async def _over(tx: Transaction, invitation: Invitation, workspace: Workspace, *, now: datetime) -> Moot | None:
    """Why it is not asked any more, and is taken back: a halt, or a recovery question that became needless."""
    if workspace.halted_at is not None:
        await invitations.withdraw(tx, invitation, halt_at=workspace.halted_at, now=now)
        return Moot("halted")
    if invitation.kind == SurveyKind.RECOVERY and await queries.is_needless(tx, invitation):
        await invitations.withdraw(tx, invitation, now=now)
        return Moot("needless")
    return None


async def _closed(tx: Transaction, invitation: Invitation, workspace: Workspace, *, now: datetime) -> RetryAt | None:
    """Why nobody may be asked this moment: something is broken, or it is night where they are."""
    contact = await contacts.get(tx, invitation.contact_id)
    if await incidents.concerns(tx, workspace.id, contact.account_id):
        return RetryAt(now + INCIDENT_RECHECK, "incident")
    calendar = await calendars.of_contact(tx, workspace, contact)
    if invitation.is_at_any_hour or calendar.is_open(now):
        return None
    return RetryAt(calendar.next_open(now, minute=minute(contact.id, invitation.occasion)), "outside_hours")
