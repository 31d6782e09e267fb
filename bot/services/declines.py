"""Declines: what somebody does instead of answering; not now, not me, never again."""

from datetime import datetime

from bot.rules.answering import LATE_PERIOD
from bot.rules.answering import InvitationState as State
from bot.rules.recontact import SNOOZE_PERIOD, SNOOZES_UNTIL_DECLINED
from bot.services import calendars, contacts, invitations, webhooks, workspaces
from bot.services.deliveries import Drawing
from bot.services.invitations import Open
from storage import declines as queries
from storage.database import Transaction
from storage.models import Contact

STANDING = (State.SENT, State.EXPIRED)  # the question stands there with its buttons
UNANSWERED = (*STANDING, State.WAITING)
RIGHT_PERSON = "right_person"  # the topic of the notice; the person's id follows


async def snooze(tx: Transaction, mine: Open, *, now: datetime) -> Drawing:
    """Not now: once more in a week; a second time it is a no. Clicked twice it is still once."""
    if mine.invitation.state in STANDING:
        if mine.invitation.snoozes + 1 >= SNOOZES_UNTIL_DECLINED:
            await invitations.close(tx, mine.invitation, now=now)
        else:
            workspace = await workspaces.get(tx, mine.invitation.workspace_id)
            calendar = await calendars.of_contact(tx, workspace, mine.contact)
            await invitations.ask_again(tx, mine, send_at=calendar.next_open(now + SNOOZE_PERIOD), now=now)
    return await invitations.draw(tx, mine.invitation, now=now)


async def wrong_person(tx: Transaction, mine: Open, *, now: datetime) -> Drawing:
    """Not the right person: closed, and whoever asked is told."""
    if mine.invitation.state in (*UNANSWERED, State.WITHDRAWN):  # an undone halt must not put it back
        await invitations.close(tx, mine.invitation, now=now)
        await invitations.tell_asker(tx, mine.invitation, topic="wrong_person", now=now)
    return await invitations.draw(tx, mine.invitation, now=now)


async def name_another(tx: Transaction, mine: Open, user_id: str, *, now: datetime) -> None:
    """Whoever asked hears whom this person names instead; naming the same person again changes nothing."""
    if user_id != mine.contact.user_id:
        await invitations.tell_asker(tx, mine.invitation, topic=f"{RIGHT_PERSON}:{user_id}", now=now)


async def stop_asking(tx: Transaction, mine: Open, *, now: datetime) -> Drawing:
    """Never again: this person's open questions are closed, and no new one is made. In a rehearsal only this one is."""
    if mine.invitation.state in UNANSWERED:
        await invitations.close(tx, mine.invitation, now=now)
    if mine.invitation.is_rehearsal:
        return await invitations.draw(tx, mine.invitation, now=now)
    await _opt_out(tx, mine.contact, now=now)
    await _close_all(tx, mine.contact, now=now)
    return await invitations.draw(tx, mine.invitation, now=now)


async def stop_asking_me(tx: Transaction, contact: Contact, *, now: datetime) -> None:
    """The same from a person's own page, where no question stands. Raises LookupError: erased this moment."""
    contact = await contacts.held(tx, contact)
    await _opt_out(tx, contact, now=now)
    await _close_all(tx, contact, now=now)


async def allow_asking_me(tx: Transaction, contact: Contact, *, now: datetime) -> None:
    await _ask_me(tx, await contacts.held(tx, contact), now=now)


async def allow_asking(tx: Transaction, mine: Open, *, now: datetime) -> Drawing:
    """Undo "don't ask again" on every card that says so. What was closed stays closed."""
    await _ask_me(tx, mine.contact, now=now)
    return await invitations.draw(tx, mine.invitation, now=now)


async def _opt_out(tx: Transaction, contact: Contact, *, now: datetime) -> None:
    """Said twice it is told to other programs once."""
    if contact.opted_out_at is None:
        await contacts.opt_out(tx, contact, now=now)
        await webhooks.opted_out(tx, contact, now=now)


async def _close_all(tx: Transaction, contact: Contact, *, now: datetime) -> None:
    for invitation in await queries.answerable(tx, contact.id, expired_after=now - LATE_PERIOD):
        await invitations.close(tx, invitation, now=now)
        await invitations.draw(tx, invitation, now=now, due_at=now)


async def _ask_me(tx: Transaction, contact: Contact, *, now: datetime) -> None:
    await contacts.opt_in(tx, contact)
    for invitation in await queries.closed_since(tx, contact.id, contact.opted_out_at or now):
        await invitations.draw(tx, invitation, now=now, due_at=now)
