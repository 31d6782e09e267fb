"""Accounts, as `/nps` shows them: one, all by renewal, and those nobody has heard from."""

from dataclasses import replace

from bot.rules.health import State
from bot.rules.names import wanted
from bot.services import account_lists, account_reports, silent_accounts
from bot.services.account_lists import Which
from bot.services.account_reports import Found
from bot.services.scopes import Scope
from bot.slack.blocks import account_lists as list_blocks
from bot.slack.blocks import account_reports as report_blocks
from bot.slack.blocks import silent_accounts as silent_blocks
from bot.slack.blocks.account_lists import EVERY, MINE
from bot.slack.blocks.silent_accounts import ACCOUNTS, PEOPLE
from bot.slack.blocks.views import Page
from bot.slack.middleware import Desk
from storage.slices import Slice

CHOICES, SILENT_CHOICES = tuple(list_blocks.CHOICES), tuple(silent_blocks.CHOICES)


async def account(desk: Desk, scope: Scope) -> Page:
    """By the words of the view, all of which are its name; without any, by the filter."""
    name = wanted(scope.wanted.rest)
    if not name and len(scope.within.account_ids) == 1:
        return await _page(desk, scope.within.account_ids[0])
    if not name:
        return Page(report_blocks.no_name(), takes_period=False)
    async with desk.reading() as tx:
        found = await account_reports.find(tx, desk.workspace_id, name)
    if found.count == 1:
        return await _page(desk, found.accounts[0][0])
    offered = report_blocks.account_menu(found)
    return Page(report_blocks.which_account(found, name), menus=[offered] if offered else [], takes_period=False)


async def accounts(desk: Desk, scope: Scope) -> Page:
    """`mine` and a state, in any order."""
    words = [word.lower() for word in scope.wanted.rest]
    states = [State(word) for word in words if word not in (EVERY, MINE)]
    within = _mine(desk, scope.within) if MINE in words else scope.within
    which = Which(within, states[0] if states else None, scope.wanted.page)
    async with desk.reading() as tx:
        listed = await account_lists.listed(tx, desk.workspace_id, which, now=desk.now)
    chosen = list_blocks.which_menu(words[-1] if words else EVERY)
    return Page(
        list_blocks.account_list(listed), has_more=listed.which.page < listed.pages, menus=[chosen], takes_period=False
    )


async def silent(desk: Desk, scope: Scope) -> Page:
    word = next(iter(scope.wanted.rest), ACCOUNTS).lower()
    return await (_silent_people if word == PEOPLE else _silent_accounts)(desk, scope)


async def _page(desk: Desk, account_id: int) -> Page:
    async with desk.reading() as tx:
        report = await account_reports.report(tx, desk.workspace_id, account_id, now=desk.now)
    if report is None:
        return Page(report_blocks.which_account(Found(), ""), takes_period=False)
    page = report_blocks.account_page(report, workspace_url=desk.office.workspace_url)
    return Page(page, takes_period=False)


async def _silent_accounts(desk: Desk, scope: Scope) -> Page:
    page, now = scope.wanted.page, desk.now
    async with desk.reading() as tx:
        found = await silent_accounts.accounts(tx, desk.workspace_id, within=scope.within, page=page, now=now)
    has_more = found.page * silent_accounts.PAGE < found.silent
    return Page(
        silent_blocks.silent_accounts(found), has_more, [silent_blocks.silent_menu(ACCOUNTS)], takes_period=False
    )


async def _silent_people(desk: Desk, scope: Scope) -> Page:
    page, now = scope.wanted.page, desk.now
    async with desk.reading() as tx:
        found = await silent_accounts.people(tx, desk.workspace_id, within=scope.within, page=page, now=now)
    has_more = found.page * silent_accounts.PAGE < found.silent
    return Page(silent_blocks.silent_people(found), has_more, [silent_blocks.silent_menu(PEOPLE)], takes_period=False)


def _mine(desk: Desk, within: Slice) -> Slice:
    return replace(within, owner_ids=(desk.user_id,))
