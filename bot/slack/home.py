"""Home: gathered for one person by what they may see, and published."""

from dataclasses import replace

from bot.rules.permissions import Permission
from bot.services import asks, contacts, exits, favours, first_steps, reports, responses, roles, surveys, workspaces
from bot.services.roles import Caller
from bot.slack.blocks.home import HomeFacts, Managed, home
from bot.slack.blocks.privacy import OwnPage, about_me, about_me_page
from bot.slack.middleware import Desk
from bot.slack.payloads import Click
from bot.slack.people import Person
from storage.database import Transaction

SHOWN_EXITS = 3
SHOWN_ANSWERS = 20  # five years of quarters; a Home tab holds a hundred blocks


async def publish(desk: Desk) -> None:
    """Draw the acting person's Home anew, as things are now."""
    person, caller = await desk.person(), await desk.caller()
    async with desk.reading() as tx:
        facts = await _facts(tx, desk, caller, person)
    await desk.slack.views_publish(user_id=desk.user_id, view=home(facts))


async def _facts(tx: Transaction, desk: Desk, caller: Caller, person: Person) -> HomeFacts:
    own = await _own(tx, desk, person)
    if not await roles.allows(tx, caller, Permission.READ):
        return HomeFacts(own)
    return HomeFacts(
        own,
        workspace_url=desk.office.workspace_url,
        steps=await first_steps.ahead_of(tx, caller),
        report=await reports.overview(tx, desk.workspace_id, now=desk.now),
        managed=await _managed(tx, caller),
    )


async def show_own_page(desk: Desk, pressed: Click) -> None:
    """Where somebody changed something about themselves: the page, after `/nps me`, or in Home."""
    page = await own_page(desk)
    if pressed.is_in_modal and pressed.view_id:
        await desk.slack.views_update(view_id=pressed.view_id, view=about_me_page(page))
    elif pressed.view_id is None:
        await desk.replace_or_whisper(about_me(page))
    await publish(desk)


async def own_page(desk: Desk) -> OwnPage:
    """What the acting person may see about themselves."""
    person = await desk.person()
    async with desk.reading() as tx:
        return await _own(tx, desk, person)


async def _own(tx: Transaction, desk: Desk, person: Person) -> OwnPage:
    workspace = await workspaces.get(tx, desk.workspace_id)
    page = OwnPage(workspace.name, person.language or "en")
    contact = await contacts.by_user(tx, desk.workspace_id, desk.user_id)
    if contact is None:
        return page
    answers = await responses.of_contact(tx, contact, limit=SHOWN_ANSWERS)
    why = await exits.of_contact(tx, contact, limit=SHOWN_EXITS)
    known = list(filter(surveys.gives_scores, await surveys.all_of(tx, desk.workspace_id)))
    done = await favours.of_contact(tx, contact)
    next_ask_at = await asks.next_possible(tx, contact, known, now=desk.now)
    return replace(page, contact=contact, answers=answers, exits=why, favours=done, next_ask_at=next_ask_at)


async def _managed(tx: Transaction, caller: Caller) -> Managed | None:
    if not await roles.allows(tx, caller, Permission.CONFIGURE):
        return None
    known = await surveys.all_of(tx, caller.workspace_id)
    return Managed(known, await roles.managers(tx, caller.workspace_id))
