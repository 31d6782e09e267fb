"""A click on somebody else's card: where it is open to their company, whoever clicks answers for themselves."""

from dataclasses import replace

from bot.errors import NotInvited, PersonUnknown
from bot.rules.open_cards import Side
from bot.services import open_cards, responses
from bot.services.open_cards import Taker
from bot.services.responses import Choice, Recorded
from bot.slack.middleware import Desk
from bot.slack.people import Person
from storage.models import Contact


async def answer(desk: Desk, choice: Choice) -> Recorded:
    """Keep a score somebody chose on another's card. Raises NotInvited unless it is open to them."""
    async with desk.reading() as tx:
        asked = await open_cards.asked_on(tx, desk.workspace_id, choice.invitation_id)
    taker = await _taker(desk, asked)
    async with desk.transaction() as tx:
        own = await open_cards.take_up(tx, asked, choice.invitation_id, taker, card=choice.card, now=desk.now)
        # The card they clicked is not theirs, and nothing of theirs shows there.
        theirs = replace(choice, invitation_id=own.id, card=None)
        return await responses.record_score(tx, desk.workspace_id, theirs, now=desk.now)


async def own(desk: Desk, invitation_id: int) -> int:
    """The id of what they answered on another's card. Raises NotInvited when they did not."""
    async with desk.reading() as tx:
        found = await open_cards.own(tx, desk.workspace_id, invitation_id, user_id=desk.user_id)
    if found is None:
        raise NotInvited
    return found.id


async def _taker(desk: Desk, asked: Contact) -> Taker:
    """Raises NotInvited for whoever is no customer."""
    person = await desk.person()
    if not person.is_customer or person.is_deactivated:
        raise NotInvited
    try:
        return Taker(person.facts(), _side(person), _side(await desk.office.people.person(asked.user_id)))
    except PersonUnknown:
        raise NotInvited from None


def _side(person: Person) -> Side:
    return Side(person.team_id, is_external=person.is_external, is_guest=person.is_guest)
