"""Declines: what somebody does instead of answering; not now, not me, never again."""

from datetime import datetime

from bot.rules.answering import InvitationState as State
from bot.rules.recontact import SNOOZE_PERIOD, SNOOZES_UNTIL_DECLINED
from bot.services import contacts, invitations
from bot.services.deliveries import Drawing
from bot.services.invitations import Open
from storage import declines as queries
from storage.database import Transaction


async def snooze(tx: Transaction, mine: Open, *, now: datetime) -> Drawing:
    """Not now: once more in a week; a second time it is a no. Clicked twice it is still once."""
    if mine.invitation.state == State.SENT:
        if mine.invitation.snoozes + 1 >= SNOOZES_UNTIL_DECLINED:
            await invitations.close(tx, mine.invitation, now=now)
        else:
            await invitations.ask_again(tx, mine, send_at=now + SNOOZE_PERIOD, now=now)
    return await invitations.draw(tx, mine.invitation, now=now)


async def wrong_person(tx: Transaction, mine: Open, *, now: datetime) -> Drawing:
    """Not the right person: closed, and whoever asked is told."""
    if mine.invitation.state in (State.SENT, State.WAITING):
        await invitations.close(tx, mine.invitation, now=now)
        await invitations.tell_asker(tx, mine.invitation, topic="wrong_person", now=now)
    return await invitations.draw(tx, mine.invitation, now=now)


async def stop_asking(tx: Transaction, mine: Open, *, now: datetime) -> Drawing:
    """Never again: this person's open invitations are closed, and no new one is made."""
    await contacts.opt_out(tx, mine.contact, now=now)
    for invitation in await queries.open_of_contact(tx, mine.contact.id):
        await invitations.close(tx, invitation, now=now)
        await invitations.draw(tx, invitation, now=now)
    return await invitations.draw(tx, mine.invitation, now=now)


async def allow_asking(tx: Transaction, mine: Open, *, now: datetime) -> Drawing:
    """Undo "don't ask again". What was closed stays closed."""
    await contacts.opt_in(tx, mine.contact)
    return await invitations.draw(tx, mine.invitation, now=now)
