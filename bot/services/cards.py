"""Cards: what the message with the question is drawn from, before the answer and after it."""

from dataclasses import dataclass
from datetime import datetime

from bot.services import deliveries
from storage import cards as queries
from storage.database import Transaction
from storage.models import Contact, ExitReason, FollowUp, Invitation, Response


@dataclass(frozen=True)
class CardFacts:
    """Everything a card is drawn from. `company` is the workspace's name; `takes_typed`: we read what they write."""

    invitation: Invitation
    contact: Contact
    company: str
    response: Response | None = None
    follow_up: FollowUp | None = None
    takes_typed: bool = True
    exit_reason: ExitReason | None = None


async def facts(tx: Transaction, invitation_id: int) -> CardFacts | None:
    """None once the person was erased."""
    found = await queries.rows(tx, invitation_id)
    return CardFacts(*found) if found else None


async def remove_overtaken(tx: Transaction, invitation: Invitation, ts: str, *, now: datetime) -> None:
    """The question stands anew, at `ts`: the card it had before goes, so that one stands."""
    if invitation.card_channel_id and invitation.card_ts and invitation.card_ts != ts:
        await deliveries.promise_removal(
            tx, invitation.workspace_id, invitation.card_channel_id, invitation.card_ts, now=now
        )
