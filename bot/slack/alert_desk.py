"""At the desk with an alert: find it, and redraw it at once."""

from bot.errors import QuestionGone
from bot.services import follow_ups
from bot.services.deliveries import Drawing
from bot.slack.blocks.follow_ups import AlertFacts, alert_card
from bot.slack.facts import alert_facts
from bot.slack.middleware import Desk
from bot.slack.redraws import replace
from storage.database import Transaction
from storage.models import FollowUp


async def redraw(desk: Desk, drawing: Drawing, *, response_url: str | None = None) -> None:
    """At once, but where outsiders may read: there the outbox takes the alert out instead."""
    shown = await facts(desk, drawing.subject_id)
    place = shown.follow_up.card_channel_id
    if place and await desk.office.people.is_among_ourselves(place):
        await replace(desk, alert_card(shown), drawing, response_url=response_url)


async def facts(desk: Desk, follow_up_id: int) -> AlertFacts:
    """Raises QuestionGone."""
    async with desk.reading() as tx:
        found = await alert_facts(tx, follow_up_id, workspace_id=desk.workspace_id)
    if found is None:
        raise QuestionGone
    return found


async def found(tx: Transaction, desk: Desk, follow_up_id: int) -> FollowUp:
    """Raises QuestionGone."""
    row = await follow_ups.get(tx, follow_up_id, workspace_id=desk.workspace_id)
    if row is None:
        raise QuestionGone
    return row
