"""`/nps by segment`, and by whatever else is known of people and of how they were asked."""

from bot.errors import NotUnderstood
from bot.services import breakdowns, dimensions
from bot.services.breakdowns import AGENT
from bot.services.dimensions import DIMENSIONS, Asker
from bot.services.scopes import Scope
from bot.slack.blocks.breakdowns import breakdown
from bot.slack.blocks.kit import Message
from bot.slack.blocks.views import Page, dated
from bot.slack.middleware import Desk

USUAL, MOST_OFFERED, LONGEST_OFFERED = "segment", 30, 150
NO_GROUPS = ("kind",)  # never pooled, so never beside each other


async def by(desk: Desk, scope: Scope) -> Page:
    """Raises NotUnderstood for a word that names nothing."""
    asker = Asker(desk.workspace_id, desk.user_id, scope.wanted.view)
    async with desk.reading() as tx:
        wanted = next(iter(scope.wanted.rest), USUAL)
        dimension = await dimensions.dimension(tx, asker, wanted)
        if dimension in NO_GROUPS:
            raise asker.refused(wanted, [USUAL])
        found = await breakdowns.by(tx, asker, dimension, scope, now=desk.now)
        noted = (await dimensions.known(tx, desk.workspace_id)).properties
    own = [each for each in noted if each.casefold() not in DIMENSIONS and len(each) <= LONGEST_OFFERED]
    offered = [each for each in (*DIMENSIONS, *own) if each not in NO_GROUPS][:MOST_OFFERED]
    return breakdown(found, dated(scope), page=scope.wanted.page, offered=offered)


async def by_public(desk: Desk, scope: Scope) -> Message:
    """Raises NotUnderstood for the numbers of colleagues: those are nobody else's."""
    if any(word.casefold() == AGENT for word in scope.wanted.rest):
        raise NotUnderstood(scope.wanted.words)
    return (await by(desk, scope)).message
