"""Completions: what a workflow is told about the question it asked, by what is true when it is told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.rules.answering import InvitationState
from bot.rules.scoring import category
from bot.services import cards, responses, workflow_steps
from storage.database import Transaction
from storage.models import Delivery, Invitation, Response

Outputs: TypeAlias = Mapping[str, bool | int | str]
REASONS = {
    InvitationState.DECLINED: "declined",
    InvitationState.EXPIRED: "expired",
    InvitationState.FAILED: "failed",
}
WITHDRAWN = "withdrawn"  # also when an undone halt puts the question back this moment
MENTION = re.compile(r"<(?=[@#!])")
WORD_JOINER = "\u2060"


@dataclass(frozen=True)
class Completion:
    """The end of a step: what it hands on, or (`error` set) why it fails."""

    execution_id: str
    outputs: Outputs = field(default_factory=dict)
    error: str | None = None


async def completion(tx: Transaction, delivery: Delivery) -> Completion | None:
    """None when the step is over."""
    step = await workflow_steps.of_delivery(tx, delivery)
    if step is None:
        return None
    if step.reason is not None and step.is_wrong:
        return Completion(step.execution_id, error=step.reason)
    facts = await cards.facts(tx, step.invitation_id or 0)
    if facts is None:
        return Completion(step.execution_id, {"asked": False, "reason": step.reason or workflow_steps.ERASED})
    response = await responses.of_invitation(tx, facts.invitation.id)
    return Completion(step.execution_id, _answer(response) if response else _silence(facts.invitation))


def _answer(response: Response) -> Outputs:
    told: dict[str, bool | int | str] = {
        "asked": True,
        "score": response.score,
        "category": category(response.score).value,
    }
    return told | {"comment": _harmless(response.comment)} if response.comment else told


def _silence(invitation: Invitation) -> Outputs:
    if invitation.state == InvitationState.ANSWERED:  # with a reason, which is no score
        return {"asked": True}
    reason = REASONS.get(InvitationState(invitation.state), WITHDRAWN)
    return {"asked": invitation.sent_at is not None, "reason": reason}


def _harmless(words: str) -> str:
    """A comment that a workflow puts into a message must not call a whole channel."""
    return MENTION.sub(f"<{WORD_JOINER}", words)
