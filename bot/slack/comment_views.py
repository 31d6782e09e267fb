"""What people write: the reasons behind the number, and the comments themselves."""

from bot.services import comments, reasons
from bot.services.scopes import USUAL_DAYS, Scope
from bot.slack.blocks.comments import comments_menu, comments_page
from bot.slack.blocks.reasons import reasons_page
from bot.slack.blocks.views import Page, about
from bot.slack.middleware import Desk
from bot.texts import speaker
from bot.texts.markup import Mrkdwn

say = speaker("en")


async def why(desk: Desk, scope: Scope) -> Page:
    """The themes of each category's comments."""
    async with desk.reading() as tx:
        found = await reasons.reasons(tx, desk.workspace_id, scope, now=desk.now)
    return Page(reasons_page(found, _about(scope)))


async def written(desk: Desk, scope: Scope) -> Page:
    """The comments somebody looks for."""
    async with desk.reading() as tx:
        found = await comments.find(tx, desk.workspace_id, scope, now=desk.now)
    url = desk.office.workspace_url
    shown = comments_page(found, _about(scope), words=scope.wanted.words, workspace_url=url)
    return Page(shown, has_more=found.has_more, menus=[comments_menu(found)])


def _about(scope: Scope) -> Mrkdwn:
    if scope.period:
        return about(scope)
    return say.mrkdwn("{about}, last {days} days", about=about(scope), days=USUAL_DAYS)
