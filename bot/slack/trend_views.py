"""The trend: a view of the score in time, and its picture."""

from bot.errors import ScopeMissing
from bot.services import trends
from bot.services.scopes import Scope
from bot.services.trends import Trend
from bot.slack import files
from bot.slack.blocks import trends as blocks
from bot.slack.blocks.kit import Message
from bot.slack.blocks.trend_charts import slack_chart
from bot.slack.blocks.views import Page, about
from bot.slack.middleware import Desk
from bot.slack.picturing import Easel, is_worth_a_picture
from bot.slack.scopes import FILES
from bot.texts import Mrkdwn, speaker
from bot.texts.refusals import sentence


async def trend(desk: Desk, scope: Scope) -> Page:
    """With a chart of Slack's own; where that cannot be, our picture goes to whoever typed this."""
    found, words = await gathered(desk, scope), scope.wanted.words
    chart = slack_chart(found) if desk.office.charts.are_taken(desk.workspace_id) else None
    if not is_worth_a_picture(found):
        return Page(blocks.trend_view(found, words, about=about(scope)))
    if not files.may_upload(desk.office.scopes):
        told = None if chart else sentence(ScopeMissing(FILES), speaker("en"))
        return Page(blocks.trend_view(found, words, about=about(scope), chart=chart, picture=told))
    if chart is None and desk.origin.is_command:
        desk.attend(send_picture(desk, found, about(scope)))
        told = blocks.picture_sent().text
        return Page(blocks.trend_view(found, words, about=about(scope), picture=told))
    return Page(blocks.trend_view(found, words, about=about(scope), chart=chart, offers_picture=True))


async def trend_public(desk: Desk, scope: Scope) -> Message:
    return blocks.trend_public(await gathered(desk, scope), about=about(scope))


async def trend_details(desk: Desk, scope: Scope) -> Message:
    return blocks.trend_details(await gathered(desk, scope))


async def gathered(desk: Desk, scope: Scope) -> Trend:
    since, until = (scope.period.since, scope.period.until) if scope.period else (None, desk.now)
    async with desk.reading() as tx:
        return await trends.trend(tx, desk.workspace_id, scope.kind, within=scope.within, since=since, until=until)


async def send_picture(desk: Desk, found: Trend, whose: Mrkdwn) -> None:
    """Into the direct messages of the acting person, below the same numbers. Raises ScopeMissing."""
    await easel(desk).send(desk.user_id, blocks.picture_words(found, whose), found, whose)


def easel(desk: Desk) -> Easel:
    return Easel(desk.office.database, desk.slack, desk.office.http, desk.office.scopes)
