"""`/nps compare enterprise vs small`: two scores beside each other, and what may be said of them."""

from bot.errors import NotComparable, NotUnderstood
from bot.rules.periods import NoPeriod
from bot.rules.versus import NoSides, are_times, sides, together
from bot.services import calendars, reports, scopes
from bot.services.dimensions import Asker
from bot.services.scopes import Scope
from bot.slack.blocks import comparisons as blocks
from bot.slack.blocks.comparisons import Sides
from bot.slack.blocks.kit import Message
from bot.slack.blocks.views import Page
from bot.slack.middleware import Desk


async def compare(desk: Desk, scope: Scope) -> Page:
    if not scope.wanted.rest:
        return Page(blocks.how_to_compare())
    return Page(blocks.comparison(await _sides(desk, scope)), takes_period=not await _are_times(desk, scope))


async def compare_public(desk: Desk, scope: Scope) -> Message:
    """Raises NotUnderstood for the numbers of another colleague."""
    both = await _sides(desk, scope)
    if any(each.is_about_others(desk.user_id) for each in (both.left, both.right)):
        raise NotUnderstood(scope.wanted.words)
    return blocks.comparison(both)


async def compare_details(desk: Desk, scope: Scope) -> Message:
    return blocks.comparison_details(await _sides(desk, scope))


async def _sides(desk: Desk, scope: Scope) -> Sides:
    """Raises NotComparable and NotUnderstood."""
    async with desk.reading() as tx:
        zone = await calendars.zone_of_team(tx, desk.workspace_id)
        try:
            left, right = sides(together(scope.wanted), today=desk.now.astimezone(zone).date())
        except (NoSides, NoPeriod):
            raise NotComparable("sides") from None
        asker = Asker(desk.workspace_id, desk.user_id, "compare")
        both = await scopes.versus(tx, asker, left, right, now=desk.now)
        scores = await reports.beside(tx, desk.workspace_id, both, now=desk.now)
    return Sides(*both, *scores)


async def _are_times(desk: Desk, scope: Scope) -> bool:
    async with desk.reading() as tx:
        zone = await calendars.zone_of_team(tx, desk.workspace_id)
    return are_times(scope.wanted, today=desk.now.astimezone(zone).date())
