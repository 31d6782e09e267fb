"""Cards: what the message with the question is drawn from, before the answer and after it."""

from dataclasses import dataclass

from storage import cards as queries
from storage.database import Transaction
from storage.models import Contact, ExitReason, FollowUp, Invitation, Response


@dataclass(frozen=True)
class CardFacts:
    """Everything a card is drawn from. `company` is the workspace's name."""

    invitation: Invitation
    contact: Contact
    company: str
    response: Response | None = None
    follow_up: FollowUp | None = None
    exit_reason: ExitReason | None = None


async def facts(tx: Transaction, invitation_id: int) -> CardFacts | None:
    """None once the person was erased."""
    found = await queries.rows(tx, invitation_id)
    return CardFacts(*found) if found else None
