"""`/nps detractors`, `/nps passives` and `/nps promoters`: the latest answers one by one."""

from bot.errors import NotUnderstood
from bot.rules.scoring import Category
from bot.services import answer_lists
from bot.services.answer_lists import USUAL_PAGE
from bot.services.scopes import Scope
from bot.slack.blocks.answer_lists import answer_list
from bot.slack.blocks.views import Page, about
from bot.slack.middleware import Desk
from bot.texts.markup import Mrkdwn

MOST_LISTED = 20


async def detractors(desk: Desk, scope: Scope) -> Page:
    return await _listed(desk, scope, Category.DETRACTOR)


async def passives(desk: Desk, scope: Scope) -> Page:
    return await _listed(desk, scope, Category.PASSIVE)


async def promoters(desk: Desk, scope: Scope) -> Page:
    return await _listed(desk, scope, Category.PROMOTER)


async def _listed(desk: Desk, scope: Scope, category: Category) -> Page:
    size = _size(scope)
    async with desk.reading() as tx:
        found = await answer_lists.newest(tx, desk.workspace_id, category, scope, size=size, now=desk.now)
    whose = Mrkdwn("") if scope.is_whole else about(scope, is_of_both_kinds=not scope.names_kind)
    return Page(answer_list(found, whose, workspace_url=desk.office.workspace_url), has_more=found.has_more)


def _size(scope: Scope) -> int:
    """How many on a page, as typed: "detractors 5". Raises NotUnderstood for another word or number."""
    if not scope.wanted.rest:
        return USUAL_PAGE
    word = scope.wanted.rest[0]
    if not (word.isascii() and word.isdecimal() and len(word) < len(str(MOST_LISTED)) + 1 and int(word) > 0):
        raise NotUnderstood(word, f"{scope.wanted.view} {USUAL_PAGE}")
    if int(word) > MOST_LISTED:
        raise NotUnderstood(word, f"{scope.wanted.view} {MOST_LISTED}")
    return int(word)
