"""Redrawing at once, through the click that changed something; the outbox does it when this fails."""

from bot.services import cards, open_cards
from bot.services.cards import CardFacts
from bot.services.deliveries import Drawing
from bot.slack.blocks.cards import card
from bot.slack.blocks.invitations import own_card
from bot.slack.blocks.kit import Message
from bot.slack.middleware import Desk


async def show_card(desk: Desk, drawing: Drawing, *, response_url: str | None = None) -> None:
    async with desk.reading() as tx:
        facts = await cards.facts(tx, drawing.subject_id)
    if facts is not None and open_cards.is_without_card(facts.invitation):
        await _whisper_own(desk, facts, drawing)
    elif facts is not None and desk.origin.message_ts in (None, facts.invitation.card_ts):  # a newer card may stand
        await replace(desk, card(facts), drawing, response_url=response_url)


async def replace(desk: Desk, message: Message, drawing: Drawing, *, response_url: str | None = None) -> None:
    if await desk.replace(message, response_url=response_url):
        await desk.drawn(drawing)


async def _whisper_own(desk: Desk, facts: CardFacts, drawing: Drawing) -> None:
    """The card stays as it is; a click on a message is answered to that person alone, a modal answers for itself."""
    if desk.origin.channel_id is not None:
        await desk.whisper(own_card(facts))
    await desk.drawn(drawing)
