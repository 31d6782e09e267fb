"""Home: gathered for one person by what they may see, and published."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from slack_sdk.errors import SlackApiError

from bot.rules.permissions import Permission
from bot.services import (
    asks,
    comments,
    contacts,
    exits,
    favours,
    first_steps,
    reports,
    responses,
    roles,
    surveys,
    trends,
    upcoming,
    upkeep,
    worklists,
    workspaces,
)
from bot.services.reports import Report
from bot.services.roles import Caller
from bot.services.worklists import Which
from bot.slack import scopes
from bot.slack.api_errors import error_code
from bot.slack.blocks.home import SURVEYS_A_PAGE, Cared, HomeFacts, Managed, Work, home
from bot.slack.blocks.privacy import OwnPage, about_me, about_me_page
from bot.slack.middleware import Desk
from bot.slack.payloads import Click
from bot.slack.people import Person
from bot.slack.picturing import Easel, kept, key_of
from storage.database import Transaction

SHOWN_EXITS, SHOWN_COMMENTS = 3, 3
SHOWN_TREND = timedelta(days=90)  # with this month, the last four
SHOWN_ANSWERS, FEW_ANSWERS = 20, 5  # five years of quarters; a Home tab holds a hundred blocks


async def publish(desk: Desk, *, survey_page: int = 1) -> None:
    """Draw the acting person's Home anew, as things are now."""
    person, caller = await desk.person(), await desk.caller()
    facts = await _facts(desk, caller, person, survey_page)
    await _published(desk, facts)
    if facts.work and facts.work.trend:
        pictured = trends.finished(facts.work.trend)
        easel = Easel(desk.office.database, desk.slack, desk.office.http, desk.office.scopes)
        await easel.keep(desk.workspace_id, key_of(pictured), pictured, now=desk.now)


async def _published(desk: Desk, facts: HomeFacts) -> None:
    """Where Slack does not show the picture yet, without it: the same numbers stand there in words."""
    try:
        await desk.slack.views_publish(user_id=desk.user_id, view=home(facts))
    except SlackApiError as error:
        if facts.work is None or facts.work.picture is None or error_code(error) != "invalid_blocks":
            raise
        bare = replace(facts, work=replace(facts.work, picture=None))
        await desk.slack.views_publish(user_id=desk.user_id, view=home(bare))


async def _facts(desk: Desk, caller: Caller, person: Person, survey_page: int) -> HomeFacts:
    async with desk.reading() as tx:
        if not await roles.allows(tx, caller, Permission.READ):
            return HomeFacts(await _own(tx, desk, person))
    report, facts = await asyncio.gather(_report(desk), _beside(desk, caller, person, survey_page))
    return replace(facts, report=report)


async def _report(desk: Desk) -> Report:
    """On a connection of its own: it takes as long as all the rest together."""
    async with desk.reading() as tx:
        return await reports.overview(tx, desk.workspace_id, now=desk.now)


async def _beside(desk: Desk, caller: Caller, person: Person, survey_page: int) -> HomeFacts:
    """Everything but the number."""
    async with desk.reading() as tx:
        return HomeFacts(
            await _own(tx, desk, person, is_short=True),
            workspace_url=desk.office.workspace_url,
            steps=await first_steps.ahead_of(tx, caller),
            work=await _work(tx, desk),
            managed=await _managed(tx, caller, survey_page),
            cared=await _cared(tx, desk, caller),
        )


async def _work(tx: Transaction, desk: Desk) -> Work:
    workspace_id, now = desk.workspace_id, desk.now
    trend = await trends.trend(tx, workspace_id, since=now - SHOWN_TREND, until=now)
    return Work(
        await worklists.worklist(tx, workspace_id, Which.MINE, by=desk.user_id, now=now),
        await upcoming.upcoming(tx, workspace_id),
        now,
        await comments.latest(tx, workspace_id, limit=SHOWN_COMMENTS, now=now),
        trend,
        await kept(tx, workspace_id, key_of(trends.finished(trend))),
    )


async def _cared(tx: Transaction, desk: Desk, caller: Caller) -> Cared | None:
    """Where Slack does not tell what was granted, nothing is missing."""
    if not await roles.allows(tx, caller, Permission.APPOINT):
        return None
    granted = desk.office.scopes
    missing = scopes.switched_off(granted) if granted else ()
    return Cared(await upkeep.upkeep(tx, desk.workspace_id, now=desk.now), missing)


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


async def _own(tx: Transaction, desk: Desk, person: Person, *, is_short: bool = False) -> OwnPage:
    """`is_short`: beside much else; `/nps me` tells colleagues all, and when they may be asked next."""
    workspace = await workspaces.get(tx, desk.workspace_id)
    page = OwnPage(workspace.name, person.language or "en")
    contact = await contacts.by_user(tx, desk.workspace_id, desk.user_id)
    if contact is None:
        return page
    answers = await responses.of_contact(tx, contact, limit=FEW_ANSWERS if is_short else SHOWN_ANSWERS)
    why = await exits.of_contact(tx, contact, limit=SHOWN_EXITS)
    known = list(filter(surveys.gives_scores, await surveys.all_of(tx, desk.workspace_id)))
    done = await favours.of_contact(tx, contact)
    next_ask_at = await asks.next_possible(tx, contact, known, now=desk.now) if not is_short else None
    return replace(page, contact=contact, answers=answers, exits=why, favours=done, next_ask_at=next_ask_at)


async def _managed(tx: Transaction, caller: Caller, page: int) -> Managed | None:
    if not await roles.allows(tx, caller, Permission.CONFIGURE):
        return None
    known = await surveys.all_of(tx, caller.workspace_id)
    last = max(1, -(-len(known) // SURVEYS_A_PAGE))
    return Managed(known, await roles.managers(tx, caller.workspace_id), min(page, last))
